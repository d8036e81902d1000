//! Crops the empty space at the end of a page.

use typst::layout::{Abs, Frame, FrameItem, Point, Transform};
use typst_layout::Page;

use crate::engine::layout::Layout;

impl Layout<'_> {
    /// Crops the empty space at the end of a page, but for its margin.
    pub(in crate::engine::layout) fn crop(&self, page: Option<&mut Page>) {
        if let Some(page) = page {
            self::crop(page, Abs::pt(self.look.bottom));
        }
    }
}

/// Crops a page to its content, with a margin below.
pub fn crop(page: &mut Page, margin: Abs) {
    let bottom = bottom(page) + margin;
    let size = page.frame.size_mut();
    size.y.set_min(bottom);
}

/// The lower end of the visible content of a page.
pub fn bottom(page: &Page) -> Abs {
    bottom_of(&page.frame, Transform::identity())
}

fn bottom_of(frame: &Frame, transform: Transform) -> Abs {
    let mut lowest = Abs::zero();
    for (point, item) in frame.items() {
        let reaches = match item {
            FrameItem::Group(group) => {
                let moved = transform
                    .pre_concat(Transform::translate(point.x, point.y))
                    .pre_concat(group.transform);
                bottom_of(&group.frame, moved)
            }
            FrameItem::Text(text) => {
                let descent = text.bbox().max.y.max(Abs::zero());
                (*point + Point::with_y(descent)).transform(transform).y
            }
            FrameItem::Shape(shape, _) => {
                let height = shape.bbox(true).max.y.max(Abs::zero());
                (*point + Point::with_y(height)).transform(transform).y
            }
            FrameItem::Image(_, size, _) => (*point + Point::with_y(size.y)).transform(transform).y,
            FrameItem::Link(..) | FrameItem::Tag(_) => continue,
        };
        lowest.set_max(reaches);
    }
    lowest
}
