//! Bare links and masked links.

use std::borrow::Cow;
use std::ops::Range;

use super::super::ast::{Node, NodeKind};
use super::super::discord_url;
use super::brackets::Brackets;
use super::target::{self, Target, is_valid, unescape};
use super::{Line, MAX_DEPTH, Parser, Segment};

impl<'a> Parser<'_, 'a> {
    /// A bare link whose `:` is at `at` and whose scheme is in the text that begins at `text`.
    ///
    /// Returns its start and end, and no kind if the address isn't one: then it is text without markup.
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
        // A surplus closing parenthesis belongs to the sentence, not to the address.
        let closing = trimmed.len() - trimmed.trim_end_matches(')').len();
        let excess = usize::from(closing > trimmed.bytes().filter(|&b| b == b'(').count());
        let next = start + trimmed.len() - excess;
        let url = self.source.str(from..next).filter(|url| is_valid(url));
        self.rejected |= self.in_link && url.is_some();
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

    /// `[text](address)`. Without a kind, all of it is text, as in the desktop client for links whose text could be
    /// mistaken for something else (an address, a mention, an emoji).
    pub(super) fn masked_link(
        &mut self,
        at: usize,
        end: usize,
    ) -> Option<(Option<NodeKind<'a>>, usize)> {
        let (close, target) = self.link_end(at, end)?;
        if self.context.depth >= MAX_DEPTH {
            return None;
        }
        let literal = Some((None, target.end));
        let url = self.source.str(target.url.clone()).map(unescape);
        let Some(url) = url.filter(|url| is_valid(url)) else {
            return literal;
        };
        let emoji = self.context.variant.emoji_in_links();
        let Some(text) = self.link_text(at + 1..close, emoji) else {
            return literal;
        };
        if !text.iter().any(is_visible) {
            return literal;
        }
        // The same rules apply to titles, but they may contain emoji.
        let title = match target.title {
            Some(title) => {
                if self.link_text(title.clone(), true).is_none() {
                    return literal;
                }
                self.source.str(title)
            }
            None => None,
        };
        if self.in_link {
            self.rejected = true;
            return literal;
        }
        let kind = NodeKind::Link {
            url,
            text: Some(text),
            title,
            suppressed: target.suppressed,
        };
        Some((Some(kind), target.end))
    }

    /// Where the text of the link that begins at `at` ends, and what follows it.
    fn link_end(&mut self, at: usize, end: usize) -> Option<(usize, Target)> {
        let bytes = &self.source.text.as_bytes()[..end];
        if self.brackets.is_none() {
            self.steps += self.source.text.len() as u64;
            self.brackets = Some(Brackets::new(self.source.text.as_bytes()));
        }
        let brackets = self.brackets.as_ref()?;
        let first = brackets.first_end(at)?;
        self.steps += 1;
        if let Some(known) = brackets.recall(first, end) {
            return known;
        }
        let places: Vec<usize> = brackets
            .ends(first)
            .filter(|&close| bytes.get(close + 1) == Some(&b'('))
            .collect();
        self.steps += places.len() as u64 + 1;
        let found = places
            .into_iter()
            .find_map(|close| Some((close, self.target(close + 2, end)?)));
        if let Some(brackets) = &mut self.brackets {
            brackets.remember(first, end, found.clone());
        }
        found
    }

    /// Parses the target, from after `(`.
    fn target(&mut self, start: usize, end: usize) -> Option<Target> {
        let mut limit = end.min(start.saturating_add(self.link_budget));
        while !self.source.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let window = &self.source.text[start..limit.max(start)];
        let (target, read) = target::read(window);
        self.steps += read;
        self.link_budget = self.link_budget.saturating_sub(read as usize);
        target.map(|target| target.shifted(start))
    }

    /// Parses the text of a link; `None` if it contains something forbidden.
    fn link_text(&mut self, range: Range<usize>, emoji: bool) -> Option<Vec<Node<'a>>> {
        let outer = (self.in_link, self.emoji_in_link, self.rejected);
        (self.in_link, self.emoji_in_link, self.rejected) = (true, emoji, false);
        let text = self.nested(Segment {
            start: range.start,
            end: range.end,
            line: Line::Middle,
            cut: None,
        });
        let rejected = self.rejected;
        (self.in_link, self.emoji_in_link, self.rejected) = outer;
        (!rejected).then_some(text)
    }

    /// Notes an emoji, which isn't allowed in the text of every link.
    pub(super) fn reject_emoji(&mut self) {
        self.rejected |= self.in_link && !self.emoji_in_link;
    }

    /// Checks code in a link's text: the same constructs are forbidden as in the text, except for emoji.
    pub(super) fn check_code_in_link(&mut self, start: usize, end: usize) {
        if self.context.depth < MAX_DEPTH {
            self.rejected |= self.link_text(start..end, true).is_none();
        }
    }
}

/// Whether a link's text shows anything to click on.
fn is_visible(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Text(text) | NodeKind::Code(text) => !text.trim().is_empty(),
        NodeKind::Timestamp { .. } | NodeKind::Emoji { .. } | NodeKind::CustomEmoji { .. } => true,
        other => other.children().iter().any(is_visible),
    }
}
