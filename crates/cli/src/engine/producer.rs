//! The `Producer` in the metadata of a PDF, which Typst leaves out.

use std::ops::Range;

/// Something to put into a file in the place of something else.
struct Edit {
    at: Range<usize>,
    text: String,
}

/// The PDF with this producer in its metadata, in both places that PDF has for it. As it
/// is where it isn't built as Typst builds them.
pub fn with_producer(pdf: Vec<u8>, producer: &str) -> Vec<u8> {
    match edited(&pdf, producer) {
        Some(edited) => edited,
        None => pdf,
    }
}

fn edited(pdf: &[u8], producer: &str) -> Option<Vec<u8>> {
    let start = pdf.len() - tail(pdf, b"startxref")?.len();
    let table = number(after(&pdf[start..], b"startxref")?)?;
    let trailer = table + find(pdf.get(table..)?, b"trailer")?;
    let info = after(&pdf[trailer..], b"/Info ").and_then(number);
    let first_entry = table + find(&pdf[table..trailer], b"\n0000000000 ")? + 1;
    let offset = |object: usize| number(pdf.get(first_entry + object * ENTRY..)?);

    let mut edits = Vec::new();
    // Of PDF 2.0, the dictionary holds dates alone.
    if let Some(info) = info {
        let info = offset(info)?;
        let end = info + find(pdf.get(info..table)?, b"endobj")?;
        if let Some(at) = find(&pdf[info..end], b"/Creator(") {
            edits.push(Edit {
                at: info + at..info + at,
                text: format!("/Producer({producer})"),
            });
        }
    }
    // The same in XMP, which says how long it is.
    let xmp = find(&pdf[..table], b"</xmp:CreatorTool>").map(|at| at + b"</xmp:CreatorTool>".len());
    if let Some(at) = xmp {
        let text = format!("<pdf:Producer>{producer}</pdf:Producer>");
        let object = pdf[..at]
            .windows(LENGTH.len())
            .rposition(|found| found == LENGTH)?;
        let digits = object + LENGTH.len();
        let length = number(&pdf[digits..])?;
        edits.push(Edit {
            at: digits..digits + length.to_string().len(),
            text: (length + text.len()).to_string(),
        });
        edits.push(Edit { at: at..at, text });
    }
    edits.sort_by_key(|edit| edit.at.start);

    let moved = |at: usize| {
        let before = edits.iter().filter(|edit| edit.at.start < at);
        before.fold(at, |at, edit| at + edit.text.len() - edit.at.len())
    };
    let mut out = Vec::with_capacity(pdf.len() + 200);
    let mut done = 0;
    for edit in &edits {
        out.extend_from_slice(&pdf[done..edit.at.start]);
        out.extend_from_slice(edit.text.as_bytes());
        done = edit.at.end;
    }
    out.extend_from_slice(&pdf[done..first_entry]);
    for entry in pdf[first_entry..trailer].chunks(ENTRY) {
        // Entries of free objects have no place.
        match (number(entry), entry.get(17)) {
            (Some(at), Some(b'n')) => {
                out.extend_from_slice(format!("{:010}", moved(at)).as_bytes());
                out.extend_from_slice(&entry[10..]);
            }
            _ => out.extend_from_slice(entry),
        }
    }
    out.extend_from_slice(&pdf[trailer..start]);
    out.extend_from_slice(format!("startxref\n{}\n%%EOF", moved(table)).as_bytes());
    Some(out)
}

/// The bytes of an entry in the table of objects.
const ENTRY: usize = 20;
/// What stands before the length of a stream.
const LENGTH: &[u8] = b"<</Length ";

/// Where something stands first.
fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|found| found == what)
}

/// From where something stands last.
fn tail<'b>(bytes: &'b [u8], what: &[u8]) -> Option<&'b [u8]> {
    let at = bytes.windows(what.len()).rposition(|found| found == what)?;
    Some(&bytes[at..])
}

/// What comes after something.
fn after<'b>(bytes: &'b [u8], what: &[u8]) -> Option<&'b [u8]> {
    Some(&bytes[find(bytes, what)? + what.len()..])
}

/// The number that bytes begin with, after white space.
fn number(bytes: &[u8]) -> Option<usize> {
    let digits: String = bytes
        .iter()
        .skip_while(|byte| byte.is_ascii_whitespace())
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_otherwise_stays() {
        for pdf in [
            b"".as_slice(),
            b"%PDF-1.7",
            b"startxref",
            b"xref trailer startxref 99999",
            b"xref\n0 1\n0000000000 65535 f \ntrailer<</Info 7 0 R>>startxref\n0\n%%EOF",
        ] {
            assert_eq!(with_producer(pdf.to_vec(), "x"), pdf);
        }
    }
}
