//! `scrollback render`: exports and documents in, files out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fonts;
use crate::args::{Format, RenderArgs};
use crate::engine::{Jobs, guard, package};
use crate::export::{Memory, Publisher, Shared};
use crate::failure::{Failure, Message};
use crate::input::{self, Export, Input};
use crate::output::apart::{self, Named};
use crate::output::{Plan, STDOUT, check_standards};
use crate::progress::{Progress, Tally};
use crate::report::{Report, Warnings};
use crate::{export, manifest, pool, terminal, typst_document};

/// The size of an export with some two thousand messages, in bytes.
const LARGE: u64 = 2 << 20;

/// Renders all inputs and prints the warnings about them. One that fails doesn't
/// stop the others.
///
/// # Errors
/// [`Failure::Usage`] for what is wrong with the options, before anything is
/// rendered.
pub fn render(args: &RenderArgs) -> Result<Report, Failure> {
    // Wrong options come first: they would fail every input alike.
    fonts::check(&args.fonts)?;
    check_open(args)?;
    export::check(args)?;
    check_batch(args)?;
    let mut named = args.inputs.clone();
    if let Some(list) = &args.batch.files_from {
        named.extend(input::list::read(list)?);
    }
    let found = input::find(&named, args.export.source.merge);
    let mut report = Report::default();
    found.note(&mut report.warnings);
    let mut failures = found.failures;
    failures.extend(fatal(args, found.unreadable, &mut report.warnings));
    let mut inputs = export::gather(found.inputs, args);
    let plan = Plan::new(
        args.output.as_deref(),
        args.format,
        inputs.len() + failures.len(),
    )?;
    if let Some(shard) = args.batch.shard {
        inputs.retain(|input| input.is_in(shard));
    }
    if plan.format().is_paged() {
        check_standards(&args.typst)?;
    }
    check_documents(args, &plan, &inputs)?;
    check_apart(args, &plan, &inputs)?;
    // This must come before anything that uses rayon's threads.
    let jobs = Jobs::new(args.jobs)?;
    let pool = pool::of(&args.fonts);
    let jobs = match jobs.count() {
        1 => jobs,
        _ => jobs.with_pool(pool),
    };
    if jobs.count() > 1 && is_shared(args, &plan, &inputs) {
        pool.prepare();
    }
    if inputs.iter().any(|input| matches!(input, Input::Export(_))) {
        // Fonts are searched while exports are read.
        std::thread::spawn(package::parse);
    }
    let publisher = export::publisher(args, exports_of(&inputs))?;
    let fonts = Arc::new(fonts::gather(&args.fonts));
    let progress = Progress::new(inputs.len());
    let memory = args.page.incremental.then(Memory::default);
    let shared = Shared {
        args,
        plan: &plan,
        publisher: &publisher,
        memory: memory.as_ref(),
        fonts: &fonts,
        progress: &progress,
    };
    let (results, told) = outputs(&inputs, failures.is_empty(), &shared, jobs);
    report.failures = failures;
    warn_of_empty_list(args, &named, &mut report);
    // Folders aren't watched as sources, because outputs may be written to them.
    let files = named.iter().filter(|path| !path.is_dir());
    report.sources = files.cloned().collect();
    for result in results {
        report.append(result);
    }
    pool.dismiss();
    progress.end();
    conclude(args, &progress.written(), &publisher, &mut report);
    let kept = memory.map(|memory| {
        report.failures.extend(memory.write().err());
        memory.told()
    });
    for error in told.into_iter().chain(kept).filter(|_| !args.quiet) {
        let hints = Vec::new();
        terminal::note(&Message { error, hints });
    }
    Ok(report)
}

/// The failures for files that can't be read. An archive as PDF leaves these out, with a warning.
fn fatal(args: &RenderArgs, unreadable: Vec<Failure>, warnings: &mut Warnings) -> Vec<Failure> {
    let archive = args.style.archive.as_deref();
    if archive.is_some_and(export::is_pdf_archive) {
        export::archive::warn_of_unreadable(unreadable, warnings);
        return Vec::new();
    }
    unreadable
}

/// Whether worker processes will likely lay out a part of the only export.
fn is_shared(args: &RenderArgs, plan: &Plan, inputs: &[Input]) -> bool {
    let [Input::Export(export)] = inputs else {
        return false;
    };
    let sizes = export.files().filter_map(|file| file.metadata().ok());
    matches!(plan.format(), Format::Pdf | Format::Html)
        && args.page.split.is_none()
        && args.style.archive.is_none()
        && sizes.map(|file| file.len()).sum::<u64>() >= LARGE
}

/// Reports the result of each input, and finishes the run.
fn conclude(args: &RenderArgs, tally: &Tally, publisher: &Publisher, report: &mut Report) {
    if !args.quiet {
        report.warnings.print();
    }
    report.failures.extend(publisher.write_map().err());
    for note in publisher.notes() {
        terminal::note(&note);
    }
    if let Some(note) = args.config.note() {
        terminal::note(&note);
    }
    let losses = report.warnings.losses();
    if args.batch.strict && losses > 0 {
        report.failures.push(Failure::output(
            match losses {
                1 => "something is not drawn, cut off or missing: see the warning".to_owned(),
                count => format!(
                    "{count} kinds of things are not drawn, cut off or missing: see the warnings"
                ),
            },
            "fix the export, or omit `--strict`",
        ));
    }
    if let Some(path) = &args.batch.manifest {
        let written = manifest::write(path, report, !publisher.takes_out());
        report.failures.extend(written.err());
    }
    if terminal::is_watched()
        && let Some(summary) = tally.summary()
    {
        terminal::say(&summary);
    }
    if args.open
        && let Some(file) = &tally.first
    {
        // The output is there all the same.
        if let Err(message) = open(file) {
            terminal::warn(&message);
        }
    }
}

/// Warns if there are no inputs at all: a wrong list would otherwise pass for a finished run.
fn warn_of_empty_list(args: &RenderArgs, named: &[PathBuf], report: &mut Report) {
    if let (Some(list), true) = (&args.batch.files_from, named.is_empty()) {
        report.warnings.add(
            list.display().to_string(),
            "the list of `--files-from` is empty".into(),
            vec!["check the command that writes it".into()],
            1,
        );
    }
}

/// Checks that Typst documents can be written in the requested format, and that no option
/// promises something that can't be done with them.
fn check_documents(args: &RenderArgs, plan: &Plan, inputs: &[Input]) -> Result<(), Failure> {
    let mut documents = inputs.iter().filter_map(|input| match input {
        Input::Document(path) => Some(path),
        Input::Export(_) => None,
    });
    let Some(path) = documents.next() else {
        return Ok(());
    };
    let refused = |option: &str, hint: &str| {
        let path = path.display();
        let error = format!("`{option}` is for exports, and `{path}` is a Typst document");
        Err(Failure::usage(error, hint))
    };
    let formats = "write `pdf`, `png`, `svg` or `html` of documents";
    if args.style.archive.is_some() {
        return refused("--archive", formats);
    }
    if plan.format().text().is_some() {
        let option = format!("--format {}", plan.format().extension());
        return refused(&option, formats);
    }
    // Beside documents there may be exports for the other options. But whoever publishes wants
    // no name in any output.
    let alone = exports_of(inputs).next().is_none();
    let mut given = args.config.for_exports.iter();
    match given.find(|option| alone || option.publishes) {
        Some(option) if option.publishes => refused(
            &option.name,
            "leave it out, and typeset the document by itself: its text stays as it is",
        ),
        Some(option) => refused(
            &option.name,
            "leave it out, and set this in the document, as in `discord.chat(theme: \"light\")`",
        ),
        None => Ok(()),
    }
}

/// The result of each input, or of the archive made from all of them, with a note about it.
/// `whole` is false if another input was named that doesn't exist.
fn outputs(
    inputs: &[Input],
    whole: bool,
    shared: &Shared,
    jobs: Jobs,
) -> (Vec<Report>, Option<String>) {
    if let Some(out) = &shared.args.style.archive {
        let exports: Vec<_> = exports_of(inputs).collect();
        let (report, note) = if export::is_pdf_archive(out) {
            export::archive::render(&exports, out, shared, jobs)
        } else {
            export::site::render(&exports, whole, out, shared, jobs)
        };
        return (vec![report], note);
    }
    let share = jobs.shared(inputs.len());
    let results = jobs.each(inputs, |input| render_one(input, shared, share));
    (results, None)
}

fn exports_of(inputs: &[Input]) -> impl Iterator<Item = &Export> {
    inputs.iter().filter_map(|input| match input {
        Input::Export(export) => Some(export),
        Input::Document(_) => None,
    })
}

/// Checks the options against rendering several exports.
fn check_batch(args: &RenderArgs) -> Result<(), Failure> {
    let batch = &args.batch;
    let from_stdin = batch.files_from.as_deref() == Some(Path::new(STDOUT));
    if from_stdin && args.inputs.iter().any(|input| input.as_os_str() == STDOUT) {
        return Err(Failure::usage(
            "standard input can't be an export and the list of `--files-from` at once",
            "pass the list as a file",
        ));
    }
    if batch.shard.is_some() && args.export.source.merge {
        return Err(Failure::usage(
            "`--shard` takes a share of the exports, and `--merge` makes one of all of them",
            "leave one of them out",
        ));
    }
    if batch.shard.is_some() && args.style.archive.is_some() {
        return Err(Failure::usage(
            "`--shard` takes a share of the exports, and `--archive` makes one archive of all of them",
            "leave one of them out",
        ));
    }
    if batch.shard.is_some() && args.publish.anonymize && args.publish.key.is_none() {
        return Err(Failure::usage(
            "each share of `--shard` would have pseudonyms of its own",
            "pass the same `--key` to all of them",
        ));
    }
    Ok(())
}

/// Checks that no output replaces an input or the file of another option, and reserves the files
/// of options.
fn check_apart(args: &RenderArgs, plan: &Plan, inputs: &[Input]) -> Result<(), Failure> {
    let beside = [
        Named::by("--manifest", args.batch.manifest.as_deref()),
        Named::by("--map", args.publish.map.as_deref()),
    ];
    let outputs = [
        Named::by("-o", args.output.as_deref()),
        Named::by("--archive", args.style.archive.as_deref()),
    ];
    let options = [
        Named::by("--key", args.publish.key.as_deref()),
        Named::by("--files-from", args.batch.files_from.as_deref()),
        Named::by("--config", args.config.path()),
    ];
    let options: Vec<_> = options.into_iter().flatten().collect();
    let written: Vec<_> = outputs.into_iter().chain(beside).flatten().collect();
    apart::check(&written, &options)?;
    // Outputs are compared with their own inputs when their paths are known.
    let files: Vec<_> = inputs.iter().flat_map(Input::files).collect();
    let files: Vec<_> = files.iter().map(|path| Named::input(path)).collect();
    let beside: Vec<_> = beside.into_iter().flatten().collect();
    apart::check(&beside, &files)?;
    for named in beside {
        plan.reserve(named.option.unwrap_or_default(), named.path);
    }
    Ok(())
}

/// Checks that `--open` will have something to open.
fn check_open(args: &RenderArgs) -> Result<(), Failure> {
    if args.open && args.output.as_deref() == Some(Path::new(STDOUT)) {
        return Err(Failure::usage(
            "`--open` can't open standard output",
            "name a file with `-o`, or leave out `--open`",
        ));
    }
    Ok(())
}

/// Opens an output in the system's default program; of several pages, the first.
fn open(file: &Path) -> Result<(), Message> {
    // The launchers' own errors name internals only.
    open::that_detached(file).map_err(|_| {
        Message::new(
            format!(
                "`--open`: no program on this system opens `{}`",
                file.display()
            ),
            "the file is written; open it yourself",
        )
    })
}

fn render_one(input: &Input, shared: &Shared, jobs: Jobs) -> Report {
    let render = || match input {
        Input::Document(path) => {
            let fonts = shared.fonts.clone();
            let (sources, result) =
                typst_document::render(path, shared.args, shared.plan, fonts, shared.progress);
            let mut report = Report {
                sources,
                ..Report::default()
            };
            match result {
                Ok(listed) => report.documents.extend(listed),
                Err(failure) => report.failures.push(failure),
            }
            report
        }
        Input::Export(export) => export::render(export, shared, jobs),
    };
    // A panic in one input must not stop the others.
    let report = guard::caught(render).unwrap_or_else(|words| Report {
        failures: vec![Failure::stopped(&input.shown(), &words)],
        sources: input.files(),
        ..Report::default()
    });
    // Typst's cache for one input doesn't help the next.
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
