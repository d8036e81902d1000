//! The loop over a segment, which skips text quickly and handles each special byte by its construct.

use std::borrow::Cow;

use super::super::ast::{Mention, Node, NodeKind};
use super::super::marks;
use super::{Line, Output, Parser, Segment, Source};
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

/// The state of the loop over a segment.
struct Walk<'a> {
    /// What was found.
    out: Output<'a>,
    /// The next byte to look at.
    at: usize,
    /// The start of the text that isn't in the output yet.
    text: usize,
    /// Constructs that begin before their special byte (links, keycaps) can't begin before this.
    fresh: usize,
    /// The state of the line.
    line: Line,
    /// Where the line begins.
    line_start: usize,
    /// The line's first byte that isn't a space.
    first: usize,
}

impl<'a> Walk<'a> {
    fn new(segment: Segment) -> Self {
        let start = segment.start;
        Self {
            out: Output::default(),
            at: start,
            text: start,
            fresh: start,
            line: segment.line,
            line_start: start,
            first: start,
        }
    }

    /// Outputs the text up to `from`, and the node from there to `next`.
    fn found(&mut self, source: &Source<'_, 'a>, from: usize, next: usize, kind: NodeKind<'a>) {
        self.out.text(source, self.text..from, self.text..from);
        match kind {
            NodeKind::Text(shown) => self.out.replaced(source, from..next, shown),
            kind => self.out.push(source, from..next, kind),
        }
        (self.at, self.text) = (next, next);
    }

    /// Outputs the text up to `from`, then the source up to `next` unchanged.
    fn literal(&mut self, source: &Source<'_, 'a>, from: usize, next: usize) {
        self.out.text(source, self.text..from, self.text..from);
        self.out.literal(source, from..next);
        (self.at, self.text) = (next, next);
    }

    /// Ends the line at a line feed.
    fn line_feed(&mut self, source: &Source<'_, 'a>) {
        self.out.line(source, self.text..self.at);
        self.at += 1;
        (self.text, self.line_start, self.first) = (self.at, self.at, self.at);
        self.line = Line::Start;
    }

    /// What may begin at this byte, by its position in the line.
    fn place(&self) -> Line {
        match self.line {
            line if self.at == self.line_start => line,
            Line::Start | Line::Indented if self.at == self.first => Line::Indented,
            _ => Line::Middle,
        }
    }
}

impl<'a> Parser<'_, 'a> {
    /// Parses a segment into inline nodes and blocks, in order.
    pub(super) fn segment(&mut self, segment: Segment) -> Vec<Node<'a>> {
        let mut walk = Walk::new(segment);
        let end = segment.end;
        while walk.at < end && !self.rejected {
            if self.block_here(&mut walk, segment) {
                continue;
            }
            let rest = &self.bytes()[walk.at..end];
            let plain = rest
                .iter()
                .position(|&byte| SPECIAL[byte as usize])
                .unwrap_or(rest.len());
            self.steps += plain as u64 + 1;
            walk.at += plain;
            let Some(&byte) = self.bytes()[..end].get(walk.at) else {
                break;
            };
            if byte == b'\n' {
                walk.line_feed(&self.source);
            } else if !self.begun_before(byte, &mut walk, end)
                && !self.literal_or_link(byte, &mut walk, end)
            {
                match self.construct(byte, walk.at, segment, walk.place()) {
                    Some((kind, next)) => walk.found(&self.source, walk.at, next, kind),
                    None => walk.at += self.literal_length(byte, walk.at, end),
                }
            }
        }
        let mut out = walk.out;
        out.text(&self.source, walk.text..end, walk.text..end);
        for node in &mut out.nodes {
            if let NodeKind::Text(text) | NodeKind::Code(text) = &mut node.kind {
                marks::bound(text);
            }
        }
        out.nodes
    }

    /// Outputs the block that begins here, at the start of a line. Returns whether there is one.
    fn block_here(&mut self, walk: &mut Walk<'a>, segment: Segment) -> bool {
        if walk.line == Line::Middle || walk.at != walk.line_start {
            return false;
        }
        let rest = &self.bytes()[walk.at..segment.end];
        let spaces = rest.iter().take_while(|&&byte| byte == b' ').count();
        walk.first = walk.at + spaces;
        self.steps += spaces as u64 + 1;
        let block = self.block(segment, walk.line, walk.line_start, walk.first);
        let Some((kind, next)) = block else {
            return false;
        };
        walk.found(&self.source, walk.at, next, kind);
        walk.line_start = next;
        // Blocks end with a line feed, or at the segment's end; a list may include a space after that.
        walk.line = match &self.bytes()[segment.start..next] {
            [.., b'\n'] => Line::Start,
            [.., b'\n', b' '] => Line::Indented,
            _ => Line::Middle,
        };
        true
    }

    /// Outputs a construct that began before its special byte: a link before `:`, a keycap before U+20E3. Returns
    /// whether there is one.
    fn begun_before(&mut self, byte: u8, walk: &mut Walk<'a>, end: usize) -> bool {
        let text = walk.text.max(walk.fresh);
        if byte == b':'
            && self.context.variant.markup()
            && let Some((from, kind, next)) = self.autolink(text, walk.at, end)
        {
            match kind {
                Some(kind) => walk.found(&self.source, from, next, kind),
                None => walk.literal(&self.source, from, next),
            }
            return true;
        }
        if byte == 0xE2
            && let Some((from, kind)) = self.keycap(text, walk.at, end)
        {
            let next = walk.at + '\u{20E3}'.len_utf8();
            walk.found(&self.source, from, next, kind);
            return true;
        }
        false
    }

    /// Outputs what a backslash makes literal, or the link that `[` begins. Returns whether there is either.
    fn literal_or_link(&mut self, byte: u8, walk: &mut Walk<'a>, end: usize) -> bool {
        if !self.context.variant.markup() {
            return false;
        }
        let at = walk.at;
        if byte == b'\\' && !self.in_link {
            let length = self.escaped(at + 1, end);
            if length > 0 {
                let next = at + 1 + length;
                walk.out.text(&self.source, walk.text..at, walk.text..at);
                walk.out.text(&self.source, at..next, at + 1..next);
                (walk.at, walk.text) = (next, next);
            } else {
                // Otherwise, the backslash and what follows it are text: `\http://a.b` is no link.
                let after = self.char_at(at + 1, end).filter(|c| *c != '\n');
                walk.at += 1 + after.map_or(0, char::len_utf8);
                walk.fresh = walk.at;
            }
            return true;
        }
        if byte == b'['
            && let Some((kind, next)) = self.masked_link(at, end)
        {
            match kind {
                Some(kind) => walk.found(&self.source, at, next, kind),
                None => walk.literal(&self.source, at, next),
            }
            return true;
        }
        false
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

    /// How many bytes are certainly text if no construct begins at `at`.
    fn literal_length(&mut self, byte: u8, at: usize, end: usize) -> usize {
        let rest = &self.source.text[at..end];
        match byte {
            // If a run of backticks opens nothing, neither does any part of it.
            b'`' => rest.bytes().take_while(|&b| b == b'`').count(),
            0xC2 if rest.starts_with(SHRUG) => SHRUG.len(),
            // An unknown shortcode is text as a whole, including `_b_` in `:a_b_c:`.
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
        // The desktop client needs no word boundary: `a@herex` contains a mention.
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

    /// The keycap that ends with the U+20E3 at `at`: a digit, `#` or `*` before it, not before `text`.
    fn keycap(&mut self, text: usize, at: usize, end: usize) -> Option<(usize, NodeKind<'a>)> {
        if !self.context.variant.emoji() || !self.source.text[at..end].starts_with('\u{20E3}') {
            return None;
        }
        let before = self.source.text[text..at].trim_end_matches('\u{FE0F}');
        let from = text + before.len().checked_sub(1)?;
        // With more than one selector it isn't a keycap: the table finds less than the whole.
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
