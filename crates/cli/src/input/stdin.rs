//! Makes standard input readable more than once: its content is kept in memory while it is
//! short, otherwise in an unnamed temporary file.

use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::sync::{LazyLock, Mutex, MutexGuard};

use tempfile::SpooledTempFile;

/// The most bytes that are kept in memory.
const MOST_IN_MEMORY: usize = 8 << 20;
/// The smallest read.
const PIECE: usize = 64 << 10;

static STDIN: LazyLock<Mutex<Kept>> =
    LazyLock::new(|| Mutex::new(Kept::new(Box::new(io::stdin()))));

/// A reader over standard input, from its beginning. Reads only as far as requested.
pub fn open() -> Stdin {
    Stdin {
        kept: &STDIN,
        at: 0,
    }
}

/// Whether it is longer than this.
///
/// # Errors
/// When it can't be read or stored.
pub fn is_longer(than: u64) -> io::Result<bool> {
    let mut kept = lock(&STDIN);
    kept.fill(than.saturating_add(1))?;
    Ok(kept.length > than)
}

/// The part of an input that was read, and the rest.
struct Kept {
    rest: Box<dyn Read + Send>,
    kept: SpooledTempFile,
    length: u64,
    is_whole: bool,
}

impl Kept {
    fn new(rest: Box<dyn Read + Send>) -> Self {
        Self {
            rest,
            kept: SpooledTempFile::new(MOST_IN_MEMORY),
            length: 0,
            is_whole: false,
        }
    }

    /// Reads on until this many bytes are available, or the end is reached.
    fn fill(&mut self, length: u64) -> io::Result<()> {
        if self.is_whole || self.length >= length {
            return Ok(());
        }
        let mut buffer = vec![0; PIECE];
        self.kept.seek(SeekFrom::Start(self.length))?;
        while self.length < length && !self.is_whole {
            match self.rest.read(&mut buffer) {
                Ok(0) => self.is_whole = true,
                Ok(read) => {
                    self.kept.write_all(&buffer[..read])?;
                    self.length += read as u64;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn read_at(&mut self, at: u64, buffer: &mut [u8]) -> io::Result<usize> {
        self.fill(at.saturating_add(1))?;
        self.kept.seek(SeekFrom::Start(at))?;
        self.kept.read(buffer)
    }
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().expect("no panic while held")
}

/// Standard input from its beginning, as often as needed.
pub struct Stdin {
    kept: &'static Mutex<Kept>,
    at: u64,
}

impl Read for Stdin {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = lock(self.kept).read_at(self.at, buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for Stdin {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (from, offset) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::Current(offset) => (self.at, offset),
            SeekFrom::End(offset) => {
                let mut kept = lock(self.kept);
                kept.fill(u64::MAX)?;
                (kept.length, offset)
            }
        };
        self.at = from
            .checked_add_signed(offset)
            .ok_or_else(|| io::Error::from(ErrorKind::InvalidInput))?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_can_be_read_again_from_any_position() {
        for length in [10, 3 * PIECE, MOST_IN_MEMORY + 3 * PIECE] {
            let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
            let kept = Kept::new(Box::new(io::Cursor::new(bytes.clone())));
            let kept: &'static Mutex<Kept> = Box::leak(Box::new(Mutex::new(kept)));
            let mut first = Stdin { kept, at: 0 };
            let mut start = [0; 4];
            first.read_exact(&mut start).unwrap();
            assert_eq!(start, bytes[..4]);
            // Reads only as far as requested.
            assert!(lock(kept).length <= PIECE as u64);
            let mut all = Vec::new();
            Stdin { kept, at: 0 }.read_to_end(&mut all).unwrap();
            assert!(all == bytes);
            assert_eq!(lock(kept).kept.is_rolled(), length > MOST_IN_MEMORY);
            let mut rest = Vec::new();
            first.read_to_end(&mut rest).unwrap();
            assert!(rest == bytes[4..]);
            first.seek(SeekFrom::End(-2)).unwrap();
            rest.clear();
            first.read_to_end(&mut rest).unwrap();
            assert!(rest == bytes[length - 2..]);
            assert!(first.seek(SeekFrom::Start(1)).is_ok());
            assert!(first.seek(SeekFrom::Current(-2)).is_err());
        }
    }
}
