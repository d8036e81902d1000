//! Lays out the pages of a transcript, one run of messages after the other.
//!
//! Typst keeps everything that it computed for a document in memory until the document is
//! done, about twenty times the size of the pages themselves. So each document contains one
//! run of messages. The pages at its end, which further messages would change, are dropped,
//! and the next run begins with the first message on them. The pages are the same as those
//! of a single document. Page numbers, the table of days and links, which depend on all
//! pages, are added at the end.

mod archive;
mod assignment;
mod breaks;
mod contents;
mod crop;
mod cut;
mod depths;
mod dom;
mod edges;
mod even;
mod glyphs;
mod html;
mod lighten;
mod links;
mod marks;
mod matter;
mod messages;
mod outlines;
mod pace;
mod pdf;
mod piece;
mod plain;
mod refused;
mod register;
mod remarks;
mod run;
mod section;
mod stretch;
mod whole;
mod writing;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use scrollback_core::Pieces;
use serde::{Deserialize, Serialize};
use typst::layout::Abs;
use typst::model::{Destination, DocumentInfo};
use typst::syntax::VirtualPath;
use typst_kit::fonts::FontStore;
use typst_layout::{Page, PagedDocument};

use super::pdf::Store;
use super::{Error, Jobs, Look, Pdf, Settings, TranscriptFiles, World};

use matter::People;
use outlines::Letters;
use remarks::Remark;
use stretch::Stretch;

pub use archive::{Binder, Chapter, Place};
pub use assignment::answer;
pub use register::Register;
pub use remarks::Remarks;
pub use stretch::Unwritten;
pub use writing::Writing;

/// Messages in a run. More take more memory; fewer take more time, since the last page of
/// each run is laid out again.
const RUN: usize = 500;
/// The most CBOR in a run, unless it is a single message: Typst takes up to a thousand times
/// as much memory. Only very long messages, such as embeds, reach it before [`RUN`].
const RUN_BYTES: usize = 1 << 19;
/// Messages in a part of a PDF. More take more memory; fewer make larger files, since each
/// part has its own fonts.
const STRETCH: usize = 4000;

/// A part of the transcript that begins on a page of its own.
#[derive(Clone)]
pub struct Section<'s> {
    /// The transcript without its messages, as CBOR.
    pub transcript: Vec<u8>,
    /// The messages.
    pub messages: &'s Pieces,
    /// The heading before it.
    pub heading: Option<&'s str>,
    /// The headings over it in an archive.
    pub openings: &'s [Opening],
    /// Whether there are date dividers between messages.
    pub days: bool,
    /// The author of each message, if there is an index of people.
    pub authors: &'s [(String, String)],
}

impl<'s> Section<'s> {
    /// Messages with date dividers, without a heading or an index.
    pub fn of(transcript: Vec<u8>, messages: &'s Pieces) -> Self {
        Self {
            transcript,
            messages,
            heading: None,
            openings: &[],
            days: true,
            authors: &[],
        }
    }
}

/// A heading over a channel of an archive, or over several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Its words.
    pub words: String,
    /// Its bookmark level; 0 is the top level.
    pub level: usize,
    /// The type of the channel, by Discord's name; absent for categories and servers.
    pub kind: Option<String>,
}

/// A document, and the remarks about it.
pub struct LaidOut<T> {
    /// The document.
    pub document: T,
    /// What could not be drawn as it should be.
    pub remarks: Remarks,
}

/// Lays out a transcript.
pub struct Layout<'l> {
    /// How it is drawn.
    pub look: &'l Look,
    /// The files that all its documents read.
    pub files: &'l TranscriptFiles,
    /// The fonts.
    pub fonts: Arc<FontStore>,
    /// The current time, in seconds since 1970.
    pub today: Option<i64>,
    /// How many documents are laid out in parallel.
    pub jobs: Jobs,
    /// Receives the progress.
    pub progress: &'l (dyn Fn(&str) + Sync),
    /// Messages in a run.
    run: usize,
    /// Bytes of CBOR in a run.
    run_bytes: usize,
    /// Messages in a part of a PDF.
    stretch: usize,
    /// How each run is written on trial, in a second attempt, to find messages that can't be
    /// written.
    trial: Option<Writing>,
    /// Where parts of a PDF are stored that shouldn't stay in memory.
    store: Option<&'l dyn Store>,
    /// What becomes of decorative letters.
    letters: Letters,
    /// The remarks so far.
    remarks: Mutex<Remarks>,
    /// Whether any font has a character, of those that were asked for.
    in_fonts: Mutex<HashMap<char, bool>>,
}

impl<'l> Layout<'l> {
    /// A layout for these files and fonts.
    pub fn new(
        look: &'l Look,
        files: &'l TranscriptFiles,
        fonts: Arc<FontStore>,
        today: Option<i64>,
        jobs: Jobs,
        progress: &'l (dyn Fn(&str) + Sync),
    ) -> Self {
        Self {
            look,
            files,
            fonts,
            today,
            jobs,
            progress,
            run: RUN,
            run_bytes: RUN_BYTES,
            stretch: STRETCH,
            trial: None,
            store: None,
            letters: Letters::Outlines,
            remarks: Mutex::default(),
            in_fonts: Mutex::default(),
        }
    }

    /// Whether any font has a character.
    fn has_glyph(&self, char: char) -> bool {
        let mut known = self.in_fonts.lock().expect("no panic while held");
        *known.entry(char).or_insert_with(|| {
            let book = self.fonts.book();
            let mut infos = (0..).map_while(|index| book.info(index));
            infos.any(|info| info.coverage.contains(u32::from(char)))
        })
    }

    /// The same layout, with a store for parts of PDFs.
    pub fn stored(mut self, store: &'l dyn Store) -> Self {
        self.store = Some(store);
        self
    }

    /// The same layout, for the pages of a PDF.
    pub fn for_pdf(mut self, pdf: &Pdf) -> Self {
        if pdf.may_be_packed {
            self.letters = Letters::Pictures;
        }
        self
    }

    /// The same layout for other files, with another look.
    pub fn with<'o>(&self, look: &'o Look, files: &'o TranscriptFiles) -> Layout<'o>
    where
        'l: 'o,
    {
        let (fonts, progress) = (self.fonts.clone(), self.progress);
        Layout {
            run: self.run,
            run_bytes: self.run_bytes,
            stretch: self.stretch,
            trial: self.trial.clone(),
            store: self.store,
            letters: self.letters,
            ..Layout::new(look, files, fonts, self.today, self.jobs, progress)
        }
    }

    /// The same layout, which finds messages that can't be written like this and simplifies
    /// them.
    pub fn trying(&self, writing: Writing) -> Self {
        Self {
            trial: Some(writing),
            ..self.with(self.look, self.files)
        }
    }

    /// The pages of these sections, as one document.
    ///
    /// # Errors
    /// When the date is out of range, or Typst can't lay out even a transcript without
    /// messages.
    pub fn pages(self, sections: Vec<Section>) -> Result<LaidOut<PagedDocument>, Error> {
        let document = self.document(sections)?;
        Ok(self.laid_out(document))
    }

    fn document(&self, sections: Vec<Section>) -> Result<PagedDocument, Error> {
        let mut world = self.world()?;
        let mut pages: Vec<Page> = Vec::new();
        // The ids of each section's messages, where its pages end, and its heading.
        let mut ends = Vec::new();
        let mut chapters = Vec::new();
        let mut people = People::default();
        let mut info = DocumentInfo::default();
        for (index, section) in sections.into_iter().enumerate() {
            let ids = section.messages.ids();
            let (heading, authors) = (section.heading, section.authors);
            let (laid_out, its_info) =
                section::lay_out(self, section, index == 0, None).map_err(Error::from)?;
            if index == 0 {
                info = its_info;
            }
            let before = pages.len();
            pages.append(&mut unwritten(laid_out));
            depths::nest(&mut pages[before..], heading.is_some());
            if self.look.cropped {
                self.crop(pages.last_mut());
            }
            people.find(&pages[before..], before, authors);
            chapters.extend(pages[before..].iter().map(|_| heading));
            ends.push((ids, pages.len()));
        }
        let annex = pages.len();
        if self.look.annex {
            pages.append(&mut self.matter(&mut world, "/annex.typ", self.files.clone())?);
        }
        let mut cover = match self.look.front {
            Some(front) => self.matter(&mut world, front, self.files.clone())?,
            None => Vec::new(),
        };
        let mut contents = Vec::new();
        if self.look.toc {
            let found = pages.iter().map(|page| contents::headings(&page.frame));
            let found: Vec<_> = found.collect();
            let words = found.iter().map(|page| {
                let words = page.iter();
                let words = words.map(|heading| (heading.words.clone(), heading.level));
                words.collect()
            });
            let words: Vec<Vec<_>> = words.collect();
            let real = found.iter().flatten();
            let real = real.map(|heading| Destination::Location(heading.location));
            contents = self.contents(&mut world, &words, real)?;
        }
        if self.look.index && !people.is_empty() {
            let before = cover.len() + contents.len();
            let mut files = self.files.clone();
            files.json("/people.json", &people.rows(before))?;
            pages.append(&mut self.matter(&mut world, "/people.typ", files)?);
        }
        let before = cover.len() + contents.len();
        let words = &self.look.page_link;
        // Files belong to the first section.
        if let Some((ids, _)) = ends.first().filter(|_| self.look.annex) {
            links::resolve_exhibits(&mut pages, annex, ids, before, words);
        }
        let mut start = 0;
        for (ids, end) in ends {
            // Links name pages of the whole document.
            links::resolve(&mut pages[start..end], ids, before + start, words);
            start = end;
        }
        cover.append(&mut contents);
        let before = cover.len();
        pages.splice(..0, cover);
        if self.look.two_sided {
            matter::mirror(&mut pages, 0, Abs::pt(self.look.right - self.look.left));
        }
        let chapter = |page: usize| *chapters.get(page.checked_sub(before)?)?;
        self.add_edges(&mut world, &mut pages, chapter)?;
        for (index, page) in pages.iter_mut().enumerate() {
            page.number = index as u64 + 1;
        }
        // Writing takes memory, too.
        comemo::evict(0);
        Ok(PagedDocument::new(pages.into(), info))
    }

    /// Crops the empty space at the end of a page.
    fn crop(&self, page: Option<&mut Page>) {
        if let Some(page) = page {
            crop::crop(page, Abs::pt(self.look.bottom));
        }
    }

    /// A document with its remarks.
    fn laid_out<T>(self, document: T) -> LaidOut<T> {
        LaidOut {
            document,
            remarks: self.remarks.into_inner().expect("no panic while held"),
        }
    }

    /// A world for its documents.
    fn world(&self) -> Result<World, Error> {
        let settings = Settings {
            html: !self.look.paged,
            today: self.today,
            ..Settings::default()
        };
        let files = Box::new(self.files.clone());
        World::new(path("/messages.typ"), files, settings, self.fonts.clone())
    }

    /// Records a remark.
    fn remark(&self, remark: Remark) {
        let mut remarks = self.remarks.lock().expect("no panic while held");
        remarks.add(remark);
    }

    /// Records the remarks of another process.
    fn add_remarks(&self, others: Remarks) {
        let mut remarks = self.remarks.lock().expect("no panic while held");
        remarks.append(others);
    }
}

/// An internal path.
fn path(path: &str) -> VirtualPath {
    VirtualPath::new(path).expect("the program's own paths are right")
}

/// The pages of stretches, none of which is written yet.
fn unwritten(stretches: Vec<Stretch>) -> Vec<Page> {
    let pages = stretches.into_iter().map(|stretch| match stretch {
        Stretch::Pages(pages) => pages,
        Stretch::Written(_) => Vec::new(),
    });
    pages.flatten().collect()
}
