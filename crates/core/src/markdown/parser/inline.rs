//! The loop over a segment: text is passed over fast, and each special byte goes to its construct.

use std::borrow::Cow;

use super::super::ast::{Mention, Node, NodeKind};
use super::super::marks;
use super::{Line, Output, Parser, Segment};
use crate::emoji;

/// A construct that was found, and where it ends.
pub(super) type Found<'a> = Option<(NodeKind<'a>, usize)>;

/// Bytes that may begin or be part of a construct. `:` stands for links and shortcodes, 0xE2, 0xE3 and 0xF0 for
/// emoji, 0xC2 for the shrug.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"*_~|`\\<@:[\n\xC2\xE2\xE3\xF0";
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
};

/// The kaomoji that keeps its backslash and its underscores.
const SHRUG: &str = "¯\\_(ツ)_/¯";

impl<'a> Parser<'_, 'a> {
    /// Parses a segment to inline nodes and blocks, in order.
    pub(super) fn segment(&mut self, segment: Segment) -> Vec<Node<'a>> {
        let mut out = Output::default();
        let bytes = self.bytes();
        let Segment { start, end, .. } = segment;
        let (mut at, mut text) = (start, start);
        // What begins before its special byte (links, keycaps) doesn't begin before this.
        let mut fresh = start;
        // The state of the line, and its first byte that is no space.
        let (mut line, mut line_start, mut first) = (segment.line, start, start);
        while at < end && !self.rejected {
            if line != Line::Middle && at == line_start {
                first = at + bytes[at..end].iter().take_while(|&&b| b == b' ').count();
                self.steps += (first - at) as u64 + 1;
                if let Some((kind, next)) = self.block(segment, line, line_start, first) {
                    out.text(&self.source, text..at, text..at);
                    out.push(&self.source, at..next, kind);
                    (at, text, line_start) = (next, next, next);
                    // Blocks end with a line feed, or at the segment's end; a list may take a space after it.
                    line = match &bytes[start..next] {
                        [.., b'\n'] => Line::Start,
                        [.., b'\n', b' '] => Line::Indented,
                        _ => Line::Middle,
                    };
                    continue;
                }
            }
            let plain = bytes[at..end]
                .iter()
                .position(|&b| SPECIAL[b as usize])
                .unwrap_or(end - at);
            self.steps += plain as u64 + 1;
            at += plain;
            let Some(&byte) = bytes[..end].get(at) else {
                break;
            };
            if byte == b'\n' {
                out.line(&self.source, text..at);
                at += 1;
                (text, line, line_start, first) = (at, Line::Start, at, at);
                continue;
            }
            let place = match line {
                _ if at == line_start => line,
                Line::Start | Line::Indented if at == first => Line::Indented,
                _ => Line::Middle,
            };
            let markup = self.context.variant.markup();
            // Two constructs begin before their special byte: links before `:` and keycaps before U+20E3.
            if byte == b':'
                && markup
                && let Some((from, kind, next)) = self.autolink(text.max(fresh), at, end)
            {
                out.text(&self.source, text..from, text..from);
                match kind {
                    Some(kind) => out.push(&self.source, from..next, kind),
                    None => out.text(&self.source, from..next, from..next),
                }
                (at, text) = (next, next);
                continue;
            }
            if byte == 0xE2
                && let Some((from, kind)) = self.keycap(text.max(fresh), at, end)
            {
                out.text(&self.source, text..from, text..from);
                at += '\u{20E3}'.len_utf8();
                out.push(&self.source, from..at, kind);
                text = at;
                continue;
            }
            if byte == b'\\' && markup && !self.in_link {
                let length = self.escaped(at + 1, end);
                if length > 0 {
                    let next = at + 1 + length;
                    out.text(&self.source, text..at, text..at);
                    out.text(&self.source, at..next, at + 1..next);
                    (at, text) = (next, next);
                    continue;
                }
                // Before anything else it is text, and so is what follows it: `\http://a.b` is no link.
                at += 1;
                at += self
                    .char_at(at, end)
                    .filter(|c| *c != '\n')
                    .map_or(0, char::len_utf8);
                fresh = at;
                continue;
            }
            if byte == b'['
                && markup
                && let Some((kind, next)) = self.masked_link(at, end)
            {
                out.text(&self.source, text..at, text..at);
                match kind {
                    Some(kind) => out.push(&self.source, at..next, kind),
                    None => out.literal(&self.source, at..next),
                }
                (at, text) = (next, next);
                continue;
            }
            match self.construct(byte, at, segment, place) {
                Some((NodeKind::Text(shown), next)) => {
                    out.text(&self.source, text..at, text..at);
                    out.replaced(&self.source, at..next, shown);
                    (at, text) = (next, next);
                }
                Some((kind, next)) => {
                    out.text(&self.source, text..at, text..at);
                    out.push(&self.source, at..next, kind);
                    (at, text) = (next, next);
                }
                None => at += self.literal_length(byte, at, end),
            }
        }
        out.text(&self.source, text..end, text..end);
        for node in &mut out.nodes {
            if let NodeKind::Text(text) | NodeKind::Code(text) = &mut node.kind {
                marks::bound(text);
            }
        }
        out.nodes
    }

    /// The construct that begins with the special byte at `at`.
    fn construct(&mut self, byte: u8, at: usize, segment: Segment, line: Line) -> Found<'a> {
        let end = segment.end;
        let variant = self.context.variant;
        match byte {
            b'<' if variant.emoji() => self.angle(at, end),
            b':' if variant.emoji() => self.shortcode(at, end),
            0xE2 | 0xE3 | 0xF0 if variant.emoji() => self.emoji(at, end),
            _ if !variant.markup() => None,
            b'`' => self.code(at, segment),
            b'@' => self.everyone(at, end),
            b'*' | b'_' | b'~' | b'|' => self.style(byte, at, segment, line),
            _ => None,
        }
    }

    /// How many bytes are surely text when no construct begins at `at`.
    fn literal_length(&mut self, byte: u8, at: usize, end: usize) -> usize {
        let rest = &self.source.text[at..end];
        match byte {
            // What a run of backticks can't open, no part of it can.
            b'`' => rest.bytes().take_while(|&b| b == b'`').count(),
            0xC2 if rest.starts_with(SHRUG) => SHRUG.len(),
            // A shortcode that nobody knows is text as a whole: so is `_b_` in `:a_b_c:`.
            b':' if self.context.variant.markup() => {
                let word = |c: char| c.is_alphanumeric() || c == '_';
                let name = rest[1..].find(|c| !word(c)).unwrap_or(rest.len() - 1);
                self.steps += name as u64;
                let whole = name > 0 && rest[1 + name..].starts_with(':');
                1 + if whole { name + 1 } else { 0 }
            }
            _ => rest.chars().next().map_or(1, char::len_utf8),
        }
    }

    /// The length of what a backslash before `at` makes literal: a whole emoji, or one character that isn't an
    /// ASCII letter, a digit or white space.
    fn escaped(&self, at: usize, end: usize) -> usize {
        let Some(c) = self.char_at(at, end) else {
            return 0;
        };
        if c.is_ascii_alphanumeric() || c.is_whitespace() {
            return 0;
        }
        let emoji = if c.is_ascii() {
            None
        } else {
            emoji::at(&self.source.text[at..end])
        };
        emoji.map_or(c.len_utf8(), |e| e.text.len())
    }

    fn everyone(&mut self, at: usize, end: usize) -> Found<'a> {
        let rest = &self.source.text[at..end];
        // No word boundary is asked for on the desktop: `a@herex` mentions.
        let (mention, length) = if rest.starts_with("@everyone") {
            (Mention::Everyone, 9)
        } else if rest.starts_with("@here") {
            (Mention::Here, 5)
        } else {
            return None;
        };
        self.rejected |= self.in_link;
        Some((NodeKind::Mention(mention), at + length))
    }

    fn emoji(&mut self, at: usize, end: usize) -> Found<'a> {
        let found = emoji::at(&self.source.text[at..end])?;
        if emoji::is_text_style(found.text) {
            return None;
        }
        self.reject_emoji();
        let next = at + found.text.len();
        Some((
            NodeKind::Emoji {
                text: match found.styled() {
                    Cow::Borrowed(_) => self.source.cow(at..next),
                    Cow::Owned(styled) => Cow::Owned(styled),
                },
                name: found.name(),
            },
            next,
        ))
    }

    /// A digit, `#` or `*` before the U+20E3 at `at`, in the text that begins at `text`.
    fn keycap(&mut self, text: usize, at: usize, end: usize) -> Option<(usize, NodeKind<'a>)> {
        if !self.context.variant.emoji() || !self.source.text[at..end].starts_with('\u{20E3}') {
            return None;
        }
        let before = self.source.text[text..at].trim_end_matches('\u{FE0F}');
        let from = text + before.len().checked_sub(1)?;
        // More than one selector isn't a keycap, and `at` must then find less than the whole.
        let whole = from..at + '\u{20E3}'.len_utf8();
        let found = emoji::at(self.source.text.get(whole.clone())?)?;
        if found.text.len() != whole.len() {
            return None;
        }
        self.reject_emoji();
        Some((
            from,
            NodeKind::Emoji {
                text: self.source.cow(whole),
                name: found.name(),
            },
        ))
    }

    fn shortcode(&mut self, at: usize, end: usize) -> Found<'a> {
        let text = self.source.text;
        let is_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+' | b'-');
        let length = |from: usize| {
            self.bytes()[from..end]
                .iter()
                .take_while(|b| is_name(b))
                .count()
        };
        let mut close = at + 1 + length(at + 1);
        if text[close..end].starts_with("::skin-tone-") {
            close += 2 + length(close + 2);
        }
        self.steps += (close - at) as u64;
        if close == at + 1 || !text[close..end].starts_with(':') {
            return None;
        }
        let name = &text[at + 1..close];
        let found = emoji::from_shortcode(name)?;
        if emoji::is_text_style(&found) {
            let sign = found.trim_end_matches('\u{FE0F}').to_owned();
            return Some((NodeKind::Text(Cow::Owned(sign)), close + 1));
        }
        self.reject_emoji();
        let name = emoji::at(&found).map_or_else(|| name.to_owned(), |e| e.name());
        Some((
            NodeKind::Emoji {
                text: Cow::Owned(found),
                name,
            },
            close + 1,
        ))
    }
}
