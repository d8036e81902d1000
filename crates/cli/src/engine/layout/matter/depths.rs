//! The levels of headings. A run is laid out without the headings before it, so Typst sees
//! all of its headings at the first level, as PDF/UA demands of the first heading. Only the
//! whole document knows that a day belongs to a chapter or a thread.

use std::num::NonZeroUsize;

use typst::foundations::Smart;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem};
use typst::model::HeadingElem;
use typst_layout::Page;

use super::contents::{self, Heading, Over};

/// The levels of the headings of a section, in order.
#[derive(Debug, Clone, Copy)]
pub struct Depths {
    /// The number of section headings that are still to come before all others.
    openings: usize,
    /// The level of headings within the section, counted from 1.
    base: usize,
    in_thread: bool,
    has_day: bool,
}

impl Depths {
    /// The levels of a section that begins with `own` headings, the last of which has a level
    /// counted from 0.
    pub fn new(openings: usize, last: usize) -> Self {
        Self {
            openings,
            base: if openings > 0 { last + 2 } else { 1 },
            in_thread: false,
            has_day: false,
        }
    }

    /// The level of the next heading, counted from 1; `None` if it is a section heading.
    pub fn next(&mut self, over: Over, drawn: usize) -> Option<usize> {
        if self.openings > 0 {
            self.openings -= 1;
            return None;
        }
        let day = self.base + usize::from(self.in_thread);
        Some(match over {
            Over::Day => {
                self.has_day = true;
                day + drawn - 1
            }
            Over::Thread => {
                (self.in_thread, self.has_day) = (true, false);
                self.base
            }
            Over::Nested => day + usize::from(self.has_day),
        })
    }
}

/// Sets the levels that a section's headings have in the whole document. `heading` tells
/// whether the first one is the section's.
pub fn nest(pages: &mut [Page], heading: bool) {
    let mut depths = Depths::new(usize::from(heading), 0);
    for page in pages {
        let found = contents::headings(&page.frame);
        let levels: Vec<usize> = found
            .iter()
            .map(|Heading { over, level, .. }| depths.next(*over, *level).unwrap_or(1))
            .collect();
        if found
            .iter()
            .zip(&levels)
            .any(|(one, level)| one.level != *level)
        {
            set(&mut page.frame, &mut levels.into_iter());
        }
    }
}

/// Sets the levels of the headings in a frame.
fn set(frame: &mut Frame, levels: &mut impl Iterator<Item = usize>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => set(&mut group.frame, levels),
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(heading) = element.to_packed_mut::<HeadingElem>() {
                    let level = levels.next().and_then(NonZeroUsize::new);
                    if let Some(level) = level {
                        heading.level.set(Smart::Custom(level));
                    }
                }
            }
            _ => {}
        }
        true
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_stand_under_chapters_and_threads() {
        use Over::{Day, Nested, Thread};

        let levels = |openings, last, headings: &[Over]| -> Vec<_> {
            let mut depths = Depths::new(openings, last);
            let headings = headings.iter();
            headings.map(|over| depths.next(*over, 1)).collect()
        };
        let chat = [Day, Nested, Day, Thread, Day, Nested, Thread, Nested];
        assert_eq!(levels(0, 0, &chat), [1, 2, 1, 1, 2, 3, 1, 2].map(Some));
        // Within a chapter; and within a category, a channel and a thread.
        assert_eq!(
            levels(1, 0, &[Day, Day, Thread, Day]),
            [None, Some(2), Some(2), Some(3)]
        );
        assert_eq!(levels(2, 1, &[Day, Day, Day]), [None, None, Some(3)]);
    }
}
