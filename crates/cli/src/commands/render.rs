//! `scrollback render`: exports and documents in, files out.

use std::sync::Arc;

use typst_kit::fonts::FontStore;

use super::fonts;
use crate::args::{Format, RenderArgs};
use crate::engine::{Jobs, package};
use crate::export::Publisher;
use crate::failure::Failure;
use crate::input::{self, Input};
use crate::output::{Plan, check_standards};
use crate::progress::Progress;
use crate::report::Report;
use crate::{export, terminal, typst_document};

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
    let found = input::find(&args.inputs, args.export.source.merge);
    let mut report = Report::default();
    found.note(&mut report.warnings);
    let (inputs, failures) = (found.inputs, found.failures);
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
    let exports = inputs.iter().filter_map(|input| match input {
        Input::Export(export) => Some(export),
        Input::Document(_) => None,
    });
    let publisher = export::publisher(args, exports)?;
    let fonts = Arc::new(fonts::gather(&args.fonts));
    let progress = Progress::new(inputs.len());
    let share = jobs.shared(inputs.len());
    let results = jobs.each(&inputs, |input| {
        render_one(input, args, (&plan, &publisher), &fonts, &progress, share)
    });
    report.failures = failures;
    // Folders stay out: outputs appear in them.
    let files = args.inputs.iter().filter(|path| !path.is_dir());
    report.sources = files.cloned().collect();
    for result in results {
        report.append(result);
    }
    progress.end();
    report.warnings.print();
    report.failures.extend(publisher.write_map().err());
    for note in publisher.notes() {
        terminal::note(&note);
    }
    Ok(report)
}

fn render_one(
    input: &Input,
    args: &RenderArgs,
    (plan, publisher): (&Plan, &Publisher),
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
        Input::Export(export) => {
            export::render(export, args, plan, publisher, fonts, progress, jobs)
        }
    };
    // What Typst remembers of one input is of no use to the next.
    comemo::evict(0);
    report
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::args::{Args, Command};

    const EXPORT: &str = r#"[
        {"id":"1","content":"a","pinned":true,"timestamp":"2024-02-29T23:30:00+00:00","author":{"id":"9","username":"x"}},
        {"id":"2","content":"b","timestamp":"2024-03-01T00:30:00+00:00","author":{"id":"9","username":"x"}},
        {"id":"3","content":"c","timestamp":"2024-03-04T12:00:00+00:00","author":{"id":"9","username":"x"}}
    ]"#;

    #[test]
    fn each_input_is_read_once_whatever_the_options() {
        let folder = tempfile::tempdir().unwrap();
        let (first, second) = (folder.path().join("a.json"), folder.path().join("b.json"));
        std::fs::write(&first, EXPORT).unwrap();
        std::fs::write(&second, EXPORT).unwrap();
        for options in [
            &[] as &[&str],
            &["--split", "day", "--pinned"],
            &["--split", "1", "--newest-first"],
            &["--pinned", "--toc", "--attach-source"],
            &["--paper", "continuous", "--pinned", "--redact", "b"],
            &["--anonymize", "--merge", "-o", "anonymous.pdf"],
            &["--format", "html", "--pinned", "--own", "x"],
            &["--merge", "--text", "b", "-o", "merged.pdf"],
        ] {
            let inputs = [&first, &second].map(|path| path.to_str().unwrap());
            let line = ["scrollback", "render", "--ignore-system-fonts"]
                .into_iter()
                .chain(inputs)
                .chain(options.iter().copied());
            let mut args = Args::try_parse_from(line).unwrap();
            let Command::Render(args) = &mut args.command else {
                panic!("another command");
            };
            if let Some(output) = &mut args.output {
                *output = folder.path().join(&output);
            }
            let _reading = crate::READING.lock();
            let before = scrollback_core::bytes_read();
            let report = render(args).unwrap();
            assert!(
                report.failures.is_empty(),
                "{options:?}: {:?}",
                report.failures
            );
            let read = scrollback_core::bytes_read() - before;
            assert_eq!(read, 2 * EXPORT.len() as u64, "{options:?}");
        }
    }
}
