//! Reads gzip files as gzip itself does: of a truncated file, the data up to the cut is kept, and
//! bytes after the end are left out.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use flate2::bufread::GzDecoder;
use scrollback_core::warning::codes;
use scrollback_core::{InputPlace, Warning};

/// What was wrong with a file, known once all of it is read.
#[derive(Debug, Clone, Default)]
pub struct Odd(Arc<AtomicU8>);

const CUT: u8 = 1;
const GARBAGE: u8 = 2;

impl Odd {
    /// The warning about it, for the input with this index.
    pub fn warning(&self, input: usize) -> Option<Warning> {
        let (code, message) = match self.0.load(Ordering::Relaxed) {
            CUT => (
                codes::TRUNCATED,
                "the compressed file ends too early; everything before the cut is read. \
                 Download or copy it again to get the rest",
            ),
            GARBAGE => (
                codes::STRAY_TEXT,
                "expected the end of the compressed file, got other bytes after it; they are left out",
            ),
            _ => return None,
        };
        Some(Warning {
            code,
            place: InputPlace {
                input,
                ..InputPlace::default()
            },
            message: message.into(),
            count: 1,
        })
    }

    /// Other bytes follow the compressed ones.
    pub fn set_garbage(&self) {
        self.set(GARBAGE);
    }

    fn set(&self, what: u8) {
        self.0.store(what, Ordering::Relaxed);
    }
}

/// The decompressed content of a gzip file, of one member or several.
pub struct Gzip<R> {
    /// `None` at the end.
    member: Option<GzDecoder<R>>,
    /// The number of members that were read completely.
    done: usize,
    odd: Odd,
}

impl<R: BufRead> Gzip<R> {
    /// Starts at the beginning of a file.
    pub fn new(file: R, odd: Odd) -> Self {
        Self {
            member: Some(GzDecoder::new(file)),
            done: 0,
            odd,
        }
    }

    /// Continues after the end of a member.
    fn go_on(&mut self, mut rest: R) -> io::Result<()> {
        self.done += 1;
        let next = rest.fill_buf()?;
        match next.first() {
            None => return Ok(()),
            Some(0x1f) => {
                self.member = Some(GzDecoder::new(rest));
                return Ok(());
            }
            Some(_) => {}
        }
        if !is_padding(&mut rest)? {
            self.odd.set_garbage();
        }
        Ok(())
    }
}

/// Whether the rest of a file is zeros: tapes and some programs pad the last block with them.
pub fn is_padding(rest: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = rest.fill_buf()?;
        if bytes.iter().any(|byte| *byte != 0) {
            return Ok(false);
        }
        let length = bytes.len();
        if length == 0 {
            return Ok(true);
        }
        rest.consume(length);
    }
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while let Some(member) = &mut self.member {
            let has_header = member.header().is_some();
            match member.read(out) {
                Ok(0) if out.is_empty() => return Ok(0),
                Ok(0) => {
                    if let Some(member) = self.member.take() {
                        self.go_on(member.into_inner())?;
                    }
                }
                Ok(length) => return Ok(length),
                // The rest isn't a member.
                Err(_) if self.done > 0 && !has_header => {
                    self.odd.set_garbage();
                    self.member = None;
                }
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
                    self.odd.set(CUT);
                    self.member = None;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// What a file decompresses to, and the code of its warning.
    fn read(file: &[u8]) -> (io::Result<String>, Option<&'static str>) {
        let odd = Odd::default();
        let mut text = String::new();
        // Byte by byte, because the next bytes aren't always available yet.
        let file = io::BufReader::with_capacity(1, file);
        let read = Gzip::new(file, odd.clone()).read_to_string(&mut text);
        (read.map(|_| text), odd.warning(0).map(|told| told.code))
    }

    #[test]
    fn members_are_joined_and_what_follows_is_told() {
        let one = packed(b"[\"one\"]");
        let numbers: String = (0..5000).map(|number| format!("{number},")).collect();
        let cut = &packed(numbers.as_bytes())[..9000];
        for (file, text, told) in [
            (one.clone(), "[\"one\"]", None),
            ([&*one, &one].concat(), "[\"one\"][\"one\"]", None),
            ([&*one, &[0; 99]].concat(), "[\"one\"]", None),
            (
                [&*one, b"rest"].concat(),
                "[\"one\"]",
                Some(codes::STRAY_TEXT),
            ),
            (
                [&*one, b"\x1frest"].concat(),
                "[\"one\"]",
                Some(codes::STRAY_TEXT),
            ),
            (
                [&*one, b"\0\0x"].concat(),
                "[\"one\"]",
                Some(codes::STRAY_TEXT),
            ),
            (
                one[..one.len() - 3].to_vec(),
                "[\"one\"]",
                Some(codes::TRUNCATED),
            ),
        ] {
            let (read, code) = read(&file);
            assert_eq!((read.unwrap().as_str(), code), (text, told));
        }
        let (read, code) = read(cut);
        assert!(read.unwrap().starts_with("0,1,2,3,"));
        assert_eq!(code, Some(codes::TRUNCATED));
    }

    #[test]
    fn damaged_files_are_errors() {
        let mut file = packed(&b"[\"one\"]".repeat(50));
        let at = file.len() - 6;
        file[at] ^= 1;
        assert!(read(&file).0.is_err());
        assert!(read(b"\x1f\x8b\x07no method").0.is_err());
    }
}
