//! Parses JSON (RFC 8259) into values that borrow their strings.
//!
//! Exports are indented, and most of one is short strings: eight bytes at a time are passed
//! over where nothing in them counts. Being one function a kind of value, it also takes a
//! fraction of the room in the plugin that a general deserializer does.

use std::fmt;

use super::Json;
use crate::text::Text;

/// How deep values may be nested.
const DEEPEST: usize = 127;

/// What is wrong with a number that no 64 bits hold.
pub const OUT_OF_RANGE: &str = "number out of range";

/// Why a text is no JSON, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What was expected or is wrong.
    pub what: &'static str,
    /// The byte that is wrong, or the text's end.
    pub at: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(self.what)
    }
}

/// Parses a text that holds one value.
///
/// # Errors
/// What is wrong with it.
pub fn parse(text: &str) -> Result<Json<'_>, Fault> {
    let (value, end) = parse_next(text, 0)?;
    let mut parser = Parser::new(text, end);
    match parser.peek() {
        None => Ok(value),
        Some(_) => Err(parser.fault(Wrong("trailing characters"))),
    }
}

/// Parses the value that comes next after `at`, and gives where it ends.
///
/// # Errors
/// What is wrong with it.
pub fn parse_next(text: &str, at: usize) -> Result<(Json<'_>, usize), Fault> {
    let mut parser = Parser::new(text, at);
    match parser.value(0) {
        Ok(value) => Ok((value, parser.at)),
        Err(wrong) => Err(parser.fault(wrong)),
    }
}

/// What is wrong at the place where the parser is.
struct Wrong(&'static str);

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

/// A byte in each of eight places.
const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The eight bytes from here on.
#[inline(always)]
fn word(bytes: &[u8], at: usize) -> Option<u64> {
    let word = bytes.get(at..)?.first_chunk()?;
    Some(u64::from_le_bytes(*word))
}

/// Marks the first byte of eight that is zero, in its high bit; maybe some after it.
const fn zeros(word: u64) -> u64 {
    word.wrapping_sub(each(1)) & !word & each(0x80)
}

/// Marks the first byte of eight that ends a string, or that can't stand in one as it is.
const fn ends(word: u64) -> u64 {
    let controls = word.wrapping_sub(each(0x20)) & !word & each(0x80);
    controls | zeros(word ^ each(b'"')) | zeros(word ^ each(b'\\'))
}

impl<'a> Parser<'a> {
    fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    fn fault(&self, Wrong(what): Wrong) -> Fault {
        Fault { what, at: self.at }
    }

    // Always inline: the plugin is built for size, which would make calls of these.
    #[inline(always)]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Passes over white space, and gives the byte after it without taking it.
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        let next = loop {
            match bytes.get(at) {
                Some(&byte) if byte > b' ' => break Some(byte),
                Some(b' ') => {
                    at += match word(bytes, at) {
                        Some(word) => ((word ^ each(b' ')).trailing_zeros() / 8) as usize,
                        None => 1,
                    }
                }
                Some(b'\n' | b'\r' | b'\t') => at += 1,
                other => break other.copied(),
            }
        };
        self.at = at;
        next
    }

    fn value(&mut self, depth: usize) -> Result<Json<'a>, Wrong> {
        match self.peek() {
            Some(b'"') => Ok(Json::Str(self.string()?)),
            Some(b'{' | b'[') if depth == DEEPEST => Err(Wrong("recursion limit exceeded")),
            Some(b'{') => self.object(depth),
            Some(b'[') => self.array(depth),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.word_is("true", Json::Bool(true)),
            Some(b'f') => self.word_is("false", Json::Bool(false)),
            Some(b'n') => self.word_is("null", Json::Null),
            Some(_) => Err(Wrong("expected value")),
            None => Err(Wrong("EOF while parsing a value")),
        }
    }

    fn word_is(&mut self, word: &str, value: Json<'a>) -> Result<Json<'a>, Wrong> {
        for &letter in word.as_bytes() {
            match self.byte() {
                Some(byte) if byte == letter => self.at += 1,
                Some(_) => return Err(Wrong("expected ident")),
                None => return Err(Wrong("EOF while parsing a value")),
            }
        }
        Ok(value)
    }

    fn object(&mut self, depth: usize) -> Result<Json<'a>, Wrong> {
        self.at += 1;
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Json::Object(Vec::new()));
        }
        // A message has some sixteen members, and who wrote it eight.
        let mut members = Vec::with_capacity(if depth == 0 { 16 } else { 8 });
        loop {
            match self.peek() {
                Some(b'"') => {}
                Some(b'}') => return Err(Wrong("trailing comma")),
                Some(_) => return Err(Wrong("key must be a string")),
                None => return Err(Wrong("EOF while parsing an object")),
            }
            let key = self.string()?;
            match self.peek() {
                Some(b':') => self.at += 1,
                Some(_) => return Err(Wrong("expected `:`")),
                None => return Err(Wrong("EOF while parsing an object")),
            }
            members.push((key, self.value(depth + 1)?));
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b'}') => {
                    self.at += 1;
                    return Ok(Json::Object(members));
                }
                Some(_) => return Err(Wrong("expected `,` or `}`")),
                None => return Err(Wrong("EOF while parsing an object")),
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Json<'a>, Wrong> {
        self.at += 1;
        let mut items = Vec::new();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Json::Array(items));
        }
        loop {
            match self.peek() {
                Some(b']') => return Err(Wrong("trailing comma")),
                Some(_) => items.push(self.value(depth + 1)?),
                None => return Err(Wrong("EOF while parsing a list")),
            }
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(b']') => {
                    self.at += 1;
                    return Ok(Json::Array(items));
                }
                Some(_) => return Err(Wrong("expected `,` or `]`")),
                None => return Err(Wrong("EOF while parsing a list")),
            }
        }
    }

    /// A string, from its opening quote on.
    fn string(&mut self) -> Result<Text<'a>, Wrong> {
        self.at += 1;
        let start = self.at;
        self.plain()?;
        let plain = &self.text[start..self.at];
        if self.byte() == Some(b'"') {
            self.at += 1;
            return Ok(plain.into());
        }
        let mut unescaped = plain.to_owned();
        while self.byte() != Some(b'"') {
            unescaped.push(self.escape()?);
            let start = self.at;
            self.plain()?;
            unescaped.push_str(&self.text[start..self.at]);
        }
        self.at += 1;
        Ok(unescaped.into())
    }

    /// Passes over what stands in a string as it is, up to a quote or backslash.
    fn plain(&mut self) -> Result<(), Wrong> {
        let bytes = self.text.as_bytes();
        let mut at = self.at;
        while let Some(word) = word(bytes, at) {
            let ends = ends(word);
            if ends != 0 {
                at += (ends.trailing_zeros() / 8) as usize;
                break;
            }
            at += 8;
        }
        let result = loop {
            match bytes.get(at) {
                Some(b'"' | b'\\') => break Ok(()),
                Some(0..=0x1f) => {
                    break Err(Wrong(
                        "control character (\\u0000-\\u001F) found while parsing a string",
                    ));
                }
                Some(_) => at += 1,
                None => break Err(Wrong("EOF while parsing a string")),
            }
        };
        self.at = at;
        result
    }

    /// The character that is escaped here.
    fn escape(&mut self) -> Result<char, Wrong> {
        self.at += 1;
        let letter = self.byte().ok_or(Wrong("EOF while parsing a string"))?;
        self.at += 1;
        Ok(match letter {
            b'"' | b'\\' | b'/' => letter.into(),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            _ => {
                self.at -= 1;
                return Err(Wrong("invalid escape"));
            }
        })
    }

    /// The character whose UTF-16 units are escaped here.
    fn unicode(&mut self) -> Result<char, Wrong> {
        const LONE: Wrong = Wrong("lone leading surrogate in hex escape");
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first).ok_or(LONE);
        }
        if !self.text.as_bytes()[self.at..].starts_with(b"\\u") {
            return Err(Wrong("unexpected end of hex escape"));
        }
        self.at += 2;
        let second = self.unit()?.wrapping_sub(0xdc00);
        if second >= 0x400 {
            return Err(LONE);
        }
        char::from_u32(0x1_0000 + ((first - 0xd800) << 10 | second)).ok_or(LONE)
    }

    /// Four hexadecimal digits.
    fn unit(&mut self) -> Result<u32, Wrong> {
        let mut unit = 0;
        for _ in 0..4 {
            let byte = self.byte().ok_or(Wrong("EOF while parsing a string"))?;
            let digit = char::from(byte).to_digit(16);
            unit = unit << 4 | digit.ok_or(Wrong("invalid escape"))?;
            self.at += 1;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Result<Json<'a>, Wrong> {
        let negative = self.byte() == Some(b'-');
        self.at += usize::from(negative);
        let mut number = Decimal::default();
        match self.byte() {
            Some(b'0') => {
                self.at += 1;
                if matches!(self.byte(), Some(b'0'..=b'9')) {
                    return Err(Wrong("invalid number"));
                }
            }
            _ => self.digits(&mut number, 0)?,
        }
        let mut whole = number.dropped == 0;
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits(&mut number, -1)?;
            whole = false;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            number.exponent = number.exponent.saturating_add(self.exponent()?);
            whole = false;
        }
        // Zero has a sign, which whole numbers have no room for.
        if whole && !(negative && number.digits == 0) {
            let digits = i64::try_from(number.digits);
            match (negative, digits) {
                (false, Ok(digits)) => return Ok(Json::Int(digits)),
                (false, Err(_)) => return Ok(Json::UInt(number.digits)),
                (true, Ok(digits)) => return Ok(Json::Int(-digits)),
                (true, Err(_)) if number.digits == i64::MIN.unsigned_abs() => {
                    return Ok(Json::Int(i64::MIN));
                }
                (true, Err(_)) => {}
            }
        }
        let value = number.value();
        if value.is_infinite() {
            return Err(Wrong(OUT_OF_RANGE));
        }
        Ok(Json::Float(if negative { -value } else { value }))
    }

    /// Takes one digit or more; `step` is what each adds to the exponent.
    fn digits(&mut self, number: &mut Decimal, step: i32) -> Result<(), Wrong> {
        let start = self.at;
        while let Some(byte @ b'0'..=b'9') = self.byte() {
            number.push(byte - b'0', step);
            self.at += 1;
        }
        match self.byte() {
            _ if self.at > start => Ok(()),
            Some(_) => Err(Wrong("invalid number")),
            None => Err(Wrong("EOF while parsing a value")),
        }
    }

    fn exponent(&mut self) -> Result<i32, Wrong> {
        let negative = self.byte() == Some(b'-');
        if let Some(b'-' | b'+') = self.byte() {
            self.at += 1;
        }
        let mut exponent = Decimal::default();
        self.digits(&mut exponent, 0)?;
        let size = i32::try_from(exponent.digits).unwrap_or(i32::MAX / 2);
        let size = size.min(i32::MAX / 2);
        Ok(if negative { -size } else { size })
    }
}

/// A number as it is written: `digits` times ten to the power of `exponent`.
#[derive(Default)]
struct Decimal {
    digits: u64,
    exponent: i32,
    /// How many digits found no room.
    dropped: u32,
}

impl Decimal {
    fn push(&mut self, digit: u8, step: i32) {
        let more = self.digits.checked_mul(10);
        let more = more.and_then(|more| more.checked_add(digit.into()));
        match more.filter(|_| self.dropped == 0) {
            Some(digits) => {
                self.digits = digits;
                self.exponent += step;
            }
            None => {
                self.dropped += 1;
                self.exponent += step + 1;
            }
        }
    }

    /// The value: exact where digits and power are, as in all that people write, and else
    /// next to the nearest there is.
    #[expect(clippy::cast_precision_loss, reason = "what is lost has no room")]
    fn value(&self) -> f64 {
        let digits = self.digits as f64;
        let size = self.exponent.unsigned_abs();
        if self.digits == 0 {
            return 0.0;
        }
        if self.exponent >= 0 {
            return digits * power(size);
        }
        // Ten to this power is the greatest that there is.
        const GREATEST: u32 = 308;
        let value = digits / power(size.min(GREATEST));
        match size.saturating_sub(GREATEST) {
            0 => value,
            more => value / power(more),
        }
    }
}

/// Ten to a power.
fn power(exponent: u32) -> f64 {
    let (mut power, mut base, mut left) = (1.0, 10.0, exponent);
    // Products of exact powers are exact up to 10^22.
    while left > 0 {
        if left & 1 == 1 {
            power *= base;
        }
        base *= base;
        left >>= 1;
    }
    power
}

#[cfg(test)]
mod tests;
