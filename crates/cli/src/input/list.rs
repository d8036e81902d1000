//! Lists of inputs, such as `find` and `git ls-files` print them.

use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// Reads the paths that a file lists; `-` is standard input.
///
/// # Errors
/// [`Failure::Usage`] when it can't be read.
pub fn read(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let bytes = if list.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut bytes)
            .map(|_| bytes)
    } else {
        std::fs::read(list)
    };
    let bytes = bytes.map_err(|error| {
        Failure::usage(
            format!("cannot read the list `{}`: {error}", list.display()),
            "pass a file with one path per line to `--files-from`, or `-` for standard input",
        )
    })?;
    Ok(paths(&bytes))
}

/// The paths of a list, separated by NUL characters or line breaks.
fn paths(list: &[u8]) -> Vec<PathBuf> {
    let parted = list.contains(&0);
    let entries = list.split(|byte| *byte == if parted { 0 } else { b'\n' });
    entries
        .map(|entry| match entry.strip_suffix(b"\r") {
            Some(line) if !parted => line,
            _ => entry,
        })
        .filter(|entry| !entry.is_empty())
        .map(path)
        .collect()
}

#[cfg(unix)]
fn path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;

    OsString::from_vec(bytes.to_vec()).into()
}

#[cfg(not(unix))]
fn path(bytes: &[u8]) -> PathBuf {
    OsString::from(String::from_utf8_lossy(bytes).into_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_have_lines_or_nul_characters() {
        let read = |list: &[u8]| paths(list);
        let expected: Vec<PathBuf> = vec!["a b.json".into(), "c.json".into()];
        assert_eq!(read(b"a b.json\nc.json\n"), expected);
        assert_eq!(read(b"a b.json\r\n\r\nc.json"), expected);
        assert_eq!(read(b"a b.json\0c.json\0"), expected);
        assert_eq!(read(b"a\nb\0"), [PathBuf::from("a\nb")]);
        assert!(read(b"").is_empty());
    }
}
