//! From finished documents to the bytes of files.

use chrono::{DateTime, Datelike, Local, TimeZone, Timelike, Utc};
use typst::diag::SourceResult;
use typst::foundations::{Datetime, Smart};
use typst_html::{HtmlDocument, HtmlOptions};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;
use typst_utils::Scalar;

use super::pdf::{finished, producer};
use super::{Error, package};

/// Points to an inch.
const POINTS_PER_INCH: f64 = 72.0;

/// A document as PDF.
///
/// # Errors
/// What Typst says: the document can't keep a standard.
pub fn pdf(document: &PagedDocument, options: &PdfOptions) -> SourceResult<Vec<u8>> {
    let pdf = typst_pdf::pdf(document, options)?;
    Ok(finished(pdf, &producer()))
}

/// A document as HTML.
///
/// # Errors
/// What Typst says.
pub fn html(document: &HtmlDocument) -> SourceResult<Vec<u8>> {
    let options = HtmlOptions { pretty: false };
    typst_html::html(document, &options).map(String::into_bytes)
}

/// A page as PNG, with so many pixels to an inch.
///
/// # Errors
/// When the page has too many pixels.
pub fn png(page: &Page, ppi: f64) -> Result<Vec<u8>, Error> {
    let options = RenderOptions {
        pixel_per_pt: Scalar::new(ppi / POINTS_PER_INCH),
        render_bleed: false,
    };
    typst_render::render(page, &options)
        .encode_png()
        .map_err(|error| {
            Error::document(
                format!("cannot make a PNG picture: {error}"),
                "lower `--ppi`, or write SVG or PDF",
            )
        })
}

/// A page as SVG.
pub fn svg(page: &Page) -> Vec<u8> {
    let options = SvgOptions {
        render_bleed: false,
        pretty: false,
    };
    typst_svg::svg(page, &options).into_bytes()
}

/// The options for a PDF that keeps these standards. It was made at `date`, in seconds
/// since 1970, or now.
///
/// # Errors
/// When the standards exclude each other.
pub fn pdf_options(standards: &[PdfStandard], date: Option<i64>) -> Result<PdfOptions, Error> {
    let standards = PdfStandards::new(standards).map_err(|error| Error {
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
    Ok(PdfOptions {
        ident: Smart::Auto,
        creator: Smart::Custom(Some(format!("scrollback {}", package::VERSION))),
        timestamp,
        page_ranges: None,
        standards,
        tagged: true,
        pretty: false,
    })
}

/// A moment as Typst keeps it; `None` where the year is out of Typst's range.
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
