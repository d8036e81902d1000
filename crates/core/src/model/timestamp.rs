//! Moments in time.

use serde::{Serialize, Serializer};

use super::record::{Read, plain};
use super::{Blank, Spot, Visit, Walk};
use crate::import::Reader;
use crate::json::Json;
use crate::time::parse_iso;

/// A moment, and the offset from UTC it was written with.
///
/// Written as Unix time in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Unix time in milliseconds.
    pub ms: i64,
    /// Offset in minutes east of UTC that the input gave; 0 when none.
    pub offset: i16,
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.ms)
    }
}

plain! { Timestamp: |_| false; }

impl<'a> Read<'a> for Timestamp {
    const EXPECTED: &'static str = "a time such as \"2024-03-01T12:00:00+00:00\"";
    fn read(json: Json<'a>, _: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        match json.as_str().and_then(parse_iso) {
            Some(timestamp) => Ok(timestamp),
            None => Err(json),
        }
    }
}
