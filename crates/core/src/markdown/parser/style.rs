//! Emphasis, strong, underline, strikethrough and spoilers.

use super::super::ast::{Node, NodeKind};
use super::inline::Found;
use super::runs::Closer;
use super::{Line, MAX_DEPTH, Parser, Segment};

/// A style that was found: what it is, its content and where it ends.
struct Style<'a> {
    make: fn(Vec<Node<'a>>) -> NodeKind<'a>,
    content: (usize, usize),
    end: usize,
    /// The run of the closing delimiter, if the content ends within that run.
    cut: Option<(u8, usize)>,
}

impl<'a> Parser<'_, 'a> {
    pub(super) fn style(&mut self, byte: u8, at: usize, segment: Segment, line: Line) -> Found<'a> {
        if self.context.depth >= MAX_DEPTH {
            return None;
        }
        let style = match byte {
            b'*' | b'_' => {
                let single = if byte == b'*' {
                    self.asterisk(at, segment)
                } else {
                    self.underscore(at, segment)
                };
                let make = if byte == b'*' {
                    NodeKind::Strong
                } else {
                    NodeKind::Underline
                };
                let double = self.double(byte, at, segment, Closer::LastPair, make);
                // The longer one wins; if both are equally long, emphasis is the outer one.
                match (single, double) {
                    (Some(s), Some(d)) => Some(if d.end > s.end { d } else { s }),
                    (s, d) => s.or(d),
                }
            }
            b'~' => self.double(
                byte,
                at,
                segment,
                Closer::FirstPair,
                NodeKind::Strikethrough,
            ),
            _ => self.double(byte, at, segment, Closer::FirstPair, NodeKind::Spoiler),
        }?;
        let (start, end) = style.content;
        let children = self.nested(Segment {
            start,
            end,
            line,
            cut: style.cut,
        });
        Some(((style.make)(children), style.end))
    }

    fn close(
        &mut self,
        byte: u8,
        closer: Closer,
        content: usize,
        segment: Segment,
    ) -> Option<(usize, usize)> {
        let bytes = self.bytes();
        let cut = segment.cut.filter(|c| c.0 == byte).map(|c| c.1);
        let mut steps = 0;
        let found = self
            .table(byte)
            .close(closer, bytes, content, segment.end, cut, &mut steps);
        self.steps += steps;
        found
    }

    /// The cut of a segment that ends at `end`, within or before the run `run`.
    fn cut(&mut self, byte: u8, run: usize, end: usize) -> Option<(u8, usize)> {
        let start = self.table(byte).runs.get(run)?.start;
        (end > start).then_some((byte, run))
    }

    fn double(
        &mut self,
        byte: u8,
        at: usize,
        segment: Segment,
        closer: Closer,
        make: fn(Vec<Node<'a>>) -> NodeKind<'a>,
    ) -> Option<Style<'a>> {
        if at + 2 >= segment.end || self.bytes()[at + 1] != byte {
            return None;
        }
        let (close, run) = self.close(byte, closer, at + 2, segment)?;
        Some(Style {
            make,
            content: (at + 2, close),
            end: close + 2,
            cut: self.cut(byte, run, close),
        })
    }

    /// `*a*`: no white space after the opening delimiter; up to two spaces before the closing one are dropped.
    fn asterisk(&mut self, at: usize, segment: Segment) -> Option<Style<'a>> {
        let content = at + 1;
        if self.char_at(content, segment.end)?.is_whitespace() {
            return None;
        }
        let (close, run) = self.close(b'*', Closer::Odd, content, segment)?;
        let inside = self.source.text.get(content..close)?;
        let spaces = inside
            .bytes()
            .rev()
            .take(2)
            .take_while(|&b| b == b' ')
            .count();
        let shown = inside.get(..inside.len() - spaces)?;
        if shown.chars().next_back().is_none_or(char::is_whitespace) {
            return None;
        }
        // A space after a backslash is content, and so can't be the last character.
        if spaces > 0 && shown.ends_with('\\') {
            let backslashes = shown.bytes().rev().take_while(|&b| b == b'\\').count();
            self.steps += backslashes as u64;
            if backslashes % 2 == 1 {
                return None;
            }
        }
        let end = content + shown.len();
        let cut = if spaces == 0 {
            self.cut(b'*', run, close)
        } else {
            None
        };
        Some(Style {
            make: NodeKind::Emphasis,
            content: (content, end),
            end: close + 1,
            cut,
        })
    }

    /// `_a_`, not before a letter or digit. It may follow one: `left_right_` has an italic second half.
    fn underscore(&mut self, at: usize, segment: Segment) -> Option<Style<'a>> {
        let bytes = self.bytes();
        let content = at + 1;
        let (close, run) = self.close(b'_', Closer::Odd, content, segment)?;
        let word_after = close + 1 < segment.end && bytes[close + 1].is_ascii_alphanumeric();
        if close == content || word_after {
            return None;
        }
        let cut = self.cut(b'_', run, close);
        Some(Style {
            make: NodeKind::Emphasis,
            content: (content, close),
            end: close + 1,
            cut,
        })
    }
}
