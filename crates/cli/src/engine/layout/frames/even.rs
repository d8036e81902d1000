//! Evens out the last pages before a forced page break. If the last of them would hold only
//! a line or two, these pages are made slightly shorter, as printers do.

use typst::layout::Abs;
use typst_layout::Page;

use super::crop;

/// The largest number of pages to shorten.
const MOST: usize = 6;
/// The part of the last page that should be filled.
const LEAST: f64 = 0.35;
/// The part of the shortening that would make all of these pages equally long; less, so that
/// no extra page is needed.
const CAUTION: f64 = 0.8;

/// The last pages, to be laid out again.
pub struct Again {
    /// The first of them.
    pub page: usize,
    /// Its first message.
    pub message: usize,
    /// By how much to shorten them.
    pub shorter: Abs,
}

/// The pages to lay out again if the last one would be nearly empty. `starts` are messages,
/// in order, with the pages that they begin; `margins` are those at the top and bottom.
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

/// Whether the last of the new pages is fuller than before, and no page was added.
pub fn is_better(new: &[Page], old: &[Page], top: Abs) -> bool {
    let filled = |pages: &[Page]| pages.last().map(|page| filled(page, top));
    new.len() <= old.len() && filled(new) > filled(old)
}

/// The height of the content of a page, below its top margin.
fn filled(page: &Page, top: Abs) -> Abs {
    (crop::bottom(page) - top).max(Abs::zero())
}
