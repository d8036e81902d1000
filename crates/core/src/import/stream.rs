//! Streams inputs, so that memory depends on what is kept of them.

use std::io::{self, Read};

use super::decode::foreign;
use super::document::begins_well;
use super::formats::{self, Table};
use super::legible::{TOLD, first_odd, replaced};
use super::merge::join;
use super::sieve::{Left, Sieve};
use super::utf16::Utf8;
use super::walk::Levels;
use super::{Document, Reader};
use crate::error::Error;
use crate::filter::Matcher;
use crate::json::scan::Scan;
use crate::model::Message;
use crate::warning::{InputPlace, codes};

/// An input that can be read from its beginning repeatedly.
pub trait Source {
    /// Opens it.
    ///
    /// # Errors
    /// When it can't be read.
    fn open(&self) -> io::Result<Box<dyn Read + '_>>;

    /// The number of bytes that are read at once. Longer values are read as a whole.
    fn piece(&self) -> usize {
        1 << 20
    }
}

impl Source for &[u8] {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(*self))
    }
}

/// The longest value: files without a list of messages are a single value.
const LONGEST: usize = 1 << 30;

/// The most passes over the inputs: one to know all people, one to find everything wanted,
/// one to find the messages that those reply to.
const MOST_ROUNDS: usize = 3;

/// The data that is kept of inputs.
pub struct Sieved {
    pub documents: Vec<Document<'static>>,
    pub reader: Reader<'static>,
    pub left: Left,
    /// The number of bytes read.
    pub bytes: u64,
}

/// Reads inputs, and keeps the messages that may pass both filters, with those that they
/// reply to.
///
/// # Errors
/// When an input can't be read, or has nothing that could be a message.
pub fn sieve<'f>(
    sources: &[&dyn Source],
    matcher: Matcher<'f>,
    only: &'f dyn Fn(&Message) -> bool,
) -> Result<Sieved, Error> {
    let mut sieve = Sieve::new(matcher, only);
    let mut reader = Reader::default();
    let mut round = 1;
    let mut bytes = 0;
    loop {
        let mut documents = Vec::with_capacity(sources.len());
        for (input, source) in sources.iter().enumerate() {
            sieve.begin(input);
            reader.begin(input);
            let mut pieces = Pieces::open(*source, input)?;
            let document;
            (document, reader) = pieces.document(reader, &mut sieve)?;
            documents.push(document);
            bytes += pieces.bytes;
        }
        for document in &documents {
            join(&document.members, &mut reader);
        }
        if round < MOST_ROUNDS && sieve.begins_again(&reader) {
            round += 1;
            reader.warnings = Default::default();
            continue;
        }
        if let Some(last) = documents.last_mut() {
            last.channels.append(&mut sieve.left.channels);
        }
        return Ok(Sieved {
            documents,
            reader,
            left: sieve.left,
            bytes,
        });
    }
}

/// A streamed input.
struct Pieces<'s> {
    source: Box<dyn Read + 's>,
    input: usize,
    /// The size of a piece.
    piece: usize,
    /// The bytes that were read but not consumed yet.
    buffer: Vec<u8>,
    /// The length of valid text in the buffer.
    valid: usize,
    /// Whether the input is at its end.
    is_last: bool,
    bytes: u64,
}

impl<'s> Pieces<'s> {
    fn open(source: &'s dyn Source, input: usize) -> Result<Self, Error> {
        let mut pieces = Pieces {
            source: source
                .open()
                .and_then(|source| Ok(Box::new(Utf8::new(source)?) as Box<dyn Read>))
                .map_err(|error| failed(input, &error))?,
            input,
            piece: source.piece().max(4),
            buffer: Vec::new(),
            valid: 0,
            is_last: false,
            bytes: 0,
        };
        pieces.read(pieces.piece)?;
        if let Some(error) = foreign(&pieces.buffer, input) {
            return Err(error);
        }
        if pieces.buffer.starts_with(b"\xef\xbb\xbf") {
            pieces.buffer.drain(..3);
        }
        Ok(pieces)
    }

    /// Reads until the buffer has this length, or the input is at its end.
    fn read(&mut self, length: usize) -> Result<(), Error> {
        let more = length.saturating_sub(self.buffer.len());
        self.buffer.reserve_exact(more);
        let got = (&mut self.source)
            .take(more as u64)
            .read_to_end(&mut self.buffer)
            .map_err(|error| failed(self.input, &error))?;
        self.bytes += got as u64;
        self.is_last = got < more;
        Ok(())
    }

    /// Determines how much of the buffer is text: all but a truncated character at the end.
    fn validate(&mut self, reader: &mut Reader) {
        if let Some(at) = first_odd(&self.buffer) {
            let text = std::str::from_utf8(&self.buffer[..at]).unwrap_or_default();
            let (line, column) = place_after(reader.before, text);
            let place = || InputPlace {
                input: self.input,
                line: line + 1,
                column: column + 1,
                message: None,
            };
            let (text, count) = replaced(&self.buffer);
            for _ in 0..count {
                let told = || TOLD.into();
                reader.warnings.count(codes::NOT_UTF8, "", "", place, told);
            }
            self.buffer = text;
        }
        self.valid = match std::str::from_utf8(&self.buffer) {
            Ok(_) => self.buffer.len(),
            Err(error) => error.valid_up_to(),
        };
    }

    fn document(
        &mut self,
        mut reader: Reader<'static>,
        sieve: &mut Sieve,
    ) -> Result<(Document<'static>, Reader<'static>), Error> {
        let mut document = Document::new();
        let mut levels = Levels::default();
        let mut table = None;
        let mut start: Option<String> = None;
        loop {
            self.validate(&mut reader);
            let text = std::str::from_utf8(&self.buffer[..self.valid]).unwrap_or_default();
            let mut own = reader.with_text(text);
            let mut scan = Scan::new(text);
            if start.is_none() {
                match formats::is_csv(text, self.is_last) {
                    None => {
                        reader = own.with_text("");
                        self.read(self.buffer.len() * 2)?;
                        continue;
                    }
                    Some(true) => table = Some(Table::default()),
                    Some(false) => begins_well(&mut scan, &own)?,
                }
            }
            let start = start.get_or_insert_with(|| beginning(text).to_owned());
            match &mut table {
                Some(table) => document.rows(table, &mut scan, &mut own, sieve, self.is_last),
                None => document.walk(&mut scan, &mut levels, &mut own, sieve, self.is_last),
            }
            let done = scan.pos;
            if self.is_last {
                let cut = self.valid < self.buffer.len();
                document.finish(cut, start, &mut own)?;
                return Ok((document, own.with_text("")));
            }
            own.before = place_after(own.before, &text[..done]);
            reader = own.with_text("");
            self.buffer.drain(..done);
            let length = if done > 0 {
                self.buffer.len() + self.piece
            } else {
                self.buffer.len() * 2
            };
            if length > LONGEST {
                return Err(Error::at(reader.place(), too_long()));
            }
            self.read(length)?;
        }
    }
}

fn failed(input: usize, error: &io::Error) -> Error {
    let place = InputPlace {
        input,
        ..InputPlace::default()
    };
    Error::at(place, format!("cannot be read: {error}"))
}

fn too_long() -> String {
    "expected a list of messages, got a single value larger than 1 GiB, which can't be read in \
     pieces; export again with DiscordChatExporter's `--partition 100mb`, whose parts are \
     joined here"
        .into()
}

/// The number of bytes that are enough to detect the kind of an input.
fn beginning(text: &str) -> &str {
    let mut end = text.len().min(1024);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The number of lines up to the end of a text, and of characters in its last line, given
/// those before its beginning.
fn place_after((lines, characters): (usize, usize), text: &str) -> (usize, usize) {
    match memchr::memrchr(b'\n', text.as_bytes()) {
        None => (lines, characters + text.chars().count()),
        Some(last) => (
            lines + memchr::memchr_iter(b'\n', text.as_bytes()).count(),
            text[last + 1..].chars().count(),
        ),
    }
}
