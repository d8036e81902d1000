//! Where the pages of a run of messages can be cut, so that others go on from there
//! just as if there were no cut.

use typst::introspection::Tag;
use typst::layout::{Abs, FrameItem, Point, Transform};
use typst_layout::Page;

use super::marks;

/// How far a mark may be off.
const TOLERANCE: Abs = Abs::raw(0.01);

/// The message that begins at the very top of a page, `top` from its edge. Only there
/// does nothing of what came before reach over the edge of the page.
pub fn start(page: &Page, top: Abs) -> Option<usize> {
    let marks = marks::find(&page.frame);
    match marks.first()? {
        found if (found.point.y - top).abs() >= TOLERANCE => None,
        found => found.mark.cut(),
    }
}

/// The start tags of elements that the pages begin and don't end.
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

/// Cuts off all pages but the first so many. Elements around messages of both sides
/// end with the pages that are left.
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

/// Drops so many pages. Elements around messages of both sides begin with the pages
/// that are left.
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
