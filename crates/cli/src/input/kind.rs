//! Detects whether a file is an export or a Typst document.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::{database, is_export_name, others, packed, shown};
use crate::failure::Failure;

/// The number of bytes that are enough to detect the kind of a file.
const START: u64 = 64 << 10;

/// A kind of input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// A Typst document.
    Document,
    /// An export.
    Export,
    /// An archive of exports.
    Archive,
    /// A database of channels.
    Database,
}

/// The kind of the file at `path`, by its extension or else by its content.
///
/// # Errors
/// [`Failure::Usage`] when it is missing or of another kind.
pub fn of(path: &Path) -> Result<InputKind, Failure> {
    if std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
        return Err(Failure::usage(
            format!("`{}` is a pipe or a device, not a file", shown(path)),
            format!(
                "pass `-` and send it to standard input: `scrollback render - < {}`",
                shown(path)
            ),
        ));
    }
    let mut start = Vec::new();
    let read = File::open(path).and_then(|file| file.take(START).read_to_end(&mut start));
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    match read {
        Ok(_) => {}
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err(Failure::usage(
                format!("there is no input `{}`", shown(path)),
                "check the name and the folder that you are in",
            ));
        }
        Err(error) => {
            return Err(Failure::usage(
                format!("cannot open `{}`: {error}", shown(path)),
                "check that you may read it",
            ));
        }
    }
    if extension == "typ" {
        return Ok(InputKind::Document);
    }
    if packed::is_archive(&start) {
        return Ok(InputKind::Archive);
    }
    if database::is_database(&start) {
        return Ok(InputKind::Database);
    }
    let is_packed = packed::is_compressed(&start) && !others::is_tar(path);
    let is_messages = is_json(&start) || scrollback_core::comes_in_pieces(&start);
    if is_export_name(path) || is_messages || is_packed {
        return Ok(InputKind::Export);
    }
    let error = format!(
        "`{}` is neither an export nor a Typst document",
        shown(path)
    );
    Err(match scrollback_core::looks_like(&start) {
        Some(looks) => Failure::usage(format!("{error}: it is {}", looks.what), looks.fix),
        None => Failure::usage(error, others::fix(&extension.to_string_lossy())),
    })
}

/// Whether a file starts like a JSON object or list, in UTF-8 or UTF-16.
fn is_json(start: &[u8]) -> bool {
    let start = start
        .strip_prefix(b"\xef\xbb\xbf")
        .or_else(|| start.strip_prefix(b"\xff\xfe"))
        .or_else(|| start.strip_prefix(b"\xfe\xff"))
        .unwrap_or(start);
    // The record separator stands before each text of a sequence.
    let first = start
        .iter()
        .find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0 | 0x1e));
    matches!(first, Some(b'{' | b'['))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_by_its_first_character() {
        for json in ["{}", " \n[", "\u{feff}{"] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        assert!(is_json(b"\xff\xfe{\0"));
        for other in ["", "<html>", "= Title", "\u{feff}"] {
            assert!(!is_json(other.as_bytes()), "{other}");
        }
    }
}
