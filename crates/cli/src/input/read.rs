//! Reads the bytes of exports.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};

use super::{Export, Part, packed, pieces};
use crate::failure::Failure;

/// The largest export that is read as a whole, about a million messages; more doesn't fit
/// into the memory of most computers.
const MOST_BYTES: u64 = 1 << 30;

/// The parts of an export, in memory.
#[derive(Debug, Default)]
pub struct Bytes(Vec<Vec<u8>>);

impl Bytes {
    /// Reads all parts.
    ///
    /// # Errors
    /// [`Failure::Output`] when one can't be read or is too large.
    pub fn read(export: &Export) -> Result<Self, Failure> {
        let parts = export.parts.iter().map(read);
        parts.collect::<Result<_, _>>().map(Self)
    }

    /// The parts, for the importer.
    pub fn parts(&self) -> Vec<&[u8]> {
        self.0.iter().map(Vec::as_slice).collect()
    }
}

fn read(part: &Part) -> Result<Vec<u8>, Failure> {
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
            File::open(archive).and_then(|file| packed::entry(file, entry, MOST_BYTES))
        }
        part => whole(part),
    };
    let bytes = bytes.map(|bytes| match scrollback_core::utf8(&bytes) {
        Cow::Borrowed(_) => bytes,
        Cow::Owned(text) => text,
    });
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
fn whole(part: &Part) -> io::Result<Vec<u8>> {
    let length = match part {
        Part::File(path) => path.metadata()?.len().min(MOST_BYTES),
        _ => 0,
    };
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    let mut reader = pieces::open(part)?.take(MOST_BYTES + 1);
    reader.read_to_end(&mut bytes)?;
    Ok(bytes)
}
