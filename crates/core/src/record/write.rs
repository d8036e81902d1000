//! Writes values without empty fields.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::walk::Extra;
use crate::cbor::{Unwritable, Writer};

/// A value that may be blank.
pub trait Blank {
    /// Whether the value needn't be written.
    fn is_blank(&self) -> bool;
}

/// A value that can be written as CBOR for Typst.
pub(crate) trait Write {
    /// Appends the value. Takes it mutably, because fields are only accessible that way.
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable>;
}

/// Writes a field, unless it is blank.
#[inline(never)]
pub(crate) fn entry<M: SerializeMap, T: Serialize + Blank>(
    map: &mut M,
    key: &'static str,
    value: &T,
) -> Result<(), M::Error> {
    if value.is_blank() {
        Ok(())
    } else {
        map.serialize_entry(key, value)
    }
}

/// Wraps unknown fields for writing: an object, not a list of pairs.
pub(crate) struct ExtraObject<'e, 'a>(pub &'e Extra<'a>);

impl Serialize for ExtraObject<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(k, v)| (&**k, v)))
    }
}
