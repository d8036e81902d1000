//! Skips JSON lines that can't be read, and keeps their text.

use std::ops::Range;

use super::super::lines::{NEXT_LINE, goes_on, is_garbled, is_json};
use super::super::take::Take;
use super::Walk;
use crate::json::scan::Stop;
use crate::warning::codes;

impl<'t, 'a: 't, T: Take<'t, 'a>> Walk<'_, 't, 'a, T> {
    /// Whether a value ends where it seems to, and doesn't run on from a damaged line into the next.
    pub(super) fn is_whole(&self, found: &Result<Range<usize>, Stop>) -> bool {
        let Ok(range) = found else {
            return false;
        };
        let text = self.scan.text();
        let slice = &text[range.clone()];
        let is_odd = slice.contains(NEXT_LINE) || goes_on(&text[range.end..]);
        !is_odd || is_json(slice)
    }

    /// Whether the input ends within an object without messages.
    pub(super) fn is_unclosed(&self, start: usize) -> bool {
        self.is_last
            && self.scan.clone().value() == Err(Stop::End)
            && !self.scan.text()[start..].contains("\"messages\"")
    }

    /// Whether the line at `start` continues in the next piece.
    pub(super) fn is_cut_line(&self, start: usize) -> bool {
        !self.is_last && !self.scan.text()[start..].contains('\n')
    }

    /// Skips an incomplete or damaged line that is followed by another, as when a program was stopped
    /// while writing and continued later. Returns false if this isn't one line of several.
    pub(super) fn broken_line(&mut self, start: usize) -> bool {
        let text = self.scan.text();
        let rest = &text[start..];
        let is_end = self.is_last && self.document.seen > 0 && is_garbled(rest);
        let length = match rest.find(NEXT_LINE) {
            Some(length) => length,
            None if is_end => rest.find('\n').unwrap_or(rest.len()),
            None => return false,
        };
        let line = &text[start..start + length];
        self.reader.message = None;
        self.reader.warn(codes::UNREADABLE_MESSAGE, start, || {
            "expected a message, got a line that breaks off or is damaged; its text is kept".into()
        });
        let kept = self.take.unreadable(line);
        self.document.found = true;
        self.document.keep(kept, self.reader);
        self.scan.pos = (start + length + 1).min(text.len());
        true
    }
}
