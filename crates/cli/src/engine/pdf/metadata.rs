//! What a PDF says about itself: the trailer, the catalog, and the metadata in the two
//! places that PDF has for them.

use typst_utils::hash128;

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

/// The metadata in XMP of a document of so many pages, which has another identity than
/// the part that they are from.
pub fn joined_xmp(xmp: &[u8], pages: usize, identity: &str) -> Vec<u8> {
    let xmp = String::from_utf8_lossy(xmp);
    let mut joined = with_element(&xmp, "xmpTPg:NPages", &pages.to_string());
    // The history names it, too; the document keeps its own.
    if let Some(own) = element(&xmp, "xmpMM:InstanceID").filter(|own| !own.is_empty()) {
        joined = joined.replace(own, identity);
    }
    if let Some(document) = element(&xmp, "xmpMM:DocumentID") {
        joined = with_element(&joined, "xmpMM:DocumentID", document);
    }
    joined.into_bytes()
}

/// The text in an element of XML.
fn element<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0)
}

/// XML with other text in an element.
fn with_element(xml: &str, name: &str, text: &str) -> String {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let found = xml.split_once(&start);
    let parts = found.and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match parts {
        Some((before, after)) => format!("{before}{start}{text}{end}{after}"),
        None => xml.to_owned(),
    }
}

/// What tells a document from others with other content.
pub fn identity(content: &[u8]) -> String {
    format!("{:032x}", hash128(content))
}

/// The entries of a trailer, with another identity.
pub fn with_identity(trailer: &[u8], identity: &str) -> Vec<u8> {
    let trailer = [b"<<", trailer, b">>"].concat();
    let ids = syntax::get(&trailer, "ID").unwrap_or_default();
    let first = syntax::items(ids).into_iter().next();
    let first = first.map_or(b"()".as_slice(), |first| &ids[first]);
    let ids = format!("[{}({identity})]", String::from_utf8_lossy(first));
    let trailer = set(&trailer, "ID", &ids);
    trailer[2..trailer.len() - 2].to_vec()
}

/// A text as a value.
pub fn text(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        let text = text.replace('\\', r"\\").replace('(', r"\(");
        return format!("({})", text.replace(')', r"\)"));
    }
    let units = text.encode_utf16().map(|unit| format!("{unit:04X}"));
    format!("<FEFF{}>", units.collect::<String>())
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
