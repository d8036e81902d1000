//! Encodes finished documents.

use std::sync::Arc;

use chrono::{DateTime, Datelike, Local, TimeZone, Timelike, Utc};
use ecow::{EcoVec, eco_vec};
use typst::diag::{SourceDiagnostic, SourceResult};
use typst::foundations::{Datetime, Smart};
use typst::layout::Abs;
use typst::syntax::Span;
use typst_html::{HtmlDocument, HtmlOptions};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;
use typst_utils::Scalar;

use super::pdf::{finished, producer};
use super::{Error, guard, package};

/// Points per inch.
const POINTS_PER_INCH: f64 = 72.0;
/// The most pixels of a picture, at four bytes each.
const MOST_PIXELS: f64 = 5e8;

/// A document as PDF.
///
/// # Errors
/// Typst's errors, when the document violates a PDF standard.
pub fn pdf(document: &PagedDocument, options: &PdfOptions) -> SourceResult<Vec<u8>> {
    Ok(finished(bare_pdf(document, options)?, &producer()))
}

/// A document as PDF, exactly as Typst writes it.
///
/// # Errors
/// As [`pdf`] has.
pub fn bare_pdf(document: &PagedDocument, options: &PdfOptions) -> SourceResult<Vec<u8>> {
    guarded(|| {
        #[cfg(test)]
        super::stops::at_pdf(document.pages(), options.tagged);
        typst_pdf::pdf(document, options)
    })
}

/// Runs an encoder, and turns a panic of Typst into an error.
fn guarded<T>(write: impl FnOnce() -> SourceResult<T>) -> SourceResult<T> {
    guard::caught(write)
        .unwrap_or_else(|words| Err(eco_vec![SourceDiagnostic::error(Span::detached(), words)]))
}

/// A document as HTML.
///
/// # Errors
/// Typst's errors.
pub fn html(document: &HtmlDocument) -> SourceResult<Vec<u8>> {
    let options = HtmlOptions { pretty: false };
    guarded(|| {
        let html = typst_html::html(document, &options)?;
        #[cfg(test)]
        super::stops::at_html(&html);
        Ok(html.into_bytes())
    })
}

/// A page as PNG, with this many pixels per inch.
///
/// # Errors
/// When the page has too many pixels, or Typst can't draw it.
pub fn png(page: &Page, ppi: f64) -> Result<Vec<u8>, Undrawn> {
    let pixels = |length: Abs| (length.to_pt() * ppi / POINTS_PER_INCH).ceil();
    let (width, height) = (pixels(page.frame.width()), pixels(page.frame.height()));
    if width * height > MOST_PIXELS {
        return Err(Undrawn::Error(Error::document(
            format!("a picture of {width} by {height} pixels is too large"),
            "lower `--ppi`, choose another `--paper`, or write SVG or PDF",
        )));
    }
    let options = RenderOptions {
        pixel_per_pt: Scalar::new(ppi / POINTS_PER_INCH),
        render_bleed: false,
    };
    let drawn = guarded(|| {
        #[cfg(test)]
        super::stops::at_picture(page);
        Ok(typst_render::render(page, &options))
    })?;
    let png = drawn.encode_png().map_err(|error| {
        Error::document(
            format!("cannot make a PNG picture: {error}"),
            "lower `--ppi`, or write SVG or PDF",
        )
    })?;
    Ok(png)
}

/// A page as SVG.
///
/// # Errors
/// When Typst can't draw it.
pub fn svg(page: &Page) -> SourceResult<Vec<u8>> {
    let options = SvgOptions {
        render_bleed: false,
        pretty: false,
    };
    guarded(|| {
        #[cfg(test)]
        super::stops::at_picture(page);
        Ok(typst_svg::svg(page, &options).into_bytes())
    })
}

/// Reasons why a page can't be drawn.
#[derive(Debug)]
pub enum Undrawn {
    /// Typst can't draw it.
    Error(Error),
    /// What Typst says.
    Faults(EcoVec<SourceDiagnostic>),
}

impl From<Error> for Undrawn {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<EcoVec<SourceDiagnostic>> for Undrawn {
    fn from(faults: EcoVec<SourceDiagnostic>) -> Self {
        Self::Faults(faults)
    }
}

/// The settings of a PDF.
#[derive(Clone)]
pub struct Pdf {
    /// Typst's options.
    pub options: Arc<PdfOptions>,
    /// Whether its version is 1.5 or later, which has object streams, and whose standards all
    /// allow transparency.
    pub may_be_packed: bool,
    /// Whether it is PDF/A, which limits the number of objects.
    pub is_archive: bool,
    /// Whether its standards require tags, which mark headings, quotations and pictures.
    pub needs_tags: bool,
    /// Its standards.
    pub standards: Vec<PdfStandard>,
    /// When it is created, in seconds since 1970; `None` for now.
    pub date: Option<i64>,
}

impl Pdf {
    /// The same without tags.
    pub fn untagged(&self) -> Self {
        let options = PdfOptions {
            ident: self.options.ident.clone(),
            creator: self.options.creator.clone(),
            timestamp: self.options.timestamp,
            page_ranges: None,
            standards: self.options.standards.clone(),
            tagged: false,
            pretty: self.options.pretty,
        };
        Self {
            options: Arc::new(options),
            ..self.clone()
        }
    }
}

/// The settings for a PDF of these standards, created at `date`, in seconds since 1970, or
/// now.
///
/// # Errors
/// When the standards exclude each other.
pub fn pdf_options(list: &[PdfStandard], date: Option<i64>) -> Result<Pdf, Error> {
    let standards = PdfStandards::new(list).map_err(|error| Error {
        is_option: true,
        message: error.message().to_string(),
        hints: error.hints().iter().map(ToString::to_string).collect(),
    })?;
    let timestamp = match date {
        Some(seconds) => DateTime::<Utc>::from_timestamp(seconds, 0)
            .and_then(to_typst)
            .map(Timestamp::new_utc),
        None => {
            let now = Local::now();
            let offset = now.offset().local_minus_utc() / 60;
            to_typst(now).and_then(|time| Timestamp::new_local(time, offset))
        }
    };
    use PdfStandard::{
        A_1a, A_1b, A_2a, A_3a, A_4, A_4e, A_4f, Ua_1, V_1_4, V_1_5, V_1_6, V_1_7, V_2_0,
    };
    let is_old = |standard| matches!(standard, &V_1_4 | &A_1a | &A_1b);
    let is_free = |standard| {
        matches!(
            standard,
            &(V_1_4 | V_1_5 | V_1_6 | V_1_7 | V_2_0 | Ua_1 | A_4 | A_4e | A_4f)
        )
    };
    let needs_tags = |standard| matches!(standard, &A_1a | &A_2a | &A_3a | &Ua_1);
    Ok(Pdf {
        options: Arc::new(PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(Some(format!("scrollback {}", package::VERSION))),
            timestamp,
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        }),
        may_be_packed: !list.iter().any(is_old),
        is_archive: !list.iter().all(is_free),
        needs_tags: list.iter().any(needs_tags),
        standards: list.to_vec(),
        date,
    })
}

/// A time in Typst's type; `None` if the year is out of Typst's range.
fn to_typst<Z: TimeZone>(time: DateTime<Z>) -> Option<Datetime> {
    Datetime::from_ymd_hms(
        time.year(),
        time.month().try_into().ok()?,
        time.day().try_into().ok()?,
        time.hour().try_into().ok()?,
        time.minute().try_into().ok()?,
        time.second().try_into().ok()?,
    )
}
