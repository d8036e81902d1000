//! From a world to the files of its document.

use std::path::Path;

use chrono::{DateTime, Datelike, Local, TimeZone, Timelike, Utc};
use ecow::EcoVec;
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use typst::diag::{SourceDiagnostic, SourceResult, Warned};
use typst::foundations::{Datetime, Output, Smart};
use typst::syntax::Spanned;
use typst_html::{HtmlDocument, HtmlOptions};
use typst_kit::diagnostics::termcolor::Buffer;
use typst_kit::diagnostics::{DiagnosticFormat, emit};
use typst_layout::{Page, PagedDocument};
use typst_pdf::{PdfOptions, PdfStandards, Timestamp};
use typst_render::RenderOptions;
use typst_svg::SvgOptions;
use typst_utils::Scalar;

use crate::args::TypstArgs;
use crate::failure::{Failure, Message};
use crate::format::Format;
use crate::output::{self, Staged};
use crate::printable::printable;
use crate::progress::{Progress, Task};
use crate::terminal;
use crate::world::DocumentWorld;

/// Points to an inch.
const POINTS_PER_INCH: f64 = 72.0;

/// How a document becomes files.
pub struct Target<'t> {
    /// Their format.
    pub format: Format,
    /// Where they go.
    pub output: &'t Path,
    /// The compiler's options.
    pub args: &'t TypstArgs,
    /// Whether messages quote what is not to be trusted.
    pub untrusted: bool,
    /// What suspends progress for messages.
    pub progress: &'t Progress,
    /// The line of progress.
    pub task: &'t Task,
}

impl Target<'_> {
    /// Compiles the document of `world`, prints its warnings and errors, and writes
    /// its files beside their places.
    ///
    /// # Errors
    /// [`Failure::Diagnosed`] for errors of the document, [`Failure::Output`] for files
    /// that cannot be written.
    pub fn stage(&self, world: &DocumentWorld) -> Result<Vec<Staged>, Failure> {
        if self.format == Format::Html {
            let document = self.compile::<HtmlDocument>(world)?;
            self.task.stage("writing");
            let html = typst_html::html(&document, &HtmlOptions { pretty: false });
            let html = self.printed(world, html)?.into_bytes();
            return Ok(vec![output::stage(self.output, html)?]);
        }
        let document = self.compile::<PagedDocument>(world)?;
        self.stage_paged(world, &document)
    }

    /// Compiles the document of `world`, and prints its warnings and errors.
    ///
    /// # Errors
    /// [`Failure::Diagnosed`] for errors of the document.
    pub fn compile<T: Output>(&self, world: &DocumentWorld) -> Result<T, Failure> {
        self.diagnosed(world, typst::compile::<T>(world))
    }

    /// Compiles the document of `world` and prints its errors. Its warnings are handed
    /// on: those of many documents may be the same.
    ///
    /// # Errors
    /// [`Failure::Diagnosed`] for errors of the document.
    pub fn compile_part<T: Output>(
        &self,
        world: &DocumentWorld,
    ) -> Result<(T, EcoVec<SourceDiagnostic>), Failure> {
        let result = typst::compile::<T>(world);
        let document = self.printed(world, result.output)?;
        Ok((document, result.warnings))
    }

    /// Writes a document's files beside their places. `world` tells where what goes
    /// wrong comes from.
    ///
    /// # Errors
    /// As [`stage`](Self::stage) has.
    pub fn stage_paged(
        &self,
        world: &DocumentWorld,
        document: &PagedDocument,
    ) -> Result<Vec<Staged>, Failure> {
        let pages = document.pages().len();
        self.task.stage(format!("writing {pages} pages"));
        match self.format {
            Format::Png => {
                let options = RenderOptions {
                    pixel_per_pt: Scalar::new(self.args.ppi / POINTS_PER_INCH),
                    render_bleed: false,
                };
                self.stage_pages(document, |page| {
                    typst_render::render(page, &options)
                        .encode_png()
                        .map_err(|error| {
                            Failure::output(
                                format!("cannot make a PNG picture: {error}"),
                                "lower `--ppi`, or write SVG or PDF",
                            )
                        })
                })
            }
            Format::Svg => {
                let options = SvgOptions {
                    render_bleed: false,
                    pretty: false,
                };
                self.stage_pages(document, |page| {
                    Ok(typst_svg::svg(page, &options).into_bytes())
                })
            }
            Format::Pdf | Format::Html => {
                let options = pdf_options(self.args)?;
                let data = self.printed(world, typst_pdf::pdf(document, &options))?;
                Ok(vec![output::stage(self.output, data)?])
            }
        }
    }

    /// Draws every page into a file of its own.
    fn stage_pages(
        &self,
        document: &PagedDocument,
        draw: impl Fn(&Page) -> Result<Vec<u8>, Failure> + Sync,
    ) -> Result<Vec<Staged>, Failure> {
        let pages = document.pages();
        if pages.len() > 1 && !output::names_pages(self.output) {
            return Err(Failure::output(
                format!(
                    "the document has {} pages, but `{}` names one file",
                    pages.len(),
                    self.output.display()
                ),
                "put `{p}` where the page's number goes, such as `-o chat-{p}.png`",
            ));
        }
        pages
            .par_iter()
            .enumerate()
            .map(|(index, page)| {
                let target = output::page_path(self.output, index + 1, pages.len());
                output::stage(&target, draw(page)?)
            })
            .collect()
    }

    /// Prints the warnings and errors of a compilation and hands on its document.
    fn diagnosed<T>(
        &self,
        world: &DocumentWorld,
        result: Warned<SourceResult<T>>,
    ) -> Result<T, Failure> {
        let document = self.printed(world, result.output);
        self.print_diagnostics(world, &result.warnings)?;
        document
    }

    /// Prints the errors of a result and hands on its value.
    fn printed<T>(&self, world: &DocumentWorld, result: SourceResult<T>) -> Result<T, Failure> {
        match result {
            Ok(value) => Ok(value),
            Err(mut errors) => {
                for error in errors.make_mut() {
                    add_network_hint(error);
                }
                self.print_diagnostics(world, &errors)?;
                Err(Failure::Diagnosed)
            }
        }
    }

    /// Prints diagnostics the way Typst does.
    ///
    /// # Errors
    /// [`Failure::Output`] when they can't be printed.
    pub fn print_diagnostics(
        &self,
        world: &DocumentWorld,
        diagnostics: &[SourceDiagnostic],
    ) -> Result<(), Failure> {
        let printed = self.progress.suspend(|| {
            if !self.untrusted {
                let mut out = terminal::stderr();
                return emit(&mut out, world, diagnostics, DiagnosticFormat::Human);
            }
            let mut buffer = Buffer::no_color();
            emit(&mut buffer, world, diagnostics, DiagnosticFormat::Human)?;
            for line in String::from_utf8_lossy(buffer.as_slice()).lines() {
                eprintln!("{}", printable(line));
            }
            Ok(())
        });
        printed.map_err(|error| {
            Failure::output(
                format!("cannot print the document's messages: {error}"),
                "check that standard error can be written to",
            )
        })
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

/// Finds out whether a PDF can have what is asked of it, before the work for one.
///
/// # Errors
/// [`Failure::Usage`] for PDF standards that exclude each other.
pub fn check(args: &TypstArgs) -> Result<(), Failure> {
    pdf_options(args).map(drop)
}

/// The options for a PDF.
fn pdf_options(args: &TypstArgs) -> Result<PdfOptions, Failure> {
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
