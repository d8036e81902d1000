//! Reads the bytes of exports.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};

use scrollback_core::{Archive, Error, Options, Warning};

use super::gzip::Odd;
use super::{Export, Part, packed, pieces};
use crate::failure::Failure;

/// The largest export that is read as a whole, about a million messages; more doesn't fit
/// into the memory of most computers.
const MOST_BYTES: u64 = 1 << 30;

/// The parts of an export, in memory.
#[derive(Debug, Default)]
pub struct Bytes {
    /// Each as text in UTF-8.
    parts: Vec<Vec<u8>>,
    /// Each as it is in its file, where that is no UTF-8.
    files: Vec<Option<Vec<u8>>>,
    /// What was odd in them before they could be read.
    odd: Vec<Warning>,
}

impl Bytes {
    /// Reads all parts.
    ///
    /// # Errors
    /// [`Failure::Output`] when one can't be read or is too large.
    pub fn read(export: &Export) -> Result<Self, Failure> {
        let mut bytes = Self::default();
        for (input, part) in export.parts.iter().enumerate() {
            let gzip = Odd::default();
            let file = read(part, &gzip)?;
            bytes.odd.extend(gzip.warning(input));
            let mut text = match scrollback_core::in_utf8(&file) {
                Cow::Borrowed(_) => None,
                Cow::Owned(text) => Some(text),
            };
            let legible = scrollback_core::legible(text.as_ref().unwrap_or(&file), input);
            if let Some((legible, odd)) = legible {
                text = Some(legible);
                bytes.odd.push(odd);
            }
            let (text, file) = match text {
                Some(text) => (text, Some(file)),
                None => (file, None),
            };
            bytes.parts.push(text);
            bytes.files.push(file);
        }
        Ok(bytes)
    }

    /// What is in them.
    ///
    /// # Errors
    /// As [`scrollback_core::read`].
    pub fn archive(&self, options: &Options) -> Result<Archive<'_>, Error> {
        let mut archive = scrollback_core::read(&self.parts(), options)?;
        archive.note(self.odd.iter().cloned());
        Ok(archive)
    }

    /// The parts as text, for the importer.
    fn parts(&self) -> Vec<&[u8]> {
        self.parts.iter().map(Vec::as_slice).collect()
    }

    /// The parts as they are in their files, unpacked.
    pub fn files(&self) -> Vec<&[u8]> {
        let both = self.files.iter().zip(&self.parts);
        both.map(|(file, text)| file.as_ref().unwrap_or(text).as_slice())
            .collect()
    }
}

fn read(part: &Part, odd: &Odd) -> Result<Vec<u8>, Failure> {
    let too_large = || {
        Failure::output(
            format!("`{}` is larger than 1 GiB", part.shown()),
            "typeset a part of it (`--after`, `--before`, `--author`), or divide it: `--split month` writes a file a month, DiscordChatExporter's `--partition 100mb` parts that are joined again here",
        )
    };
    if let Part::File(path) = part
        && path.metadata().is_ok_and(|file| file.len() > MOST_BYTES)
    {
        return Err(too_large());
    }
    let bytes = match part {
        // Reading to the end also verifies the checksum.
        Part::Packed { archive, entry } => {
            File::open(archive).and_then(|file| packed::entry(file, entry, MOST_BYTES, odd))
        }
        part => whole(part, odd),
    };
    let bytes = bytes.map_err(|error| {
        Failure::output(
            format!("cannot read `{}`: {error}", part.shown()),
            packed::fix(part, &error),
        )
    })?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// The content of a part, up to the limit and one byte more.
fn whole(part: &Part, odd: &Odd) -> io::Result<Vec<u8>> {
    let length = match part {
        Part::File(path) => path.metadata()?.len().min(MOST_BYTES),
        _ => 0,
    };
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    let mut reader = pieces::open(part, odd)?.take(MOST_BYTES + 1);
    reader.read_to_end(&mut bytes)?;
    Ok(bytes)
}
