//! The bytes of exports.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Mutex;

use super::{Export, Part, database, packed};
use crate::failure::Failure;

/// More than this at once doesn't go well with the memory of most computers: a
/// million messages.
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
        let parts = export.parts.iter().map(|part| read(part, false));
        parts.collect::<Result<_, _>>().map(Self)
    }

    /// Reads all parts, which are read once more later.
    ///
    /// # Errors
    /// As [`Bytes::read`].
    pub fn read_ahead(export: &Export) -> Result<Self, Failure> {
        let parts = export.parts.iter().map(|part| read(part, true));
        parts.collect::<Result<_, _>>().map(Self)
    }

    /// The parts, for the importer.
    pub fn parts(&self) -> Vec<&[u8]> {
        self.0.iter().map(Vec::as_slice).collect()
    }
}

/// So much of a file tells what is in it.
const START: u64 = 64 * 1024;

/// How a part begins; nothing where that can't be read, or only once.
pub fn start(part: &Part) -> Vec<u8> {
    let read = match part {
        Part::Stdin => return Vec::new(),
        Part::File(path) => open(path).and_then(|(file, _)| {
            let mut bytes = Vec::new();
            file.take(START).read_to_end(&mut bytes)?;
            Ok(bytes)
        }),
        Part::Packed { archive, entry } => packed::entry(archive, entry, START),
        // It is known what is in it.
        Part::Channel { .. } => return Vec::new(),
    };
    read.unwrap_or_default()
}

fn read(part: &Part, ahead: bool) -> Result<Vec<u8>, Failure> {
    let limited = |reader: &mut dyn Read, guess: u64| -> io::Result<Vec<u8>> {
        let mut bytes =
            Vec::with_capacity(usize::try_from(guess.min(MOST_BYTES)).unwrap_or_default());
        reader.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
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
        Part::Stdin => stdin(ahead, limited),
        Part::File(path) => open(path).and_then(|(mut file, length)| limited(&mut file, length)),
        Part::Packed { archive, entry } => packed::entry(archive, entry, MOST_BYTES),
        Part::Channel { database, id, .. } => database::channel(database, *id, MOST_BYTES),
    };
    let bytes = bytes.and_then(|bytes| {
        if *part == Part::Stdin && packed::is_archive(&bytes) {
            packed::only_export(&bytes, MOST_BYTES)
        } else {
            packed::decompressed(bytes, MOST_BYTES)
        }
    });
    let bytes = bytes.map(|bytes| match scrollback_core::utf8(&bytes) {
        Cow::Borrowed(_) => bytes,
        Cow::Owned(text) => text,
    });
    let bytes = bytes.map_err(|error| {
        Failure::output(
            format!("cannot read `{}`: {error}", part.shown()),
            "check that it is a file and that you may read it",
        )
    })?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large());
    }
    Ok(bytes)
}

/// What comes through standard input, which can be read only once: what is read ahead is
/// kept for the next time.
fn stdin(
    ahead: bool,
    limited: impl Fn(&mut dyn Read, u64) -> io::Result<Vec<u8>>,
) -> io::Result<Vec<u8>> {
    static READ: Mutex<Option<Vec<u8>>> = Mutex::new(None);
    let mut read = READ.lock().expect("no panic while held");
    match read.take() {
        Some(bytes) => Ok(bytes),
        None => {
            let bytes = limited(&mut io::stdin().lock(), 0)?;
            if ahead {
                *read = Some(bytes.clone());
            }
            Ok(bytes)
        }
    }
}

fn open(path: &Path) -> io::Result<(File, u64)> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    Ok((file, length))
}
