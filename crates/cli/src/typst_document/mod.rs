//! Renders Typst documents.

mod download;
mod project;
mod root;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::{EcoVec, eco_vec};
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::Output;
use typst::syntax::{Span, Spanned, VirtualRoot};
use typst_html::HtmlDocument;
use typst_kit::diagnostics::{DiagnosticFormat, emit};
use typst_kit::fonts::FontStore;
use typst_layout::PagedDocument;

use crate::args::{Format, RenderArgs};
use crate::engine::provenance::SourceFile;
use crate::engine::{World, guard, sanitize};
use crate::failure::Failure;
use crate::output::{self, Names, Plan, Staged, Unwritten, Writer, hash};
use crate::progress::{Progress, Tally, Task, counted};
use crate::report::Document;
use crate::terminal;

/// Typst's warning that HTML export is experimental, which every document gets.
const HTML_NOTICE: &str = "html export is under active development";

/// Renders a document, and returns the files that it read.
///
/// # Errors
/// [`Failure::Diagnosed`] for errors of the document, which are printed;
/// [`Failure::Output`] when the output cannot be written.
pub fn render(
    path: &Path,
    args: &RenderArgs,
    plan: &Plan,
    fonts: Arc<FontStore>,
    progress: &Progress,
) -> (Vec<PathBuf>, Result<Option<Document>, Failure>) {
    let mut files = vec![path.to_owned()];
    let result = output_of(path, plan).and_then(|output| {
        let html = plan.format() == Format::Html;
        let (mut world, root) = project::world(path, &args.typst, fonts, html)?;
        let task = progress.task(&sanitize::printable(&path.display().to_string()));
        task.stage("laying out");
        let writer = Writer {
            format: plan.format(),
            output: &output,
            args: &args.typst,
        };
        let staged = stage(&writer, &world, progress, &task);
        files.extend(
            world
                .dependencies()
                .into_iter()
                .filter(|id| matches!(id.root(), VirtualRoot::Project))
                .filter_map(|id| root.resolve(id.vpath()).ok()),
        );
        let (staged, pages) = staged?;
        let first = staged.first().and_then(Staged::target).map(Path::to_owned);
        let listed = args.batch.manifest.is_some();
        let listed = listed.then(|| listed_as(&files, &staged)).transpose()?;
        output::commit(staged)?;
        task.wrote(Tally {
            outputs: vec![output],
            first,
            pages,
            ..Tally::default()
        });
        Ok(listed)
    });
    (files, result)
}

/// A document's entry in the manifest: its files and sources.
fn listed_as(sources: &[PathBuf], staged: &[Staged]) -> Result<Document, Failure> {
    let sources = sources.iter().map(|path| {
        let (bytes, sha256) = hash::file(path).map_err(|error| {
            Failure::output(
                format!("cannot read `{}` again: {error}", path.display()),
                "don't change documents while they are read",
            )
        })?;
        let name = path.file_name().unwrap_or_default();
        Ok(SourceFile {
            name: Some(name.to_string_lossy().into_owned()),
            bytes,
            sha256,
        })
    });
    Ok(Document {
        files: staged
            .iter()
            .map(Staged::written)
            .collect::<Result<_, _>>()?,
        sources: sources.collect::<Result<_, Failure>>()?,
    })
}

/// Compiles the document of `world`, prints its warnings and errors, and writes its files
/// to temporary paths. Returns the number of pages; HTML has none.
fn stage(
    writer: &Writer,
    world: &World,
    progress: &Progress,
    task: &Task,
) -> Result<(Vec<Staged>, usize), Failure> {
    let diagnosed = |result: Result<Vec<Staged>, Unwritten>| {
        result.map_err(|unwritten| match unwritten {
            Unwritten::Failure(failure) => failure,
            Unwritten::Typst(errors) => print_errors(world, errors, progress),
        })
    };
    if writer.format == Format::Html {
        let document: HtmlDocument = compiled(world, progress)?;
        task.stage("writing");
        return Ok((diagnosed(writer.html(&document))?, 0));
    }
    let document: PagedDocument = compiled(world, progress)?;
    let pages = document.pages().len();
    task.stage(format!("writing {}", counted(pages, "page")));
    Ok((diagnosed(writer.pages(&document))?, pages))
}

/// Compiles a document, and prints its warnings and errors.
fn compiled<T: Output>(world: &World, progress: &Progress) -> Result<T, Failure> {
    let result = guard::caught(|| typst::compile::<T>(world)).unwrap_or_else(|words| Warned {
        output: Err(eco_vec![SourceDiagnostic::error(Span::detached(), words)]),
        warnings: EcoVec::new(),
    });
    let document = result
        .output
        .map_err(|errors| print_errors(world, errors, progress));
    let warnings: Vec<_> = result
        .warnings
        .into_iter()
        .filter(|warning| !warning.message.starts_with(HTML_NOTICE))
        .collect();
    print_diagnostics(world, &warnings, progress)?;
    document
}

/// Prints errors as Typst does, and returns the failure.
fn print_errors(
    world: &World,
    mut errors: EcoVec<SourceDiagnostic>,
    progress: &Progress,
) -> Failure {
    for error in errors.make_mut() {
        add_network_hint(error);
        if guard::is_stop(&error.message) {
            error.hints.push(Spanned::detached(
                "this is a fault of Typst; please report it to its developers".into(),
            ));
        }
    }
    match print_diagnostics(world, &errors, progress) {
        Ok(()) => Failure::Diagnosed,
        Err(failure) => failure,
    }
}

fn print_diagnostics(
    world: &World,
    diagnostics: &[SourceDiagnostic],
    progress: &Progress,
) -> Result<(), Failure> {
    progress
        .suspend(|| {
            let mut out = terminal::stderr();
            emit(&mut out, world, diagnostics, DiagnosticFormat::Human)
        })
        .map_err(|error| {
            Failure::output(
                format!("cannot print the document's messages: {error}"),
                "check that standard error can be written to",
            )
        })
}

/// Prints a hint if a package could not be downloaded.
fn add_network_hint(error: &mut SourceDiagnostic) {
    if error.message.starts_with("failed to download package") {
        error.hints.push(Spanned::detached(
            "connect to the internet, or put the package into a folder \
             `preview/NAME/VERSION` and pass the folder above it as `--package-path`"
                .into(),
        ));
    }
}

/// The output path of a document. Most have one page, so a picture gets a page number only
/// if the pattern has one.
fn output_of(path: &Path, plan: &Plan) -> Result<PathBuf, Failure> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let names = Names {
        name: &name,
        folder: Some(path.parent().unwrap_or(Path::new(""))),
        channel: &name,
        volume: None,
    };
    let shown = sanitize::printable(&path.display().to_string());
    let output = plan.take(&names, false, &shown)?;
    output::check(&output, [path])?;
    Ok(output)
}
