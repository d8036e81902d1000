//! The text that is parsed, and its position in the original.

use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// A text that consists of parts of the original: all of it, or lines without quote marks or indentation.
pub(super) struct Source<'s, 'a> {
    /// What is parsed.
    pub text: &'s str,
    origin: &'a str,
    /// The start of each part, here and in the original, in order; empty for the original itself.
    parts: &'s [(usize, usize)],
    /// The last part that was looked up: the parser moves forward, so the next one is this or the one after it.
    last: Cell<usize>,
}

impl<'s, 'a> Source<'s, 'a> {
    pub fn new(text: &'s str, origin: &'a str, parts: &'s [(usize, usize)]) -> Self {
        Self {
            text,
            origin,
            parts,
            last: Cell::new(0),
        }
    }

    /// The original text.
    pub fn origin(&self) -> &'a str {
        self.origin
    }

    /// The position in the original of the byte at `at`.
    pub fn origin_of(&self, at: usize) -> usize {
        let holds = |i: usize| {
            self.parts.get(i).is_some_and(|p| p.0 <= at)
                && self.parts.get(i + 1).is_none_or(|p| at < p.0)
        };
        if self.parts.is_empty() {
            return at;
        }
        let last = self.last.get();
        let i = match [last, last + 1].into_iter().find(|&i| holds(i)) {
            Some(i) => i,
            None => self.parts.partition_point(|p| p.0 <= at).saturating_sub(1),
        };
        self.last.set(i);
        let (here, there) = self.parts[i];
        there + (at - here)
    }

    /// The range in the original from the first to the last byte of `range`.
    pub fn span(&self, range: Range<usize>) -> Range<usize> {
        let start = self.origin_of(range.start);
        if range.is_empty() {
            return start..start;
        }
        start..self.origin_of(range.end - 1) + 1
    }

    /// The text of a range, borrowed if it is in one part.
    pub fn cow(&self, range: Range<usize>) -> Cow<'a, str> {
        match self.str(range.clone()) {
            Some(s) => Cow::Borrowed(s),
            None => Cow::Owned(self.text[range].to_owned()),
        }
    }

    /// The text of a range that is in one part.
    pub fn str(&self, range: Range<usize>) -> Option<&'a str> {
        let length = range.len();
        let span = self.span(range);
        if span.len() == length {
            self.origin.get(span)
        } else {
            None
        }
    }
}
