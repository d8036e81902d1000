//! Lays out the pages of a transcript, one run of messages after the other.
//!
//! Typst keeps everything that it computed for a document in memory until the document is
//! done, about twenty times the size of the pages themselves. So each document contains one
//! run of messages. The pages at its end, which further messages would change, are dropped,
//! and the next run begins with the first message on them. The pages are the same as those
//! of a single document. Page numbers, the table of days and links, which depend on all
//! pages, are added at the end.

mod frames;
mod html;
mod marks;
mod matter;
mod messages;
mod pages;
mod pdf;
mod runs;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use scrollback_core::Pieces;
use serde::{Deserialize, Serialize};
use typst::syntax::VirtualPath;
use typst_kit::fonts::FontStore;

use super::pdf::Store;
use super::{Error, Jobs, Look, Pdf, Settings, TranscriptFiles, World};

use frames::outlines::Letters;
use messages::warnings::LayoutWarning;

pub use marks::register::Register;
pub use messages::warnings::LayoutWarnings;
pub use pdf::archive::{Binder, Chapter, Place};
pub use runs::assignment::answer;
pub use runs::stretch::Unwritten;
pub use runs::writing::Writing;

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

/// A document, and the warnings about it.
pub struct LaidOut<T> {
    /// The document.
    pub document: T,
    /// What could not be drawn as it should be.
    pub warnings: LayoutWarnings,
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
    /// The warnings so far.
    warnings: Mutex<LayoutWarnings>,
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
            warnings: Mutex::default(),
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

    /// A document with its warnings.
    fn laid_out<T>(self, document: T) -> LaidOut<T> {
        LaidOut {
            document,
            warnings: self.warnings.into_inner().expect("no panic while held"),
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

    /// Records a warning.
    fn warn(&self, warning: LayoutWarning) {
        let mut warnings = self.warnings.lock().expect("no panic while held");
        warnings.add(warning);
    }

    /// Records the warnings of another process.
    fn add_warnings(&self, others: LayoutWarnings) {
        let mut warnings = self.warnings.lock().expect("no panic while held");
        warnings.append(others);
    }
}

/// An internal path.
fn path(path: &str) -> VirtualPath {
    VirtualPath::new(path).expect("the program's own paths are right")
}
