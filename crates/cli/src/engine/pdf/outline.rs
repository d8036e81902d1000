//! The bookmarks of a whole document, whose levels no part can know.

use std::io::{self, Write};

use pdf_writer::{Ref, TextStr};

use super::file::unknown;
use super::join::{Bookmark, Join};

/// Bookmarks from this level on are folded: those of a server wouldn't fit a window.
const FOLDED: usize = 1;

/// The bookmarks as a tree, by their indices.
struct Tree {
    tops: Vec<usize>,
    under: Vec<Vec<usize>>,
    parents: Vec<Option<usize>>,
}

impl Tree {
    /// The parent of each is the last one before it on a higher level.
    fn of(bookmarks: &[Bookmark]) -> Self {
        let mut tree = Self {
            tops: Vec::new(),
            under: vec![Vec::new(); bookmarks.len()],
            parents: Vec::with_capacity(bookmarks.len()),
        };
        let mut open: Vec<usize> = Vec::new();
        for (index, bookmark) in bookmarks.iter().enumerate() {
            while open
                .last()
                .is_some_and(|last| bookmarks[*last].level >= bookmark.level)
            {
                open.pop();
            }
            let parent = open.last().copied();
            match parent {
                Some(parent) => tree.under[parent].push(index),
                None => tree.tops.push(index),
            }
            tree.parents.push(parent);
            open.push(index);
        }
        tree
    }
}

impl<W: Write> Join<'_, W> {
    /// Writes the bookmarks of the whole document.
    pub(super) fn outline(&mut self, bookmarks: &[Bookmark]) -> io::Result<()> {
        let count = i32::try_from(bookmarks.len()).map_err(|_| unknown("too many bookmarks"))?;
        let tree = Tree::of(bookmarks);
        let base = self.output.allocate(count);
        let number = |index: usize| Ref::new(base + index as i32);
        for (index, bookmark) in bookmarks.iter().enumerate() {
            let beside = match tree.parents[index] {
                Some(parent) => &tree.under[parent],
                None => &tree.tops,
            };
            // The indices are in ascending order.
            let place = beside.partition_point(|other| *other < index);
            let parent = tree.parents[index].map_or(self.roots.outlines, number);
            let page = self.pages.get(bookmark.page).copied();
            let page = page.ok_or(unknown("a bookmark leads nowhere"))?;
            let under = &tree.under[index];
            self.output.object(number(index), |chunk, id| {
                let mut out = chunk.outline_item(id);
                out.title(TextStr(&bookmark.title)).parent(parent);
                out.dest().page(page).xyz(bookmark.x, bookmark.y, None);
                if let Some(before) = place.checked_sub(1) {
                    out.prev(number(beside[before]));
                }
                if let Some(next) = beside.get(place + 1) {
                    out.next(number(*next));
                }
                if let [first, ..] = under[..]
                    && let [.., last] = under[..]
                {
                    out.first(number(first)).last(number(last));
                    let count = under.len() as i32;
                    let is_folded = bookmark.level >= FOLDED;
                    out.count(if is_folded { -count } else { count });
                }
            })?;
        }
        let ends = tree.tops.first().zip(tree.tops.last());
        self.done.bookmarks = ends.map(|(first, last)| (number(*first), number(*last)));
        let opened = tree
            .tops
            .iter()
            .filter(|top| bookmarks[**top].level < FOLDED);
        let opened: usize = opened.map(|top| tree.under[*top].len()).sum();
        self.done.bookmark_count = tree.tops.len() + opened;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_stand_under_those_less_deep() {
        let levels = [0, 1, 3, 3, 1, 0, 2];
        let bookmarks = levels.map(|level| Bookmark {
            title: String::new(),
            level,
            page: 0,
            x: 0.0,
            y: 0.0,
        });
        let tree = Tree::of(&bookmarks);
        assert_eq!(tree.tops, [0, 5]);
        assert_eq!(tree.under[0], [1, 4]);
        assert_eq!(tree.under[1], [2, 3]);
        assert_eq!(tree.under[5], [6]);
    }
}
