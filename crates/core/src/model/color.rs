//! Colours.

use serde::{Serialize, Serializer};

use crate::json::Json;
use crate::record::{Read, ReadContext, plain};

/// A colour, `0xRRGGBB`. Written as `#rrggbb`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Color(pub u32);

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("#{:06x}", self.0))
    }
}

plain! { Color: |_| false; }

impl<'a> Read<'a> for Color {
    const EXPECTED: &'static str = "a colour such as \"#5865F2\" or 5793266";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let value = match &json {
            Json::Int(n) => u32::try_from(*n).ok(),
            Json::Str(s) => match s.strip_prefix('#').or_else(|| s.strip_prefix("0x")) {
                Some(hex) if hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    u32::from_str_radix(hex, 16).ok()
                }
                Some(_) => None,
                // Some tools write numbers as texts.
                None => s.parse().ok(),
            },
            _ => None,
        };
        value.filter(|&v| v <= 0xff_ffff).map(Color).ok_or(json)
    }
}
