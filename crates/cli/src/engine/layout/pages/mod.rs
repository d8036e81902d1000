//! The pages of a transcript as one document, with the front and back matter, which needs to know
//! where all messages are.

mod continuous;

use typst::layout::Abs;
use typst::model::{Destination, DocumentInfo};
use typst_layout::{Page, PagedDocument};

use crate::engine::Error;
use crate::engine::layout::marks::links;
use crate::engine::layout::matter::{self, People, contents, depths};
use crate::engine::layout::runs::section;
use crate::engine::layout::runs::stretch::Stretch;
use crate::engine::layout::{LaidOut, Layout, Section};

impl Layout<'_> {
    /// The pages of these sections, as one document.
    ///
    /// # Errors
    /// When the date is out of range, or Typst can't lay out even a transcript without
    /// messages.
    pub fn pages(self, sections: Vec<Section>) -> Result<LaidOut<PagedDocument>, Error> {
        let document = self.document(sections)?;
        Ok(self.laid_out(document))
    }

    pub(in crate::engine::layout) fn document(
        &self,
        sections: Vec<Section>,
    ) -> Result<PagedDocument, Error> {
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
            contents = self.contents(&mut world, cover.len(), &words, real)?;
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
}

/// The pages of stretches, none of which is written yet.
fn unwritten(stretches: Vec<Stretch>) -> Vec<Page> {
    let pages = stretches.into_iter().map(|stretch| match stretch {
        Stretch::Pages(pages) => pages,
        Stretch::Written(_) => Vec::new(),
    });
    pages.flatten().collect()
}
