//! Reads CBOR into JSON values.

use crate::json::Json;
use crate::text::Text;

/// The deepest nesting of arrays and maps in a request.
const MOST_LEVELS: usize = 32;
/// The same in what [`super::write`] wrote of an export: components and Markdown nest, and each
/// level of theirs is several.
const MOST_LEVELS_WRITTEN: usize = 1024;

/// The value of `bytes`: numbers, text, `true`, `false`, `null`, arrays, and maps with text
/// keys. Numbers beyond 64 bits, byte strings and tags are not allowed in requests.
///
/// # Errors
/// What was expected at which byte, when `bytes` are something else.
pub fn read(bytes: &[u8]) -> Result<Json<'_>, String> {
    read_to(bytes, MOST_LEVELS)
}

/// Reads again what was written of an export, which may be nested more deeply.
///
/// # Errors
/// As [`read`].
pub fn read_written(bytes: &[u8]) -> Result<Json<'_>, String> {
    read_to(bytes, MOST_LEVELS_WRITTEN)
}

fn read_to(bytes: &[u8], levels: usize) -> Result<Json<'_>, String> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(levels)?;
    if reader.at < bytes.len() {
        return Err(reader.fail("the end"));
    }
    Ok(value)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The argument of a head (section 3): absent for items of indefinite length.
type Argument = Option<u64>;

impl<'a> Reader<'a> {
    #[cold]
    fn fail(&self, expected: &str) -> String {
        let got = match self.bytes.get(self.at) {
            Some(byte) => format!("0x{byte:02x}"),
            None => "the end".into(),
        };
        format!(
            "expected {expected} at byte {} of the CBOR, got {got}",
            self.at
        )
    }

    fn take(&mut self, count: u64) -> Result<&'a [u8], String> {
        let end = usize::try_from(count)
            .ok()
            .and_then(|count| self.at.checked_add(count));
        match end.and_then(|end| self.bytes.get(self.at..end)) {
            Some(taken) => {
                self.at += taken.len();
                Ok(taken)
            }
            None => {
                let left = self.bytes.len() - self.at;
                Err(format!(
                    "expected {count} more bytes at byte {} of the CBOR, got {left}",
                    self.at
                ))
            }
        }
    }

    /// The major type and low bits of the next head, and its argument.
    fn head(&mut self) -> Result<(u8, u8, Argument), String> {
        let Some(&first) = self.bytes.get(self.at) else {
            return Err(self.fail("a value"));
        };
        let low = first & 0x1f;
        let argument = match low {
            0..=23 => Some(u64::from(low)),
            24..=27 => {
                self.at += 1;
                let bytes = self.take(1 << (low - 24))?;
                let value = bytes
                    .iter()
                    .fold(0, |value, &byte| value << 8 | u64::from(byte));
                return Ok((first >> 5, low, Some(value)));
            }
            31 => None,
            _ => return Err(self.fail("a value")),
        };
        self.at += 1;
        Ok((first >> 5, low, argument))
    }

    fn value(&mut self, levels: usize) -> Result<Json<'a>, String> {
        let start = self.at;
        let (major, low, argument) = self.head()?;
        let value = match (major, argument) {
            (0, Some(value)) => match i64::try_from(value) {
                Ok(value) => Json::Int(value),
                Err(_) => Json::UInt(value),
            },
            // -1 - value
            (1, Some(value)) => match i64::try_from(value) {
                Ok(value) => Json::Int(!value),
                Err(_) => return self.not_here(start),
            },
            (3, Some(length)) => Json::Str(self.text(length)?),
            (4 | 5, _) if levels == 0 => {
                self.at = start;
                return Err(self.fail("fewer arrays and maps within one another"));
            }
            (4, length) => {
                let mut items = Vec::new();
                while self.has_more(length, items.len())? {
                    items.push(self.value(levels - 1)?);
                }
                Json::Array(items)
            }
            (5, length) => {
                let mut members = Vec::new();
                while self.has_more(length, members.len())? {
                    let key = match self.head()? {
                        (3, _, Some(length)) => self.text(length)?,
                        _ => return Err(self.fail("text as the key before it")),
                    };
                    members.push((key, self.value(levels - 1)?));
                }
                Json::Object(members)
            }
            (7, Some(bits)) => match low {
                20 => Json::Bool(false),
                21 => Json::Bool(true),
                22 | 23 => Json::Null,
                25 => Json::Float(half(bits)),
                26 => Json::Float(f32::from_bits(bits as u32).into()),
                27 => Json::Float(f64::from_bits(bits)),
                _ => return self.not_here(start),
            },
            _ => return self.not_here(start),
        };
        Ok(value)
    }

    fn not_here(&mut self, start: usize) -> Result<Json<'a>, String> {
        self.at = start;
        Err(self.fail("a number, text, true, false, null, an array or a map"))
    }

    fn text(&mut self, length: u64) -> Result<Text<'a>, String> {
        let start = self.at;
        let bytes = self.take(length)?;
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Text::from(text)),
            Err(error) => {
                self.at = start + error.valid_up_to();
                Err(self.fail("UTF-8"))
            }
        }
    }

    /// Whether an array or map of this length has another item; otherwise, consumes its end.
    fn has_more(&mut self, length: Argument, so_far: usize) -> Result<bool, String> {
        match length {
            Some(length) => Ok((so_far as u64) < length),
            None if self.bytes.get(self.at) == Some(&0xff) => {
                self.at += 1;
                Ok(false)
            }
            None => Ok(true),
        }
    }
}

/// A number of 16 bits (IEEE 754, binary16).
fn half(bits: u64) -> f64 {
    let fraction = (bits & 0x3ff) as f64;
    let exponent = (bits >> 10 & 0x1f) as i32;
    let value = match exponent {
        0 => fraction * 2f64.powi(-24),
        31 if fraction == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (fraction + 1024.0) * 2f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { value } else { -value }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::json::Json;

    #[test]
    fn values_of_every_kind() {
        let cases: [(&[u8], &str); 14] = [
            (&[0x17], "Int(23)"),
            (&[0x19, 1, 0], "Int(256)"),
            (
                &[0x1b, 255, 255, 255, 255, 255, 255, 255, 255],
                "UInt(18446744073709551615)",
            ),
            (&[0x38, 99], "Int(-100)"),
            (&[0x62, 0xc3, 0xa9], "Str(\"é\")"),
            (&[0x82, 1, 0xf5], "Array([Int(1), Bool(true)])"),
            (&[0x9f, 1, 0xf4, 0xff], "Array([Int(1), Bool(false)])"),
            (&[0xa1, 0x61, b'a', 0xf6], "Object([(\"a\", Null)])"),
            (
                &[0xbf, 0x61, b'a', 0x80, 0xff],
                "Object([(\"a\", Array([]))])",
            ),
            (&[0xf9, 0x3e, 0x00], "Float(1.5)"),
            (&[0xf9, 0x84, 0x00], "Float(-6.103515625e-5)"),
            (&[0xf9, 0x00, 0x01], "Float(5.960464477539063e-8)"),
            (&[0xfa, 0x3f, 0xc0, 0, 0], "Float(1.5)"),
            (&[0xfb, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0], "Float(1.5)"),
        ];
        for (bytes, value) in cases {
            let read = read(bytes).map(|value| format!("{value:?}"));
            assert_eq!(read.as_deref(), Ok(value), "{bytes:02x?}");
        }
    }

    #[test]
    fn errors_say_where() {
        let deep = [0x81; 40];
        let cases: [(&[u8], &str); 9] = [
            (&[], "expected a value at byte 0 of the CBOR, got the end"),
            (&[1, 2], "expected the end at byte 1 of the CBOR, got 0x02"),
            (
                &[0x63, b'a'],
                "expected 3 more bytes at byte 1 of the CBOR, got 1",
            ),
            (
                &[0x61, 0xff],
                "expected UTF-8 at byte 1 of the CBOR, got 0xff",
            ),
            (
                &[0x9f, 1],
                "expected a value at byte 2 of the CBOR, got the end",
            ),
            (&[0x1c], "expected a value at byte 0 of the CBOR, got 0x1c"),
            (
                &[0x41, 1],
                "expected a number, text, true, false, null, an array or a map at byte 0 of the \
                 CBOR, got 0x41",
            ),
            (
                &[0xa1, 1, 2],
                "expected text as the key before it at byte 2 of the CBOR, got 0x02",
            ),
            (
                &deep,
                "expected fewer arrays and maps within one another at byte 32 of the CBOR, got 0x81",
            ),
        ];
        for (bytes, message) in cases {
            assert_eq!(read(bytes), Err::<Json, _>(message.into()), "{bytes:02x?}");
        }
    }

    #[test]
    fn a_length_beyond_the_input_is_an_error() {
        assert!(read(&[0x9b, 255, 255, 255, 255, 255, 255, 255, 255]).is_err());
        assert!(read(&[0x7b, 255, 255, 255, 255, 255, 255, 255, 255]).is_err());
    }
}
