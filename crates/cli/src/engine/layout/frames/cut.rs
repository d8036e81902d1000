//! Finds where the pages of a run can be cut so that the pages of the next run continue
//! seamlessly.

use typst::introspection::Tag;
use typst::layout::{Abs, FrameItem, Point, Transform};
use typst_layout::Page;

use crate::engine::layout::marks;

/// The tolerance for the position of a mark.
const TOLERANCE: Abs = Abs::raw(0.01);

/// The message that begins at the very top of a page, `top` from its edge. Only then does
/// no earlier content continue on the page.
pub fn start(page: &Page, top: Abs) -> Option<usize> {
    let marks = marks::find(&page.frame);
    match marks.first()? {
        found if (found.point.y - top).abs() >= TOLERANCE => None,
        found => found.mark.cut(),
    }
}

/// The start tags of elements that begin on these pages but don't end there.
fn open(pages: &[Page]) -> Vec<Tag> {
    let mut open: Vec<Tag> = Vec::new();
    for page in pages {
        marks::visit(&page.frame, Transform::identity(), &mut |tag, _, _| {
            if matches!(tag, Tag::Start(..)) {
                open.push(tag.clone());
            } else if let Some(index) = open
                .iter()
                .rposition(|known| known.location() == tag.location())
            {
                open.remove(index);
            }
        });
    }
    open
}

/// Keeps only the first `count` pages. Elements that span the cut end with the pages that
/// are kept.
pub fn keep_first(pages: &mut Vec<Page>, kept: usize) {
    let open = open(&pages[..kept]);
    let mut ends = Vec::new();
    for page in &pages[kept..] {
        marks::visit(&page.frame, Transform::identity(), &mut |tag, _, _| {
            if matches!(tag, Tag::End(..))
                && open.iter().any(|start| start.location() == tag.location())
            {
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

/// Drops the first `count` pages. Elements that span the cut begin with the pages that are
/// kept.
pub fn drop_first(pages: &mut Vec<Page>, dropped: usize) {
    let open = open(&pages[..dropped]);
    pages.drain(..dropped);
    if let Some(page) = pages.first_mut() {
        let starts = open
            .into_iter()
            .map(|tag| (Point::zero(), FrameItem::Tag(tag)));
        page.frame.prepend_multiple(starts);
    }
}
