//! Reads the drawable pictures of a transcript from its media folder.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use typst::foundations::Bytes;

use crate::engine::Picture;
use crate::media::{self, Folder, Refusal};
use crate::output::hash;
use crate::report::Warnings;

/// The most memory that the decoded pictures of one document may take.
const MOST_MEMORY: u64 = 2 << 30;

/// The pictures of a transcript.
#[derive(Debug, Default)]
pub struct Pictures {
    /// URL, path in the document, content.
    found: Vec<(String, String, Bytes)>,
    /// The others, by the reason why they aren't drawn.
    refused: BTreeMap<Refusal, Vec<String>>,
}

/// Reads the pictures at these URLs.
pub fn read(urls: &[String], folder: &Folder) -> Pictures {
    let results: Vec<_> = urls
        .par_iter()
        .filter(|url| media::is_picture_name(url))
        .map(|url| (url, read_one(url, folder)))
        .collect();
    let mut pictures = Pictures::default();
    let mut memory = 0;
    for (url, result) in results {
        let result = result.and_then(|picture| {
            if memory + picture.memory > MOST_MEMORY {
                return Err(Refusal::TooMany);
            }
            memory += picture.memory;
            Ok(picture)
        });
        match result {
            Ok(picture) => {
                let path = format!(
                    "/media/{}.{}",
                    pictures.found.len(),
                    picture.format.extension()
                );
                pictures.found.push((url.clone(), path, picture.data));
            }
            Err(refusal) => {
                let others = pictures.refused.entry(refusal).or_default();
                others.push(url.clone());
            }
        }
    }
    pictures
}

fn read_one(url: &str, folder: &Folder) -> Result<Picture, Refusal> {
    media::read(&folder.find(url)?)
}

impl Pictures {
    /// Paths in the document, by URL.
    pub fn paths(&self) -> BTreeMap<String, String> {
        self.found
            .iter()
            .map(|(url, path, _)| (url.clone(), path.clone()))
            .collect()
    }

    /// A fingerprint of these pictures.
    pub fn identity(&self) -> String {
        let all = self.found.iter().map(|(url, _, data)| (url, data));
        let hashes = all.map(|(url, data)| format!("{url}\0{}\0", hash::bytes(data).1));
        hashes.collect()
    }

    /// The reasons why others aren't drawn, by URL.
    pub fn undrawn(&self) -> BTreeMap<String, &'static str> {
        let refused = self.refused.iter();
        refused
            .flat_map(|(refusal, urls)| urls.iter().map(|url| (url.clone(), refusal.name())))
            .collect()
    }

    /// The files of the document.
    pub fn into_files(self) -> impl Iterator<Item = (String, Bytes)> {
        self.found.into_iter().map(|(_, path, data)| (path, data))
    }

    /// The number of pictures that aren't drawn.
    pub fn refused(&self) -> usize {
        self.refused.values().map(Vec::len).sum()
    }

    /// Warns about pictures that aren't drawn; `all` lists every one.
    pub fn warn(&self, place: &str, all: bool, warnings: &mut Warnings) {
        for (refusal, urls) in &self.refused {
            let named = match urls.as_slice() {
                [first, _, ..] if !all => format!("the first is {}", short(first)),
                [one] => format!("the first is {}", short(one)),
                all => {
                    let all: Vec<_> = all.iter().map(|url| short(url)).collect();
                    format!("they are {}", all.join(", "))
                }
            };
            let text = format!("some pictures {}; they are not drawn", refusal.reason());
            let hints = vec![named, refusal.hint().into()];
            warnings.lose(place.to_owned(), text, hints, urls.len());
        }
    }
}

/// An address, with embedded data shortened.
fn short(url: &str) -> String {
    const MOST: usize = 300;
    if url.chars().count() <= MOST {
        return url.to_owned();
    }
    let start: String = url.chars().take(MOST).collect();
    format!("{start}…")
}
