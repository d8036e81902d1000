//! Streams large exports if only a part of them is needed: memory depends on what is kept,
//! not on the file.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use flate2::read::DeflateDecoder;
use scrollback_core::model::Message;
use scrollback_core::{Archive, Error, Options};
use zip::{CompressionMethod, ZipArchive};

use super::gzip::Odd;
use super::{Export, Part, database, packed, stdin};

/// The smallest export that is streamed. Smaller ones are read as a whole: that takes one
/// pass, and also reports warnings about messages that aren't kept.
const LARGE: u64 = 64 << 20;

/// The compression ratio that is assumed at least.
const COMPRESSED: u64 = 8;

/// A large export that is streamed.
#[derive(Debug)]
pub struct Pieces<'e>(Vec<Piece<'e>>);

/// A part of a streamed export.
#[derive(Debug)]
struct Piece<'e>(&'e Part, Odd);

impl<'e> Pieces<'e> {
    /// The streamed form of an export, if it is large and can be streamed.
    pub fn of(export: &'e Export) -> Option<Self> {
        let sizes: Option<Vec<u64>> = export.parts.iter().map(size).collect();
        let size = sizes?
            .iter()
            .fold(0_u64, |sum, size| sum.saturating_add(*size));
        let in_pieces = |part: &Part| match part {
            Part::Channel { .. } => true,
            part => scrollback_core::comes_in_pieces(&start(part)),
        };
        (size > LARGE && export.parts.iter().all(in_pieces)).then(|| {
            let pieces = export.parts.iter();
            Self(pieces.map(|part| Piece(part, Odd::default())).collect())
        })
    }

    /// Reads the messages that pass the options and `only`.
    ///
    /// # Errors
    /// As [`scrollback_core::read_in_pieces`].
    pub fn read(
        &self,
        options: &Options,
        only: &dyn Fn(&Message) -> bool,
    ) -> Result<Archive<'static>, Error> {
        let inputs: Vec<&dyn scrollback_core::Input> = self
            .0
            .iter()
            .map(|piece| piece as &dyn scrollback_core::Input)
            .collect();
        let mut archive = scrollback_core::read_in_pieces(&inputs, options, only)?;
        let pieces = self.0.iter().enumerate();
        archive.note(pieces.filter_map(|(input, piece)| piece.1.warning(input)));
        Ok(archive)
    }
}

/// The uncompressed size of a part, as far as it is known beforehand; `None` if the part
/// can't be read.
fn size(part: &Part) -> Option<u64> {
    let (size, is_compressed) = match part {
        // Standard input is read only as far as needed.
        Part::Stdin => {
            let mut start = Vec::new();
            stdin::open().take(4).read_to_end(&mut start).ok()?;
            let is_packed = packed::is_compressed(&start) || packed::is_archive(&start);
            let most = if is_packed { LARGE / COMPRESSED } else { LARGE };
            (
                if stdin::is_longer(most).ok()? {
                    most + 1
                } else {
                    0
                },
                is_packed,
            )
        }
        Part::Channel { database, id, .. } => (database::size(database, *id).ok()?, false),
        Part::File(path) => {
            let mut start = [0; 4];
            let mut file = File::open(path).ok()?;
            let read = file.read(&mut start).ok()?;
            (
                file.metadata().ok()?.len(),
                packed::is_compressed(&start[..read]),
            )
        }
        Part::Packed { archive, entry } => {
            let mut archive = ZipArchive::new(File::open(archive).ok()?).ok()?;
            let size = archive.by_name(entry).ok()?.size();
            let extension = Path::new(entry).extension().unwrap_or_default();
            (
                size,
                packed::COMPRESSED.iter().any(|known| extension == *known),
            )
        }
    };
    Some(if is_compressed {
        size * COMPRESSED
    } else {
        size
    })
}

impl scrollback_core::Input for Piece<'_> {
    fn open(&self) -> io::Result<Box<dyn Read + '_>> {
        open(self.0, &self.1)
    }
}

/// The number of bytes that are enough to detect the content of a file.
const START: u64 = 64 * 1024;

/// The first bytes of a part's content; empty if it can't be read.
pub fn start(part: &Part) -> Vec<u8> {
    let read = open(part, &Odd::default()).and_then(|reader| {
        let mut bytes = Vec::new();
        reader.take(START).read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    read.unwrap_or_default()
}

/// What is in a part, unpacked, from its beginning. What is odd in it is known at its end.
///
/// # Errors
/// When it can't be read.
pub fn open(part: &Part, odd: &Odd) -> io::Result<Box<dyn Read>> {
    match part {
        Part::File(path) => packed::decompressing(File::open(path)?, odd),
        Part::Packed { archive, entry } => {
            packed::decompressing(packed_file(File::open(archive)?, entry)?, odd)
        }
        Part::Channel { database, id, .. } => Ok(Box::new(database::channel(database, *id)?)),
        Part::Stdin => {
            let mut start = Vec::new();
            stdin::open().take(4).read_to_end(&mut start)?;
            if packed::is_archive(&start) {
                let entry = packed::only_export(stdin::open())?;
                return packed::decompressing(packed_file(stdin::open(), &entry)?, odd);
            }
            packed::decompressing(stdin::open(), odd)
        }
    }
}

/// A reader over a file of an archive.
fn packed_file(archive: impl Read + Seek + 'static, entry: &str) -> io::Result<Box<dyn Read>> {
    let mut archive = ZipArchive::new(archive)?;
    let file = archive.by_name(entry)?;
    let (length, method) = (file.compressed_size(), file.compression());
    let start = file
        .data_start()
        .ok_or_else(|| io::Error::other("the file in the archive can't be found"))?;
    drop(file);
    let mut file = archive.into_inner();
    file.seek(SeekFrom::Start(start))?;
    let packed = BufReader::new(file.take(length));
    match method {
        CompressionMethod::Stored => Ok(Box::new(packed)),
        CompressionMethod::Deflated => Ok(Box::new(DeflateDecoder::new(packed))),
        other => Err(io::Error::other(format!(
            "the archive is compressed in a way that can't be read ({other:?})"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use scrollback_core::Input as _;

    use super::*;

    const TEXT: &str = "[{\"id\": \"1\", \"content\": \"a\"}]";

    fn read(part: &Part) -> String {
        let mut text = String::new();
        let piece = Piece(part, Odd::default());
        piece.open().unwrap().read_to_string(&mut text).unwrap();
        // It can be read again.
        let mut again = String::new();
        piece.open().unwrap().read_to_string(&mut again).unwrap();
        assert_eq!(again, text);
        text
    }

    #[test]
    fn files_are_unpacked_while_they_are_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        gzip.write_all(TEXT.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let zstd = ruzstd::encoding::compress_to_vec(
            TEXT.as_bytes(),
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        let mut zip = zip::ZipWriter::new(File::create(path("a.zip")).unwrap());
        for (name, method) in [
            ("stored.json", CompressionMethod::Stored),
            ("deflated.json", CompressionMethod::Deflated),
        ] {
            let options = zip::write::SimpleFileOptions::default().compression_method(method);
            zip.start_file(name, options).unwrap();
            zip.write_all(TEXT.as_bytes()).unwrap();
        }
        zip.finish().unwrap();
        for (name, bytes) in [
            ("a.json", TEXT.as_bytes()),
            ("a.json.gz", &gzip),
            ("a.json.zst", &zstd),
        ] {
            std::fs::write(path(name), bytes).unwrap();
            assert_eq!(read(&Part::File(path(name))), TEXT, "{name}");
        }
        for entry in ["stored.json", "deflated.json"] {
            let part = Part::Packed {
                archive: path("a.zip"),
                entry: entry.into(),
            };
            assert_eq!(read(&part), TEXT, "{entry}");
        }
    }
}
