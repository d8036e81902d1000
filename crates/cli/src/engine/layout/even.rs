//! The last pages before a day that begins a new one. Where a line or two would stand alone
//! on the last of them, these pages are made somewhat shorter, as printers do it.

use typst::layout::Abs;
use typst_layout::Page;

use super::crop;

/// How many pages are made shorter, at most.
const MOST: usize = 6;
/// How much of the last page is to be filled.
const LEAST: f64 = 0.35;
/// How much of what would make all of these pages equally long they are shorter, so that
/// no page more is needed.
const CAUTION: f64 = 0.8;

/// The last pages, which are to be laid out again.
pub struct Again {
    /// The first of them.
    pub page: usize,
    /// The message that it begins with.
    pub message: usize,
    /// How much shorter they are to be.
    pub shorter: Abs,
}

/// What is to be laid out again, where the last page would be nearly empty. `starts` are
/// messages, in order, and the pages that they begin; `margins` those at the top and bottom.
pub fn again(pages: &[Page], starts: &[(usize, usize)], margins: (Abs, Abs)) -> Option<Again> {
    let last = pages.last()?;
    let room = last.frame.height() - margins.0 - margins.1;
    let filled = filled(last, margins.0) / room;
    if filled >= LEAST {
        return None;
    }
    let is_near = |(_, page): &&(usize, usize)| page + MOST >= pages.len();
    let &(message, page) = starts.iter().find(is_near)?;
    let count = pages.len() - page;
    (count > 1).then(|| Again {
        page,
        message,
        #[allow(clippy::cast_precision_loss, reason = "a few pages")]
        shorter: room * (CAUTION * (1.0 - filled) / count as f64),
    })
}

/// Whether the last one of the new pages is fuller than it was, and there are no more.
pub fn is_better(new: &[Page], old: &[Page], top: Abs) -> bool {
    let filled = |pages: &[Page]| pages.last().map(|page| filled(page, top));
    new.len() <= old.len() && filled(new) > filled(old)
}

/// How far down a page reaches below its margin.
fn filled(page: &Page, top: Abs) -> Abs {
    (crop::bottom(page) - top).max(Abs::zero())
}
