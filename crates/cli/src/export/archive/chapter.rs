//! One channel of an archive, laid out and written.

use super::super::exhibits::{self, Numbering};
use super::super::written::Written;
use super::super::{look, pictures};
use super::order::Planned;
use super::{Archive, SECTIONS, unwritten};
use crate::args::Format;
use crate::engine::{Chapter, Jobs, Layout, Look, Opening, Place, Section, TranscriptFiles};
use crate::failure::Failure;
use crate::media::Folder;
use crate::report::Report;

/// A section of the archive that has been written.
pub struct Made {
    pub chapter: Chapter,
    /// Its running head.
    pub running: String,
    /// The author of each message, if there is an index of people.
    pub authors: Vec<(String, String)>,
}

impl Archive<'_> {
    /// Lays out a channel: its messages, the pinned ones, and its files. `place` is its position
    /// among all channels, `before` the number of pages before it, `last` the number of the last
    /// message of the archive.
    pub fn chapter(
        &self,
        planned: &Planned,
        (place, before): (usize, Option<usize>),
        last: Option<u64>,
        jobs: Jobs,
        report: &mut Report,
    ) -> Result<Vec<Made>, Failure> {
        let export = self.exports[planned.export];
        let task = self.progress.task(&export.shown());
        let job = self.job(export, &task, jobs);
        job.stage(None, "importing");
        let media = Folder::of(export, self.args.export.source.media.as_deref())?;
        let written = self.written(&job, planned, last, &media)?;
        let warnings = &mut report.warnings;
        job.miss(&written.provenance, warnings);
        for warning in &written.typeset.warnings {
            warnings.import(export.place(&warning.place), warning);
        }
        job.stage(None, "reading pictures");
        let pictures = if self.publisher.anonymizes() {
            // Pictures would identify people.
            Default::default()
        } else {
            pictures::read(&written.typeset.media, &media)
        };
        pictures.warn(&export.shown(), self.args.batch.strict, warnings);
        let look = self.look_of(&written, &pictures);
        let exhibits = match &written.numbering {
            Some(numbering) if self.is_record() => {
                let place = export.shown();
                let beside = (&media, &pictures, self.fonts);
                let sent = &written.sent;
                exhibits::gather(sent, beside, numbering, false, &place, warnings)
            }
            _ => Default::default(),
        };
        let (exhibits, pages) = exhibits;
        let drawn = pictures.into_files().chain(pages);
        let mut files = TranscriptFiles::new(&look, &[], drawn)?;
        files.json("/exhibits.json", &exhibits)?;
        let tell = |stage: &str| job.stage(None, stage);
        let today = self.args.typst.creation_timestamp;
        let mut made = Vec::new();
        let level = planned.openings.last().map_or(0, |opening| opening.level) + 1;
        let pinned = [Opening {
            words: self.args.export.lang.text("pinned-messages").to_owned(),
            level,
            kind: None,
        }];
        let main = Section {
            openings: &planned.openings,
            authors: &written.lines,
            ..Section::of(written.typeset.cbor, &written.messages)
        };
        let repeated = written.pinned.as_ref().map(|(typeset, messages)| Section {
            openings: &pinned,
            days: false,
            ..Section::of(typeset.cbor.clone(), messages)
        });
        let layout = || {
            let fonts = self.fonts.clone();
            Layout::new(&look, &files, fonts, today, jobs, &tell).stored(&self.spool)
        };
        let mut before = before;
        let sections = [Some(main), repeated].into_iter().enumerate();
        for (number, section) in sections.filter_map(|(at, one)| Some((at, one?))) {
            let authors = section.authors.to_vec();
            let place = self.place(SECTIONS * place + number, before, number == 0);
            let chapter = layout()
                .chapter(section, &place, &self.pdf)
                .map_err(|error| unwritten(error.into()))?;
            before = before.map(|before| before + chapter.pages());
            made.push(self.made(chapter, planned, authors));
        }
        if !exhibits.is_empty() {
            let place = self.place(SECTIONS * place + 2, before, false);
            let chapter = layout()
                .annex(level, &place, &self.pdf)
                .map_err(|error| unwritten(error.into()))?;
            made.push(self.made(chapter, planned, Vec::new()));
        }
        for one in &made {
            job.warn(&one.chapter.warnings, warnings);
        }
        // Typst's cache for one channel doesn't help the next.
        comemo::evict(0);
        Ok(made)
    }

    /// The messages of a channel, with numbers that continue those before.
    fn written(
        &self,
        job: &super::Job,
        planned: &Planned,
        last: Option<u64>,
        media: &Folder,
    ) -> Result<Written, Failure> {
        let numbers = self.args.style.numbers.clone();
        let mut options = self.options.clone();
        options.numbers = numbers.as_ref().map(|_| planned.number);
        let failed = |error: scrollback_core::Error| job.export.failure(&error);
        self.read(job, |mut archive, _| {
            archive.know(&self.known);
            archive
                .number_after(&options, planned.files)
                .map_err(failed)?;
            let with = job.selecting(&options, media);
            let mut written = Written::whole(archive, with, self.args).map_err(failed)?;
            written.numbering = numbers
                .zip(last)
                .map(|(numbers, last)| Numbering { numbers, last });
            Ok(written)
        })
    }

    /// The look of a channel: that of a single export, except for headers and footers.
    fn look_of(&self, written: &Written, pictures: &pictures::Pictures) -> Look {
        Look {
            numbers: written.numbering.as_ref().map(Numbering::first),
            own: written.own.clone(),
            media: pictures.paths(),
            title: self.look.title.clone(),
            range: self.look.range.clone(),
            archive: true,
            annex: self.is_record() && !written.sent.is_empty(),
            // Covers and indexes belong to the whole archive.
            front: None,
            index: false,
            ..look::bare(self.args, Format::Pdf)
        }
    }

    fn place(&self, number: usize, before: Option<usize>, header: bool) -> Place<'_> {
        Place {
            number,
            register: &self.register,
            before,
            header,
        }
    }

    fn made(&self, chapter: Chapter, planned: &Planned, authors: Vec<(String, String)>) -> Made {
        Made {
            chapter,
            running: planned.running.clone(),
            authors,
        }
    }
}
