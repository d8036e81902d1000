//! Discord's ids.

/// Unix time in milliseconds of the first moment of 2015, Discord's epoch.
pub const EPOCH_MS: i64 = 1_420_070_400_000;

/// An id as a number, if the text consists of up to 20 digits and is in range.
#[must_use]
pub fn parse(id: &str) -> Option<u64> {
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    id.parse().ok()
}

/// Unix time in milliseconds at which an id was made.
#[must_use]
pub fn time_ms(id: u64) -> i64 {
    (id >> 22).cast_signed() + EPOCH_MS
}
