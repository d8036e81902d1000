//! Headings, subtext and quotes, which begin a line.

use super::super::ast::NodeKind;
use super::inline::Found;
use super::{Line, MAX_DEPTH, Parser, Segment};

impl<'a> Parser<'_, 'a> {
    /// The block on the line that begins at `line_start`, and whose first byte that isn't a space is at `at`.
    pub(super) fn block(
        &mut self,
        segment: Segment,
        line: Line,
        line_start: usize,
        at: usize,
    ) -> Found<'a> {
        let context = self.context;
        if !context.variant.blocks() || self.in_link || context.depth >= MAX_DEPTH {
            return None;
        }
        // Headings and subtext must be at the very start of their line. Parsers disagree on this; ours follows the
        // one that was checked against the desktop client.
        let flush = line == Line::Start && at == line_start;
        match self.bytes()[..segment.end].get(at)? {
            b'#' if flush && context.list_depth == 0 => self.heading(at, segment),
            b'-' if flush && self.bytes()[..segment.end].get(at + 1) == Some(&b'#') => {
                self.subtext(at, segment)
            }
            b'>' if !context.in_quote => self.quote(at, segment),
            b'-' | b'*' | b'0'..=b'9' => self.list(line_start, at, segment),
            _ => None,
        }
    }

    /// The end of the line at `at`: its line feed, or the segment's end.
    pub(super) fn line_end(&mut self, at: usize, end: usize) -> usize {
        let length = self.bytes()[at..end]
            .iter()
            .position(|&b| b == b'\n')
            .unwrap_or(end - at);
        self.steps += length as u64 + 1;
        at + length
    }

    /// A segment for the content of a line, which may end where the one around it ends.
    fn inside(&self, start: usize, end: usize, around: Segment) -> Segment {
        let cut = around.cut.filter(|_| end == around.end);
        Segment {
            start,
            end,
            line: Line::Start,
            cut,
        }
    }

    fn heading(&mut self, at: usize, segment: Segment) -> Found<'a> {
        let bytes = &self.bytes()[..segment.end];
        let level = bytes[at..]
            .iter()
            .take(4)
            .take_while(|&&b| b == b'#')
            .count();
        let marks = at + level;
        let blank = bytes[marks..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace())
            .count();
        self.steps += blank as u64;
        let mut start = marks + blank;
        // A heading without content is text.
        if level > 3 || blank == 0 || start >= segment.end {
            return None;
        }
        // So is `# # a`; after two spaces, the second `#` begins the heading's content.
        if bytes[start] == b'#' {
            start -= 1;
            if blank == 1 || bytes[start] == b'\n' {
                return None;
            }
        }
        let line_end = self.line_end(start, segment.end);
        let text = self.source.text[start..line_end]
            .trim_end()
            .trim_end_matches('#')
            .trim_end();
        if text.is_empty() {
            return None;
        }
        let children = self.nested(self.inside(start, start + text.len(), segment));
        // It includes its line feed and the blank lines after it.
        let mut next = line_end;
        loop {
            let spaces = bytes[next..].iter().take_while(|&&b| b == b' ').count();
            self.steps += spaces as u64 + 1;
            match bytes.get(next + spaces) {
                Some(b'\n') => next += spaces + 1,
                _ => break,
            }
        }
        Some((
            NodeKind::Heading {
                level: level as u8,
                children,
            },
            next,
        ))
    }

    fn subtext(&mut self, at: usize, segment: Segment) -> Found<'a> {
        let bytes = &self.bytes()[..segment.end];
        let spaces = bytes
            .get(at + 2..)?
            .iter()
            .take_while(|&&b| b == b' ')
            .count();
        let mut start = at + 2 + spaces;
        let line_end = self.line_end(start.min(segment.end), segment.end);
        if bytes[start..].starts_with(b"-#") && spaces > 1 {
            // `-# -# a` is text; after two spaces, the second `-#` begins the subtext's content.
            start -= 1;
        }
        let text = self.source.text.get(start..line_end)?.trim_end();
        if spaces == 0 || text.is_empty() || text.starts_with("-#") {
            return None;
        }
        let children = self.nested(self.inside(start, start + text.len(), segment));
        Some((NodeKind::Subtext(children), (line_end + 1).min(segment.end)))
    }

    fn quote(&mut self, at: usize, segment: Segment) -> Found<'a> {
        let bytes = &self.bytes()[..segment.end];
        if bytes[at..].starts_with(b">>> ") {
            // A block quote extends to the end of the segment around it, so its lines need no changes.
            let outer = std::mem::replace(&mut self.context.in_quote, true);
            let nodes = self.nested(self.inside(at + 4, segment.end, segment));
            self.context.in_quote = outer;
            return Some((
                NodeKind::Quote(super::layout::paragraphs(nodes)),
                segment.end,
            ));
        }
        let mut lines = Vec::new();
        let (mut mark, mut next) = (at, at);
        while bytes[mark..].starts_with(b"> ") {
            let line_end = self.line_end(mark + 2, segment.end);
            lines.push((mark + 2, line_end));
            next = (line_end + 1).min(segment.end);
            mark = next + bytes[next..].iter().take_while(|&&b| b == b' ').count();
            self.steps += (mark - next) as u64;
            if line_end == segment.end {
                break;
            }
        }
        if lines.is_empty() {
            return None;
        }
        Some((NodeKind::Quote(self.lines(&lines, true, false)), next))
    }
}
