//! Front and back matter: the cover and exhibits of a record, the title pages and the index
//! of a book.

pub mod contents;
pub mod depths;
pub mod edges;

use std::collections::{BTreeMap, BTreeSet};

use typst::layout::{Abs, Point};
use typst_layout::Page;

use crate::engine::layout::frames::{glyphs, outlines};
use crate::engine::layout::{Layout, marks};
use crate::engine::order::rank;
use crate::engine::{Error, TranscriptFiles, World};

impl Layout<'_> {
    /// The pages of a document of front or back matter.
    pub(in crate::engine::layout) fn matter(
        &self,
        world: &mut World,
        main: &str,
        files: TranscriptFiles,
    ) -> Result<Vec<Page>, Error> {
        (self.progress)("laying out what isn't messages");
        let document = self.compile(world, main, files)?;
        let mut pages = glyphs::pages(self, document);
        outlines::outline(self.letters, &mut pages);
        Ok(pages)
    }
}

/// Mirrors the margins of left pages, which have even numbers. `before` pages come before
/// these.
pub fn mirror(pages: &mut [Page], before: usize, distance: Abs) {
    for page in pages.iter_mut().skip((before + 1) % 2).step_by(2) {
        page.frame.translate(Point::with_x(distance));
    }
}

/// The pages that people's messages begin on.
#[derive(Default)]
pub struct People(BTreeMap<String, BTreeSet<usize>>);

impl People {
    /// Records whose messages begin on the pages of a section, which come after `before` others.
    pub fn find(&mut self, pages: &[Page], before: usize, authors: &[(String, String)]) {
        if authors.is_empty() {
            return;
        }
        for (index, page) in pages.iter().enumerate() {
            for found in marks::find(&page.frame) {
                if let Some(number) = found.mark.message()
                    && let Some((author, _)) = authors.get(number)
                    && !author.is_empty()
                {
                    self.note(author, before + index);
                }
            }
        }
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Records that a message by this author begins on a page, counted from 0.
    pub fn note(&mut self, author: &str, page: usize) {
        let pages = self.0.entry(author.to_owned()).or_default();
        pages.insert(page + 1);
    }

    /// Names with their pages, in order; `before` pages come before them.
    pub fn rows(&self, before: usize) -> Vec<(&str, String)> {
        let rows = self.0.iter();
        let mut rows: Vec<_> = rows
            .map(|(name, pages)| (name.as_str(), ranges(pages, before)))
            .collect();
        rows.sort_by_key(|(name, _)| rank(name));
        rows
    }
}

/// A list of pages, with consecutive ones as ranges: `3, 5–7`.
fn ranges(pages: &BTreeSet<usize>, before: usize) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for page in pages.iter().map(|page| page + before) {
        match parts.last_mut() {
            Some((_, last)) if *last + 1 == page => *last = page,
            _ => parts.push((page, page)),
        }
    }
    let words = parts.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_in_a_row_stand_together() {
        let pages = BTreeSet::from([1, 2, 4, 5, 6, 9]);
        assert_eq!(ranges(&pages, 0), "1, 2, 4–6, 9");
        assert_eq!(ranges(&pages, 2), "3, 4, 6–8, 11");
    }
}
