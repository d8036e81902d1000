//! Lists.

use super::super::ast::{Item, NodeKind};
use super::inline::Found;
use super::{MAX_LIST_DEPTH, Parser, Segment};

/// The largest number that a list can start with.
const MAX_START: u32 = 1_000_000_000;

/// `- `, `* ` or `1. `, with all spaces after it.
struct Marker {
    length: usize,
    number: Option<u32>,
}

fn marker(bytes: &[u8]) -> Option<Marker> {
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    let number = (digits > 0).then(|| {
        let value = bytes[..digits].iter().fold(0u32, |n, b| {
            n.saturating_mul(10).saturating_add(u32::from(b - b'0'))
        });
        value.clamp(1, MAX_START)
    });
    let sign = match bytes.get(digits)? {
        b'.' if digits > 0 => digits + 1,
        b'-' | b'*' if digits == 0 => 1,
        _ => return None,
    };
    let spaces = bytes[sign..].iter().take_while(|&&b| b == b' ').count();
    (spaces > 0).then_some(Marker {
        length: sign + spaces,
        number,
    })
}

fn spaces(bytes: &[u8]) -> usize {
    bytes.iter().take_while(|&&b| b == b' ').count()
}

impl<'a> Parser<'_, 'a> {
    /// A list whose first bullet is at `at`.
    ///
    /// Lines that begin with two spaces belong to an item, wherever its bullet is, and the next bullet may have one
    /// space before it. (This is the client's rule since the end of 2025.)
    pub(super) fn list(&mut self, line_start: usize, at: usize, segment: Segment) -> Found<'a> {
        if self.context.list_depth >= MAX_LIST_DEPTH {
            return None;
        }
        let end = segment.end;
        let bytes = &self.bytes()[..end];
        let first = marker(&bytes[at..])?;
        let start = first.number;
        let (mut items, mut found, mut from, mut at) = (Vec::new(), Some(first), line_start, at);
        while let Some(Marker { length, .. }) = found.take() {
            self.steps += length as u64;
            let mut lines = vec![(at + length, self.line_end(at + length, end))];
            let mut feed = lines[0].1;
            let indented = |next: usize| next + spaces(&bytes[next..]).min(length);
            // A bullet with nothing after it includes the next line, unless that is an item as well.
            if lines[0].0 == feed && feed < end && bullet_at(bytes, feed + 1).is_none() {
                let next = feed + 1;
                feed = self.line_end(next, end);
                lines.push((indented(next).min(feed), feed));
            }
            while bytes[feed..].starts_with(b"\n  ") {
                let next = feed + 1;
                feed = self.line_end(next, end);
                lines.push((indented(next), feed));
                self.steps += (indented(next) - next) as u64;
            }
            let mut stop = (feed + 1).min(end);
            let next = bullet_at(bytes, stop).filter(|_| feed < end);
            if next.is_none() && feed < end && bytes.get(stop) == Some(&b' ') {
                // A space after the list counts as that before a bullet.
                stop += 1;
            }
            let children = self.lines(&lines, false, true);
            items.push(Item {
                span: self.source.span(from..stop),
                children,
            });
            from = stop;
            if let Some((place, next)) = next {
                at = place;
                found = Some(next);
            }
        }
        Some((NodeKind::List { start, items }, from))
    }
}

/// The bullet at `at`, or after one space there.
fn bullet_at(bytes: &[u8], at: usize) -> Option<(usize, Marker)> {
    let at = at + usize::from(bytes.get(at) == Some(&b' '));
    marker(bytes.get(at..)?).map(|marker| (at, marker))
}
