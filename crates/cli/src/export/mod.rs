//! Turns exports into files: runs the importer, and has the package draw the result.

pub mod archive;
mod chapters;
mod checks;
mod divided;
mod exhibits;
mod look;
mod memory;
mod missing;
mod pdf;
mod pictures;
mod provenance;
mod publish;
pub mod site;
mod state;
mod texts;
mod threads;
mod volume;
mod volumes;
mod warnings;
mod written;

use std::path::Path;
use std::sync::Arc;

use scrollback_core::filter::Filter;
use scrollback_core::warning::codes;
use scrollback_core::{Archive, Options, Warning};
use typst_kit::fonts::FontStore;

use crate::args::{Format, RenderArgs, Style, Threads};
use crate::engine::Jobs;
use crate::engine::provenance::SourceFile;
use crate::failure::Failure;
use crate::input::{Bytes, Export, Pieces};
use crate::media::Folder;
use crate::output::Plan;
use crate::progress::{Progress, Task};
use crate::report::{Output, Report, Warnings};

use exhibits::Numbering;
use volumes::Volume;
use written::{Selecting, Written};

pub use checks::{check, is_pdf_archive};
pub use memory::Memory;
pub use publish::Publisher;
pub use threads::gather;

/// Core's options. [`Publisher`] removes what must not be published.
fn options(args: &RenderArgs) -> Options {
    Options {
        coarse_times: args.publish.coarse_times.map(Into::into),
        numbers: args.style.numbers.as_ref().map(|numbers| numbers.first),
        ..args.export.options(&args.filter)
    }
}

/// What all exports of a run share for publication: pseudonyms, and what is blacked out.
///
/// # Errors
/// As [`check`].
pub fn publisher<'e>(
    args: &RenderArgs,
    exports: impl Iterator<Item = &'e Export>,
) -> Result<Publisher, Failure> {
    Publisher::new(args, &options(args), exports)
}

/// What all inputs of a run share.
#[derive(Clone, Copy)]
pub struct Shared<'r> {
    /// The options.
    pub args: &'r RenderArgs,
    /// Where outputs are written.
    pub plan: &'r Plan,
    /// What is taken out of exports.
    pub publisher: &'r Publisher,
    /// The record of earlier runs, for `--incremental`.
    pub memory: Option<&'r Memory>,
    /// The fonts.
    pub fonts: &'r Arc<FontStore>,
    /// Shows the progress.
    pub progress: &'r Progress,
}

/// Renders an export, in volumes if `--split` is given.
pub fn render(export: &Export, shared: &Shared, jobs: Jobs) -> Report {
    let task = shared.progress.task(&export.shown());
    let job = Job {
        export,
        args: shared.args,
        plan: shared.plan,
        publisher: shared.publisher,
        memory: shared.memory,
        fonts: shared.fonts,
        task: &task,
        jobs,
    };
    let mut report = Report {
        sources: export.files().map(Path::to_owned).collect(),
        ..Report::default()
    };
    if let Err(failure) = job.run(&mut report) {
        report.failures.push(failure);
    }
    report
}

/// The failure for exports without any message to render.
fn nothing_left(what: &str, options: &Options) -> Failure {
    let (why, hint) = if options.filter == Filter::default() {
        (
            "the exports have none",
            "check what the exporter wrote with `scrollback inspect`",
        )
    } else {
        (
            "none matches the filter",
            "remove or widen some of the filter options",
        )
    };
    Failure::output(format!("no message is left for the {what}: {why}"), hint)
}

/// The result of a volume.
type OfVolume = (Warnings, Result<Option<Output>, Failure>);

/// The number of messages in an export, including those left out while reading.
fn all(archive: &Archive) -> usize {
    usize::try_from(archive.transcript().total).unwrap_or(usize::MAX)
}

/// An export to render.
struct Job<'j> {
    export: &'j Export,
    args: &'j RenderArgs,
    plan: &'j Plan,
    publisher: &'j Publisher,
    /// The record of earlier runs, for `--incremental`.
    memory: Option<&'j Memory>,
    fonts: &'j Arc<FontStore>,
    task: &'j Task,
    /// The number of volumes that are made in parallel.
    jobs: Jobs,
}

/// What belongs to an export besides its messages.
struct Context<'b> {
    media: &'b Folder,
    /// Its sources.
    sources: &'b [SourceFile],
    /// How messages are numbered, if they are.
    numbering: Option<&'b Numbering>,
}

impl Context<'_> {
    fn add_to(&self, written: &mut Written) {
        written.provenance.sources = self.sources.to_vec();
        written.numbering = self.numbering.cloned();
    }
}

impl Job<'_> {
    fn run(&self, report: &mut Report) -> Result<(), Failure> {
        self.check_pdf()?;
        self.task.stage("reading");
        let options = options(self.args);
        let is_part = options.filter != Filter::default() || self.args.page.split.is_some();
        // Numbers continue from volume to volume, which requires all of them.
        let is_numbered = self.args.page.split.is_some() && options.numbers.is_some();
        let pieces = Pieces::of(self.export).filter(|_| is_part && !is_numbered);
        let bytes = if pieces.is_none() || self.args.export.attach_source {
            Bytes::read(self.export)?
        } else {
            Bytes::default()
        };
        let recorded = self.args.style.style == Style::Record;
        let sources = if recorded || self.args.batch.manifest.is_some() {
            provenance::sources(self.export, &bytes.files(), self.publisher)?
        } else {
            Vec::new()
        };
        let media = Folder::of(self.export, self.args.export.source.media.as_deref())?;
        report.sources.extend(media.roots().cloned());
        let failed = |error: scrollback_core::Error| self.export.failure(&error);
        let mut archive = match (&pieces, self.args.page.split) {
            (Some(pieces), Some(split)) => {
                self.publisher.check_names(self.export)?;
                let context = Context {
                    media: &media,
                    sources: &sources,
                    numbering: None,
                };
                return self.divided(pieces, split, &bytes, &context, &options, report);
            }
            (Some(pieces), None) => pieces.read(&options, &|_| true),
            (None, _) => bytes.archive(&options),
        }
        .map_err(failed)?;
        self.publisher.learn(&mut archive);
        self.check_archive(&archive, report)?;
        let last = archive.number(&options).map_err(failed)?;
        let numbers = self.args.style.numbers.clone();
        let numbering = numbers
            .zip(last)
            .map(|(numbers, last)| Numbering { numbers, last });
        let volumes = match self.args.page.split {
            None => Vec::new(),
            Some(split) => volumes::divide(&archive, &options, split).map_err(failed)?,
        };
        let context = Context {
            media: &media,
            sources: &sources,
            numbering: numbering.as_ref(),
        };
        if let Some(format) = self.plan.format().text() {
            return self.texts(format, archive, &volumes, &options, &context, report);
        }
        if !volumes.is_empty() {
            self.volumes(&archive, &volumes, &options, &bytes, &context, report);
            return Ok(());
        }
        let written = self.whole(archive, &options, &context)?;
        // The layout needs the memory.
        let attached = if self.args.export.attach_source {
            bytes
        } else {
            drop(bytes);
            Bytes::default()
        };
        let output = self.write(written, &attached, &media, &mut report.warnings)?;
        report.outputs.extend(output);
        Ok(())
    }

    /// How its messages are selected.
    fn selecting<'s>(&'s self, options: &'s Options, media: &'s Folder) -> Selecting<'s> {
        Selecting {
            options,
            publisher: self.publisher,
            media,
        }
    }

    /// Imports all messages for a single output.
    fn whole(
        &self,
        archive: Archive,
        options: &Options,
        context: &Context,
    ) -> Result<Written, Failure> {
        self.stage(None, "importing");
        let chapters = self.chapters(&archive, options, context.media)?;
        let with = self.selecting(options, context.media);
        let mut written = Written::whole(archive, with, self.args)
            .map_err(|error| self.export.failure(&error))?;
        context.add_to(&mut written);
        written.chapters = chapters;
        Ok(written)
    }

    /// Renders volumes in parallel.
    fn volumes(
        &self,
        archive: &Archive,
        volumes: &[Volume],
        options: &Options,
        bytes: &Bytes,
        context: &Context,
        report: &mut Report,
    ) {
        let kept: usize = volumes.iter().map(|volume| volume.places.len()).sum();
        let left_out = all(archive).saturating_sub(kept);
        // Warnings about the export apply to each of its volumes.
        let told = self.publisher.quoted(&report.warnings);
        let results = self.jobs.each(volumes, |volume| {
            let mut warnings = Warnings::default();
            self.stage(Some(&volume.name), "importing");
            let with = self.selecting(options, context.media);
            let result = Written::volume(archive, volume, left_out, with, self.args)
                .map_err(|error| self.export.failure(&error))
                .and_then(|mut written| {
                    context.add_to(&mut written);
                    written.provenance.warnings.clone_from(&told);
                    self.write(written, bytes, context.media, &mut warnings)
                });
            comemo::evict(0);
            (warnings, result)
        });
        self.take(results, report);
    }

    /// Adds the results of volumes.
    fn take(&self, results: Vec<OfVolume>, report: &mut Report) {
        for (warnings, result) in results {
            report.warnings.append(warnings);
            match result {
                Ok(output) => report.outputs.extend(output),
                Err(failure) => report.failures.push(failure),
            }
        }
    }

    /// Checks that there is a PDF to attach files to.
    fn check_pdf(&self) -> Result<(), Failure> {
        let option = if self.args.export.attach_source {
            "--attach-source"
        } else if self.args.style.attach_files {
            "--attach-files"
        } else {
            return Ok(());
        };
        if self.plan.format() == Format::Pdf {
            return Ok(());
        }
        Err(Failure::usage(
            format!("`{option}` needs a PDF to attach files to"),
            "leave it out, or write a PDF",
        ))
    }

    /// Checks that the export is complete and of the expected channel, and reports its warnings.
    fn check_archive(&self, archive: &Archive, report: &mut Report) -> Result<(), Failure> {
        self.check_whole(archive)?;
        for warning in archive.warnings().iter().filter(|one| self.is_told(one)) {
            report
                .warnings
                .import(self.export.place(&warning.place), warning);
        }
        self.check_channel(archive)
    }

    /// Whether to show a warning: channels or threads may have been merged on purpose.
    fn is_told(&self, warning: &Warning) -> bool {
        let export = &self.args.export;
        let is_asked = export.source.merge || export.threads != Threads::Apart;
        !is_asked || warning.code != codes::SEVERAL_CHANNELS
    }

    /// Checks that the export is complete, unless `--partial` is given: an output of an earlier,
    /// complete export must not be replaced by less.
    fn check_whole(&self, archive: &Archive) -> Result<(), Failure> {
        let cut = archive
            .warnings()
            .iter()
            .find(|warning| warning.code == codes::TRUNCATED);
        match cut {
            Some(warning) if !self.args.export.partial => Err(Failure::output(
                format!(
                    "{}: {}. No output is written",
                    self.export.place(&warning.place),
                    warning.message
                ),
                "pass `--partial` to typeset what is there",
            )),
            _ => Ok(()),
        }
    }

    /// Checks that linked messages are in this channel.
    fn check_channel(&self, archive: &Archive) -> Result<(), Failure> {
        let Some(channel) = &archive.transcript().channel else {
            return Ok(());
        };
        if channel.id.is_empty() || self.args.export.source.merge {
            return Ok(());
        }
        let filter = &self.args.filter;
        for (option, message) in [("--from-id", &filter.from_id), ("--to-id", &filter.to_id)] {
            if let Some(message) = message
                && let Some(other) = &message.channel
                && *other != *channel.id
            {
                return Err(Failure::usage(
                    format!(
                        "`{option}` leads to the channel {other}, but `{}` is an export of the channel {} ({})",
                        self.export.shown(),
                        channel.id,
                        channel.name
                    ),
                    "pass a link to a message of the exported channel, or the id alone",
                ));
            }
        }
        Ok(())
    }

    fn stage(&self, volume: Option<&str>, stage: &str) {
        match volume {
            Some(name) => self.task.stage(format!("{name}: {stage}")),
            None => self.task.stage(stage),
        }
    }
}
