//! Stores written channels on disk until they are joined.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::Mutex;

use crate::engine::Store;
use crate::failure::Failure;

/// An unnamed temporary file, which disappears with the program.
pub struct Spool(Mutex<File>);

impl Spool {
    /// An empty spool, in the system's temporary folder.
    ///
    /// # Errors
    /// [`Failure::Output`] when it can't be created.
    pub fn new() -> Result<Self, Failure> {
        let file = tempfile::tempfile().map_err(|error| {
            Failure::output(
                format!("cannot create a temporary file: {error}"),
                "check the disk, or set `TMPDIR` to a folder that you may write to",
            )
        })?;
        Ok(Self(Mutex::new(file)))
    }
}

impl Store for Spool {
    fn keep(&self, pdf: &[u8]) -> io::Result<u64> {
        let mut file = self.0.lock().expect("no panic while held");
        let place = file.seek(SeekFrom::End(0))?;
        file.write_all(&(pdf.len() as u64).to_le_bytes())?;
        file.write_all(pdf)?;
        Ok(place)
    }

    fn get(&self, place: u64) -> io::Result<Vec<u8>> {
        let mut file = self.0.lock().expect("no panic while held");
        file.seek(SeekFrom::Start(place))?;
        let mut length = [0; 8];
        file.read_exact(&mut length)?;
        let length = usize::try_from(u64::from_le_bytes(length)).map_err(io::Error::other)?;
        let mut pdf = vec![0; length];
        file.read_exact(&mut pdf)?;
        Ok(pdf)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_parts_can_be_read_in_any_order() {
        let spool = Spool::new().unwrap();
        let places = [b"first".as_slice(), b"", b"third"].map(|pdf| spool.keep(pdf).unwrap());
        assert_eq!(spool.get(places[2]).unwrap(), b"third");
        assert_eq!(spool.get(places[0]).unwrap(), b"first");
        assert_eq!(spool.get(places[1]).unwrap(), b"");
    }
}
