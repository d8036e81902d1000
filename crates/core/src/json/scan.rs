//! Finds the values of a JSON text without building them, so that a file
//! that stops short can be read up to the last whole message.

use std::ops::Range;

use super::{Json, parse_next};
use memchr::{memchr_iter, memchr2};

/// Why a scan stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The text ends inside a value.
    End,
    /// An unexpected character; its byte offset.
    Unexpected(usize),
}

/// A position in a JSON text.
#[derive(Clone, Debug)]
pub struct Scan<'a> {
    text: &'a str,
    /// Byte offset of the next character.
    pub pos: usize,
}

impl<'a> Scan<'a> {
    /// A scan of `text` from its beginning.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Scan { text, pos: 0 }
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Skips white space and gives the next byte without taking it.
    pub fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.pos) {
            // The last one stands before each text of a sequence (RFC 7464).
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x1e) {
                return Some(byte);
            }
            self.pos += 1;
        }
        None
    }

    /// Takes `byte` if it comes next (after white space).
    pub fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        if found {
            self.pos += 1;
        }
        found
    }

    /// Skips one value and gives its range.
    ///
    /// # Errors
    /// [`Stop`] when the text ends inside the value or no value begins here.
    /// The position is then left where the value begins.
    pub fn value(&mut self) -> Result<Range<usize>, Stop> {
        let first = self.peek().ok_or(Stop::End)?;
        let start = self.pos;
        let end = match first {
            b'"' => self.string_end(start)?,
            b'{' | b'[' => self.container_end(start)?,
            b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => self.scalar_end(start)?,
            _ => return Err(Stop::Unexpected(start)),
        };
        self.pos = end;
        Ok(start..end)
    }

    /// [`Scan::value`] for a text that may continue elsewhere: a number or word at its end may be
    /// incomplete unless the text is the last one.
    ///
    /// # Errors
    /// As [`Scan::value`].
    pub fn whole_value(&mut self, is_last: bool) -> Result<Range<usize>, Stop> {
        let start = self.pos;
        let range = self.value()?;
        let closes = matches!(self.text.as_bytes()[range.end - 1], b'"' | b'}' | b']');
        if !is_last && range.end == self.text.len() && !closes {
            self.pos = start;
            return Err(Stop::End);
        }
        Ok(range)
    }

    /// Parses the next object, and returns it with its range. `None` if it isn't an object or
    /// can't be parsed; the position is then left there.
    pub fn parse(&mut self) -> Option<(Json<'a>, Range<usize>)> {
        if self.peek() != Some(b'{') {
            return None;
        }
        let start = self.pos;
        let (json, end) = parse_next(self.text, start)?;
        self.pos = end;
        Some((json, start..end))
    }

    /// Skips a member's key and colon and gives the range of the key's
    /// characters (without quotes).
    ///
    /// # Errors
    /// [`Stop`] when the text ends or something else comes next.
    pub fn key(&mut self) -> Result<Range<usize>, Stop> {
        match self.peek() {
            Some(b'"') => {}
            Some(_) => return Err(Stop::Unexpected(self.pos)),
            None => return Err(Stop::End),
        }
        let start = self.pos;
        let end = self.string_end(start)?;
        self.pos = end;
        match self.peek() {
            Some(b':') => self.pos += 1,
            Some(_) => return Err(Stop::Unexpected(self.pos)),
            None => return Err(Stop::End),
        }
        Ok(start + 1..end - 1)
    }

    /// Moves to the next `{` at or after the position; false at the end.
    pub fn seek_object(&mut self) -> bool {
        match memchr::memchr(b'{', &self.text.as_bytes()[self.pos..]) {
            Some(skip) => {
                self.pos += skip;
                true
            }
            None => {
                self.pos = self.text.len();
                false
            }
        }
    }

    /// The offset just after the string that begins at `start`.
    fn string_end(&self, start: usize) -> Result<usize, Stop> {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        loop {
            let rest = bytes.get(at..).ok_or(Stop::End)?;
            let found = memchr2(b'"', b'\\', rest).ok_or(Stop::End)?;
            at += found + 1;
            if bytes[at - 1] == b'"' {
                return Ok(at);
            }
            at += 1;
        }
    }

    fn container_end(&self, start: usize) -> Result<usize, Stop> {
        let bytes = self.text.as_bytes();
        let mut depth = 0usize;
        let mut at = start;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => {
                    at = self.string_end(at)?;
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(at + 1);
                    }
                }
                _ => {}
            }
            at += 1;
        }
        Err(Stop::End)
    }

    fn scalar_end(&self, start: usize) -> Result<usize, Stop> {
        let rest = &self.text.as_bytes()[start..];
        let length = rest
            .iter()
            .position(|b| matches!(b, b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t' | b':'))
            .unwrap_or(rest.len());
        Ok(start + length)
    }
}

/// Line and column (both from 1, the column in characters) of a byte offset.
#[must_use]
pub fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let lines = memchr_iter(b'\n', before.as_bytes()).count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    (lines + 1, before[start..].chars().count() + 1)
}
