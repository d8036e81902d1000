//! Finding out which messages can't be written: their pages are laid out, and Typst stops at
//! them, or they don't keep a standard.

use std::sync::Arc;

use ecow::EcoVec;
use typst::diag::SourceDiagnostic;
use typst::model::Document as _;
use typst_html::HtmlDocument;
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;

use super::run::Refused;
use super::{Layout, glyphs};
use crate::engine::{Pdf, Undrawn, write};

/// How documents are written.
#[derive(Clone)]
pub enum Writing {
    /// As PDF.
    Pdf {
        /// Typst's options.
        options: Arc<PdfOptions>,
        /// Whether it could do without tags.
        may_lose_tags: bool,
    },
    /// As PNG, with so many pixels to an inch.
    Png(f64),
    /// As SVG.
    Svg,
    /// As HTML.
    Html,
}

impl Writing {
    /// As a PDF that can't do without tags.
    pub fn with_tags(pdf: &Pdf) -> Self {
        Self::Pdf {
            options: pdf.options.clone(),
            may_lose_tags: false,
        }
    }

    /// As a PDF.
    pub fn of(pdf: &Pdf) -> Self {
        Self::Pdf {
            options: pdf.options.clone(),
            may_lose_tags: pdf.options.tagged && !pdf.needs_tags,
        }
    }
}

impl Layout<'_> {
    /// Finds out whether pages can be written, where that is in doubt.
    pub(super) fn try_writing(&self, document: &PagedDocument) -> Result<(), Refused> {
        let Some(writing) = &self.trial else {
            return Ok(());
        };
        let mut pages: Vec<Page> = document.pages().to_vec();
        glyphs::mend(self, &mut pages);
        match writing {
            Writing::Pdf {
                options,
                may_lose_tags,
            } => {
                let document = PagedDocument::new(pages.into(), document.info().clone());
                let written = write::bare_pdf(&document, options);
                written.map(drop).map_err(|faults| Refused {
                    // Without tags, all of them may be drawn as they are.
                    alone: *may_lose_tags,
                    ..refused(&faults)
                })
            }
            Writing::Png(ppi) => pages.iter().try_for_each(|page| {
                match write::png(page, *ppi) {
                    Err(Undrawn::Faults(faults)) => Err(refused(&faults)),
                    // That a page is too large is no message's fault.
                    _ => Ok(()),
                }
            }),
            Writing::Svg => pages.iter().try_for_each(|page| {
                write::svg(page)
                    .map(drop)
                    .map_err(|faults| refused(&faults))
            }),
            Writing::Html => Ok(()),
        }
    }

    /// Finds out whether a document can be written as HTML, where that is in doubt.
    pub(super) fn try_writing_html(&self, document: &HtmlDocument) -> Result<(), Refused> {
        if self.trial.is_none() {
            return Ok(());
        }
        let written = write::html(document);
        written.map(drop).map_err(|faults| refused(&faults))
    }
}

fn refused(faults: &EcoVec<SourceDiagnostic>) -> Refused {
    let first = faults.first().map(|fault| fault.message.clone());
    Refused::new(first.unwrap_or_default())
}
