//! Parts that wait to be joined: what the joining must know of all at once is in memory,
//! the rest may be elsewhere.

use std::io;

use super::part::Part;

/// Where parts wait that are not in memory.
pub trait Store: Send + Sync {
    /// Keeps a PDF, and gives what it is found again by.
    ///
    /// # Errors
    /// When it can't be kept.
    fn keep(&self, pdf: &[u8]) -> io::Result<u64>;

    /// Gives a PDF that was kept.
    ///
    /// # Errors
    /// When it can't be read again.
    fn get(&self, place: u64) -> io::Result<Vec<u8>>;
}

/// A part that waits to be joined.
pub struct Waiting {
    place: Place,
    /// How many objects it has.
    pub(super) count: u32,
    /// The numbers of its pages.
    pub(super) pages: Vec<u32>,
    /// Its first lines.
    pub(super) header: Vec<u8>,
    /// Whether its objects may be packed.
    pub(super) may_be_packed: bool,
    /// The levels that its headings have in the whole, in order; they stay as they are where
    /// there are none.
    pub(super) levels: Vec<usize>,
}

/// Where a part is.
enum Place {
    Here(Box<Part>),
    Kept(u64),
}

impl Waiting {
    /// Reads a PDF that Typst has written, and keeps it in the store, where there is one.
    ///
    /// # Errors
    /// As [`Part::read`], and when it can't be kept.
    pub fn new(pdf: Vec<u8>, store: Option<&dyn Store>) -> io::Result<Self> {
        let kept = store.map(|store| store.keep(&pdf)).transpose()?;
        let part = Part::read(pdf)?;
        Ok(Self {
            count: part.file.len(),
            pages: part.pages.clone(),
            header: part.file.header().to_vec(),
            may_be_packed: part.file.may_be_packed(),
            levels: Vec::new(),
            place: match kept {
                Some(place) => Place::Kept(place),
                None => Place::Here(Box::new(part)),
            },
        })
    }

    /// Gives its headings the levels that they have in the whole, from 1: a part begins with
    /// the first one, which PDF/UA asks for.
    pub fn set_levels(&mut self, levels: Vec<usize>) {
        self.levels = levels;
    }

    /// The part itself.
    ///
    /// # Errors
    /// When it can't be read again.
    pub(super) fn part(self, store: Option<&dyn Store>) -> io::Result<Part> {
        match (self.place, store) {
            (Place::Here(part), _) => Ok(*part),
            (Place::Kept(place), Some(store)) => Part::read(store.get(place)?),
            (Place::Kept(_), None) => Err(io::Error::other("the parts of the PDF are lost")),
        }
    }
}
