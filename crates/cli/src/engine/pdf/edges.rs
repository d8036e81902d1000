//! What is drawn over pages when their number is known: headers and footers.

use std::io::{self, Read, Write};
use std::ops::Range;

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::file::Object;
use super::metadata::set;
use super::output::Output;
use super::part::{Part, unknown};
use super::shared::{Shared, references, write_visited};
use super::syntax;

/// The name of what is drawn over a page, among its resources.
const NAME: &str = "/ScrollbackEdges";

/// What the names of its own resources begin with.
const PREFIX: &[u8] = b"/Edge.";

/// What is drawn over pages.
#[derive(Default)]
pub struct Edges {
    /// The object for each page.
    forms: Vec<u32>,
    /// What stands before the drawing of a page, and after it.
    around: Option<(u32, u32)>,
}

impl Edges {
    /// Writes what is drawn over the pages after the first `before`, as objects that
    /// pages can draw, and tells how many these are.
    pub fn add<W: Write>(
        &mut self,
        part: &Part,
        before: usize,
        shared: &mut Shared,
        output: &mut Output<W>,
    ) -> io::Result<usize> {
        debug_assert_eq!(before, self.forms.len());
        let base = output.allocate(part.file.len()) - 1;
        let mut new = vec![0; part.file.len() as usize + 1];
        let resources = |page: u32| match syntax::get(part.value(page), "Resources") {
            None => b"<<>>".as_slice(),
            Some(own) => syntax::reference(own).map_or(own, |number| part.value(number)),
        };
        for page in &part.pages {
            for used in references(resources(*page)) {
                shared.visit(part, base, used, &mut new);
            }
        }
        write_visited(part, base, &new, output)?;
        for page in &part.pages {
            let value = part.value(*page);
            let content = syntax::get(value, "Contents").and_then(syntax::reference);
            let content = content.and_then(|number| part.file.object(number));
            let (Some(content), Some(area)) = (content, syntax::get(value, "MediaBox")) else {
                return Err(unknown("an edge of a page is empty"));
            };
            let mut own = Vec::new();
            syntax::renumber(resources(*page), &mut own, |old| new[old as usize]);
            let data = compressed(&renamed(&drawing(content)?))?;
            let mut value = b"<</Type/XObject/Subtype/Form/BBox".to_vec();
            value.extend_from_slice(area);
            value.extend_from_slice(b"/Resources");
            value.extend_from_slice(&with_other_names(&own));
            value.extend_from_slice(
                format!("/Filter/FlateDecode/Length {}>>", data.len()).as_bytes(),
            );
            let form = output.allocate(1);
            let (value, data) = (&value, Some(data.as_slice()));
            output.object(form, Object { value, data })?;
            self.forms.push(form);
        }
        Ok(part.pages.len())
    }

    /// A page with these resources, drawn over.
    pub fn drawn<W: Write>(
        &mut self,
        page: Vec<u8>,
        resources: &[u8],
        number: usize,
        output: &mut Output<W>,
    ) -> io::Result<Vec<u8>> {
        let Some(form) = self.forms.get(number) else {
            return Ok(page);
        };
        let (before, after) = match self.around {
            Some(around) => around,
            None => {
                // The page's own drawing may leave the state of the pen as it likes.
                let mut stream = |data: String| {
                    let number = output.allocate(1);
                    let value = format!("<</Length {}>>", data.len());
                    let (value, data) = (value.as_bytes(), Some(data.as_bytes()));
                    output
                        .object(number, Object { value, data })
                        .map(|()| number)
                };
                // Checkers want the drawing itself to be marked, besides what it draws.
                let after = format!("\nQ /Artifact BMC {NAME} Do EMC");
                let around = (stream("q\n".into())?, stream(after)?);
                self.around = Some(around);
                around
            }
        };
        let drawn = syntax::get(resources, "XObject").unwrap_or(b"<<>>");
        let drawn = drawn.strip_suffix(b">>").unwrap_or(drawn);
        let drawn = format!("{}{NAME} {form} 0 R>>", String::from_utf8_lossy(drawn));
        let resources = set(resources, "XObject", &drawn);
        let page = set(&page, "Resources", &String::from_utf8_lossy(&resources));
        let content = syntax::get(&page, "Contents").unwrap_or_default();
        let content = format!(
            "[{before} 0 R {} {after} 0 R]",
            String::from_utf8_lossy(content)
        );
        Ok(set(&page, "Contents", &content))
    }
}

/// What a stream draws.
fn drawing(content: Object) -> io::Result<Vec<u8>> {
    let data = content.data.unwrap_or_default();
    match syntax::get(content.value, "Filter") {
        None => Ok(data.to_vec()),
        Some(b"/FlateDecode" | b"[/FlateDecode]") => {
            let mut out = Vec::new();
            ZlibDecoder::new(data).read_to_end(&mut out)?;
            Ok(out)
        }
        Some(_) => Err(unknown("an edge of a page is compressed otherwise")),
    }
}

fn compressed(data: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::default());
    out.write_all(data)?;
    out.finish()
}

/// A drawing that calls its resources otherwise than the page calls its own: some
/// readers mix these up.
fn renamed(drawing: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(drawing.len() + 64);
    let mut done = 0;
    let mut operands: Vec<Range<usize>> = Vec::new();
    for token in syntax::tokens(drawing) {
        let is_name = drawing[token.start] == b'/';
        let text = &drawing[token.clone()];
        if is_name || text.first().is_some_and(|byte| !byte.is_ascii_alphabetic()) {
            operands.push(token);
            continue;
        }
        // A resource is named right before what uses it, or before a size.
        let name = match text {
            b"Tf" => operands.iter().rev().nth(1),
            b"Do" | b"gs" | b"cs" | b"CS" | b"scn" | b"SCN" | b"sh" | b"BDC" => operands.last(),
            _ => None,
        };
        if let Some(name) = name.filter(|name| drawing[name.start] == b'/') {
            out.extend_from_slice(&drawing[done..name.start]);
            out.extend_from_slice(PREFIX);
            done = name.start + 1;
        }
        operands.clear();
    }
    out.extend_from_slice(&drawing[done..]);
    out
}

/// The same names in a dictionary of resources by kinds.
fn with_other_names(resources: &[u8]) -> Vec<u8> {
    let mut out = b"<<".to_vec();
    for (kind, named) in syntax::entries(resources) {
        out.extend_from_slice(kind);
        out.push(b' ');
        if !named.starts_with(b"<<") {
            out.extend_from_slice(named);
            continue;
        }
        out.extend_from_slice(b"<<");
        for (name, value) in syntax::entries(named) {
            out.extend_from_slice(PREFIX);
            out.extend_from_slice(name.strip_prefix(b"/").unwrap_or(name));
            out.push(b' ');
            out.extend_from_slice(value);
        }
        out.extend_from_slice(b">>");
    }
    out.extend_from_slice(b">>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resources_are_called_otherwise() {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        assert_eq!(
            text(renamed(
                b"/Artifact<</Type/Pagination>>BDC q /c0 cs 1 0 0 scn BT /f0 7 Tf (/f0 Tf) Tj ET /x0 Do Q EMC"
            )),
            "/Artifact<</Type/Pagination>>BDC q /Edge.c0 cs 1 0 0 scn BT /Edge.f0 7 Tf (/f0 Tf) Tj ET /Edge.x0 Do Q EMC"
        );
        assert_eq!(
            text(with_other_names(
                b"<</ProcSet[/PDF]/Font<</f0 1 0 R/f1 2 0 R>>>>"
            )),
            "<</ProcSet [/PDF]/Font <</Edge.f0 1 0 R/Edge.f1 2 0 R>>>>"
        );
    }
}
