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
mod lighten;
mod links;
mod marks;
mod piece;
mod section;

use std::sync::{Arc, Mutex};

use ecow::EcoVec;
use typst::diag::SourceDiagnostic;
use typst::model::DocumentInfo;
use typst_kit::fonts::FontStore;
use typst_layout::{Page, PagedDocument};

use super::files;
use super::files::Files;
use super::options::Drawing;
use crate::compile::Target;
use crate::failure::Failure;
use crate::jobs::Jobs;
use crate::world::DocumentWorld;

use piece::Piece;
pub use section::Section;

/// Lays out the pages of a transcript.
pub struct Layout<'l> {
    /// How it is drawn.
    pub drawing: &'l Drawing,
    /// Where the pages go, and messages about them.
    pub target: &'l Target<'l>,
    /// The files that all its documents read.
    pub files: &'l Files,
    /// The fonts.
    pub fonts: Arc<FontStore>,
    /// How many documents are laid out at a time.
    pub jobs: Jobs,
    /// What Typst warned of.
    warnings: Mutex<Vec<SourceDiagnostic>>,
}

impl<'l> Layout<'l> {
    /// A layout of files with fonts.
    pub fn new(
        drawing: &'l Drawing,
        target: &'l Target<'l>,
        files: &'l Files,
        fonts: Arc<FontStore>,
        jobs: Jobs,
    ) -> Self {
        Self {
            drawing,
            target,
            files,
            fonts,
            jobs,
            warnings: Mutex::default(),
        }
    }

    /// The pages of these sections, as one document, and the world to tell where what
    /// is wrong with it comes from.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the date is out of range, [`Failure::Diagnosed`] for
    /// what Typst can't lay out.
    pub fn document(
        self,
        sections: Vec<Section>,
    ) -> Result<(PagedDocument, DocumentWorld), Failure> {
        let mut world = self.world()?;
        let mut pages: Vec<Page> = Vec::new();
        // The ids of each section's messages, and where its pages end.
        let mut ends = Vec::new();
        let mut info = DocumentInfo::default();
        for (index, section) in sections.into_iter().enumerate() {
            let ids = section.messages.ids();
            let (mut laid_out, its_info) = section::lay_out(&self, section, index == 0)?;
            if index == 0 {
                info = its_info;
            }
            ends.push((ids, pages.len() + laid_out.len()));
            pages.append(&mut laid_out);
        }
        let contents = if self.drawing.toc {
            self.contents(&mut world, &pages)?
        } else {
            Vec::new()
        };
        let mut start = 0;
        for (ids, end) in ends {
            // The pages that links name are those of the whole document.
            links::resolve(&mut pages[start..end], ids, contents.len() + start);
            start = end;
        }
        pages.splice(..0, contents);
        self.add_edges(&mut world, &mut pages)?;
        for (index, page) in pages.iter_mut().enumerate() {
            page.number = index as u64 + 1;
        }
        let warnings = self.warnings.into_inner().expect("no panic while held");
        self.target.print_diagnostics(&world, &warnings)?;
        // Writing takes memory, too.
        comemo::evict(0);
        Ok((PagedDocument::new(pages.into(), info), world))
    }

    /// A world for its documents.
    fn world(&self) -> Result<DocumentWorld, Failure> {
        let files = Box::new(self.files.clone());
        let (args, format) = (self.target.args, self.target.format);
        DocumentWorld::of_files("/messages.typ", files, args, self.fonts.clone(), format)
    }

    /// Compiles one of the documents, and lets go of what Typst remembers of others.
    fn compile(
        &self,
        world: &mut DocumentWorld,
        main: &str,
        files: Files,
    ) -> Result<PagedDocument, Failure> {
        world.replace(main, Box::new(files));
        let (Piece(document), warnings) = self.target.compile_part(world)?;
        // The memory is common to all workers; what each still needs is not so old.
        comemo::evict(self.jobs.count());
        self.keep(warnings);
        Ok(document)
    }

    /// Keeps warnings for the end, each once.
    fn keep(&self, warnings: EcoVec<SourceDiagnostic>) {
        let mut known = self.warnings.lock().expect("no panic while held");
        for warning in warnings {
            if !known.contains(&warning) {
                known.push(warning);
            }
        }
    }
}
