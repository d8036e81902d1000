//! `scrollback render`: exports and documents in, files out.

use std::sync::Arc;

use typst_kit::fonts::FontStore;

use super::fonts;
use crate::args::{Format, RenderArgs};
use crate::engine::{Jobs, package};
use crate::failure::Failure;
use crate::input::{self, Input};
use crate::output::{Plan, check_standards};
use crate::progress::Progress;
use crate::report::Report;
use crate::{export, typst_document};

/// Renders all inputs and prints the warnings about them. One that fails doesn't
/// stop the others.
///
/// # Errors
/// [`Failure::Usage`] for what is wrong with the options, before anything is
/// rendered.
pub fn render(args: &RenderArgs) -> Result<Report, Failure> {
    // Wrong options come first: they would fail every input alike.
    fonts::check(&args.fonts)?;
    export::check(args)?;
    let (inputs, failures) = input::find(&args.inputs, args.export.source.merge);
    let plan = Plan::new(
        args.output.as_deref(),
        args.format,
        inputs.len() + failures.len(),
    )?;
    if plan.format() != Format::Html {
        check_standards(&args.typst)?;
    }
    // Before anything that uses its threads.
    let jobs = Jobs::new(args.jobs)?;
    if inputs.iter().any(|input| matches!(input, Input::Export(_))) {
        // Meanwhile, fonts are looked for and exports read.
        std::thread::spawn(package::sources);
    }
    let fonts = Arc::new(fonts::gather(&args.fonts));
    let progress = Progress::new(inputs.len());
    let share = jobs.shared(inputs.len());
    let results = jobs.each(&inputs, |input| {
        render_one(input, args, &plan, &fonts, &progress, share)
    });
    let mut report = Report {
        failures,
        // Folders stay out: outputs appear in them.
        sources: args
            .inputs
            .iter()
            .filter(|path| !path.is_dir())
            .cloned()
            .collect(),
        ..Report::default()
    };
    for result in results {
        report.append(result);
    }
    progress.end();
    report.warnings.print();
    Ok(report)
}

fn render_one(
    input: &Input,
    args: &RenderArgs,
    plan: &Plan,
    fonts: &Arc<FontStore>,
    progress: &Progress,
    jobs: Jobs,
) -> Report {
    let report = match input {
        Input::Document(path) => {
            let (sources, result) =
                typst_document::render(path, args, plan, fonts.clone(), progress);
            Report {
                failures: result.err().into_iter().collect(),
                sources,
                ..Report::default()
            }
        }
        Input::Export(export) => export::render(export, args, plan, fonts, progress, jobs),
    };
    // What Typst remembers of one input is of no use to the next.
    comemo::evict(0);
    report
}
