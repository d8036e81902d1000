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

/// How a PDF is written.
pub struct Pdf {
    /// Typst's options.
    pub options: PdfOptions,
    /// Whether it is of PDF 1.5 or later, which packs objects.
    pub may_be_packed: bool,
    /// Whether it is of PDF/A, which limits the number of objects.
    pub is_archive: bool,
}

/// How to write a PDF that keeps these standards. It was made at `date`, in seconds
/// since 1970, or now.
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
    use PdfStandard::{A_1a, A_1b, A_4, A_4e, A_4f, Ua_1, V_1_4, V_1_5, V_1_6, V_1_7, V_2_0};
    let is_old = |standard| matches!(standard, &V_1_4 | &A_1a | &A_1b);
    let is_free = |standard| {
        matches!(
            standard,
            &(V_1_4 | V_1_5 | V_1_6 | V_1_7 | V_2_0 | Ua_1 | A_4 | A_4e | A_4f)
        )
    };
    Ok(Pdf {
        options: PdfOptions {
            ident: Smart::Auto,
            creator: Smart::Custom(Some(format!("scrollback {}", package::VERSION))),
            timestamp,
            page_ranges: None,
            standards,
            tagged: true,
            pretty: false,
        },
        may_be_packed: !list.iter().any(is_old),
        is_archive: !list.iter().all(is_free),
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
