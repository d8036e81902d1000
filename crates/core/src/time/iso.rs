//! ISO 8601 times.

use super::civil::{DAY, days_from_civil, days_of_month, offset_minutes};
#[cfg(feature = "all-formats")]
use super::spelled::as_iso;
use super::{Timestamp, Zone};
use crate::snowflake;

/// Reads `2024-03-01T12:00:00.1234567+01:00`: the fraction may have any
/// number of digits (milliseconds are kept), the offset may be `Z` or absent
/// (then UTC), or follow after a space, also as `UTC`; a space may stand for `T`, a comma for the
/// point, and seconds may be absent. `24:00:00` is the end of the day.
#[must_use]
pub fn parse_iso(text: &str) -> Option<Timestamp> {
    let (seconds, millis, offset) = fields(text)?;
    let offset = offset.unwrap_or_default();
    Some(Timestamp {
        ms: (seconds - i64::from(offset) * 60) * 1000 + millis,
        offset,
    })
}

/// Reads a time that is spelled out. Without an offset, it is UTC.
#[cfg(feature = "all-formats")]
pub fn parse_spelled(text: &str) -> Option<Timestamp> {
    parse_iso(&as_iso(text)?)
}

/// Parses a time in a user's input: an ISO date or time (in `zone` if it has no offset),
/// seconds of Unix time, or the id of a message. Returns Unix time in milliseconds. A number that
/// would be a time before Discord is none: it is a year, a date without hyphens, or milliseconds.
pub fn parse_moment(text: &str, zone: &Zone) -> Option<i64> {
    let text = text.trim();
    if let Some(number) = snowflake::parse(text) {
        // Ids of messages have 17 digits or more, and seconds ten until 2286.
        return if text.len() > 11 {
            (text.len() >= 17).then(|| snowflake::time_ms(number))
        } else {
            let ms = i64::try_from(number).ok()?.checked_mul(1000)?;
            (ms >= snowflake::EPOCH_MS).then_some(ms)
        };
    }
    let found = fields(text).or_else(|| fields(&format!("{text}T00:00")));
    #[cfg(feature = "all-formats")]
    let found = found.or_else(|| fields(&as_iso(text)?));
    let (seconds, millis, offset) = found?;
    let utc = match offset {
        Some(offset) => seconds - i64::from(offset) * 60,
        None => zone.to_utc(seconds),
    };
    Some(utc * 1000 + millis)
}

/// Seconds of local time, milliseconds, offset in minutes.
fn fields(text: &str) -> Option<(i64, i64, Option<i16>)> {
    let bytes = text.as_bytes();
    let number = |from: usize, length: usize| -> Option<i64> {
        bytes
            .get(from..from + length)?
            .iter()
            .try_fold(0, |value, digit| {
                digit
                    .is_ascii_digit()
                    .then(|| value * 10 + i64::from(digit - b'0'))
            })
    };
    let is = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    let two = |from: usize| number(from, 2).and_then(|value| u8::try_from(value).ok());
    let (year, month, day) = (number(0, 4)?, two(5)?, two(8)?);
    let separators = is(4, b'-')
        && is(7, b'-')
        && matches!(bytes.get(10), Some(b'T' | b't' | b' '))
        && is(13, b':');
    let (hour, minute) = (two(11)?, two(14)?);
    let mut at = 16;
    let mut second = 0;
    if is(at, b':') {
        second = two(17)?;
        at = 19;
    }
    let valid = (1..=12).contains(&month)
        && (1..=days_of_month(year, month)).contains(&day)
        && (hour < 24 || (hour, minute, second) == (24, 0, 0))
        && minute < 60
        && second < 61;
    if !separators || !valid {
        return None;
    }
    let mut millis = 0;
    if is(at, b'.') || is(at, b',') {
        at += 1;
        let start = at;
        while let Some(digit) = bytes.get(at).filter(|b| b.is_ascii_digit()) {
            if at - start < 3 {
                millis = millis * 10 + i64::from(digit - b'0');
            }
            at += 1;
        }
        for _ in (at - start).min(3)..3 {
            millis *= 10;
        }
    }
    // As databases and Ruby write it: after a space.
    let offset = match bytes[at..].trim_ascii_start() {
        b"UTC" | b"GMT" => Some(0),
        offset => offset_minutes(offset)?,
    };
    let seconds = days_from_civil(year, month, day) * DAY
        + i64::from(hour) * 3600
        + i64::from(minute) * 60
        + i64::from(second);
    Some((seconds, millis, offset))
}

#[cfg(test)]
mod tests {
    use super::parse_iso;

    #[test]
    fn reads_what_exporters_write() {
        let ms = |text| parse_iso(text).map(|t| (t.ms, t.offset));
        assert_eq!(
            ms("2021-04-20T16:20:30+00:00"),
            Some((1_618_935_630_000, 0))
        );
        assert_eq!(
            ms("2021-04-20T18:20:30.1234567+02:00"),
            Some((1_618_935_630_123, 120))
        );
        assert_eq!(
            ms("2021-04-20T18:20:30.5+02:00"),
            Some((1_618_935_630_500, 120))
        );
        assert_eq!(ms("2021-04-20 16:20:30"), Some((1_618_935_630_000, 0)));
        assert_eq!(
            ms("2021-04-20T12:50:30-03:30"),
            Some((1_618_935_630_000, -210))
        );
        assert_eq!(ms("2021-04-20T16:20:30Z"), Some((1_618_935_630_000, 0)));
        assert_eq!(ms("2021-04-20t16:20:30,25z"), Some((1_618_935_630_250, 0)));
        for spaced in ["2021-04-20 16:20:30 UTC", "2021-04-20 18:20:30 +0200"] {
            assert_eq!(ms(spaced).map(|(ms, _)| ms), Some(1_618_935_630_000));
        }
        assert_eq!(ms("2021-04-19T24:00:00Z"), ms("2021-04-20T00:00:00Z"));
        for wrong in [
            "",
            "2021-02-30T00:00:00Z",
            "2021-04-20T25:00:00Z",
            "2021-04-20T24:00:01Z",
            "2021-04-20T24:01:00Z",
            "2021-04-20",
            "é",
        ] {
            assert_eq!(ms(wrong), None, "{wrong}");
        }
    }
}
