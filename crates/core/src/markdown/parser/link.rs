//! Bare links and masked links.

use std::borrow::Cow;
use std::ops::Range;

use super::super::ast::{Node, NodeKind};
use super::super::discord_url;
use super::{Line, MAX_DEPTH, Parser, Segment};

/// What follows the text of a masked link.
struct Target {
    url: Range<usize>,
    title: Option<Range<usize>>,
    suppressed: bool,
    end: usize,
}

/// Whether Discord would open it: `http`, `https` with a host, or `discord`.
pub(super) fn is_valid(url: &str) -> bool {
    if url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return false;
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    if scheme.eq_ignore_ascii_case("discord") {
        return true;
    }
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let (host, port) = match host.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, port),
        _ => (host, ""),
    };
    let forbidden = |c: char| matches!(c, '<' | '>' | '^' | '|' | '`' | '"' | '{' | '}' | ':');
    let bracketed = host.starts_with('[') && host.ends_with(']');
    !host.is_empty()
        && (bracketed || !host.contains(forbidden) && !host.contains(['[', ']']))
        && port.bytes().all(|b| b.is_ascii_digit())
        && (port.len() < 5 || port.parse::<u16>().is_ok())
}

impl<'a> Parser<'_, 'a> {
    /// A bare link whose `:` is at `at` and whose scheme is in the text that begins at `text`.
    ///
    /// Gives where it begins and ends, and no kind where the address is none: that is text without markup in it.
    pub(super) fn autolink(
        &mut self,
        text: usize,
        at: usize,
        end: usize,
    ) -> Option<(usize, Option<NodeKind<'a>>, usize)> {
        let bytes = &self.bytes()[..end];
        if !bytes[at..].starts_with(b"://") {
            return None;
        }
        let scheme = ["https", "http", "steam"]
            .into_iter()
            .find(|s| bytes[text..at].ends_with(s.as_bytes()))?;
        let from = at - scheme.len();
        let start = at + 3;
        let body = self.source.text[start..end]
            .find(|c: char| c.is_whitespace() || c == '<')
            .unwrap_or(end - start);
        self.steps += body as u64;
        let body = &self.source.text[start..start + body];
        let trimmed = body.trim_end_matches(['.', ',', ':', ';', '"', '\'', ']']);
        // A host of one character isn't linked.
        trimmed.chars().nth(1)?;
        // One closing parenthesis too many belongs to the sentence, not to the address.
        let closing = trimmed.len() - trimmed.trim_end_matches(')').len();
        let excess = usize::from(closing > trimmed.bytes().filter(|&b| b == b'(').count());
        let next = start + trimmed.len() - excess;
        self.rejected |= self.in_link;
        let url = self.source.str(from..next).filter(|url| is_valid(url));
        let kind = url.map(|url| {
            discord_url::kind(url).unwrap_or(NodeKind::Link {
                url: Cow::Borrowed(url),
                text: None,
                title: None,
                suppressed: false,
            })
        });
        Some((from, kind, next))
    }

    /// `[text](address)`. No kind means that the whole is text: so does the desktop client with links whose text
    /// could be taken for something else (an address, a mention, an emoji).
    pub(super) fn masked_link(
        &mut self,
        at: usize,
        end: usize,
    ) -> Option<(Option<NodeKind<'a>>, usize)> {
        let bytes = &self.bytes()[..end];
        let brackets = self.bracket_pairs();
        let i = brackets.binary_search_by_key(&at, |b| b.0).ok()?;
        let mut close = brackets.get(i)?.1;
        // Brackets too many belong to the text: `[a]](…)`.
        while bytes.get(close + 1) == Some(&b']') {
            close += 1;
            self.steps += 1;
        }
        if close >= end || bytes.get(close + 1) != Some(&b'(') {
            return None;
        }
        let target = self.target(close + 2, end)?;
        if self.in_link || self.context.depth >= MAX_DEPTH {
            self.rejected |= self.in_link;
            return None;
        }
        let url = self
            .source
            .str(target.url.clone())
            .map(unescape)
            .filter(|url| is_valid(url));
        let title = target.title.and_then(|t| self.source.str(t));
        let fine_title = title.is_none_or(|t| {
            !t.contains("http://") && !t.contains("https://") && !t.contains("```")
        });
        let Some(url) = url.filter(|_| fine_title) else {
            return Some((None, target.end));
        };
        self.in_link = true;
        let text = self.nested(Segment {
            start: at + 1,
            end: close,
            line: Line::Middle,
            cut: None,
        });
        self.in_link = false;
        if std::mem::take(&mut self.rejected) || !text.iter().any(is_visible) {
            return Some((None, target.end));
        }
        Some((
            Some(NodeKind::Link {
                url,
                text: Some(text),
                title,
                suppressed: target.suppressed,
            }),
            target.end,
        ))
    }

    /// Parses from after `(`.
    fn target(&mut self, start: usize, end: usize) -> Option<Target> {
        let mut limit = end.min(start.saturating_add(self.link_budget));
        while !self.source.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let window = &self.source.text[start..limit.max(start)];
        let (target, read) = read_target(window);
        self.steps += read as u64;
        self.link_budget = self.link_budget.saturating_sub(read);
        let t = target?;
        let shift = |r: Range<usize>| r.start + start..r.end + start;
        Some(Target {
            url: shift(t.url),
            title: t.title.map(shift),
            suppressed: t.suppressed,
            end: t.end + start,
        })
    }

    fn bracket_pairs(&mut self) -> &[(usize, usize)] {
        let text = self.source.text;
        if self.brackets.is_none() {
            self.steps += text.len() as u64;
        }
        self.brackets.get_or_insert_with(|| {
            let (mut open, mut pairs) = (Vec::new(), Vec::new());
            let bytes = text.as_bytes();
            let mut i = 0;
            while i < bytes.len() {
                match bytes[i] {
                    b'\\' => i += 1,
                    b'[' => open.push(i),
                    b']' => pairs.extend(open.pop().map(|start| (start, i))),
                    _ => {}
                }
                i += 1;
            }
            pairs.sort_unstable();
            pairs
        })
    }
}

/// Reads `address "title")` from the beginning of `s`; also says how many bytes were looked at.
fn read_target(s: &str) -> (Option<Target>, usize) {
    let bytes = s.as_bytes();
    let blank = |from: usize| {
        bytes[from..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace())
            .count()
    };
    let mut start = blank(0);
    let bracketed = bytes.get(start) == Some(&b'<');
    start += usize::from(bracketed);
    let mut at = start;
    // The next `)` in the word, and how far the text was looked at for one: only ever forward.
    let mut looked = start;
    let close = |from: usize, looked: &mut usize| {
        let length = bytes[from..]
            .iter()
            .position(|&b| b == b')' || b.is_ascii_whitespace());
        *looked = (*looked).max(length.map_or(bytes.len(), |l| from + l));
        length.map(|l| from + l).filter(|&i| bytes[i] == b')')
    };
    let mut may_balance = true;
    while let Some(&b) = bytes.get(at) {
        match b {
            b')' => break,
            _ if b.is_ascii_whitespace() => break,
            b'\\' => at += 2,
            // Balanced one level deep if there is one more to end the link, otherwise part of the address.
            b'(' if may_balance => match close(at, &mut looked) {
                Some(first) if close(first + 1, &mut looked).is_some() => at = first + 1,
                _ => may_balance = false,
            },
            _ => at += 1,
        }
    }
    let stop = at.min(bytes.len());
    let closed = stop > start && bytes[stop - 1] == b'>';
    let url = start..stop - usize::from(closed);
    let suppressed = bracketed || closed;
    let looked = looked.max(stop);
    let gap = blank(stop);
    let mut end = stop + gap;
    let mut title = None;
    if gap > 0 && matches!(bytes.get(end), Some(b'"' | b'\'')) {
        let from = end + 1;
        // The title ends at the first quotation mark that a parenthesis follows, on the same line.
        let line = bytes[from..]
            .iter()
            .position(|&b| b == b'\n')
            .map_or(bytes.len(), |i| from + i);
        let quote = (from..line).find(|&i| {
            matches!(bytes[i], b'"' | b'\'')
                && bytes[i + 1..].iter().find(|b| **b != b' ') == Some(&b')')
        });
        let Some(quote) = quote else {
            return (None, line.max(looked));
        };
        title = Some(from..quote);
        end = quote + 1 + blank(quote + 1);
    }
    if bytes.get(end) != Some(&b')') {
        return (None, end.max(looked));
    }
    let whole = s.get(url.clone()).is_some();
    (
        whole.then_some(Target {
            url,
            title,
            suppressed,
            end: end + 1,
        }),
        looked.max(end + 1),
    )
}

fn unescape(url: &str) -> Cow<'_, str> {
    if !url.contains('\\') {
        return Cow::Borrowed(url);
    }
    let mut out = String::with_capacity(url.len());
    let mut chars = url.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && !next.is_ascii_alphanumeric() => out.extend(chars.next()),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a link's text shows anything that could be clicked.
fn is_visible(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Text(text) | NodeKind::Code(text) => !text.trim().is_empty(),
        NodeKind::Timestamp { .. } => true,
        other => other.children().iter().any(is_visible),
    }
}
