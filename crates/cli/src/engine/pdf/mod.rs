//! Finishes the PDFs that Typst writes: packs their objects, which halves the size, adds the
//! program to their metadata, and joins the parts of a long document.

mod boxes;
mod edges;
mod file;
mod join;
#[cfg(test)]
pub mod listing;
mod metadata;
mod outline;
mod output;
mod part;
mod shared;
mod tops;
mod value;
mod waiting;

use std::io;

use hayro_syntax::object::Object;
use pdf_writer::Ref;

use file::File;
use output::Output;
use value::{Own, same};

pub use join::{Bookmark, Link, Whole};
pub use metadata::producer;
pub use waiting::{Store, Waiting};

/// A PDF of Typst with packed objects, if its version allows them, and with a producer in its
/// metadata. A PDF of another structure is returned unchanged.
pub fn finished(pdf: Vec<u8>, producer: &str) -> Vec<u8> {
    match File::read(pdf) {
        // Writing to memory can't fail, but objects may be missing.
        Ok(file) => write(&file, producer, Vec::new()).unwrap_or_else(|_| file.into_bytes()),
        Err(pdf) => pdf,
    }
}

/// Writes a PDF, packed if its version allows that.
fn write<W: io::Write>(file: &File, producer: &str, out: W) -> io::Result<W> {
    let mut output = Output::new(out, file.version())?;
    output.allocate(file.len());
    let xmp = file.of_catalog("Metadata");
    for number in 1..=file.len() {
        let id = Ref::new(number);
        let object = file.object(number)?;
        let mut own = Own::default();
        match &object {
            Object::Stream(stream) if xmp == Some(number) => {
                let xmp = metadata::xmp(stream, producer)?;
                output.loose(id, |chunk, id| drop(chunk.metadata(id, xmp.as_bytes())))?;
                continue;
            }
            Object::Dict(info) if file.trailer.info == Some(id) => {
                metadata::produced_by(producer, info, &mut own);
            }
            Object::Dict(page) => boxes::bleed(page, &same, &mut own),
            _ => {}
        }
        if own.is_empty() {
            output.keep(id, &object)?;
        } else {
            output.copy(id, &object, &same, &own)?;
        }
    }
    output.finish(&file.trailer)
}
