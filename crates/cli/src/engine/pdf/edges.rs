//! Headers and footers, which are drawn over pages once the number of pages is known.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Dict, MaybeRef, Object, Stream};
use pdf_writer::{Content, Filter, Name, Ref};

use super::file::unknown;
use super::output::Output;
use super::part::Part;
use super::shared::{Numbers, Shared, write_visited};
use super::value::{COMPACT, New, Own, same, write, write_entries, write_object};

/// The name of a page's headers and footers among its resources.
const NAME: &str = "ScrollbackEdges";

/// The prefix of the names of their own resources.
const PREFIX: &[u8] = b"Edge.";

/// The headers and footers of all pages.
#[derive(Default)]
pub struct Edges {
    /// The form object for each page.
    forms: Vec<Ref>,
    /// The content streams before and after a page's own.
    around: Option<(Ref, Ref)>,
}

/// The headers and footers of one page.
pub struct Over<'f> {
    form: Ref,
    around: (Ref, Ref),
    /// The page's own resources.
    resources: Dict<'f>,
}

impl Edges {
    /// Writes the headers and footers of the next pages as form objects.
    pub fn add<W: Write>(
        &mut self,
        part: &Part,
        shared: &mut Shared,
        output: &mut Output<W>,
    ) -> io::Result<()> {
        let base = output.allocate(part.file.len()) - 1;
        let mut new = Numbers::none(part);
        shared.visit_resources(part, base, &mut new)?;
        write_visited(part, base, &new, output)?;
        let new: New = &|old| new.get(old);
        // Reused, because creating one takes longer than compressing a page's edges.
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
        for number in &part.pages {
            let page = part.dict(*number)?;
            let (Some(content), Some(area)) =
                (page.get::<Stream>("Contents"), page.get_raw("MediaBox"))
            else {
                return Err(unknown("an edge of a page is empty"));
            };
            let drawing = content.decoded();
            let drawing = drawing.map_err(|_| unknown("an edge of a page can't be read"))?;
            encoder.write_all(&renamed(&drawing)?)?;
            let data = encoder.reset(Vec::new())?;
            let resources = part.resources(*number)?;
            let form = output.one();
            output.loose(form, |chunk, id| {
                let mut out = chunk.form_xobject(id, &data);
                out.filter(Filter::FlateDecode);
                write(&area, out.insert(Name(b"BBox")), new);
                write_renamed(&resources, out.insert(Name(b"Resources")).dict(), new);
            })?;
            self.forms.push(form);
        }
        Ok(())
    }

    /// The headers and footers of a page; `None` if the page has no resources.
    pub fn over<'f, W: Write>(
        &mut self,
        page: &Dict<'f>,
        number: usize,
        output: &mut Output<W>,
    ) -> io::Result<Option<Over<'f>>> {
        let resources = page.get::<Dict>("Resources");
        let Some((form, resources)) = self.forms.get(number).copied().zip(resources) else {
            return Ok(None);
        };
        let around = match self.around {
            Some(around) => around,
            None => {
                let mut stream = |data: &[u8]| {
                    let id = output.one();
                    let written = output.loose(id, |chunk, id| drop(chunk.stream(id, data)));
                    written.map(|()| id)
                };
                // A page's own content may change the graphics state.
                let before = stream(b"q\n")?;
                // Validators want the drawing of the form marked as well as its content.
                let mut after = Content::with_settings(COMPACT);
                after.op("Q");
                after.begin_marked_content(Name(b"Artifact"));
                after.x_object(Name(NAME.as_bytes()));
                after.end_marked_content();
                let after = stream(&[b"\n", &*after.finish()].concat())?;
                *self.around.insert((before, after))
            }
        };
        Ok(Some(Over {
            form,
            around,
            resources,
        }))
    }
}

impl<'o> Over<'o> {
    /// Adds the entries to a page that draw them.
    pub fn draw(self, page: &Dict<'o>, new: New<'o>, own: &mut Own<'o>) {
        let (before, after) = self.around;
        let contents = page.get_raw::<Object>("Contents");
        own.set("Contents", move |out| {
            let mut out = out.array();
            out.item(before);
            match &contents {
                Some(MaybeRef::NotRef(Object::Array(parts))) => {
                    parts
                        .raw_iter()
                        .for_each(|part| write(&part, out.push(), new));
                }
                Some(only) => write(only, out.push(), new),
                None => {}
            }
            out.item(after);
        });
        own.set("Resources", move |out| {
            let mut drawn = Own::default();
            drawn.set("XObject", |out| {
                let mut form = Own::default();
                form.pair(NAME, self.form);
                let others = self.resources.get::<Dict>("XObject").unwrap_or_default();
                write_entries(&others, &mut out.dict(), new, &form);
            });
            write_entries(&self.resources, &mut out.dict(), new, &drawn);
        });
    }
}

/// A content stream whose resources have names that differ from those of the page: some
/// readers mix them up.
fn renamed(drawing: &[u8]) -> io::Result<Vec<u8>> {
    let mut out = Content::with_settings(COMPACT);
    let mut instructions = UntypedIter::new(drawing);
    while let Some(instruction) = instructions.next() {
        let operator = std::str::from_utf8(instruction.operator).unwrap_or_default();
        let count = instruction.operands().count();
        // The name of a resource is the last operand, or the one before a size.
        let place = match operator {
            "Tf" => count.checked_sub(2),
            "Do" | "gs" | "cs" | "CS" | "scn" | "SCN" | "sh" | "BDC" => count.checked_sub(1),
            _ => None,
        };
        let mut out = out.op(operator);
        for (index, operand) in instruction.operands().enumerate() {
            match operand {
                Object::Name(name) if Some(index) == place => {
                    out.operand(Name(&prefixed(name)));
                }
                Object::Stream(_) => return Err(unknown("an edge holds a picture")),
                operand => write_object(operand, out.obj(), &same),
            }
        }
    }
    Ok(out.finish().into_vec())
}

/// Writes a dictionary of resources by kind, with names renamed in the same way.
fn write_renamed(resources: &Dict, mut out: pdf_writer::Dict, new: New) {
    for (kind, named) in resources.entries() {
        let out = out.insert(Name(&kind));
        let MaybeRef::NotRef(Object::Dict(named)) = named else {
            write(&named, out, new);
            continue;
        };
        let mut out = out.dict();
        for (name, value) in named.entries() {
            write(&value, out.insert(Name(&prefixed(&name))), new);
        }
    }
}

fn prefixed(name: &[u8]) -> Vec<u8> {
    [PREFIX, name].concat()
}

#[cfg(test)]
mod tests {
    use hayro_syntax::object::FromBytes;

    use super::super::value::written;
    use super::*;

    #[test]
    fn resources_are_called_otherwise() {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        let drawing = b"/Artifact<</Type/Pagination>>BDC q /c0 cs 1 0 0 scn BT /f0 7 Tf (/f0 Tf) Tj ET /x0 Do Q EMC";
        assert_eq!(
            text(renamed(drawing).unwrap()).replace('\n', " "),
            "/Artifact<</Type/Pagination>>BDC q/Edge.c0 cs 1 0 0 scn BT/Edge.f0 7 Tf(/f0 Tf)Tj ET/Edge.x0 Do Q EMC"
        );
        let resources = b"<</ProcSet[/PDF]/Font<</f0 1 0 R/f1 2 0 R>>>>";
        let resources = Dict::from_bytes(resources).unwrap();
        assert_eq!(
            text(written(|out| write_renamed(&resources, out.dict(), &same))),
            "<</Font<</Edge.f0 1 0 R/Edge.f1 2 0 R>>/ProcSet[/PDF]>>"
        );
    }
}
