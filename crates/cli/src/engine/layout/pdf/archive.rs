//! Writes many transcripts into one PDF. Each is laid out, written and dropped by itself;
//! the pages before them, which refer to all others, are made last.

use std::collections::HashMap;
use std::io::Write;
use std::sync::atomic::AtomicUsize;

use ecow::EcoString;
use serde::Serialize;
use typst::layout::{Abs, Frame};
use typst::model::{Document as _, DocumentInfo};
use typst_layout::{Page, PagedDocument};

use crate::engine::layout::frames::glyphs;
use crate::engine::layout::marks::SCHEME;
use crate::engine::layout::marks::links::{self, EXHIBIT, MESSAGE};
use crate::engine::layout::marks::register::{Register, SECTION};
use crate::engine::layout::matter::contents::HEADING;
use crate::engine::layout::matter::depths::Depths;
use crate::engine::layout::matter::edges::Edged;
use crate::engine::layout::matter::{self, People};
use crate::engine::layout::runs::section;
use crate::engine::layout::runs::stretch::{
    self, Headed, Mirror, Spot, Stretch, Unwritten, Writer, Written,
};
use crate::engine::layout::{Layout, LayoutWarnings, Section, Writing};
use crate::engine::pdf::{self, Bookmark, Link, Waiting};
use crate::engine::{Jobs, Pdf, TranscriptFiles};

/// How often the table of contents is laid out at most, until its assumed length is right.
const TRIES: usize = 4;

/// The place of a chapter in an archive.
pub struct Place<'p> {
    /// The number of its section.
    pub number: usize,
    /// Where the messages and channels of all sections are.
    pub register: &'p Register,
    /// The number of pages before it, which decides which pages are mirrored.
    pub before: Option<usize>,
    /// Whether the channel's header stands over its messages.
    pub header: bool,
}

/// A section of an archive that has been written.
pub struct Chapter {
    number: usize,
    written: Vec<Written>,
    /// The bookmark level of its headings.
    levels: Vec<usize>,
    kinds: Vec<Option<String>>,
    /// Its warnings.
    pub warnings: LayoutWarnings,
}

impl Chapter {
    /// Its number of pages.
    pub fn pages(&self) -> usize {
        self.written.iter().map(|written| written.sizes.len()).sum()
    }
}

impl Layout<'_> {
    /// Writes a section of an archive.
    ///
    /// # Errors
    /// As [`pdf`](Self::pdf) has.
    pub fn chapter(
        mut self,
        section: Section,
        place: &Place,
        pdf: &Pdf,
    ) -> Result<Chapter, Unwritten> {
        self = self.for_pdf(pdf);
        if self.look.two_sided {
            // Pages are written in order, because each needs to know whether it is a left page.
            self.jobs = Jobs::shared(self.jobs, usize::MAX);
        }
        let openings = section.openings;
        let written = match self.write_chapter(section.clone(), place, pdf) {
            // Some messages violate a PDF standard, or stop Typst. Laying out each run by itself
            // finds them. Dropping the tags is no way out, because other chapters have them.
            Err(Unwritten::Faults(_)) => {
                self = self.trying(Writing::with_tags(pdf));
                self.write_chapter(section, place, pdf)?
            }
            result => result?,
        };
        Ok(Chapter {
            number: place.number,
            written,
            levels: openings.iter().map(|opening| opening.level).collect(),
            kinds: openings
                .iter()
                .map(|opening| opening.kind.clone())
                .collect(),
            warnings: self.laid_out(()).warnings,
        })
    }

    fn write_chapter(
        &self,
        section: Section,
        place: &Place,
        pdf: &Pdf,
    ) -> Result<Vec<Written>, Unwritten> {
        let writer = Writer {
            pdf,
            section: place.number,
            numbers: links::numbers(section.messages.ids()),
            store: self.store,
            register: Some(place.register),
            mirror: self.mirror(place.before),
        };
        let (stretches, info) = section::lay_out(self, section, place.header, Some(&writer))?;
        self.written(stretches, &writer, &info)
    }

    /// Writes the files of a section's messages, as a section of its own.
    ///
    /// # Errors
    /// As [`pdf`](Self::pdf) has.
    pub fn annex(self, level: usize, place: &Place, pdf: &Pdf) -> Result<Chapter, Unwritten> {
        let mut world = self.world()?;
        let files = self.files.clone();
        let document = self
            .compile(&mut world, "/annex.typ", files)
            .map_err(crate::engine::Error::from)?;
        let info = document.info().clone();
        let pages = glyphs::pages(&self, document);
        let writer = Writer {
            pdf,
            section: place.number,
            numbers: HashMap::new(),
            store: self.store,
            register: Some(place.register),
            mirror: self.mirror(place.before),
        };
        let written = self.written(vec![Stretch::Pages(pages)], &writer, &info)?;
        Ok(Chapter {
            number: place.number,
            written,
            levels: vec![level],
            kinds: vec![None],
            warnings: self.laid_out(()).warnings,
        })
    }

    fn mirror(&self, before: Option<usize>) -> Option<Mirror> {
        before.filter(|_| self.look.two_sided).map(|before| Mirror {
            before: AtomicUsize::new(before),
            distance: Abs::pt(self.look.right - self.look.left),
        })
    }
}

/// A heading in the table of contents and among the bookmarks.
struct Entry {
    words: EcoString,
    level: usize,
    kind: Option<String>,
    /// Whether the table of contents lists it.
    listed: bool,
    spot: Spot,
}

/// A line of the table of contents, as `archive.typ` reads it.
#[derive(Serialize)]
struct Row<'r> {
    words: &'r str,
    level: usize,
    kind: Option<&'r str>,
    page: usize,
    link: String,
}

/// Chapters that become one document.
#[derive(Default)]
pub struct Binder {
    parts: Vec<Waiting>,
    /// The size of each page, and its running head.
    sizes: Vec<Edged>,
    entries: Vec<Entry>,
    /// The level of the last heading, counted from 1.
    level: usize,
    /// The first page of each section.
    sections: HashMap<usize, Spot>,
    /// The positions of messages, by section and number.
    messages: HashMap<(usize, usize), Spot>,
    /// The positions of files in the list of exhibits, by number.
    exhibits: HashMap<usize, Spot>,
    people: People,
}

/// The pages before and after all chapters.
struct Around {
    front: Vec<Page>,
    back: Vec<Page>,
    info: DocumentInfo,
}

impl Binder {
    /// Adds a chapter with the running head `running`. `authors` are those of its messages;
    /// `days` tells whether the table of contents lists its days.
    pub fn add(
        &mut self,
        chapter: Chapter,
        running: &str,
        authors: &[(String, String)],
        days: bool,
    ) {
        let mut openings = chapter.levels.iter().zip(chapter.kinds);
        let under = chapter.levels.last().copied().unwrap_or_default();
        let mut depths = Depths::new(chapter.levels.len(), under);
        for mut written in chapter.written {
            let mut levels = Vec::new();
            let before = self.sizes.len();
            let sizes = written.sizes.into_iter();
            self.sizes
                .extend(sizes.map(|size| (size, Some(EcoString::from(running)))));
            for (message, spot) in written.messages {
                if let Some((author, _)) = authors.get(message).filter(|one| !one.0.is_empty()) {
                    self.people.note(author, before + spot.page);
                }
                let place = self.messages.entry((chapter.number, message));
                place.or_insert(spot.after(before));
            }
            let exhibits = written.exhibits.into_iter();
            self.exhibits
                .extend(exhibits.map(|(number, spot)| (number, spot.after(before))));
            for heading in written.headings.into_iter().flatten() {
                let spot = heading.spot.after(before);
                let depth = depths.next(heading.over, heading.level);
                let (level, kind, listed) = match (depth, openings.next()) {
                    (None, Some((own, kind))) => (*own, kind, true),
                    (depth, _) => (depth.map_or(under, |depth| depth - 1), None, days),
                };
                self.sections.entry(chapter.number).or_insert(spot);
                // Heading levels must not be skipped.
                self.level = (level + 1).min(self.level + 1);
                levels.push(self.level);
                self.entries.push(Entry {
                    words: heading.words,
                    level,
                    kind,
                    listed,
                    spot,
                });
            }
            written.part.set_levels(levels);
            self.parts.push(written.part);
        }
    }

    /// Writes all chapters as one document, with the front and back matter of the layout's
    /// look, and returns the number of pages.
    ///
    /// # Errors
    /// As [`Layout::pdf`] has.
    pub fn write(
        mut self,
        layout: &Layout,
        pdf: &Pdf,
        out: &mut dyn Write,
    ) -> Result<usize, Unwritten> {
        let around = self.around(layout)?;
        let front = around.front.len();
        let mut back = around.back;
        if layout.look.two_sided {
            let distance = Abs::pt(layout.look.right - layout.look.left);
            matter::mirror(&mut back, front + self.sizes.len(), distance);
        }
        let mut bookmarks = Vec::new();
        self.begin_with(around.front, &around.info, pdf, &mut bookmarks)?;
        bookmarks.extend(self.entries.iter().map(|entry| Bookmark {
            title: entry.words.to_string(),
            level: entry.level,
            page: entry.spot.page,
            x: entry.spot.x,
            y: entry.spot.y,
        }));
        self.end_with(back, &around.info, pdf, &mut bookmarks)?;
        let count = self.sizes.len();
        layout.progress_of_writing(count);
        let edges = layout.edge_parts(&self.sizes, &around.info, pdf)?;
        comemo::evict(0);
        let parts = std::mem::take(&mut self.parts);
        let whole = pdf::Whole {
            parts,
            store: layout.store,
            main: 0,
            edges,
            scheme: SCHEME,
            link: &|address| self.link(address, &layout.look.page_link),
            limited: pdf.is_archive,
            producer: &pdf::producer(),
            outline: bookmarks,
        };
        whole.write(out)?;
        Ok(count)
    }

    /// Lays out the front and back matter.
    fn around(&self, layout: &Layout) -> Result<Around, Unwritten> {
        let mut world = layout.world()?;
        let mut front = match layout.look.front {
            Some(front) => layout.matter(&mut world, front, layout.files.clone())?,
            None => Vec::new(),
        };
        let mut length = front.len() + 1;
        let mut tries = 0;
        let (mut contents, info) = loop {
            tries += 1;
            let mut files = layout.files.clone();
            files.json("/contents.json", &self.rows(length))?;
            let document = layout
                .compile(&mut world, "/archive.typ", files)
                .map_err(crate::engine::Error::from)?;
            let info = document.info().clone();
            let mut pages = glyphs::pages(layout, document);
            let mut found = front.len() + pages.len();
            // The first chapter begins on a right-hand page.
            if layout.look.two_sided && found % 2 == 1 {
                found += 1;
                pages.extend(pages.last().map(blank));
            }
            if found == length || tries == TRIES {
                break (pages, info);
            }
            length = found;
        };
        front.append(&mut contents);
        if layout.look.two_sided {
            let distance = Abs::pt(layout.look.right - layout.look.left);
            matter::mirror(&mut front, 0, distance);
        }
        let back = if layout.look.index && !self.people.is_empty() {
            let mut files: TranscriptFiles = layout.files.clone();
            files.json("/people.json", &self.people.rows(front.len()))?;
            layout.matter(&mut world, "/people.typ", files)?
        } else {
            Vec::new()
        };
        Ok(Around { front, back, info })
    }

    /// The lines of the table of contents, given the number of pages before the chapters.
    fn rows(&self, before: usize) -> Vec<Row<'_>> {
        let entries = self.entries.iter().enumerate();
        entries
            .filter(|(_, entry)| entry.listed)
            .map(|(index, entry)| Row {
                words: &entry.words,
                level: entry.level,
                kind: entry.kind.as_deref(),
                page: before + entry.spot.page + 1,
                link: format!("{SCHEME}{HEADING}{index}"),
            })
            .collect()
    }

    /// Puts pages before all others.
    fn begin_with(
        &mut self,
        pages: Vec<Page>,
        info: &DocumentInfo,
        pdf: &Pdf,
        bookmarks: &mut Vec<Bookmark>,
    ) -> Result<(), Unwritten> {
        let count = pages.len();
        let (written, marks) = aside(pages, info, pdf, 0)?;
        let spots = self.messages.values_mut().chain(self.sections.values_mut());
        let spots = spots.chain(self.exhibits.values_mut());
        let spots = spots.chain(self.entries.iter_mut().map(|entry| &mut entry.spot));
        spots.for_each(|spot| spot.page += count);
        bookmarks.extend(marks);
        let sizes = written.sizes.into_iter().map(|size| (size, None));
        self.sizes.splice(..0, sizes);
        self.parts.insert(0, written.part);
        Ok(())
    }

    /// Puts pages after all others.
    fn end_with(
        &mut self,
        pages: Vec<Page>,
        info: &DocumentInfo,
        pdf: &Pdf,
        bookmarks: &mut Vec<Bookmark>,
    ) -> Result<(), Unwritten> {
        if pages.is_empty() {
            return Ok(());
        }
        let (written, marks) = aside(pages, info, pdf, self.sizes.len())?;
        bookmarks.extend(marks);
        let sizes = written.sizes.into_iter().map(|size| (size, None));
        self.sizes.extend(sizes);
        self.parts.push(written.part);
        Ok(())
    }

    /// The target of an internal address, given without the scheme. `words` is the alternative
    /// text of a link to a page.
    fn link(&self, address: &str, words: &str) -> Option<Link> {
        let spot = if let Some(number) = address.strip_prefix(HEADING) {
            self.entries.get(number.parse::<usize>().ok()?)?.spot
        } else if let Some(number) = address.strip_prefix(EXHIBIT) {
            *self.exhibits.get(&number.parse().ok()?)?
        } else if let Some(number) = address.strip_prefix(SECTION) {
            *self.sections.get(&number.parse().ok()?)?
        } else {
            let (section, number) = address.strip_prefix(MESSAGE)?.split_once('/')?;
            let place = (section.parse().ok()?, number.parse().ok()?);
            *self.messages.get(&place)?
        };
        Some(Link {
            page: spot.page,
            x: spot.x,
            y: spot.y,
            words: Some(links::page_words(words, spot.page + 1)),
        })
    }
}

/// Writes pages other than chapters as a part, with their bookmarks; `before` pages come
/// before them.
fn aside(
    pages: Vec<Page>,
    info: &DocumentInfo,
    pdf: &Pdf,
    before: usize,
) -> Result<(Written, Vec<Bookmark>), Unwritten> {
    let document = PagedDocument::new(pages.into(), info.clone());
    let written = stretch::written(&document, &pdf.options, None)?;
    let bookmark = |heading: &Headed| Bookmark {
        title: heading.words.to_string(),
        level: heading.level - 1,
        page: before + heading.spot.page,
        x: heading.spot.x,
        y: heading.spot.y,
    };
    let marks = written.headings.iter().flatten().map(bookmark).collect();
    Ok((written, marks))
}

/// An empty page of the same size.
fn blank(page: &Page) -> Page {
    let mut blank = page.clone();
    blank.frame = Frame::hard(page.frame.size());
    blank
}
