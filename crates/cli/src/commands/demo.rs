//! `scrollback demo`: a transcript of a built-in sample.

use std::fs;
use std::path::Path;

use clap::Parser as _;

use super::render;
use crate::args::{Args, Command, DemoArgs, ENDINGS, Format, name_of};
use crate::failure::{Failure, Message};
use crate::output::{STDOUT, is_folder, temporary};

/// A server's channel, written for this project.
const SAMPLE: &str = include_str!("../../../../examples/exports/server-channel.json");
/// Formats with one picture per page, for which the demo is a single page.
const PICTURES: [&str; 2] = ["png", "svg"];

/// Renders the sample as `scrollback render` does.
///
/// # Errors
/// As for `render`.
pub fn demo(args: &DemoArgs) -> Result<Vec<Failure>, Failure> {
    check_format(&args.output)?;
    let failed = |error: std::io::Error| {
        Failure::output(
            format!("cannot put the sample into a temporary folder: {error}"),
            "check that the folder for temporary files can be written to",
        )
    };
    let folder = temporary::folder().map_err(failed)?;
    let sample = folder.path().join("demo.json");
    fs::write(&sample, SAMPLE).map_err(failed)?;
    // Goes through the same parsing as a command line.
    let options = ["scrollback", "render", "--no-config", "--theme"];
    let mut line: Vec<_> = options.map(Into::into).into();
    line.extend([
        name_of(args.theme),
        "--display".into(),
        name_of(args.display),
    ]);
    if is_picture(&args.output) {
        line.extend(["--paper".into(), "continuous".into()]);
    }
    if args.open {
        line.push("--open".into());
    }
    let mut line: Vec<_> = line.into_iter().map(std::ffi::OsString::from).collect();
    line.extend(["-o".into(), args.output.clone().into(), sample.into()]);
    match Args::try_parse_from(line).map(|args| args.command) {
        Ok(Command::Render(mut args)) => {
            // The sample's pictures are missing on purpose.
            args.quiet = true;
            Ok(render::render(&args)?.failures)
        }
        Ok(_) => unreachable!("the line says `render`"),
        Err(error) => error.exit(),
    }
}

/// Checks the extension of the output: the demo has no `--format`.
fn check_format(output: &Path) -> Result<(), Failure> {
    if output == Path::new(STDOUT) || is_folder(output) {
        return Ok(());
    }
    match Format::of_path(output) {
        Err(Failure::Usage(Message { error, .. })) => {
            Err(Failure::usage(error, format!("end its name in {ENDINGS}")))
        }
        checked => checked.map(|_| ()),
    }
}

/// Whether a file has the extension of a picture.
fn is_picture(path: &Path) -> bool {
    let kind = path
        .extension()
        .map(|kind| kind.to_string_lossy().to_lowercase());
    kind.is_some_and(|kind| PICTURES.contains(&kind.as_str()))
}
