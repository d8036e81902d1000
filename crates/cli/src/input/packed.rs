//! Reads exports from compressed files and archives: `.json.gz`, `.json.zst`, `.zip`.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use zip::ZipArchive;

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

/// Whether bytes are the start of a gzip file.
pub fn is_gzip(start: &[u8]) -> bool {
    start.starts_with(b"\x1f\x8b")
}

fn is_zstd(start: &[u8]) -> bool {
    start.starts_with(b"\x28\xb5\x2f\xfd")
}

/// Decompresses a file, up to `most` bytes and one more; bytes that aren't compressed are
/// returned unchanged.
///
/// # Errors
/// When the file is damaged.
pub fn decompressed(bytes: Vec<u8>, most: u64) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    if is_gzip(&bytes) {
        let decoder = MultiGzDecoder::new(bytes.as_slice());
        decoder.take(most + 1).read_to_end(&mut out)?;
    } else if is_zstd(&bytes) {
        let decoder = StreamingDecoder::new(bytes.as_slice()).map_err(io::Error::other)?;
        decoder.take(most + 1).read_to_end(&mut out)?;
    } else {
        return Ok(bytes);
    }
    Ok(out)
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
            "the archive is damaged or not whole: download or copy it again, or unpack what can be \
             unpacked, and pass the folder"
        }
        Part::File(path) if is_damaged || is_compressed_name(path) => {
            "the file is damaged or not whole: download or copy it again"
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

/// The names of the exports in an archive, sorted.
///
/// # Errors
/// When the archive can't be read.
pub fn exports_in(archive: &Path) -> io::Result<Vec<String>> {
    let archive = ZipArchive::new(File::open(archive)?)?;
    let mut names: Vec<String> = archive
        .file_names()
        .take(MOST_ENTRIES)
        .filter(|name| {
            let hidden = name.split('/').any(|part| {
                part.starts_with('.') || part == "__MACOSX" || part.ends_with("_Files")
            });
            !hidden && !name.ends_with('/') && is_export_name(Path::new(name))
        })
        .map(str::to_owned)
        .collect();
    names.sort();
    Ok(names)
}

/// The names of all files in an archive.
///
/// # Errors
/// When the archive can't be read.
pub fn names_in(archive: &Path) -> io::Result<Vec<String>> {
    let archive = ZipArchive::new(File::open(archive)?)?;
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
pub fn entry(archive: impl Read + Seek, name: &str, most: u64) -> io::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(archive)?;
    let file = archive.by_name(name)?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes)?;
    decompressed(bytes, most)
}

/// The name of the only export of an archive, such as one from standard input.
///
/// # Errors
/// When the archive can't be read, or holds no export or several.
pub fn only_export(archive: impl Read + Seek) -> io::Result<String> {
    let archive = ZipArchive::new(archive)?;
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
        assert_eq!(decompressed(packed.clone(), 2000).unwrap().len(), 1000);
        assert_eq!(decompressed(packed.clone(), 99).unwrap().len(), 100);
        assert!(decompressed(packed[..20].to_vec(), 2000).is_err());
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
        assert_eq!(exports_in(&path).unwrap(), ["a.json/b.json"]);
        assert_eq!(
            only_export(File::open(&path).unwrap()).unwrap(),
            "a.json/b.json"
        );
    }

    #[test]
    fn what_cannot_be_unpacked_has_a_fix() {
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
    fn zstd_is_unpacked() {
        let packed = ruzstd::encoding::compress_to_vec(
            b"[]".as_slice(),
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        assert!(is_compressed(&packed));
        assert_eq!(decompressed(packed, 10).unwrap(), b"[]");
    }

    #[test]
    fn other_bytes_stay() {
        assert_eq!(decompressed(b"{}".to_vec(), 10).unwrap(), b"{}");
        assert!(!is_archive(b"{}"));
    }
}
