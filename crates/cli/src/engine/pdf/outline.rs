//! Bookmarks of a whole document, which stand at levels that no part can know.

use std::io::{self, Write};

use super::file::Object;
use super::join::{Bookmark, Join};
use super::metadata;
use super::part::unknown;

/// Bookmarks from this level on are folded: a server has more of them than a window.
const FOLDED: usize = 1;

/// The bookmarks under each one, and under none.
struct Tree {
    tops: Vec<usize>,
    under: Vec<Vec<usize>>,
    parents: Vec<Option<usize>>,
}

impl Tree {
    /// Each stands under the last one before it that is less deep.
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
        let count = u32::try_from(bookmarks.len()).map_err(|_| unknown("too many bookmarks"))?;
        let tree = Tree::of(bookmarks);
        let base = self.output.allocate(count);
        let number = |index: usize| base + index as u32;
        for (index, bookmark) in bookmarks.iter().enumerate() {
            let beside = match tree.parents[index] {
                Some(parent) => &tree.under[parent],
                None => &tree.tops,
            };
            // They stand in order.
            let place = beside.partition_point(|other| *other < index);
            let parent = tree.parents[index].map_or(self.roots.outlines, number);
            let page = self.pages.get(bookmark.page).copied();
            let page = page.ok_or(unknown("a bookmark leads nowhere"))?;
            let mut value = format!(
                "<</Title{}/Parent {parent} 0 R/Dest[{page} 0 R/XYZ {} {} 0]",
                metadata::text(&bookmark.title),
                bookmark.x,
                bookmark.y
            );
            let around = [
                ("Prev", place.checked_sub(1).map(|before| beside[before])),
                ("Next", beside.get(place + 1).copied()),
                ("First", tree.under[index].first().copied()),
                ("Last", tree.under[index].last().copied()),
            ];
            for (key, other) in around {
                if let Some(other) = other {
                    value.push_str(&format!("/{key} {} 0 R", number(other)));
                }
            }
            let below = tree.under[index].len();
            if below > 0 {
                let sign = if bookmark.level >= FOLDED { "-" } else { "" };
                value.push_str(&format!("/Count {sign}{below}"));
            }
            value.push_str(">>");
            let value = value.as_bytes();
            let object = Object { value, data: None };
            self.output.object(number(index), object)?;
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
