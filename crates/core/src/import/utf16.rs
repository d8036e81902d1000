//! Decodes inputs in UTF-16, as some Windows programs save them.

use std::borrow::Cow;
use std::io::{self, Read};

/// The byte order of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Little,
    Big,
}

impl Order {
    /// The byte order of an input that starts like this, and the length of its BOM; `None` for
    /// other encodings. Without a BOM, JSON's first bracket decides.
    fn of(start: &[u8]) -> Option<(Self, usize)> {
        match start {
            // These begin UTF-32.
            [0xff, 0xfe, 0, 0, ..] => None,
            [0xff, 0xfe, ..] => Some((Self::Little, 2)),
            [0xfe, 0xff, ..] => Some((Self::Big, 2)),
            [b'{' | b'[', 0, second, third, ..] if (*second, *third) != (0, 0) => {
                Some((Self::Little, 0))
            }
            [0, b'{' | b'[', ..] => Some((Self::Big, 0)),
            _ => None,
        }
    }

    fn unit(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }
}

/// Converts an input to UTF-8 if necessary. Lone surrogates are replaced.
#[must_use]
pub fn utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    match in_utf8(bytes) {
        Cow::Owned(text) => Cow::Owned(String::from_utf8_lossy(&text).into_owned().into_bytes()),
        borrowed => borrowed,
    }
}

/// Converts an input to UTF-8 if necessary. A lone surrogate becomes `ODD`, which
/// `legible` replaces and reports.
#[must_use]
pub fn in_utf8(bytes: &[u8]) -> Cow<'_, [u8]> {
    if Order::of(bytes).is_none() {
        return Cow::Borrowed(bytes);
    }
    let mut text = Vec::with_capacity(bytes.len());
    // Memory can always be read.
    match Utf8::new(bytes).and_then(|mut reader| reader.read_to_end(&mut text)) {
        Ok(_) => Cow::Owned(text),
        Err(_) => Cow::Borrowed(bytes),
    }
}

/// A byte that is never part of UTF-8.
const ODD: u8 = 0xff;

/// Reads an input as UTF-8, whatever its encoding; a lone surrogate as [`ODD`].
pub struct Utf8<R> {
    inner: R,
    order: Option<Order>,
    /// Bytes that aren't converted yet: half a unit.
    half: Vec<u8>,
    /// A high surrogate.
    surrogate: Option<u16>,
    /// Text that wasn't requested yet.
    text: Vec<u8>,
    given: usize,
}

/// The size of a read.
const PIECE: u64 = 64 * 1024;

impl<R: Read> Utf8<R> {
    /// Begins with an input.
    ///
    /// # Errors
    /// When it can't be read.
    pub fn new(mut inner: R) -> io::Result<Self> {
        let mut start = Vec::new();
        (&mut inner).take(4).read_to_end(&mut start)?;
        let found = Order::of(&start);
        let mark = found.map_or(0, |(_, mark)| mark);
        let mut reader = Self {
            inner,
            order: found.map(|(order, _)| order),
            half: Vec::new(),
            surrogate: None,
            text: Vec::new(),
            given: 0,
        };
        match reader.order {
            None => reader.text = start,
            Some(order) => reader.add(order, &start[mark..]),
        }
        Ok(reader)
    }

    /// Adds units to the text.
    fn add(&mut self, order: Order, bytes: &[u8]) {
        let mut all = std::mem::take(&mut self.half);
        all.extend_from_slice(bytes);
        let (units, rest) = all.as_chunks::<2>();
        self.half = rest.to_vec();
        let mut units: Vec<u16> = self
            .surrogate
            .take()
            .into_iter()
            .chain(units.iter().map(|unit| order.unit(*unit)))
            .collect();
        if let Some(last) = units.pop_if(|last| (0xd800..0xdc00).contains(last)) {
            self.surrogate = Some(last);
        }
        self.write(units);
    }

    fn write(&mut self, units: impl IntoIterator<Item = u16>) {
        for char in char::decode_utf16(units) {
            match char {
                Ok(char) => self
                    .text
                    .extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes()),
                Err(_) => self.text.push(ODD),
            }
        }
    }

    /// Reads more; whether there is any.
    fn fill(&mut self) -> io::Result<bool> {
        self.text.clear();
        self.given = 0;
        let Some(order) = self.order else {
            return Ok(false);
        };
        let mut bytes = Vec::new();
        (&mut self.inner).take(PIECE).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            // A lone surrogate at the end is a truncated character.
            let last = self.surrogate.take();
            self.write(last);
        } else {
            self.add(order, &bytes);
        }
        Ok(!bytes.is_empty() || !self.text.is_empty())
    }
}

impl<R: Read> Read for Utf8<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.text.len() {
            if self.order.is_none() {
                return self.inner.read(out);
            }
            if !self.fill()? {
                return Ok(0);
            }
        }
        let rest = &self.text[self.given..];
        let length = rest.len().min(out.len());
        out[..length].copy_from_slice(&rest[..length]);
        self.given += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: Order, mark: bool) -> Vec<u8> {
        let marked = if mark { "\u{feff}" } else { "" };
        let units = marked.encode_utf16().chain(text.encode_utf16());
        units
            .flat_map(|unit| match order {
                Order::Little => unit.to_le_bytes(),
                Order::Big => unit.to_be_bytes(),
            })
            .collect()
    }

    /// Returns a few bytes at a time.
    struct Slow<'b>(&'b [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let most = self.1.min(out.len());
            self.0.read(&mut out[..most])
        }
    }

    #[test]
    fn both_orders_are_read() {
        let text = r#"[{"content": "größer 😀 天"}]"#;
        for order in [Order::Little, Order::Big] {
            for mark in [true, false] {
                let bytes = utf16(text, order, mark);
                assert_eq!(&*utf8(&bytes), text.as_bytes(), "{order:?} {mark}");
                for pace in [1, 3, 5] {
                    let mut read = String::new();
                    let slow = Slow(&bytes, pace);
                    Utf8::new(slow).unwrap().read_to_string(&mut read).unwrap();
                    assert_eq!(read, text, "{order:?} {mark} {pace}");
                }
            }
        }
    }

    #[test]
    fn other_encodings_stay() {
        for bytes in [
            "{}".as_bytes(),
            b"",
            b"{",
            b"\xef\xbb\xbf{}",
            b"PK\x03\x04",
            b"\xff\xfe\0\0{\0\0\0",
        ] {
            assert!(matches!(utf8(bytes), Cow::Borrowed(_)), "{bytes:?}");
            let mut read = Vec::new();
            Utf8::new(bytes).unwrap().read_to_end(&mut read).unwrap();
            assert_eq!(read, bytes);
        }
    }

    #[test]
    fn half_a_character_is_replaced() {
        let mut bytes = utf16("[a", Order::Little, true);
        bytes.extend(0xd83d_u16.to_le_bytes());
        assert_eq!(&*utf8(&bytes), "[a\u{fffd}".as_bytes());
        bytes.extend(utf16("b]", Order::Little, false));
        bytes.push(b'x');
        assert_eq!(&*utf8(&bytes), "[a\u{fffd}b]".as_bytes());
    }
}
