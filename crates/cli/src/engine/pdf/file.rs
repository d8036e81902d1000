//! A PDF as Typst writes it: objects numbered from 1, and one cross-reference table.

use std::io;
use std::sync::Arc;

use hayro_syntax::object::{Array, Dict, FromBytes, Object, ObjectIdentifier, String};
use hayro_syntax::{Pdf, PdfVersion};
use pdf_writer::{Name, Ref, Str};

use super::value::same;

/// A PDF that Typst has written.
pub struct File {
    pdf: Pdf,
    bytes: Arc<Vec<u8>>,
    /// The trailer, which names the roots.
    pub trailer: Trailer,
}

/// The trailer of a PDF.
#[derive(Debug, Clone, PartialEq)]
pub struct Trailer {
    /// The catalog.
    pub root: Ref,
    /// The document information dictionary.
    pub info: Option<Ref>,
    /// The file identifiers: of the document, and of this version of it.
    pub id: Option<(Vec<u8>, Vec<u8>)>,
}

impl Trailer {
    /// Reads the last trailer, which hayro-syntax doesn't expose.
    fn read(pdf: &[u8]) -> Option<Self> {
        const START: &[u8] = b"trailer";
        let start = pdf.windows(START.len()).rposition(|found| found == START)?;
        let dict = Dict::from_bytes(pdf[start + START.len()..].trim_ascii_start())?;
        let number = |key| same(dict.get_ref(key)?.obj_number);
        let ids = dict.get::<Array>("ID").and_then(|ids| {
            let mut ids = ids.iter::<String>().map(|id| id.to_vec());
            ids.next().zip(ids.next())
        });
        Some(Self {
            root: number("Root")?,
            info: number("Info"),
            id: ids,
        })
    }

    /// Writes its entries.
    pub fn write(&self, out: &mut pdf_writer::Dict) {
        out.pair(Name(b"Root"), self.root);
        if let Some(info) = self.info {
            out.pair(Name(b"Info"), info);
        }
        if let Some((document, state)) = &self.id {
            out.insert(Name(b"ID"))
                .array()
                .items([Str(document), Str(state)]);
        }
    }
}

impl File {
    /// Reads a PDF as Typst writes it; returns the bytes of any other.
    ///
    /// # Errors
    /// The bytes, if the file has another structure.
    pub fn read(bytes: Vec<u8>) -> Result<Self, Vec<u8>> {
        let bytes = Arc::new(bytes);
        match (Pdf::new(Arc::clone(&bytes)), Trailer::read(&bytes)) {
            (Ok(pdf), Some(trailer)) => Ok(Self {
                pdf,
                bytes,
                trailer,
            }),
            (pdf, _) => {
                drop(pdf);
                Err(Arc::unwrap_or_clone(bytes))
            }
        }
    }

    /// The bytes that it was read from.
    pub fn into_bytes(self) -> Vec<u8> {
        drop(self.pdf);
        Arc::unwrap_or_clone(self.bytes)
    }

    /// Its version of PDF.
    pub fn version(&self) -> PdfVersion {
        self.pdf.version()
    }

    /// The number of its objects, which are numbered from 1.
    pub fn len(&self) -> i32 {
        // hayro-syntax reads no table with more objects than PDF allows.
        self.pdf.len() as i32
    }

    /// An object.
    ///
    /// # Errors
    /// When there is none with this number; Typst leaves no gaps.
    pub fn object(&self, number: i32) -> io::Result<Object<'_>> {
        let object = self.pdf.xref().get(ObjectIdentifier::new(number, 0));
        object.ok_or_else(|| unknown("an object is missing"))
    }

    /// An object that is a dictionary.
    pub fn dict(&self, number: i32) -> Option<Dict<'_>> {
        self.pdf.xref().get(ObjectIdentifier::new(number, 0))
    }

    /// The document's catalog.
    pub fn catalog(&self) -> Option<Dict<'_>> {
        self.dict(self.trailer.root.get())
    }

    /// The object that an entry of the catalog refers to.
    pub fn of_catalog(&self, key: &str) -> Option<i32> {
        Some(self.catalog()?.get_ref(key)?.obj_number)
    }

    /// The numbers of the pages, in order.
    pub fn pages(&self) -> Vec<i32> {
        let pages = self.pdf.pages().iter();
        let numbers = pages.filter_map(|page| Some(page.raw().obj_id()?.obj_number));
        numbers.collect()
    }
}

/// The error for a PDF that isn't structured as Typst structures them.
pub fn unknown(what: &str) -> io::Error {
    io::Error::other(format!(
        "cannot join the parts of the PDF: {what}; please report this"
    ))
}

#[cfg(test)]
mod tests {
    use pdf_writer::{Finish, Pdf as Writer};

    use super::super::finished;
    use super::*;

    /// A PDF with a page, a stream and this many empty pages.
    fn written(empty: i32) -> Writer {
        let mut pdf = Writer::new();
        pdf.set_version(1, 4);
        pdf.catalog(Ref::new(1)).pages(Ref::new(2));
        let pages = (4..5 + empty).map(Ref::new);
        pdf.pages(Ref::new(2)).kids(pages.clone()).count(1 + empty);
        pdf.stream(Ref::new(3), b"endobj trailer");
        for page in pages {
            pdf.page(page).parent(Ref::new(2)).finish();
        }
        pdf.set_file_id((b"a".to_vec(), vec![0, 1]));
        pdf
    }

    #[test]
    fn objects_are_found() {
        let file = File::read(written(2).finish()).ok().unwrap();
        assert_eq!(file.version(), PdfVersion::Pdf14);
        assert_eq!(file.len(), 6);
        let trailer = Trailer {
            root: Ref::new(1),
            info: None,
            id: Some((b"a".to_vec(), vec![0, 1])),
        };
        assert_eq!(file.trailer, trailer);
        assert_eq!(file.of_catalog("Pages"), Some(2));
        assert_eq!(file.pages(), [4, 5, 6]);
        let stream = file.object(3).unwrap().into_stream().unwrap();
        assert_eq!(*stream.raw_data(), *b"endobj trailer");
        assert!(file.object(7).is_err());
    }

    #[test]
    fn a_pdf_with_another_structure_is_left_unchanged() {
        let mut with_gap = written(0);
        with_gap.stream(Ref::new(6), b"after the gap");
        for pdf in [
            b"".to_vec(),
            b"%PDF-1.7".to_vec(),
            b"startxref".to_vec(),
            b"%PDF-1.7 xref trailer startxref 99999".to_vec(),
            b"%PDF-1.7\nxref\n0 2\n0000000000 65535 f \n0000099999 00000 n \ntrailer\n<</Info 7 0 R>>\nstartxref\n9\n%%EOF".to_vec(),
            written(0).finish_with_xref_stream(Ref::new(5)),
            with_gap.finish(),
        ] {
            assert_eq!(finished(pdf.clone(), "producer"), pdf);
        }
        let whole = written(0).finish();
        assert_ne!(finished(whole.clone(), "producer"), whole);
    }
}
