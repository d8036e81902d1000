//! Collects nodes as they are found, and joins adjacent pieces of text.

use std::borrow::Cow;
use std::ops::Range;

use super::super::ast::{Node, NodeKind};
use super::source::Source;

#[derive(Default)]
pub(super) struct Output<'a> {
    pub nodes: Vec<Node<'a>>,
    /// Where the last node ends in the parsed text, if it is text.
    text_end: Option<usize>,
}

impl<'a> Output<'a> {
    /// A node that covers `range`.
    pub fn push(&mut self, source: &Source<'_, 'a>, range: Range<usize>, kind: NodeKind<'a>) {
        self.text_end = None;
        self.nodes.push(Node {
            span: source.span(range),
            kind,
        });
    }

    /// Text that is shown as `shown`, and written as `covered`.
    pub fn text(&mut self, source: &Source<'_, 'a>, covered: Range<usize>, shown: Range<usize>) {
        if !covered.is_empty() {
            let shown = source.cow(shown);
            self.replaced(source, covered, shown);
        }
    }

    /// Text that differs from what is written in `covered`.
    pub fn replaced(
        &mut self,
        source: &Source<'_, 'a>,
        covered: Range<usize>,
        shown: Cow<'a, str>,
    ) {
        let span = source.span(covered.clone());
        if self.text_end == Some(covered.start)
            && let Some(Node {
                span: last,
                kind: NodeKind::Text(text),
            }) = self.nodes.last_mut()
        {
            text.to_mut().push_str(&shown);
            last.end = span.end;
        } else {
            self.nodes.push(Node {
                span,
                kind: NodeKind::Text(shown),
            });
        }
        self.text_end = Some(covered.end);
    }

    /// Text as written, with its line breaks.
    pub fn literal(&mut self, source: &Source<'_, 'a>, range: Range<usize>) {
        let mut start = range.start;
        for (i, _) in source.text[range.clone()].match_indices('\n') {
            let feed = range.start + i;
            self.line(source, start..feed);
            start = feed + 1;
        }
        self.text(source, start..range.end, start..range.end);
    }

    /// A line of text and the line break after it, which includes the spaces before it.
    pub fn line(&mut self, source: &Source<'_, 'a>, range: Range<usize>) {
        let shown = range.start + source.text[range.clone()].trim_end_matches(' ').len();
        self.text(source, range.start..shown, range.start..shown);
        self.push(source, shown..range.end + 1, NodeKind::Break);
    }
}
