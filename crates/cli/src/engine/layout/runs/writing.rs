//! Finds messages that can't be written although their pages can be laid out: Typst's
//! exporter fails, or they violate a PDF standard.

use std::sync::Arc;

use ecow::EcoVec;
use typst::diag::SourceDiagnostic;
use typst::model::Document as _;
use typst_html::HtmlDocument;
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::compile::Refused;
use crate::engine::layout::Layout;
use crate::engine::layout::frames::glyphs;
use crate::engine::{Pdf, Undrawn, write};

/// The format that a document is written in on trial.
#[derive(Clone)]
pub enum Writing {
    /// As PDF.
    Pdf {
        /// Typst's options.
        options: Arc<PdfOptions>,
        /// Whether it may be written without tags.
        may_lose_tags: bool,
    },
    /// As PNG, with this many pixels per inch.
    Png(f64),
    /// As SVG.
    Svg,
    /// As HTML.
    Html,
}

impl Writing {
    /// As a PDF that must have tags.
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
    /// Checks that pages can be written, if that is in doubt.
    pub(in crate::engine::layout) fn try_writing(
        &self,
        document: &PagedDocument,
    ) -> Result<(), Refused> {
        let Some(writing) = &self.trial else {
            return Ok(());
        };
        let pages = glyphs::pages(self, document.clone());
        match writing {
            Writing::Pdf {
                options,
                may_lose_tags,
            } => {
                let document = PagedDocument::new(pages.into(), document.info().clone());
                let written = write::bare_pdf(&document, options);
                written.map(drop).map_err(|faults| Refused {
                    // Without tags, all of them can stay as they are.
                    alone: *may_lose_tags,
                    ..refused(&faults)
                })
            }
            Writing::Png(ppi) => pages.iter().try_for_each(|page| {
                match write::png(page, *ppi) {
                    Err(Undrawn::Faults(faults)) => Err(refused(&faults)),
                    // No message is to blame for a page that is too large.
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

    /// Checks that a document can be written as HTML, if that is in doubt.
    pub(in crate::engine::layout) fn try_writing_html(
        &self,
        document: &HtmlDocument,
    ) -> Result<(), Refused> {
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
