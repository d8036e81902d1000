//! Parts that wait to be joined: what must be known of all of them is in memory, the rest may be
//! in a store.

use std::io;

use hayro_syntax::PdfVersion;

use super::part::Part;

/// A store for parts that aren't in memory.
pub trait Store: Send + Sync {
    /// Stores a PDF, and returns its position.
    ///
    /// # Errors
    /// When it can't be stored.
    fn keep(&self, pdf: &[u8]) -> io::Result<u64>;

    /// Returns a stored PDF.
    ///
    /// # Errors
    /// When it can't be read.
    fn get(&self, place: u64) -> io::Result<Vec<u8>>;
}

/// A part that waits to be joined.
pub struct Waiting {
    place: Place,
    /// The number of its objects.
    pub(super) count: i32,
    /// The numbers of its pages.
    pub(super) pages: Vec<i32>,
    /// Its version of PDF.
    pub(super) version: PdfVersion,
    /// The levels of its headings in the whole document, in order; if empty, they stay unchanged.
    pub(super) levels: Vec<usize>,
}

/// The position of a part.
enum Place {
    Here(Vec<u8>),
    Kept(u64),
}

impl Waiting {
    /// Reads a PDF that Typst has written, and moves it to the store if there is one.
    ///
    /// # Errors
    /// As [`Part::read`], and when it can't be stored.
    pub fn new(pdf: Vec<u8>, store: Option<&dyn Store>) -> io::Result<Self> {
        let kept = store.map(|store| store.keep(&pdf)).transpose()?;
        let Part { file, pages, .. } = Part::read(pdf)?;
        Ok(Self {
            count: file.len(),
            pages,
            version: file.version(),
            levels: Vec::new(),
            // The parsed file takes more memory than its bytes.
            place: match kept {
                Some(place) => Place::Kept(place),
                None => Place::Here(file.into_bytes()),
            },
        })
    }

    /// Sets the levels that its headings have in the whole document, from 1. Within a part, all are
    /// on the first level, with which PDF/UA requires a document to begin.
    pub fn set_levels(&mut self, levels: Vec<usize>) {
        self.levels = levels;
    }

    /// The PDF, unless it is in a store.
    pub fn into_pdf(self) -> Option<Vec<u8>> {
        match self.place {
            Place::Here(pdf) => Some(pdf),
            Place::Kept(_) => None,
        }
    }

    /// The part itself.
    ///
    /// # Errors
    /// When it can't be read.
    pub(super) fn part(self, store: Option<&dyn Store>) -> io::Result<Part> {
        match (self.place, store) {
            (Place::Here(pdf), _) => Part::read(pdf),
            (Place::Kept(place), Some(store)) => Part::read(store.get(place)?),
            (Place::Kept(_), None) => Err(io::Error::other("the parts of the PDF are lost")),
        }
    }
}
