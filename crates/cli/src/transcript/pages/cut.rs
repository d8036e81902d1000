//! Where the pages of a run of messages can be cut off, so that the next run goes on
//! just as if there were no cut.

use std::collections::HashSet;

use typst::introspection::{Location, Tag};
use typst::layout::{Abs, FrameItem, Point, Transform};
use typst_layout::Page;

use super::marks::{self, Mark};

/// How far a mark may be off.
const TOLERANCE: Abs = Abs::raw(0.01);

/// The end of a run: so many pages are kept, and a message begins the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    /// The number of pages before it.
    pub pages: usize,
    /// The first message after it.
    pub message: usize,
}

/// The last page at whose very top, `top` from its edge, a message begins. Only there
/// does nothing of what came before reach over the edge of the page. The first page
/// is none: the run has to get on.
pub fn last(pages: &[Page], top: Abs) -> Option<Cut> {
    (1..pages.len()).rev().find_map(|index| {
        let marks = marks::find(&pages[index].frame);
        marks.first().and_then(|first| match first.mark {
            Mark::Cut(message) if (first.y - top).abs() < TOLERANCE => Some(Cut {
                pages: index,
                message,
            }),
            _ => None,
        })
    })
}

/// Cuts off pages. Elements around messages of both sides end with the pages that are
/// left.
pub fn apply(pages: &mut Vec<Page>, kept: usize) {
    let mut open: Vec<Location> = Vec::new();
    for page in &pages[..kept] {
        marks::visit(&page.frame, Transform::identity(), &mut |tag, _, _| {
            let location = tag.location();
            match tag {
                Tag::Start(..) => open.push(location),
                Tag::End(..) => {
                    if let Some(index) = open.iter().rposition(|known| *known == location) {
                        open.remove(index);
                    }
                }
            }
        });
    }
    let open: HashSet<Location> = open.into_iter().collect();
    let mut ends = Vec::new();
    for page in &pages[kept..] {
        marks::visit(&page.frame, Transform::identity(), &mut |tag, _, _| {
            if matches!(tag, Tag::End(..)) && open.contains(&tag.location()) {
                ends.push(tag.clone());
            }
        });
    }
    pages.truncate(kept);
    if let Some(page) = pages.last_mut() {
        let foot = Point::with_y(page.frame.height());
        let ends = ends.into_iter().map(|tag| (foot, FrameItem::Tag(tag)));
        page.frame.push_multiple(ends);
    }
}
