//! Trees of Markdown texts in transcripts for Typst.

use serde::{Serialize, Serializer};

use crate::cbor::{Encoded, Unwritable, Writer};
use crate::record::{Blank, Spot, Visit, Walk, Write, computed};

/// The nodes of a Markdown text for Typst: a CBOR array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree(pub Encoded);

impl Default for Tree {
    fn default() -> Self {
        // An array with nothing in it.
        Tree(Encoded(vec![0x80]))
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Write for Tree {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        self.serialize(out)
    }
}

computed! { Tree }

impl Blank for Tree {
    fn is_blank(&self) -> bool {
        false
    }
}

impl<'a> Walk<'a> for Tree {
    // Trees are made last, after texts were visited.
    fn walk(&mut self, _: Spot, _: &mut dyn Visit<'a>) {}
}
