//! `scrollback render`: a document in, a file out.

use std::path::Path;

use chrono::{DateTime, Datelike, Local, TimeZone, Timelike, Utc};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::foundations::{Datetime, Smart};
use typst::syntax::Spanned;
use typst_html::{HtmlDocument, HtmlOptions};
use typst_kit::diagnostics::{DiagnosticFormat, emit};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandards, Timestamp};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;
use typst_utils::Scalar;

use crate::args::RenderArgs;
use crate::failure::{Failure, Message};
use crate::format::Format;
use crate::output::{self, Staged};
use crate::terminal;
use crate::world::DocumentWorld;

/// Points to an inch.
const POINTS_PER_INCH: f64 = 72.0;

/// Renders the document that `args` names, and prints its warnings and errors.
///
/// # Errors
/// [`Failure::Usage`] for what is wrong with the arguments, [`Failure::Diagnosed`]
/// for errors of the document, [`Failure::Output`] for files that cannot be written.
pub fn render(args: &RenderArgs) -> Result<(), Failure> {
    let format = match (args.format, &args.output) {
        (Some(format), _) => format,
        (None, Some(output)) => Format::of_path(output)?,
        (None, None) => Format::Pdf,
    };
    let world = DocumentWorld::new(args, format)?;
    let output = args
        .output
        .clone()
        .unwrap_or_else(|| args.input.with_extension(format.extension()));
    output::check(&output, &args.input)?;

    let files = match format {
        Format::Pdf => {
            let options = pdf_options(args)?;
            let document = diagnosed(&world, typst::compile::<PagedDocument>(&world))?;
            let data = printed(&world, typst_pdf::pdf(&document, &options))?;
            vec![output::stage(&output, data)?]
        }
        Format::Html => {
            let document = diagnosed(&world, typst::compile::<HtmlDocument>(&world))?;
            let html = typst_html::html(&document, &HtmlOptions { pretty: false });
            vec![output::stage(&output, printed(&world, html)?.into_bytes())?]
        }
        Format::Png => {
            let document = diagnosed(&world, typst::compile::<PagedDocument>(&world))?;
            let scale = Scalar::new(args.ppi / POINTS_PER_INCH);
            let options = RenderOptions {
                pixel_per_pt: scale,
                render_bleed: false,
            };
            stage_pages(&document, &output, |page| {
                typst_render::render(page, &options)
                    .encode_png()
                    .map_err(|error| {
                        Failure::output(
                            format!("cannot make a PNG picture: {error}"),
                            "lower `--ppi`, or write SVG or PDF",
                        )
                    })
            })?
        }
        Format::Svg => {
            let document = diagnosed(&world, typst::compile::<PagedDocument>(&world))?;
            let options = SvgOptions {
                render_bleed: false,
                pretty: false,
            };
            stage_pages(&document, &output, |page| {
                Ok(typst_svg::svg(page, &options).into_bytes())
            })?
        }
    };
    output::commit(files)
}

/// Draws every page into a file of its own.
fn stage_pages(
    document: &PagedDocument,
    output: &Path,
    draw: impl Fn(&Page) -> Result<Vec<u8>, Failure> + Sync,
) -> Result<Vec<Staged>, Failure> {
    let pages = document.pages();
    if pages.len() > 1 && !output::names_pages(output) {
        return Err(Failure::output(
            format!(
                "the document has {} pages, but `{}` names one file",
                pages.len(),
                output.display()
            ),
            "put `{p}` where the page's number goes, such as `-o chat-{p}.png`",
        ));
    }
    pages
        .par_iter()
        .enumerate()
        .map(|(index, page)| {
            let target = output::page_path(output, index + 1, pages.len());
            output::stage(&target, draw(page)?)
        })
        .collect()
}

/// Prints the warnings and errors of a compilation and hands on its document.
fn diagnosed<T>(world: &DocumentWorld, result: Warned<SourceResult<T>>) -> Result<T, Failure> {
    let document = printed(world, result.output);
    print_diagnostics(world, &result.warnings)?;
    document
}

/// Prints the errors of a result and hands on its value.
fn printed<T>(world: &DocumentWorld, result: SourceResult<T>) -> Result<T, Failure> {
    match result {
        Ok(value) => Ok(value),
        Err(mut errors) => {
            for error in errors.make_mut() {
                add_network_hint(error);
            }
            print_diagnostics(world, &errors)?;
            Err(Failure::Diagnosed)
        }
    }
}

/// Says what to do where a package could not be fetched.
fn add_network_hint(error: &mut SourceDiagnostic) {
    if error.message.starts_with("failed to download package") {
        error.hints.push(Spanned::detached(
            "connect to the internet, or put the package into a folder \
             `preview/NAME/VERSION` and pass the folder above it as `--package-path`"
                .into(),
        ));
    }
}

/// Prints diagnostics the way Typst does.
fn print_diagnostics(
    world: &DocumentWorld,
    diagnostics: &[SourceDiagnostic],
) -> Result<(), Failure> {
    emit(
        &mut terminal::stderr(),
        world,
        diagnostics,
        DiagnosticFormat::Human,
    )
    .map_err(|error| {
        Failure::output(
            format!("cannot print the document's messages: {error}"),
            "check that standard error can be written to",
        )
    })
}

/// The options for a PDF.
fn pdf_options(args: &RenderArgs) -> Result<PdfOptions, Failure> {
    let standards: Vec<_> = args
        .pdf_standards
        .iter()
        .map(|&standard| standard.into())
        .collect();
    let standards = PdfStandards::new(&standards).map_err(|error| {
        Failure::Usage(Message {
            error: error.message().to_string(),
            hints: error.hints().iter().map(ToString::to_string).collect(),
        })
    })?;
    let timestamp = match args.creation_timestamp {
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
        creator: Smart::Auto,
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
