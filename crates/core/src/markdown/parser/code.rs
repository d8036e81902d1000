//! Inline code and code blocks.

use std::borrow::Cow;

use super::super::ansi;
use super::super::ast::NodeKind;
use super::super::marks;
use super::inline::Found;
use super::runs::Closer;
use super::{Parser, Segment};

/// Lengths of backtick runs with the runs' indices, sorted.
pub(super) type Lengths = Vec<(usize, Vec<usize>)>;

impl<'a> Parser<'_, 'a> {
    pub(super) fn code(&mut self, at: usize, segment: Segment) -> Found<'a> {
        let mut steps = 0;
        let run = self.table(b'`').index(at, &mut steps);
        self.steps += steps;
        let open = self.table(b'`').runs.get(run)?.end.min(segment.end);
        if self.context.variant.blocks()
            && open - at >= 3
            && let Some(found) = self.code_block(at, segment)
        {
            self.rejected |= self.in_link;
            return Some(found);
        }
        self.inline_code(at, open, run, segment)
    }

    /// Inline code ends with as many backticks as it begins with; surplus backticks at the start are content.
    fn inline_code(&mut self, at: usize, open: usize, run: usize, segment: Segment) -> Found<'a> {
        if self.code_runs.is_none() {
            let mut lengths = Lengths::new();
            for (i, run) in self.table(b'`').runs.iter().enumerate() {
                let length = run.end - run.start;
                match lengths.binary_search_by_key(&length, |l| l.0) {
                    Ok(at) => lengths[at].1.push(i),
                    Err(at) => lengths.insert(at, (length, vec![i])),
                }
            }
            self.code_runs = Some(lengths);
        }
        // Tries the lengths that occur from the longest that fits on; their sum is at most the text's length.
        let mut found = None;
        let lengths = self.code_runs.as_deref().unwrap_or_default();
        let fitting = lengths.partition_point(|l| l.0 <= open - at);
        for &(length, ref runs) in lengths[..fitting].iter().rev() {
            self.steps += 1 + u64::from(runs.len().ilog2());
            if let Some(&close) = runs.get(runs.partition_point(|&i| i <= run)) {
                found = Some((length, close));
                let Some(close) = self.tables[4].as_ref().and_then(|t| t.runs.get(close)) else {
                    continue;
                };
                if close.end <= segment.end {
                    break;
                }
                found = None;
            }
        }
        let (length, close) = found?;
        let close = self.table(b'`').runs.get(close)?.start;
        let text = &self.source.text[at + length..close];
        // A space separates a backtick from the delimiters.
        let trimmed = text.trim_matches(' ');
        let start = at + length + usize::from(text.starts_with(' ') && trimmed.starts_with('`'));
        let end =
            close - usize::from(text.ends_with(' ') && trimmed.ends_with('`') && close > start);
        if self.in_link {
            self.check_code_in_link(at + length, close);
        }
        Some((NodeKind::Code(self.source.cow(start..end)), close + length))
    }

    fn code_block(&mut self, at: usize, segment: Segment) -> Found<'a> {
        let bytes = &self.bytes()[..segment.end];
        let start = at + 3;
        // Parsers differ in the characters of a language's name; we accept all of them, as in `c#` and `c++`.
        let is_language =
            |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+' | b'.' | b'#');
        let word = bytes
            .get(start..)?
            .iter()
            .take_while(|b| is_language(b))
            .count();
        self.steps += word as u64;
        if word > 0
            && bytes.get(start + word) == Some(&b'\n')
            && let Some((text, end)) = self.fenced(start + word + 1, segment)
        {
            return Some((self.block_of(Some((start, start + word)), text), end));
        }
        let (text, end) = self.fenced(start, segment)?;
        Some((self.block_of(None, text), end))
    }

    /// The content from `start` to the first fence after something that isn't a line feed.
    fn fenced(&mut self, start: usize, segment: Segment) -> Option<((usize, usize), usize)> {
        let bytes = &self.bytes()[..segment.end];
        let feeds = bytes
            .get(start..)?
            .iter()
            .take_while(|&&b| b == b'\n')
            .count();
        self.steps += feeds as u64 + 1;
        let first = start + feeds;
        let mut steps = 0;
        let all = self.bytes();
        let (close, _) =
            self.table(b'`')
                .close(Closer::Fence, all, first, segment.end, None, &mut steps)?;
        self.steps += steps;
        let text = self.source.text.get(first..close)?.trim_end_matches('\n');
        Some(((first, first + text.len()), close + 3))
    }

    fn block_of(&self, language: Option<(usize, usize)>, text: (usize, usize)) -> NodeKind<'a> {
        let language = language.and_then(|(s, e)| self.source.str(s..e));
        let mut text: Cow<'a, str> = self.source.cow(text.0..text.1);
        marks::bound(&mut text);
        let is_ansi = language.is_some_and(|l| l.eq_ignore_ascii_case("ansi"));
        let runs = is_ansi.then(|| ansi::runs(&text));
        NodeKind::CodeBlock {
            language,
            text,
            runs,
        }
    }
}
