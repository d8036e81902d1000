//! Draws pages of attached PDFs as pictures. This is done beforehand: a damaged PDF would
//! fail the whole document, and PDF/A doesn't allow PDFs as pictures.

use std::sync::Arc;

use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::{FileId, VirtualPath};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use super::{Files, Settings, World, guard, write};

/// The document that draws the page; large pages are scaled down.
const MAIN: &str = r#"
#set page(width: auto, height: auto, margin: 0pt)
#context {
  let natural = measure(image("/sent.pdf", page: 1))
  let most = 842pt
  let factor = calc.min(1, most / calc.max(natural.width, natural.height))
  image("/sent.pdf", page: 1, width: factor * natural.width)
}
"#;

/// Pixels per inch, enough to read small print.
const PPI: f64 = 150.0;

/// The files of that document.
struct Sent(Bytes);

impl Files for Sent {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        match id.vpath().get_with_slash() {
            "/main.typ" => Ok(Bytes::from_string(MAIN)),
            "/sent.pdf" => Ok(self.0.clone()),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn name(&self, id: FileId) -> String {
        id.vpath().get_with_slash().to_owned()
    }
}

/// The first page of a PDF as PNG; `None` if it can't be drawn.
pub fn first_pdf_page(pdf: Vec<u8>, fonts: &Arc<FontStore>) -> Option<Vec<u8>> {
    let files = Box::new(Sent(Bytes::new(pdf)));
    let main = VirtualPath::new("/main.typ").ok()?;
    let world = World::new(main, files, Settings::default(), fonts.clone()).ok()?;
    let drawn = guard::caught(|| {
        let document = typst::compile::<PagedDocument>(&world).output.ok()?;
        write::png(document.pages().first()?, PPI).ok()
    });
    drawn.ok().flatten()
}
