//! Writes documents to temporary files beside their final paths.

use std::io::Write;
use std::path::Path;

use ecow::EcoVec;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use typst::diag::SourceDiagnostic;
use typst_html::HtmlDocument;
use typst_layout::{Page, PagedDocument};

use super::{STDOUT, Staged, names_pages, page_path, stage, stage_with};
use crate::args::{Format, TypstArgs};
use crate::engine::{self, Pdf, Undrawn, Writing};
use crate::failure::Failure;

/// How to write a document.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'w> {
    /// Their format.
    pub format: Format,
    /// Their paths.
    pub output: &'w Path,
    /// The options for PDF and PNG.
    pub args: &'w TypstArgs,
}

/// Reasons why a document can't be written.
pub enum Unwritten {
    /// Typst can't write it: it violates a PDF standard, or Typst fails.
    Typst(EcoVec<SourceDiagnostic>),
    /// The files can't be written.
    Failure(Failure),
}

impl Unwritten {
    /// The message.
    pub fn words(&self) -> String {
        match self {
            Self::Typst(errors) => {
                let first = errors.first();
                first.map_or_else(String::new, |error| error.message.to_string())
            }
            Self::Failure(Failure::Output(message) | Failure::Usage(message)) => {
                message.error.clone()
            }
            Self::Failure(Failure::Diagnosed) => String::new(),
        }
    }
}

impl From<Failure> for Unwritten {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<engine::Unwritten> for Unwritten {
    fn from(unwritten: engine::Unwritten) -> Self {
        match unwritten {
            engine::Unwritten::Error(error) => Self::Failure(error.into()),
            engine::Unwritten::Faults(errors) => Self::Typst(errors),
            engine::Unwritten::File(error) => Self::Failure(Failure::output(
                format!("cannot write the PDF: {error}"),
                "check the disk, or name another output",
            )),
        }
    }
}

impl From<Undrawn> for Unwritten {
    fn from(undrawn: Undrawn) -> Self {
        match undrawn {
            Undrawn::Error(error) => Self::Failure(error.into()),
            Undrawn::Faults(errors) => Self::Typst(errors),
        }
    }
}

impl From<EcoVec<SourceDiagnostic>> for Unwritten {
    fn from(errors: EcoVec<SourceDiagnostic>) -> Self {
        Self::Typst(errors)
    }
}

/// Checks the options of a PDF before the work begins.
///
/// # Errors
/// [`Failure::Usage`] for PDF standards that exclude each other.
pub fn check_standards(args: &TypstArgs) -> Result<(), Failure> {
    engine::pdf_options(&args.standards(), args.creation_timestamp)?;
    Ok(())
}

impl Writer<'_> {
    /// Writes a document without pages to a temporary file.
    ///
    /// # Errors
    /// The reason why it can't be written.
    pub fn html(&self, document: &HtmlDocument) -> Result<Vec<Staged>, Unwritten> {
        Ok(vec![stage(self.output, engine::html(document)?)?])
    }

    /// Writes a text to a temporary file.
    ///
    /// # Errors
    /// The reason why it can't be written.
    pub fn text(&self, text: String) -> Result<Vec<Staged>, Unwritten> {
        Ok(vec![stage(self.output, text.into_bytes())?])
    }

    /// The settings for drawing pages as pictures.
    pub fn writing(&self) -> Writing {
        match self.format {
            Format::Png => Writing::Png(self.args.ppi),
            _ => Writing::Svg,
        }
    }

    /// The settings of a PDF.
    ///
    /// # Errors
    /// As [`check_standards`] has.
    pub fn settings(&self) -> Result<Pdf, Failure> {
        let (standards, date) = (self.args.standards(), self.args.creation_timestamp);
        Ok(engine::pdf_options(&standards, date)?)
    }

    /// Writes a PDF to a temporary file, as a stream.
    ///
    /// # Errors
    /// The reason why it can't be written.
    pub fn pdf<T>(
        &self,
        write: impl FnOnce(&mut dyn Write) -> Result<T, engine::Unwritten>,
    ) -> Result<(Vec<Staged>, T), Unwritten> {
        let (staged, written) = stage_with(self.output, |out| write(out).map_err(Unwritten::from))?;
        Ok((vec![staged], written))
    }

    /// Writes a document with pages to temporary files.
    ///
    /// # Errors
    /// The reason why it can't be written.
    pub fn pages(&self, document: &PagedDocument) -> Result<Vec<Staged>, Unwritten> {
        match self.format {
            Format::Png => self.each_page(document, |page| {
                engine::png(page, self.args.ppi).map_err(Unwritten::from)
            }),
            Format::Svg => {
                self.each_page(document, |page| engine::svg(page).map_err(Unwritten::from))
            }
            // The others have no pages.
            _ => self.whole_pdf(document, &self.settings()?),
        }
    }

    /// Writes a document as one PDF to a temporary file.
    ///
    /// # Errors
    /// The reason why it can't be written.
    pub fn whole_pdf(&self, document: &PagedDocument, pdf: &Pdf) -> Result<Vec<Staged>, Unwritten> {
        let pdf = engine::pdf(document, &pdf.options)?;
        Ok(vec![stage(self.output, pdf)?])
    }

    /// Draws every page to its own file.
    fn each_page(
        &self,
        document: &PagedDocument,
        draw: impl Fn(&Page) -> Result<Vec<u8>, Unwritten> + Sync,
    ) -> Result<Vec<Staged>, Unwritten> {
        let pages = document.pages();
        if pages.len() > 1 && !names_pages(self.output) {
            return Err(Unwritten::Failure(Failure::output(
                format!(
                    "the document has {} pages, but `{}` names one file",
                    pages.len(),
                    self.output.display()
                ),
                format!(
                    "put `{{p}}` where the page's number goes, such as `-o {}`",
                    with_page(self.output, self.format)
                ),
            )));
        }
        pages
            .par_iter()
            .enumerate()
            .map(|(index, page)| {
                let target = page_path(self.output, index + 1, pages.len());
                Ok(stage(&target, draw(page)?)?)
            })
            .collect()
    }
}

/// A path with a place for the page's number, in the format of the output.
fn with_page(output: &Path, format: Format) -> String {
    let stem = match output == Path::new(STDOUT) {
        true => "page".into(),
        false => output.file_stem().unwrap_or_default().to_string_lossy(),
    };
    let name = format!("{stem}-{{p}}.{}", format.extension());
    output.with_file_name(name).display().to_string()
}
