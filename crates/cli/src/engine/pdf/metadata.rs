//! The metadata of a PDF: the information dictionary, and XMP.

use std::io;

use hayro_syntax::object::{Dict, Stream};
use pdf_writer::TextStr;
use typst_utils::hash128;

use super::file::unknown;
use super::value::Own;
use crate::engine::package;

/// The end of the element in XMP after which the producer follows.
const CREATOR: &str = "</xmp:CreatorTool>";

/// The program as the producer of PDFs.
pub fn producer() -> String {
    let typst = typst_utils::version();
    format!("scrollback {} with Typst {}", package::VERSION, typst.raw())
}

/// Adds the producer to the information dictionary; Typst writes none.
pub fn produced_by<'o>(producer: &'o str, info: &Dict, own: &mut Own<'o>) {
    // In PDF 2.0, the dictionary only has dates.
    if info.contains_key("Creator") {
        own.pair("Producer", TextStr(producer));
    }
}

/// The XMP metadata with the producer.
///
/// # Errors
/// When it isn't text.
pub fn xmp(stream: &Stream, producer: &str) -> io::Result<String> {
    let data = stream.decoded().unwrap_or_default();
    let xmp = std::str::from_utf8(&data)
        .ok()
        .filter(|xmp| !xmp.is_empty());
    let xmp = xmp.ok_or_else(|| unknown("its metadata isn't text"))?;
    let element = format!("<pdf:Producer>{producer}</pdf:Producer>");
    Ok(xmp.replacen(CREATOR, &format!("{CREATOR}{element}"), 1))
}

/// The XMP metadata of a document, made from that of a part: with its own number of pages and
/// identifier.
pub fn joined_xmp(xmp: &str, pages: usize, identity: &str) -> String {
    let mut joined = with_element(xmp, "xmpTPg:NPages", &pages.to_string());
    // The history contains it, too; the document's own identifier is kept.
    if let Some(own) = element(xmp, "xmpMM:InstanceID").filter(|own| !own.is_empty()) {
        joined = joined.replace(own, identity);
    }
    if let Some(document) = element(xmp, "xmpMM:DocumentID") {
        joined = with_element(&joined, "xmpMM:DocumentID", document);
    }
    joined
}

/// The text of an XML element.
fn element<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    Some(rest.split_once(&format!("</{name}>"))?.0)
}

/// XML with the text of an element replaced.
fn with_element(xml: &str, name: &str, text: &str) -> String {
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    let found = xml.split_once(&start);
    let parts = found.and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match parts {
        Some((before, after)) => format!("{before}{start}{text}{end}{after}"),
        None => xml.to_owned(),
    }
}

/// An identifier that depends on the content.
pub fn identity(content: &[u8]) -> String {
    format!("{:032x}", hash128(content))
}
