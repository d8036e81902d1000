//! An input in memory that is read in pieces of a few bytes.

use std::io::{self, Read};

use scrollback_core::Input;

/// The bytes, and the length of a piece.
pub struct Pieces<'p>(pub &'p [u8], pub usize);

impl Input for Pieces<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(self.0))
    }
    fn piece(&self) -> usize {
        self.1
    }
}
