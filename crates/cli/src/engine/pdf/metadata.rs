//! What a PDF says about itself: the trailer, the catalog, and the metadata in the two
//! places that PDF has for them.

use super::file::File;
use super::syntax;
use crate::engine::package;

/// The end of the name of the program that made the content, in XMP.
const CREATOR: &str = "</xmp:CreatorTool>";

/// How the program calls itself as the producer of PDFs.
pub fn producer() -> String {
    let typst = typst_utils::version();
    format!("scrollback {} with Typst {}", package::VERSION, typst.raw())
}

/// Puts the producer into the metadata of a PDF, where Typst leaves it out.
pub fn add_producer(file: &mut File, producer: &str) {
    // Of PDF 2.0, the dictionary holds dates alone.
    if let Some((number, info)) = value(file, file.of_trailer("Info"))
        && syntax::get(&info, "Creator").is_some()
    {
        let info = with_entry(&info, &format!("/Producer({producer})"));
        file.replace(number, info, None);
    }
    if let Some(number) = file.of_catalog("Metadata") {
        change_xmp(file, number, |xmp| {
            let element = format!("<pdf:Producer>{producer}</pdf:Producer>");
            xmp.replacen(CREATOR, &format!("{CREATOR}{element}"), 1)
        });
    }
}

/// Changes the metadata in XMP, which is the stream of this number.
fn change_xmp(file: &mut File, number: u32, change: impl FnOnce(&str) -> String) {
    let Some(object) = file.object(number) else {
        return;
    };
    // Compressed metadata, which the archive standards forbid, are none of Typst's.
    let Some(xmp) = object.data.and_then(|data| std::str::from_utf8(data).ok()) else {
        return;
    };
    let xmp = change(xmp);
    let value = set(object.value, "Length", &xmp.len().to_string());
    file.replace(number, value, Some(xmp.into_bytes()));
}

/// The value of an object, and its number.
fn value(file: &File, number: Option<u32>) -> Option<(u32, Vec<u8>)> {
    let number = number?;
    Some((number, file.object(number)?.value.to_vec()))
}

/// A dictionary with another entry at its beginning.
fn with_entry(dictionary: &[u8], entry: &str) -> Vec<u8> {
    let rest = dictionary.strip_prefix(b"<<").unwrap_or(dictionary);
    [b"<<", entry.as_bytes(), rest].concat()
}

/// A dictionary with another value of a key, or with the key, where it had none.
pub fn set(dictionary: &[u8], key: &str, value: &str) -> Vec<u8> {
    let mut out = b"<<".to_vec();
    let mut found = false;
    for (name, old) in syntax::entries(dictionary) {
        out.extend_from_slice(name);
        out.push(b' ');
        if name.strip_prefix(b"/") == Some(key.as_bytes()) {
            found = true;
            out.extend_from_slice(value.as_bytes());
        } else {
            out.extend_from_slice(old);
        }
    }
    if !found {
        out.extend_from_slice(format!("/{key} {value}").as_bytes());
    }
    out.extend_from_slice(b">>");
    out
}

/// The entries of a trailer that tell of the document, with other numbers of objects.
pub fn trailer(trailer: &[u8], new: impl Fn(u32) -> u32) -> Vec<u8> {
    let mut out = Vec::new();
    for key in ["Root", "Info", "ID"] {
        if let Some(value) = syntax::get(trailer, key) {
            out.extend_from_slice(format!("/{key} ").as_bytes());
            syntax::renumber(value, &mut out, &new);
        }
    }
    out
}
