//! Reads exports from compressed files and archives: `.json.gz`, `.json.zst`, `.zip`.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek};
use std::path::Path;

use zip::ZipArchive;
use zip::result::ZipError;

use super::database;
use super::gzip::{Gzip, Odd};
use super::zstd::{Zstd, is_zstd};
use super::{Part, is_export_name};

/// Extensions of compressed files, after that of an export.
pub const COMPRESSED: [&str; 2] = ["gz", "zst"];

/// The most files of an archive that are considered.
const MOST_ENTRIES: usize = 100_000;

/// Whether bytes are the start of an archive.
pub fn is_archive(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06")
}

/// Whether bytes are the start of a compressed file.
pub fn is_compressed(start: &[u8]) -> bool {
    is_gzip(start) || is_zstd(start)
}

fn is_gzip(start: &[u8]) -> bool {
    start.starts_with(b"\x1f\x8b")
}

/// Decompresses a file, up to `most` bytes and one more; bytes that aren't compressed are
/// returned unchanged.
///
/// # Errors
/// When the file is damaged.
pub fn decompressed(bytes: Vec<u8>, most: u64, odd: &Odd) -> io::Result<Vec<u8>> {
    if !is_compressed(&bytes) {
        return Ok(bytes);
    }
    let mut out = Vec::new();
    let reader = decompressing(bytes.as_slice(), odd)?;
    reader.take(most + 1).read_to_end(&mut out)?;
    Ok(out)
}

/// Decompresses a file while it is read; one that isn't compressed is read unchanged. Once it is
/// read, `odd` has what was wrong with it.
///
/// # Errors
/// When its start can't be read.
pub fn decompressing<'r>(mut reader: impl Read + 'r, odd: &Odd) -> io::Result<Box<dyn Read + 'r>> {
    let mut start = Vec::new();
    reader.by_ref().take(4).read_to_end(&mut start)?;
    let (is_gzip, is_zstd) = (is_gzip(&start), is_zstd(&start));
    let whole = BufReader::new(Cursor::new(start).chain(reader));
    Ok(if is_gzip {
        Box::new(Gzip::new(whole, odd.clone()))
    } else if is_zstd {
        Box::new(Zstd::new(whole, odd.clone()))
    } else {
        Box::new(whole)
    })
}

/// The hint for a part that can't be read.
pub fn fix(part: &Part, error: &io::Error) -> &'static str {
    let words = error.to_string();
    let is_damaged = matches!(
        error.kind(),
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData
    );
    match part {
        Part::Packed { .. } if words.contains("Password") => {
            "unpack it with its password, and pass the folder"
        }
        Part::Packed { .. } if words.contains("not supported") => "unpack it, and pass the folder",
        Part::Packed { .. } => {
            "the archive is damaged or incomplete: download or copy it again, or unpack what can be \
             unpacked, and pass the folder"
        }
        Part::Channel { .. } => database::fix(error),
        Part::Stdin if words.contains("the archive holds") => {
            "pass the archive by its name, or unpack it and pass the folder"
        }
        Part::File(_) if error.kind() == io::ErrorKind::Unsupported => {
            "unpack it with zstd, and pass the result"
        }
        Part::File(path) if is_damaged || is_compressed_name(path) => {
            "the file is damaged or incomplete: download or copy it again"
        }
        _ => "check that it is a file and that you may read it",
    }
}

fn is_compressed_name(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    COMPRESSED
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// The names of exports among those of an archive's files, sorted.
pub fn exports(names: &[String]) -> Vec<String> {
    let mut exports: Vec<String> = names
        .iter()
        .filter(|name| {
            let hidden = name.split('/').any(|part| {
                // A path that leads out of the archive does no harm, because nothing is extracted.
                let hides = part.starts_with('.') && !matches!(part, "." | "..");
                hides || part == "__MACOSX" || part.ends_with("_Files")
            });
            !hidden && !name.ends_with('/') && is_export_name(Path::new(name))
        })
        .cloned()
        .collect();
    exports.sort();
    exports
}

/// The names that several files of an archive share; only the last of them can be read by it.
///
/// # Errors
/// When the archive can't be read.
pub fn names_twice(archive: &Path) -> io::Result<Vec<String>> {
    let mut buffer = vec![0; rawzip::RECOMMENDED_BUFFER_SIZE];
    let archive = rawzip::ZipArchive::from_file(File::open(archive)?, &mut buffer)
        .map_err(io::Error::other)?;
    let mut entries = archive.entries(&mut buffer);
    let mut counts: HashMap<Vec<u8>, usize> = HashMap::new();
    while let Some(entry) = entries.next_entry().map_err(io::Error::other)? {
        let path = entry.file_path();
        let name: &[u8] = path.as_ref();
        if counts.len() >= MOST_ENTRIES {
            break;
        }
        *counts.entry(name.to_vec()).or_default() += 1;
    }
    let twice = counts.into_iter().filter(|(_, count)| *count > 1);
    let mut names: Vec<String> = twice
        .map(|(name, _)| String::from_utf8_lossy(&name).into_owned())
        .filter(|name| !name.ends_with('/'))
        .collect();
    names.sort();
    Ok(names)
}

/// An archive.
///
/// # Errors
/// When it can't be read.
fn opened<R: Read + Seek>(archive: R) -> io::Result<ZipArchive<R>> {
    ZipArchive::new(archive).map_err(|error| match error {
        ZipError::InvalidArchive(_) => {
            let text = "the list of its files, at its end, is missing or damaged";
            io::Error::new(io::ErrorKind::InvalidData, text)
        }
        error => error.into(),
    })
}

/// The names of all files in an archive.
///
/// # Errors
/// When the archive can't be read.
pub fn names_in(archive: &Path) -> io::Result<Vec<String>> {
    let archive = opened(File::open(archive)?)?;
    Ok(archive
        .file_names()
        .take(MOST_ENTRIES)
        .map(str::to_owned)
        .collect())
}

/// A file of an archive, up to `most` bytes and one more.
///
/// # Errors
/// When it is missing or can't be read.
pub fn entry(archive: impl Read + Seek, name: &str, most: u64, odd: &Odd) -> io::Result<Vec<u8>> {
    let mut archive = opened(archive)?;
    let file = archive.by_name(name)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    decompressed(bytes, most, odd)
}

/// The name of the only export of an archive, such as one from standard input.
///
/// # Errors
/// When the archive can't be read, or holds no export or several.
pub fn only_export(archive: impl Read + Seek) -> io::Result<String> {
    let archive = opened(archive)?;
    let names: Vec<&str> = archive
        .file_names()
        .filter(|name| !name.ends_with('/') && is_export_name(Path::new(name)))
        .collect();
    let [name] = names.as_slice() else {
        return Err(io::Error::other(format!(
            "the archive holds {} exports, and one is expected from standard input",
            names.len()
        )));
    };
    Ok((*name).to_owned())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn gzip_is_unpacked_up_to_the_limit() {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(&[b' '; 1000]).unwrap();
        let packed = encoder.finish().unwrap();
        assert!(is_compressed(&packed));
        let unpacked = |most| decompressed(packed.clone(), most, &Odd::default()).unwrap();
        assert_eq!(unpacked(2000).len(), 1000);
        assert_eq!(unpacked(99).len(), 100);
    }

    #[test]
    fn folders_of_archives_are_no_exports() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        let mut zip = zip::ZipWriter::new(File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        zip.add_directory("a.json", options).unwrap();
        zip.start_file("a.json/b.json", options).unwrap();
        zip.finish().unwrap();
        assert_eq!(exports(&names_in(&path).unwrap()), ["a.json/b.json"]);
        assert_eq!(
            only_export(File::open(&path).unwrap()).unwrap(),
            "a.json/b.json"
        );
    }

    #[test]
    fn errors_of_archives_say_how_to_unpack_them() {
        let packed = Part::Packed {
            archive: "a.zip".into(),
            entry: "b.json".into(),
        };
        for (words, told) in [
            ("Password required to decrypt file", "with its password"),
            ("compression method not supported: 14", "unpack it"),
            ("corrupt deflate stream", "is damaged"),
        ] {
            let fix = fix(&packed, &io::Error::other(words));
            assert!(fix.contains(told), "{words}: {fix}");
        }
        let file = Part::File("a.json.gz".into());
        let eof = io::Error::from(io::ErrorKind::UnexpectedEof);
        assert!(fix(&file, &eof).contains("damaged"));
        let denied = io::Error::from(io::ErrorKind::PermissionDenied);
        assert!(fix(&Part::File("a.json".into()), &denied).contains("may read it"));
    }

    #[test]
    fn an_archive_that_breaks_off_is_told_in_plain_words() {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("a.zip");
        std::fs::write(&path, b"PK\x03\x04 and no more").unwrap();
        let error = names_in(&path).unwrap_err().to_string();
        assert_eq!(
            error,
            "the list of its files, at its end, is missing or damaged"
        );
    }

    #[test]
    fn zstd_is_unpacked() {
        let packed = ruzstd::encoding::compress_to_vec(
            b"[]".as_slice(),
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        assert!(is_compressed(&packed));
        assert_eq!(decompressed(packed, 10, &Odd::default()).unwrap(), b"[]");
    }

    #[test]
    fn other_bytes_stay() {
        let same = decompressed(b"{}".to_vec(), 10, &Odd::default()).unwrap();
        assert_eq!(same, b"{}");
        assert!(!is_archive(b"{}"));
    }
}
