//! Waveforms of voice messages.

use serde::{Serialize, Serializer};

use crate::json::Json;
use crate::record::{Read, ReadContext, plain};

/// Loudness over time, one byte a sample, at most 256 samples.
///
/// It comes as base64 and is written as bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waveform(pub Vec<u8>);

impl Serialize for Waveform {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

plain! { Waveform: |v| v.0.is_empty(); }

impl<'a> Read<'a> for Waveform {
    const EXPECTED: &'static str = "some bytes in base64";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let bytes = json.as_str().and_then(base64);
        match bytes.filter(|bytes| !bytes.is_empty()) {
            Some(bytes) => Ok(Waveform(bytes)),
            None => Err(json),
        }
    }
}

/// Decodes base64 (RFC 4648, padding optional).
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=').as_bytes();
    if digits.len() % 4 == 1 {
        return None;
    }
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut bits, mut count) = (0u32, 0u32);
    for &digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn decodes_base64() {
        assert_eq!(base64("AAEC/w==").as_deref(), Some(&[0, 1, 2, 255][..]));
        assert_eq!(base64("").as_deref(), Some(&[][..]));
        assert_eq!(base64("A"), None);
        assert_eq!(base64("A B="), None);
    }
}
