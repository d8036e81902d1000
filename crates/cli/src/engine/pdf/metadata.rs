//! What a PDF says about itself: the metadata in the two places that PDF has for them.

use std::io;

use hayro_syntax::object::{Dict, Stream};
use pdf_writer::TextStr;
use typst_utils::hash128;

use super::file::unknown;
use super::value::Own;
use crate::engine::package;

/// The end of the name of the program that made the content, in XMP.
const CREATOR: &str = "</xmp:CreatorTool>";

/// How the program calls itself as the producer of PDFs.
pub fn producer() -> String {
    let typst = typst_utils::version();
    format!("scrollback {} with Typst {}", package::VERSION, typst.raw())
}

/// Gives what a PDF says about itself its producer, which Typst leaves out.
pub fn produced_by<'o>(producer: &'o str, info: &Dict, own: &mut Own<'o>) {
    // Of PDF 2.0, the dictionary holds dates alone.
    if info.contains_key("Creator") {
        own.pair("Producer", TextStr(producer));
    }
}

/// The metadata in XMP with the producer.
///
/// # Errors
/// Where they are no text.
pub fn xmp(stream: &Stream, producer: &str) -> io::Result<String> {
    let data = stream.decoded().unwrap_or_default();
    let xmp = std::str::from_utf8(&data)
        .ok()
        .filter(|xmp| !xmp.is_empty());
    let xmp = xmp.ok_or_else(|| unknown("its metadata are no text"))?;
    let element = format!("<pdf:Producer>{producer}</pdf:Producer>");
    Ok(xmp.replacen(CREATOR, &format!("{CREATOR}{element}"), 1))
}

/// The metadata in XMP of a document of so many pages, which has another identity than
/// the part that they are from.
pub fn joined_xmp(xmp: &str, pages: usize, identity: &str) -> String {
    let mut joined = with_element(xmp, "xmpTPg:NPages", &pages.to_string());
    // The history names it, too; the document keeps its own.
    if let Some(own) = element(xmp, "xmpMM:InstanceID").filter(|own| !own.is_empty()) {
        joined = joined.replace(own, identity);
    }
    if let Some(document) = element(xmp, "xmpMM:DocumentID") {
        joined = with_element(&joined, "xmpMM:DocumentID", document);
    }
    joined
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
