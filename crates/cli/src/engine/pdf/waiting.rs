//! Parts that wait to be joined: what the joining must know of all at once is in memory,
//! the rest may be elsewhere.

use std::io;

use hayro_syntax::PdfVersion;

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
    pub(super) count: i32,
    /// The numbers of its pages.
    pub(super) pages: Vec<i32>,
    /// The version of PDF that it is written in.
    pub(super) version: PdfVersion,
    /// The levels that its headings have in the whole, in order; they stay as they are where
    /// there are none.
    pub(super) levels: Vec<usize>,
}

/// Where a part is.
enum Place {
    Here(Vec<u8>),
    Kept(u64),
}

impl Waiting {
    /// Reads a PDF that Typst has written, and keeps it in the store, where there is one.
    ///
    /// # Errors
    /// As [`Part::read`], and when it can't be kept.
    pub fn new(pdf: Vec<u8>, store: Option<&dyn Store>) -> io::Result<Self> {
        let kept = store.map(|store| store.keep(&pdf)).transpose()?;
        let Part { file, pages, .. } = Part::read(pdf)?;
        Ok(Self {
            count: file.len(),
            pages,
            version: file.version(),
            levels: Vec::new(),
            // What was read of it takes more room than the bytes.
            place: match kept {
                Some(place) => Place::Kept(place),
                None => Place::Here(file.into_bytes()),
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
            (Place::Here(pdf), _) => Part::read(pdf),
            (Place::Kept(place), Some(store)) => Part::read(store.get(place)?),
            (Place::Kept(_), None) => Err(io::Error::other("the parts of the PDF are lost")),
        }
    }
}
