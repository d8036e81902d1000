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
    pub(super) fn list(&mut self, line_start: usize, at: usize, segment: Segment) -> Found<'a> {
        if self.context.list_depth >= MAX_LIST_DEPTH {
            return None;
        }
        let end = segment.end;
        let bytes = &self.bytes()[..end];
        let indent = at - line_start;
        let first = marker(&bytes[at..])?;
        let start = first.number;
        let (mut items, mut found, mut from, mut at) = (Vec::new(), Some(first), line_start, at);
        while let Some(Marker { length, .. }) = found.take() {
            self.steps += length as u64;
            let mut lines = vec![(at + length, self.line_end(at + length, end))];
            let mut feed = lines[0].1;
            // A bullet with nothing after it takes the next line, unless that is an item too.
            if lines[0].0 == feed && feed < end {
                let next = feed + 1;
                let blank = spaces(&bytes[next..]);
                if blank > indent + 1 || marker(&bytes[next + blank..]).is_none() {
                    feed = self.line_end(next, end);
                    lines.push((next + blank.min(indent + length), feed));
                }
            }
            // Lines indented by two more than the bullet belong to it.
            let mut next_item = None;
            while feed < end {
                let next = feed + 1;
                let blank = spaces(&bytes[next..]);
                self.steps += blank as u64 + 1;
                if blank < indent + 2 {
                    next_item = marker(&bytes[next + blank..]).map(|marker| (next + blank, marker));
                    break;
                }
                feed = self.line_end(next, end);
                lines.push((next + blank.min(indent + length), feed));
            }
            let stop = (feed + 1).min(end);
            let children = self.lines(&lines, false, true);
            items.push(Item {
                span: self.source.span(from..stop),
                children,
            });
            from = stop;
            if let Some((place, next)) = next_item {
                at = place;
                found = Some(next);
            }
        }
        Some((NodeKind::List { start, items }, from))
    }
}
