//! Makes one PDF of many exports: channels under their categories, threads under their
//! channels, with a table of contents, and links between channels.
//!
//! All exports are read twice. The first pass surveys them, which settles the targets of
//! links and the numbers of messages. The second lays out one channel after the other,
//! writes it as a part of the PDF, and drops it. So memory depends on the channels in
//! progress, not on the whole server.

mod chapter;
mod combined;
mod order;
mod spool;
mod survey;

use std::path::Path;
use std::sync::Arc;

use scrollback_core::Options;
use scrollback_core::model::Channel;
use serde::Serialize;
use typst_kit::fonts::FontStore;

use super::publish::Publisher;
use super::texts::filtered;
use super::{Job, Shared, look, options};
use crate::args::{Format, RenderArgs, Style};
use crate::engine::provenance::Provenance;
use crate::engine::{Binder, Jobs, Layout, Look, Pdf, Register, TranscriptFiles};
use crate::failure::Failure;
use crate::input::Export;
use crate::output::{self, Plan, Unwritten, Writer};
use crate::progress::{self, Progress, Tally};
use crate::report::{Output, Report, Warnings};

use chapter::Made;
use order::Planned;
use spool::Spool;
use survey::Surveyed;

/// The most sections of a channel: its messages, the pinned ones, and its files.
const SECTIONS: usize = 3;

/// What all channels of an archive share.
struct Archive<'a> {
    exports: &'a [&'a Export],
    args: &'a RenderArgs,
    plan: &'a Plan,
    publisher: &'a Publisher,
    fonts: &'a Arc<FontStore>,
    progress: &'a Progress,
    jobs: Jobs,
    options: Options,
    /// How its PDF is written.
    pdf: Pdf,
    /// Where written channels are stored.
    spool: Spool,
    /// The look of the front and back matter.
    look: Look,
    register: Register,
    /// All channels, for mentions of each other.
    known: Vec<Channel<'static>>,
}

/// Makes one PDF of exports.
pub fn render(
    exports: &[&Export],
    out: &Path,
    shared: &Shared,
    jobs: Jobs,
) -> (Report, Option<String>) {
    let Shared {
        args,
        publisher,
        fonts,
        progress,
        ..
    } = *shared;
    let mut report = Report {
        sources: exports
            .iter()
            .flat_map(|export| export.files().map(Path::to_owned))
            .collect(),
        ..Report::default()
    };
    let result = output::check(out, exports.iter().flat_map(|export| export.files()))
        .and_then(|()| Plan::new(Some(out), Some(Format::Pdf), 1))
        .and_then(|plan| {
            let writer = Writer {
                format: Format::Pdf,
                output: out,
                args: &args.typst,
            };
            let archive = Archive {
                exports,
                args,
                plan: &plan,
                publisher,
                fonts,
                progress,
                jobs,
                options: options(args),
                pdf: writer.settings()?,
                spool: Spool::new()?,
                look: look::bare(args, Format::Pdf),
                register: Register::default(),
                known: Vec::new(),
            };
            archive.make(&writer, &mut report)
        });
    match result {
        Ok(note) => (report, note),
        Err(failure) => {
            report.failures.push(failure);
            (report, None)
        }
    }
}

/// Warns about files in folders that can't be read and are left out.
pub fn warn_of_unreadable(unreadable: Vec<Failure>, warnings: &mut Warnings) {
    for failure in unreadable {
        if let Failure::Output(message) | Failure::Usage(message) = failure {
            let place = "this is not in the archive".to_owned();
            warnings.lose(place, message.error, message.hints, 1);
        }
    }
}

/// The data that `archive.typ` reads, besides the lines of the table of contents.
#[derive(Serialize)]
struct About {
    /// Whether it begins with the title, because there is no cover.
    titled: bool,
    channels: usize,
    messages: usize,
    people: usize,
}

impl Archive<'_> {
    /// Makes the PDF, and returns its provenance.
    fn make(mut self, writer: &Writer, report: &mut Report) -> Result<Option<String>, Failure> {
        let (mut found, left_out) = self.survey(report)?;
        if found.is_empty() {
            return Ok(None);
        }
        // The survey counted removals, too; count from zero again.
        self.publisher.forget_report();
        let known = found.iter_mut().flat_map(|one| one.channels.drain(..));
        self.known = known.collect();
        let mut all = combined::combined(&found, left_out);
        self.look.title = combined::title(&all, &self.args.export.lang);
        self.look.range = survey::range(&found);
        self.look.note = filtered(&all, &self.args.export.lang.words());
        self.look.archive = true;
        let planned = self.planned(&found);
        for (place, plan) in planned.iter().enumerate() {
            let surveyed = &found[plan.at];
            let channel = surveyed.provenance.channel.as_ref();
            let id = channel.map_or("", |channel| channel.id.as_str());
            self.register.add(SECTIONS * place, id, &surveyed.keys);
            for (thread, first) in &surveyed.threads {
                self.register.add_thread(SECTIONS * place, *thread, *first);
            }
        }
        self.look.numbered = self.numbered(&found);
        let chapters = self.chapters(&found, &planned, report)?;
        let mut binder = Binder::default();
        for made in chapters {
            binder.add(
                made.chapter,
                &made.running,
                &made.authors,
                self.args.page.toc,
            );
        }
        all.warnings = self.publisher.quoted(&report.warnings);
        let files = self.files(&all)?;
        let today = self.args.typst.creation_timestamp;
        let task = self.progress.task(&self.look.title);
        let tell = |stage: &str| task.stage(stage);
        let layout = Layout::new(
            &self.look,
            &files,
            self.fonts.clone(),
            today,
            self.jobs,
            &tell,
        )
        .stored(&self.spool)
        .for_pdf(&self.pdf);
        let (staged, pages) = writer
            .pdf(|out| binder.write(&layout, &self.pdf, out))
            .map_err(unwritten)?;
        let tally = Tally {
            outputs: vec![writer.output.to_owned()],
            first: staged[0].target().map(Path::to_owned),
            messages: all.counts.messages,
            pages,
            missing: 0,
        };
        let listed = staged.iter().map(output::Staged::written);
        let listed = self.args.batch.manifest.is_some().then(|| listed.collect());
        let listed: Option<Result<Vec<_>, Failure>> = listed;
        let files = listed.transpose()?;
        output::commit(staged)?;
        if let Some(files) = files {
            report.outputs.push(Output {
                files,
                provenance: all,
            });
        }
        task.wrote(tally);
        Ok(Some(format!(
            "{}: {} on {}",
            writer.output.display(),
            progress::counted(found.len(), "channel"),
            progress::counted(pages, "page")
        )))
    }

    /// The files for front and back matter.
    fn files(&self, all: &Provenance) -> Result<TranscriptFiles, Failure> {
        let mut files = TranscriptFiles::new(&self.look, &[], [])?;
        files.json(
            "/archive.json",
            &About {
                titled: self.look.front.is_none(),
                channels: all.channels.len(),
                messages: all.counts.messages,
                people: all.counts.people,
            },
        )?;
        files.json("/provenance.json", all)?;
        Ok(files)
    }

    /// The channels in order, with the number of their first message and file.
    fn planned(&self, found: &[Surveyed]) -> Vec<Planned> {
        let lang = &self.args.export.lang;
        let mut planned = order::ordered(found, lang);
        let first = self.args.style.numbers.as_ref();
        let (mut number, mut files) = (first.map_or(1, |numbers| numbers.first), 0);
        for plan in &mut planned {
            (plan.number, plan.files) = (number, files);
            number += found[plan.at].provenance.counts.messages;
            files += found[plan.at].provenance.counts.files as u64;
        }
        planned
    }

    /// The numbers of the first and last message of the archive.
    fn numbered(&self, found: &[Surveyed]) -> Option<(String, String)> {
        let numbers = self.args.style.numbers.as_ref()?;
        let last = self.last(found)?;
        let first = numbers.first as u64;
        Some((numbers.written(first, last), numbers.written(last, last)))
    }

    /// The number of the last message of the archive.
    fn last(&self, found: &[Surveyed]) -> Option<u64> {
        let first = self.args.style.numbers.as_ref()?.first;
        let all = found.iter().map(|one| one.provenance.counts.messages);
        Some((first + all.sum::<usize>()).saturating_sub(1) as u64)
    }

    /// Lays out and writes all channels.
    fn chapters(
        &self,
        found: &[Surveyed],
        planned: &[Planned],
        report: &mut Report,
    ) -> Result<Vec<Made>, Failure> {
        let last = self.last(found);
        let places: Vec<usize> = (0..planned.len()).collect();
        if self.look.two_sided {
            // Left pages are mirrored, so each channel must know the number of pages before it.
            let (mut made, mut before) = (Vec::new(), 0);
            for place in places {
                let at = (place, Some(before));
                let chapters = self.chapter(&planned[place], at, last, self.jobs, report)?;
                before += chapters
                    .iter()
                    .map(|made| made.chapter.pages())
                    .sum::<usize>();
                made.extend(chapters);
            }
            return Ok(made);
        }
        let share = self.jobs.shared(planned.len());
        let results = self.jobs.each(&places, |&place| {
            let mut own = Report::default();
            let made = self.chapter(&planned[place], (place, None), last, share, &mut own);
            (own, made)
        });
        let mut all = Vec::new();
        for (own, made) in results {
            report.append(own);
            all.extend(made?);
        }
        Ok(all)
    }

    /// The layout of an export.
    fn job<'j>(&'j self, export: &'j Export, task: &'j progress::Task, jobs: Jobs) -> Job<'j> {
        Job {
            export,
            args: self.args,
            plan: self.plan,
            publisher: self.publisher,
            memory: None,
            fonts: self.fonts,
            task,
            jobs,
        }
    }

    /// Whether a list of files follows each channel.
    fn is_record(&self) -> bool {
        self.args.style.style == Style::Record
    }
}

fn unwritten(unwritten: Unwritten) -> Failure {
    match unwritten {
        Unwritten::Failure(failure) => failure,
        Unwritten::Typst(errors) => {
            let first = errors.first().map(|error| error.message.to_string());
            Failure::output(
                format!("cannot write the PDF: {}", first.unwrap_or_default()),
                "leave out `--pdf-standard`, or use another one",
            )
        }
    }
}
