//! Turns the messages of one volume into files.

use std::path::{Path, PathBuf};

use typst_layout::PagedDocument;

use super::pdf::PdfJob;
use super::pictures::Pictures;
use super::site::in_parts;
use super::state::{self, PageState};
use super::written::Written;
use super::{Job, exhibits, look, pictures};
use crate::args::{Format, name_of};
use crate::engine::provenance::Provenance;
use crate::engine::{Exhibit, Layout, LayoutWarnings, Look, Section, TranscriptFiles};
use crate::failure::Failure;
use crate::input::Bytes;
use crate::media::Folder;
use crate::output::{self, Names, Staged, Unwritten, Writer, hash};
use crate::progress;
use crate::report::{Output, Warnings};

/// With more messages than this, an HTML page is divided into parts that a browser can skip.
const LONG: usize = 500;

impl Job<'_> {
    /// Writes the files of a volume to their final paths.
    pub(super) fn write(
        &self,
        written: Written,
        bytes: &Bytes,
        media: &Folder,
        warnings: &mut Warnings,
    ) -> Result<Option<Output>, Failure> {
        self.miss(&written.provenance, warnings);
        for warning in &written.typeset.warnings {
            warnings.import(self.export.place(&warning.place), warning);
        }
        let output = self.output(&written.typeset.channel, written.name.as_deref())?;
        self.stage(written.name.as_deref(), "reading pictures");
        let pictures = if self.publisher.anonymizes() {
            // Pictures would identify people.
            Default::default()
        } else {
            pictures::read(&written.typeset.media, media)
        };
        pictures.warn(&self.export.shown(), self.args.batch.strict, warnings);
        let mut done = progress::Tally {
            outputs: vec![output.clone()],
            messages: written.messages.len(),
            missing: pictures.refused(),
            ..progress::Tally::default()
        };
        let name = self.publisher.name(self.export, &written.typeset.channel);
        let look = look::look(
            self.args,
            self.plan.format(),
            (self.export, &name),
            &written,
            &pictures,
        );
        let sources = if self.args.export.attach_source {
            bytes.files()
        } else {
            Vec::new()
        };
        let (exhibits, attached) = match &written.numbering {
            Some(numbering) if look.annex => {
                let beside = (media, &pictures, self.fonts);
                let attach = self.args.style.attach_files;
                let place = self.export.shown();
                exhibits::gather(&written.sent, beside, numbering, attach, &place, warnings)
            }
            _ => Default::default(),
        };
        let state = self.memory.map(|memory| {
            let state = self.made_of(&look, &written, (&exhibits, &pictures), &sources);
            (memory, state)
        });
        if let Some((memory, state)) = &state
            && let Some(files) = memory.kept(&output, state)
        {
            return Ok(self.listed(files, &written.provenance, warnings));
        }
        let drawn = pictures.into_files().chain(attached);
        let mut files = TranscriptFiles::new(&look, &sources, drawn)?;
        files.json("/exhibits.json", &exhibits)?;
        if look.front == Some("/cover.typ") {
            files.json(
                "/provenance.json",
                &self.with_warnings(&written.provenance, warnings),
            )?;
        }
        let writer = Writer {
            format: self.plan.format(),
            output: &output,
            args: &self.args.typst,
        };
        let provenance = written.provenance.clone();
        let (staged, pages) = self.staged(written, &writer, &look, &files, warnings)?;
        done.first = staged.first().and_then(Staged::target).map(Path::to_owned);
        done.pages = pages;
        let files: Vec<_> = match &state {
            Some(_) => staged
                .iter()
                .map(Staged::written)
                .collect::<Result<_, _>>()?,
            None => Vec::new(),
        };
        let listed = self.commit(staged, provenance, warnings)?;
        if let Some((memory, state)) = state {
            memory.note(&output, state, files);
        }
        self.task.wrote(done);
        Ok(listed)
    }

    /// The inputs of a volume.
    fn made_of(
        &self,
        look: &Look,
        written: &Written,
        (exhibits, pictures): (&[Exhibit], &Pictures),
        sources: &[&[u8]],
    ) -> PageState {
        let args = &self.args.typst;
        let format = self.plan.format().extension();
        let standards: Vec<String> = args.pdf_standards.iter().copied().map(name_of).collect();
        let as_asked = format!("{format} {} {standards:?}", args.ppi);
        let cover = look.front.map(|_| &written.provenance);
        let record = serde_json::to_vec(&(exhibits, cover)).unwrap_or_default();
        let mut state = state::of(look, written)
            .and(as_asked.as_bytes())
            .and(pictures.identity().as_bytes())
            .and(&record);
        for source in sources {
            state = state.and(hash::bytes(source).1.as_bytes());
        }
        if let Some((_, pinned)) = &written.pinned {
            state = state.and(&pinned.all());
        }
        state
    }

    /// The manifest's entries for files, if there is a manifest.
    pub(super) fn listed(
        &self,
        files: Vec<output::Written>,
        provenance: &Provenance,
        warnings: &Warnings,
    ) -> Option<Output> {
        let is_asked = self.args.batch.manifest.is_some();
        is_asked.then(|| Output {
            files,
            provenance: self.with_warnings(provenance, warnings),
        })
    }

    /// The provenance, with the warnings so far.
    fn with_warnings(&self, provenance: &Provenance, warnings: &Warnings) -> Provenance {
        let mut provenance = provenance.clone();
        if let Some(own) = self.publisher.quoted(warnings) {
            provenance.warnings.get_or_insert_default().extend(own);
        }
        provenance
    }

    /// Moves the files of an output to their final paths, and returns their entries for the
    /// manifest, if there is one.
    pub(super) fn commit(
        &self,
        staged: Vec<Staged>,
        provenance: Provenance,
        warnings: &Warnings,
    ) -> Result<Option<Output>, Failure> {
        if self.args.batch.manifest.is_none() {
            output::commit(staged)?;
            return Ok(None);
        }
        let files: Result<Vec<_>, Failure> = staged.iter().map(Staged::written).collect();
        let files = files?;
        output::commit(staged)?;
        Ok(self.listed(files, &provenance, warnings))
    }

    /// Warns of an export without messages, and under `--strict` of missing files.
    pub(super) fn miss(&self, provenance: &Provenance, warnings: &mut Warnings) {
        // A filter that leaves nothing is the importer's to warn of.
        if provenance.counts.messages == 0 && provenance.left_out == 0 {
            warnings.add(
                self.export.shown(),
                "there are no messages in it".into(),
                vec!["check what the exporter wrote with `scrollback inspect`".into()],
                1,
            );
        }
        let missing = provenance.counts.missing_files;
        if !self.args.batch.strict || missing == 0 || self.publisher.anonymizes() {
            return;
        }
        warnings.lose(
            self.export.shown(),
            "some files of messages are not in the media folder".into(),
            vec![format!("they are {}", provenance.missing.join(", "))],
            missing,
        );
    }

    /// Lays out a volume, and writes its files to temporary paths. Returns the number of pages;
    /// HTML has none.
    fn staged(
        &self,
        written: Written,
        writer: &Writer,
        look: &Look,
        files: &TranscriptFiles,
        warnings: &mut Warnings,
    ) -> Result<(Vec<Staged>, usize), Failure> {
        let name = written.name.as_deref();
        let jobs = match name {
            // Volumes have workers of their own.
            Some(_) => self.jobs.shared(self.jobs.count()),
            None => self.jobs,
        };
        let pdf = writer.settings()?;
        let tell = |stage: &str| self.stage(name, stage);
        let today = self.args.typst.creation_timestamp;
        let layout = Layout::new(look, files, self.fonts.clone(), today, jobs, &tell);
        let mut section = Section::of(written.typeset.cbor.clone(), &written.messages);
        let pinned = written.pinned.as_ref().map(|(typeset, messages)| Section {
            transcript: typeset.cbor.clone(),
            messages,
            heading: Some(self.args.export.lang.text("pinned-messages")),
            openings: &[],
            days: false,
            authors: &[],
        });
        let mut sections = chapters(&written, &section);
        sections.extend(pinned.clone());
        let (staged, found, pages) = match writer.format {
            Format::Html => {
                let count = section.messages.len();
                section.authors = &written.lines;
                let laid_out = layout.html(section, pinned)?;
                tell("writing");
                let html = if count > LONG {
                    in_parts(&laid_out.document)
                } else {
                    laid_out.document
                };
                (writer.text(html), laid_out.warnings, 0)
            }
            Format::Pdf => {
                let job = PdfJob {
                    job: self,
                    look,
                    files,
                    layout: &layout,
                    writer,
                    pdf: &pdf,
                };
                match job.staged(sections, (section, pinned), warnings) {
                    Ok((staged, warnings, pages)) => (Ok(staged), warnings, pages),
                    Err(unwritten) => (Err(unwritten), LayoutWarnings::default(), 0),
                }
            }
            _ => {
                let laid_out = |layout: Layout| {
                    if self.args.page.paper.is_continuous() {
                        layout.continuous(section.clone(), pinned.clone())
                    } else {
                        layout.pages(Vec::clone(&sections))
                    }
                };
                let write = |document: &PagedDocument| {
                    let pages = document.pages().len();
                    tell(&format!("writing {}", progress::counted(pages, "page")));
                    (writer.pages(document), pages)
                };
                let first = laid_out(layout.with(look, files))?;
                match write(&first.document) {
                    // Some messages stop Typst. Laying out each run by itself finds them.
                    (Err(Unwritten::Typst(_)), _) => {
                        drop(first);
                        let again = laid_out(layout.trying(writer.writing()))?;
                        let (staged, pages) = write(&again.document);
                        (staged, again.warnings, pages)
                    }
                    (staged, pages) => (staged, first.warnings, pages),
                }
            }
        };
        self.warn(&found, warnings);
        let staged = staged.map_err(|unwritten| match unwritten {
            Unwritten::Failure(failure) => failure,
            Unwritten::Typst(errors) => self.unwritable(&errors),
        })?;
        Ok((staged, pages))
    }

    /// The output path for a volume of a channel.
    pub(super) fn output(&self, channel: &str, volume: Option<&str>) -> Result<PathBuf, Failure> {
        let names = Names {
            name: &self.publisher.name(self.export, channel),
            folder: self.export.folder(),
            channel,
            volume,
        };
        let paged = !self.args.page.paper.is_continuous();
        let output = self.plan.take(&names, paged, &self.export.shown())?;
        output::check(&output, self.export.files())?;
        Ok(output)
    }
}

/// The chapters of a volume, or the whole as a single section.
fn chapters<'w>(written: &'w Written, whole: &Section<'w>) -> Vec<Section<'w>> {
    if written.chapters.is_empty() {
        return vec![Section {
            authors: &written.lines,
            ..whole.clone()
        }];
    }
    let chapters = written.chapters.iter().map(|chapter| Section {
        transcript: chapter.written.typeset.cbor.clone(),
        messages: &chapter.written.messages,
        heading: Some(&chapter.heading),
        openings: &[],
        days: chapter.days,
        authors: &chapter.written.lines,
    });
    chapters.collect()
}
