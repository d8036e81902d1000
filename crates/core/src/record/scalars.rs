//! Numbers, times, texts, and raw JSON.

use serde::Serialize;

use super::read::{Read, ReadContext};
use super::walk::{Spot, Visit, Walk};
use super::write::{Blank, Write};
use crate::cbor::{Unwritable, Writer};
use crate::json::Json;
use crate::text::{Text, showable};
use crate::time::{Timestamp, parse_iso};

macro_rules! plain {
    ($($ty:ty: $blank:expr;)*) => {$(
        impl $crate::record::Blank for $ty {
            fn is_blank(&self) -> bool {
                let blank: fn(&$ty) -> bool = $blank;
                blank(self)
            }
        }
        impl<'a> $crate::record::Walk<'a> for $ty {
            fn walk(
                &mut self,
                _: $crate::record::Spot,
                _: &mut dyn $crate::record::Visit<'a>,
            ) {
            }
        }
        impl $crate::record::Write for $ty {
            fn write(
                &mut self,
                out: &mut $crate::cbor::Writer,
            ) -> Result<(), $crate::cbor::Unwritable> {
                serde::Serialize::serialize(self, out)
            }
        }
    )*};
}
pub(crate) use plain;

/// Types of fields that are computed, and never read.
macro_rules! computed {
    ($($ty:ty),*) => {$(
        impl<'a> $crate::record::Read<'a> for $ty {
            const EXPECTED: &'static str = "nothing";
            fn read(
                json: $crate::json::Json<'a>,
                _: &mut dyn $crate::record::ReadContext<'a>,
            ) -> Result<Self, $crate::json::Json<'a>> {
                Err(json)
            }
        }
    )*};
}
pub(crate) use computed;

plain! {
    bool: |v| !*v;
    u64: |v| *v == 0;
    u32: |v| *v == 0;
    i64: |v| *v == 0;
    f64: |v| *v == 0.0;
}

impl Blank for Timestamp {
    fn is_blank(&self) -> bool {
        false
    }
}

impl<'a> Walk<'a> for Timestamp {
    fn walk(&mut self, _: Spot, visit: &mut dyn Visit<'a>) {
        visit.moment(self);
    }
}

impl Write for Timestamp {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        self.serialize(out)
    }
}

impl<'a> Read<'a> for bool {
    const EXPECTED: &'static str = "`true` or `false`";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        match json {
            Json::Bool(value) => Ok(value),
            Json::Str(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Json::Str(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            // As tables and some languages write them.
            Json::Int(value @ 0..=1) => Ok(value == 1),
            other => Err(other),
        }
    }
}

impl<'a> Read<'a> for u64 {
    const EXPECTED: &'static str = "a whole number, not negative and below 2^63";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let number = match &json {
            Json::Int(n) => u64::try_from(*n).ok(),
            Json::Str(s) => s.parse().ok(),
            _ => None,
        };
        // Typst's largest integer.
        number
            .filter(|number| i64::try_from(*number).is_ok())
            .ok_or(json)
    }
}

impl<'a> Read<'a> for i64 {
    const EXPECTED: &'static str = "a whole number";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        match json {
            Json::Int(n) => Ok(n),
            other => Err(other),
        }
    }
}

impl<'a> Read<'a> for u32 {
    const EXPECTED: &'static str = "a whole number below 2^32";
    fn read(json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let value = u64::read(json, reader)?;
        u32::try_from(value).map_err(|_| Json::UInt(value))
    }
}

/// The largest plausible duration in seconds, or number of pixels.
const MOST: f64 = 1e9;

impl<'a> Read<'a> for f64 {
    const EXPECTED: &'static str = "a number from 0 to 1 000 000 000";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let number = match &json {
            #[expect(clippy::cast_precision_loss, reason = "durations are small")]
            Json::Int(n) => *n as f64,
            Json::Float(n) => *n,
            _ => return Err(json),
        };
        (0.0..=MOST).contains(&number).then_some(number).ok_or(json)
    }
}

impl<'a> Read<'a> for Text<'a> {
    const EXPECTED: &'static str = "text";
    fn read(json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        match json {
            Json::Str(text) => Ok(match showable(&text, true) {
                None => text,
                Some((shown, lost)) => {
                    if lost {
                        reader.unshowable();
                    }
                    shown.into()
                }
            }),
            // Some tools write ids as numbers.
            Json::Int(n) => Ok(n.to_string().into()),
            Json::UInt(n) => Ok(n.to_string().into()),
            other => Err(other),
        }
    }
}

impl Write for Text<'_> {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        self.serialize(out)
    }
}

impl Blank for Text<'_> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<'a> Walk<'a> for Text<'a> {
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>) {
        visit.text(spot, self);
    }
}

impl<'a> Read<'a> for Json<'a> {
    const EXPECTED: &'static str = "anything";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        Ok(json)
    }
}

impl Write for Json<'_> {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        self.serialize(out)
    }
}

impl Blank for Json<'_> {
    fn is_blank(&self) -> bool {
        match self {
            Json::Null => true,
            Json::Array(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            _ => false,
        }
    }
}

impl<'a> Walk<'a> for Json<'a> {
    fn walk(&mut self, _: Spot, visit: &mut dyn Visit<'a>) {
        visit.json(self);
    }
}

impl<'a> Read<'a> for Timestamp {
    const EXPECTED: &'static str = "a time such as \"2024-03-01T12:00:00+00:00\"";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let found = match &json {
            Json::Str(text) => written(text.trim()),
            // Programs write Unix time too, in milliseconds or seconds.
            Json::Int(number) => unix_time(*number),
            Json::Float(number) => unix_time_in_parts(*number),
            // As in databases.
            Json::Object(_) => match json.get("$date") {
                Some(Json::Str(text)) => written(text),
                Some(Json::Int(number)) => unix_time(*number),
                Some(number) => number
                    .get("$numberLong")
                    .and_then(Json::as_str)
                    .and_then(written),
                None => None,
            },
            _ => None,
        };
        found.ok_or(json)
    }
}

/// A time as text: in ISO 8601, possibly without a time of day, Unix time, or spelled out.
fn written(text: &str) -> Option<Timestamp> {
    // Before Unix time: eight digits may be a date.
    let found = parse_iso(text);
    #[cfg(feature = "all-formats")]
    let found = found.or_else(|| crate::time::parse_spelled(text));
    found
        .or_else(|| unix_time(text.parse().ok()?))
        .or_else(|| parse_iso(&format!("{text}T00:00")))
}

/// A Unix time with a fraction, as Python writes it.
fn unix_time_in_parts(number: f64) -> Option<Timestamp> {
    const FIRST_MILLISECONDS: f64 = 100_000_000_000.0;
    const LAST_MILLISECONDS: f64 = 253_402_300_799_999.0;
    let ms = if number >= FIRST_MILLISECONDS {
        number
    } else {
        number * 1000.0
    };
    #[expect(clippy::cast_possible_truncation, reason = "it is in between")]
    let ms = (0.0..=LAST_MILLISECONDS)
        .contains(&ms)
        .then_some(ms as i64)?;
    Some(Timestamp { ms, offset: 0 })
}

/// A Unix time: in milliseconds, or in seconds if it would otherwise be before 1973.
fn unix_time(number: i64) -> Option<Timestamp> {
    const FIRST_MILLISECONDS: i64 = 100_000_000_000;
    // The range of years with four digits.
    const LAST_MILLISECONDS: i64 = 253_402_300_799_999;
    let ms = if number >= FIRST_MILLISECONDS {
        number
    } else {
        number.checked_mul(1000)?
    };
    (0..=LAST_MILLISECONDS)
        .contains(&ms)
        .then_some(Timestamp { ms, offset: 0 })
}
