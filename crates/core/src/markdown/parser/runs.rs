//! Runs of delimiter characters, which the grammar looks up in constant time.
//!
//! A construct ends at the first place that its rule allows. Searching for that place from every opener would be
//! quadratic, so for each delimiter all runs in the text are listed once, each with the next run that can close.

/// A maximal run of one delimiter character; an escaped character belongs to none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    pub start: usize,
    pub end: usize,
}

/// What ends a construct.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closer {
    /// `**` or `__`: the last two of a run.
    LastPair,
    /// `~~` or `||`: the first two of a run; `~~` not before `_`.
    FirstPair,
    /// `*` or `_`: the last of an odd run, since pairs are content.
    Odd,
    /// Three backticks: the first three of a run.
    Fence,
}

/// All runs of one delimiter in a text.
pub(super) struct Table {
    pub runs: Vec<Run>,
    /// For each run, the first run from there on that can end a construct of two (for backticks, three) characters.
    useful: Vec<usize>,
    /// For each run, the first run from there on that has an odd length.
    odd: Vec<usize>,
    cursor: usize,
}

const NONE: usize = usize::MAX;

impl Table {
    /// Lists the runs of `delimiter`; with `escapes`, a backslash makes one literal.
    pub fn new(text: &str, delimiter: u8, escapes: bool) -> Self {
        let bytes = text.as_bytes();
        let mut runs = Vec::new();
        let mut i = 0;
        while i < bytes.len() {
            if bytes[i] == b'\\' && escapes {
                i += 2;
            } else if bytes[i] == delimiter {
                let start = i;
                while bytes.get(i) == Some(&delimiter) {
                    i += 1;
                }
                runs.push(Run { start, end: i });
            } else {
                i += 1;
            }
        }
        let mut table = Self {
            useful: vec![NONE; runs.len() + 1],
            odd: vec![NONE; runs.len() + 1],
            runs,
            cursor: 0,
        };
        for i in (0..table.runs.len()).rev() {
            let Run { start, end } = table.runs[i];
            let enough = match delimiter {
                b'`' => end - start >= 3,
                b'~' => end - start >= 3 || (end - start == 2 && bytes.get(end) != Some(&b'_')),
                _ => end - start >= 2,
            };
            table.useful[i] = if enough { i } else { table.useful[i + 1] };
            table.odd[i] = if (end - start) % 2 == 1 {
                i
            } else {
                table.odd[i + 1]
            };
        }
        table
    }

    /// The first run that ends after `at`. Positions mostly increase, so this takes amortised constant time.
    pub fn index(&mut self, at: usize, steps: &mut u64) -> usize {
        if self.cursor > 0 && self.runs[self.cursor - 1].end > at {
            self.cursor = self.runs.partition_point(|r| r.end <= at);
        }
        while self.runs.get(self.cursor).is_some_and(|r| r.end <= at) {
            self.cursor += 1;
            *steps += 1;
        }
        self.cursor
    }

    /// Where the construct closes whose content begins at `content`, and in which run, before `end`.
    ///
    /// `cut` is the run of this delimiter in which the segment ends, if it ends within one.
    pub fn close(
        &mut self,
        closer: Closer,
        text: &[u8],
        content: usize,
        end: usize,
        cut: Option<usize>,
        steps: &mut u64,
    ) -> Option<(usize, usize)> {
        let first = self.index(content, steps);
        let try_run = |i: usize| {
            let run = self.runs.get(i).filter(|r| r.start < end)?;
            let (s, e) = (run.start.max(content), run.end.min(end));
            let at = match closer {
                Closer::LastPair => e.checked_sub(2).filter(|&p| p >= s && p > content)?,
                Closer::FirstPair => {
                    let p = s.max(content + 1);
                    let open = p + 2 < e
                        || (p + 2 == e && (text[s] != b'~' || e >= end || text[e] != b'_'));
                    open.then_some(p)?
                }
                Closer::Odd => ((e - s) % 2 == 1).then_some(e - 1)?,
                Closer::Fence => Some(s.max(content + 1)).filter(|p| p + 3 <= e)?,
            };
            Some((at, i))
        };
        *steps += 1;
        if let Some(found) = try_run(first) {
            return Some(found);
        }
        let next = if closer == Closer::Odd {
            &self.odd
        } else {
            &self.useful
        };
        let next = next.get(first + 1).copied().unwrap_or(NONE);
        match cut {
            Some(cut) if next >= cut && cut > first => try_run(cut),
            _ => try_run(next),
        }
    }
}

/// The first byte of some kind from a position on, cached for all positions up to it.
#[derive(Default)]
pub(super) struct Next {
    /// Where the last search began and what it found.
    last: std::ops::Range<usize>,
}

impl Next {
    /// The first byte from `at` on for which `is` holds, or the length of `text`.
    pub fn find(
        &mut self,
        text: &[u8],
        at: usize,
        is: impl Fn(u8) -> bool,
        steps: &mut u64,
    ) -> usize {
        if !(self.last.start..=self.last.end).contains(&at) || self.last.is_empty() {
            let length = text[at..]
                .iter()
                .position(|&b| is(b))
                .unwrap_or(text.len() - at);
            *steps += length as u64 + 1;
            self.last = at..at + length;
        }
        self.last.end
    }
}
