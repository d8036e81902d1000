//! The pages of a transcript, laid out one run of messages after the other.
//!
//! Typst keeps all that it has worked out for a document in memory until the document
//! is done, some twenty times as much as the pages themselves take. So a document is
//! made of a run of messages only. The pages at its end, which more messages would
//! change, are dropped, and the next run begins with the first message that was on
//! them: the pages are the same as those of one document. What needs to know all
//! pages (page numbers, the table of days, links) is added when they are there.

mod contents;
mod cut;
mod edges;
mod links;
mod marks;
mod piece;

use std::sync::Arc;

use ecow::EcoVec;
use scrollback_core::Pieces;
use serde::Serialize;
use typst::layout::Abs;
use typst::model::DocumentInfo;
use typst_kit::fonts::FontStore;
use typst_layout::{Page, PagedDocument};

use super::files::Files;
use super::options::Drawing;
use crate::compile::Target;
use crate::failure::Failure;
use crate::world::DocumentWorld;

use piece::Piece;

/// Messages laid out at a time. More take more memory; fewer, more time, since the
/// last page of each run is laid out again.
const RUN: usize = 500;

/// What `messages.typ` reads from `/run.json`.
#[derive(Serialize)]
struct Run<'r> {
    /// The number of the first message.
    first: usize,
    /// Whether that one was drawn already, and only tells how the next goes on.
    drawn: bool,
    /// Whether the channel's header stands before it.
    header: bool,
    /// Whether lines with the days stand between messages.
    days: bool,
    /// The heading before it.
    heading: Option<&'r str>,
    /// Whether sources are attached.
    attach: bool,
}

/// A part of the transcript that begins on a page of its own.
pub struct Section<'s> {
    /// The transcript without its messages, as CBOR.
    pub transcript: Vec<u8>,
    /// The messages.
    pub messages: &'s Pieces,
    /// The heading before it.
    pub heading: Option<&'s str>,
}

/// Lays out the pages of a transcript.
pub struct Layout<'l> {
    /// How it is drawn.
    pub drawing: &'l Drawing,
    /// Where the pages go, and messages about them.
    pub target: &'l Target<'l>,
    /// The files that all its documents read.
    pub files: &'l Files,
    world: DocumentWorld,
}

impl<'l> Layout<'l> {
    /// A layout with these fonts.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the date is out of range.
    pub fn new(
        drawing: &'l Drawing,
        target: &'l Target<'l>,
        files: &'l Files,
        fonts: Arc<FontStore>,
    ) -> Result<Self, Failure> {
        let files_now = Box::new(files.clone());
        let world = DocumentWorld::of_files(
            "/messages.typ",
            files_now,
            target.args,
            fonts,
            target.format,
        )?;
        Ok(Self {
            drawing,
            target,
            files,
            world,
        })
    }

    /// The pages of these sections, as one document, and the world to tell where what
    /// is wrong with it comes from.
    ///
    /// # Errors
    /// [`Failure::Diagnosed`] for what Typst can't lay out.
    pub fn document(
        mut self,
        sections: Vec<Section>,
    ) -> Result<(PagedDocument, DocumentWorld), Failure> {
        let mut pages: Vec<Page> = Vec::new();
        let mut info = DocumentInfo::default();
        for (index, section) in sections.into_iter().enumerate() {
            let (mut laid_out, its_info) = self.section(section, index == 0, pages.len())?;
            if index == 0 {
                info = its_info;
            }
            pages.append(&mut laid_out);
        }
        if self.drawing.toc {
            let before = self.contents(&pages)?;
            pages.splice(..0, before);
        }
        self.add_edges(&mut pages)?;
        for (index, page) in pages.iter_mut().enumerate() {
            page.number = index as u64 + 1;
        }
        let pages: EcoVec<Page> = pages.into();
        Ok((PagedDocument::new(pages, info), self.world))
    }

    /// The pages of a section.
    fn section(
        &mut self,
        section: Section,
        begins: bool,
        before: usize,
    ) -> Result<(Vec<Page>, DocumentInfo), Failure> {
        let Section {
            transcript,
            messages,
            heading,
        } = section;
        let files = self.files.clone().with_transcript(transcript);
        let top = Abs::pt(self.drawing.margin);
        let mut pages: Vec<Page> = Vec::new();
        let mut info = None;
        let mut next = 0;
        let mut length = RUN;
        loop {
            let end = messages.len().min(next + length);
            // The message before tells whether the next one stands under its name.
            let first = next.saturating_sub(1);
            let run = Run {
                first,
                drawn: next > 0,
                header: begins && next == 0 && self.drawing.header,
                days: begins,
                heading: heading.filter(|_| next == 0),
                attach: begins && next == 0,
            };
            self.target.task.stage(format!(
                "laying out messages {} to {end} of {}",
                next + 1,
                messages.len()
            ));
            let mut files = files.clone();
            files.json("/run.json", &run)?;
            files.add("/messages.cbor", messages.run(first..end));
            let mut document = self.compile("/messages.typ", files)?;
            info.get_or_insert_with(|| std::mem::take(document.info_mut()));
            let mut laid_out = document.pages().to_vec();
            drop(document);
            if end == messages.len() {
                pages.append(&mut laid_out);
                break;
            }
            let Some(cut) = cut::last(&laid_out, top) else {
                // One message over so many pages; the run has to be longer.
                length *= 2;
                continue;
            };
            cut::apply(&mut laid_out, cut.pages);
            pages.append(&mut laid_out);
            next = cut.message;
            length = RUN;
        }
        links::resolve(&mut pages, messages.ids(), before);
        Ok((pages, info.unwrap_or_default()))
    }

    /// Compiles one of the documents, and lets go of what Typst remembers of others.
    fn compile(&mut self, main: &str, files: Files) -> Result<PagedDocument, Failure> {
        self.world.replace(main, Box::new(files));
        let Piece(document) = self.target.compile(&self.world)?;
        comemo::evict(1);
        Ok(document)
    }
}
