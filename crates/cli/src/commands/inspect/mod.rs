//! `scrollback inspect`: a summary of exports.

mod print;
mod summary;

use std::io::{self, Write};

use scrollback_core::anonymize::{Pseudonyms, Publishing};
use scrollback_core::filter::Filter;

use crate::args::InspectArgs;
use crate::failure::Failure;
use crate::input::{self, Bytes, Export, Input, Pieces};
use crate::media::Folder;
use crate::report::Warnings;
use crate::terminal;

use summary::Summary;

/// Prints a summary of each export, and returns the failures.
///
/// # Errors
/// [`Failure::Usage`] for wrong options, [`Failure::Output`] when standard output can't
/// be written to.
pub fn inspect(args: &InspectArgs) -> Result<Vec<Failure>, Failure> {
    let options = args.source.options(&args.filter);
    scrollback_core::formatter(&options).map_err(|error| Failure::option(&error))?;
    let found = input::find(&args.inputs, args.source.merge);
    let mut warnings = Warnings::default();
    found.note(&mut warnings);
    let (inputs, mut failures) = (found.inputs, found.failures);
    failures.extend(found.unreadable);
    let mut out = io::stdout().lock();
    let mut is_first = true;
    for input in &inputs {
        let summary = match input {
            Input::Document(path) => Err(Failure::usage(
                format!("`{}` is a Typst document, not an export", path.display()),
                "render it with `scrollback render`",
            )),
            Input::Export(export) => one(export, args, &mut warnings),
        };
        match summary {
            Err(failure) => failures.push(failure),
            Ok(summary) => {
                let written = if args.json {
                    serde_json::to_string(&summary)
                        .map_err(io::Error::from)
                        .and_then(|json| writeln!(out, "{json}"))
                } else {
                    let gap = if is_first { "" } else { "\n" };
                    write!(out, "{gap}").and_then(|()| print::print(&summary, &mut out))
                };
                written.map_err(|error| Failure::stdout(&error))?;
                is_first = false;
            }
        }
    }
    warnings.print();
    if let Some(note) = args.config.note() {
        terminal::note(&note);
    }
    Ok(failures)
}

fn one(export: &Export, args: &InspectArgs, warnings: &mut Warnings) -> Result<Summary, Failure> {
    let options = args.source.options(&args.filter);
    let failed = |error| export.failure(&error);
    let bytes;
    let archive = match Pieces::of(export).filter(|_| options.filter != Filter::default()) {
        Some(pieces) => pieces.read(&options, &|_| true),
        None => {
            bytes = Bytes::read(export)?;
            bytes.archive(&options)
        }
    };
    let mut archive = archive.map_err(failed)?;
    let pseudonyms = args.anonymize.then(|| {
        let mut pseudonyms = Pseudonyms::new(None);
        archive.teach(&mut pseudonyms);
        pseudonyms.finish();
        pseudonyms
    });
    let mut selection = archive.into_selection(&options).map_err(failed)?;
    let formatter = selection.formatter().clone();
    for warning in &selection.warnings {
        warnings.import(export.place(&warning.place), warning);
    }
    let media = Folder::of(export, args.source.media.as_deref())?;
    // `--anonymize` removes pictures along with names.
    let urls = selection.media();
    if let Some(pseudonyms) = &pseudonyms {
        let publishing = Publishing {
            pseudonyms: Some(pseudonyms),
            redact: &[],
            patterns: &[],
        };
        selection.publish(&publishing).map_err(failed)?;
    }
    let mut summary = Summary::new(export, &selection.transcript, &formatter, &urls, &media);
    if args.anonymize {
        summary.anonymize();
    }
    Ok(summary)
}
