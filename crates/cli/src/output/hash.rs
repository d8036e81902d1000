//! SHA-256 of files and bytes, in hexadecimal digits as `sha256sum` prints them.

use std::fmt::Write as _;
use std::fs::File;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The length and hash of some bytes.
pub fn bytes(bytes: &[u8]) -> (u64, String) {
    (bytes.len() as u64, hex(&Sha256::digest(bytes)))
}

/// The length and hash of a file.
///
/// # Errors
/// When it can't be read.
pub fn file(path: &Path) -> io::Result<(u64, String)> {
    reader(&mut File::open(path)?)
}

/// The length and hash of all that can be read.
///
/// # Errors
/// When it can't be read.
pub fn reader(reader: &mut dyn io::Read) -> io::Result<(u64, String)> {
    let mut hasher = Sha256::new();
    let length = io::copy(reader, &mut hasher)?;
    Ok((length, hex(&hasher.finalize())))
}

fn hex(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // Writing to a string doesn't fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_sha256sum() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(bytes(b"abc"), (3, expected.to_owned()));
        let temp = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(temp.path(), "abc").unwrap();
        assert_eq!(file(temp.path()).unwrap(), (3, expected.to_owned()));
    }
}
