//! The attachments of messages as exhibits of a record: the name, size and hash of each file, and
//! what is embedded in the document.

use std::io::{self, Read};
use std::sync::Arc;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use scrollback_core::anonymize::barred;
use scrollback_core::model::{Attachment, Transcript};
use typst::foundations::Bytes;
use typst_kit::fonts::FontStore;

use super::pictures::Pictures;
use crate::args::Numbers;
use crate::engine::sanitize::file_name;
use crate::engine::{Exhibit, first_pdf_page};
use crate::media::{Folder, Found};
use crate::output::hash;
use crate::report::Warnings;

/// The largest file that is attached to a document.
const MOST_ATTACHED: u64 = 256 << 20;

/// How the messages of an export are numbered.
#[derive(Debug, Clone)]
pub struct Numbering {
    /// The first number.
    pub numbers: Numbers,
    /// The last number, over all volumes.
    pub last: u64,
}

impl Numbering {
    /// A number as printed.
    pub fn written(&self, number: u64) -> String {
        self.numbers.written(number, self.last)
    }

    /// The first number, over all volumes.
    pub fn first(&self) -> String {
        self.written(self.numbers.first as u64)
    }
}

/// A file of a message, as described by the export.
pub struct Sent {
    number: u64,
    message: u64,
    message_id: String,
    name: String,
    url: String,
    mime: String,
    size: u64,
    description: String,
}

/// The files of a transcript with numbered messages, in order.
pub fn sent(transcript: &Transcript) -> Vec<Sent> {
    let mut all = Vec::new();
    for message in &transcript.messages {
        let forwarded = message.message_snapshots.iter();
        let forwarded = forwarded.flat_map(|snapshot| &snapshot.attachments);
        let files = forwarded.chain(&message.attachments);
        all.extend(
            files
                .filter(|file| file.exhibit > 0)
                .map(|file| one(file, (message.number, &message.id))),
        );
    }
    all
}

fn one(file: &Attachment, (message, id): (u64, &str)) -> Sent {
    Sent {
        number: file.exhibit,
        message,
        message_id: id.to_owned(),
        name: barred(&file.filename),
        url: file.url.to_string(),
        mime: if file.content_type.is_empty() {
            mime(&file.filename).to_owned()
        } else {
            barred(&file.content_type)
        },
        size: file.size,
        description: barred(&file.description),
    }
}

/// The exhibits, and the files to attach by their paths in the document.
pub fn gather(
    sent: &[Sent],
    (folder, pictures, fonts): (&Folder, &Pictures, &Arc<FontStore>),
    numbering: &Numbering,
    attach: bool,
    place: &str,
    warnings: &mut Warnings,
) -> (Vec<Exhibit>, Vec<(String, Bytes)>) {
    let paths = pictures.paths();
    let read: Vec<_> = sent
        .par_iter()
        .map(|file| {
            folder
                .find(&file.url)
                .ok()
                .map(|found| hashed(&found, attach))
        })
        .collect();
    let mut files = Vec::new();
    let mut exhibits = Vec::new();
    for (file, read) in sent.iter().zip(read) {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let mut exhibit = Exhibit {
            exhibit: file.number,
            name: given(&file.name),
            mime: given(&file.mime),
            bytes: (file.size > 0).then_some(file.size),
            sha256: None,
            message: numbering.written(file.message),
            message_id: given(&file.message_id),
            description: given(&file.description),
            path: paths.get(&file.url).cloned(),
            file: None,
        };
        match read {
            Some(Ok(found)) => {
                exhibit.bytes = Some(found.length);
                exhibit.sha256 = Some(found.sha256);
                if exhibit.path.is_none()
                    && let Some(page) = first_page(file, folder, fonts)
                {
                    let path = format!("/exhibits/A-{:02}.png", file.number);
                    files.push((path.clone(), Bytes::new(page)));
                    exhibit.path = Some(path);
                }
                if let Some(bytes) = found.bytes {
                    let name = file_name(&file.name, "file");
                    let path = format!("/exhibits/A-{:02}-{name}", file.number);
                    files.push((path.clone(), Bytes::new(bytes)));
                    exhibit.file = Some(path);
                } else if attach {
                    warnings.lose(
                        place.to_owned(),
                        "some files are larger than 256 MiB and were not attached".into(),
                        vec![format!("the first is {}", file.name)],
                        1,
                    );
                }
            }
            Some(Err(error)) => warnings.lose(
                place.to_owned(),
                format!("some files can't be read for their hashes: {error}"),
                vec![format!("the first is {}", file.name)],
                1,
            ),
            None => {}
        }
        exhibits.push(exhibit);
    }
    (exhibits, files)
}

/// The largest PDF whose first page is drawn.
const MOST_DRAWN: u64 = 32 << 20;

/// The first page of a PDF file, as PNG.
fn first_page(file: &Sent, folder: &Folder, fonts: &Arc<FontStore>) -> Option<Vec<u8>> {
    let is_pdf = file.mime == "application/pdf" || mime(&file.name) == "application/pdf";
    let found = folder.find(&file.url).ok().filter(|_| is_pdf)?;
    let mut bytes = Vec::new();
    let mut start = found.open().ok()?.take(MOST_DRAWN + 1);
    start.read_to_end(&mut bytes).ok()?;
    let is_small = bytes.len() as u64 <= MOST_DRAWN;
    (is_small && bytes.starts_with(b"%PDF-")).then(|| first_pdf_page(bytes, fonts))?
}

/// A file that was read.
struct Hashed {
    length: u64,
    sha256: String,
    /// Its content, if it is needed and not too large.
    bytes: Option<Vec<u8>>,
}

fn hashed(found: &Found, keep: bool) -> io::Result<Hashed> {
    let mut bytes = Vec::new();
    if keep {
        found
            .open()?
            .take(MOST_ATTACHED + 1)
            .read_to_end(&mut bytes)?;
    }
    let is_kept = keep && bytes.len() as u64 <= MOST_ATTACHED;
    let (length, sha256) = if is_kept {
        hash::bytes(&bytes)
    } else {
        hash::reader(&mut *found.open()?)?
    };
    Ok(Hashed {
        length,
        sha256,
        bytes: is_kept.then_some(bytes),
    })
}

/// MIME types by extension, for exports that don't have them.
const TYPES: [(&str, &str); 24] = [
    ("avif", "image/avif"),
    ("csv", "text/csv"),
    (
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("gif", "image/gif"),
    ("html", "text/html"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("json", "application/json"),
    ("m4a", "audio/mp4"),
    ("md", "text/markdown"),
    ("mov", "video/quicktime"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("ogg", "audio/ogg"),
    ("opus", "audio/ogg"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain"),
    ("wav", "audio/wav"),
    ("webm", "video/webm"),
    ("webp", "image/webp"),
    (
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("zip", "application/zip"),
];

/// The MIME type for a file name; that of arbitrary bytes if the extension is unknown.
pub fn mime(name: &str) -> &'static str {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    ending
        .and_then(|ending| TYPES.iter().find(|(known, _)| **known == *ending))
        .map_or("application/octet-stream", |(_, mime)| *mime)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_types() {
        assert_eq!(mime("a.PNG"), "image/png");
        assert_eq!(mime("a.b.ogg"), "audio/ogg");
        assert_eq!(mime("a"), "application/octet-stream");
        assert!(TYPES.is_sorted());
    }

    #[test]
    fn files_are_hashed_as_sha256sum_does() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "abc").unwrap();
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for keep in [false, true] {
            let found = hashed(&Found::File(path.clone()), keep).unwrap();
            assert_eq!((found.length, &*found.sha256), (3, abc));
            assert_eq!(found.bytes.is_some(), keep);
        }
    }
}
