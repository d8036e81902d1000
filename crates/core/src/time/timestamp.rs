//! Points in time, clocks, and precision.

use serde::{Deserialize, Serialize, Serializer};

/// A point in time, with the UTC offset that it was written with.
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

/// The 12-hour or 24-hour clock.
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

/// The precision of coarse times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Coarse {
    /// 4 PM
    #[default]
    Hour,
    /// April 20, 2021
    Day,
}

impl Coarse {
    /// The length of the unit.
    #[must_use]
    pub fn seconds(self) -> i64 {
        match self {
            Self::Hour => 3600,
            Self::Day => 86_400,
        }
    }
}
