//! Moments in time, and the clock they are told by.

use serde::{Deserialize, Serialize, Serializer};

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

/// Which clock times are told by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Clock {
    /// 4:20 PM
    #[default]
    #[serde(rename = "12h")]
    Hours12,
    /// 16:20
    #[serde(rename = "24h")]
    Hours24,
}
