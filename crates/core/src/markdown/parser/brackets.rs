//! Square brackets: where the text of a masked link may end.
//!
//! In the client's rule, a text consists of characters other than brackets and of pairs of brackets, from a `[` to
//! the first `]` after it; then, of anything up to the next `[`. The last `](` in there with an address after it
//! ends the text.
//! So `[a] b](…)` is one link, and in `[[a](…)` the first bracket is text.

use super::target::Target;

/// No such bracket.
const NONE: usize = usize::MAX;

struct Known {
    first: usize,
    end: usize,
    found: Option<(usize, Target)>,
}

/// All square brackets of a text.
pub(super) struct Brackets {
    /// Their positions, in order.
    places: Vec<usize>,
    /// For each bracket, the first `]` from there on that closes no pair.
    free: Vec<usize>,
    /// For each bracket, the first `[` from there on.
    open: Vec<usize>,
    /// The ends of texts that were found, by their first possible end and the segment's end, sorted.
    known: Vec<Known>,
}

impl Brackets {
    pub fn new(text: &[u8]) -> Self {
        let places: Vec<usize> = (0..text.len())
            .filter(|&i| matches!(text[i], b'[' | b']'))
            .collect();
        let n = places.len();
        let (mut free, mut open) = (vec![NONE; n + 1], vec![n; n + 1]);
        let mut close = NONE;
        for i in (0..n).rev() {
            if text[places[i]] == b']' {
                close = i;
                (free[i], open[i]) = (i, open[i + 1]);
            } else {
                open[i] = i;
                if close != NONE {
                    free[i] = free[close + 1];
                }
            }
        }
        Self {
            places,
            free,
            open,
            known: Vec::new(),
        }
    }

    /// The first `]` that may end the text of a link which begins with the `[` at `at`, as an index.
    pub fn first_end(&self, at: usize) -> Option<usize> {
        let i = self.places.binary_search(&at).ok()?;
        self.free.get(i + 1).copied().filter(|&i| i != NONE)
    }

    /// The positions of that `]` and of all others that may end the text instead, the last one first.
    pub fn ends(&self, first: usize) -> impl Iterator<Item = usize> + use<'_> {
        self.places[first..self.open[first]].iter().rev().copied()
    }

    /// What [`remember`](Self::remember) noted for this bracket and end.
    pub fn recall(&self, first: usize, end: usize) -> Option<Option<(usize, Target)>> {
        let i = self.known.binary_search_by_key(&first, |k| k.first).ok()?;
        let known = self.known.get(i)?;
        (known.end == end).then(|| known.found.clone())
    }

    /// Notes the end of texts whose first possible end is `first`, in segments that end at `end`.
    pub fn remember(&mut self, first: usize, end: usize, found: Option<(usize, Target)>) {
        let known = Known { first, end, found };
        match self.known.binary_search_by_key(&first, |k| k.first) {
            Ok(i) => self.known[i] = known,
            Err(i) => self.known.insert(i, known),
        }
    }
}
