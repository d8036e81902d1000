//! What becomes of the PDFs that Typst writes: their objects are packed, which halves
//! them, the program stands in their metadata, and parts of a long document are joined.

mod boxes;
mod edges;
#[cfg(test)]
pub mod facts;
mod file;
mod join;
mod metadata;
mod outline;
mod output;
mod part;
mod shared;
mod syntax;
mod tops;
mod waiting;

use std::io;

use file::File;
use output::Output;

pub use join::{Bookmark, Link, Whole};
pub use metadata::producer;
pub use part::Part;
pub use waiting::{Store, Waiting};

/// A PDF of Typst with packed objects, where its version allows for it, and with a
/// producer in its metadata. As it is where it isn't built as Typst builds them.
pub fn finished(pdf: Vec<u8>, producer: &str) -> Vec<u8> {
    let mut file = match File::read(pdf) {
        Ok(file) => file,
        Err(pdf) => return pdf,
    };
    metadata::add_producer(&mut file, producer);
    boxes::bleed(&mut file);
    // Writing into memory can't fail.
    write(&file, Vec::new()).unwrap_or_default()
}

/// Writes a PDF, packed where its version allows for it.
fn write<W: io::Write>(file: &File, out: W) -> io::Result<W> {
    let mut output = Output::new(out, file.header(), file.may_be_packed())?;
    output.allocate(file.len());
    for number in 1..=file.len() {
        if let Some(object) = file.object(number) {
            output.object(number, object)?;
        }
    }
    output.finish(&metadata::trailer(file.trailer(), |number| number))
}
