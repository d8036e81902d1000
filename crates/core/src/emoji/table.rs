//! The committed table: lines are sorted by sequence and searched as they are.

use std::sync::OnceLock;

use crate::packed::Packed;

/// One sequence a line: `<sequence> <tones>[v] <name> <alias>…`, sorted by the sequence's bytes; `v` where the
/// default is text style, `p` where two people are spelled out only to give each a tone.
static TABLE: Packed = Packed::new(include_bytes!(concat!(env!("OUT_DIR"), "/emoji.deflate")));

/// A line of the table.
#[derive(Clone, Copy)]
pub(super) struct Row {
    /// The sequence without variation selectors and tones.
    pub sequence: &'static str,
    /// How many skin tones it takes: 0, 1 or 2.
    pub tones: u8,
    /// Whether it is drawn as text unless U+FE0F follows.
    pub text_style: bool,
    /// Names, the most usual first, separated by spaces.
    pub names: &'static str,
}

impl Row {
    fn read(line: &'static str) -> Option<Self> {
        let (sequence, rest) = line.split_once(' ')?;
        let (flags, names) = rest.split_once(' ')?;
        let tones = flags.bytes().next()?.wrapping_sub(b'0');
        Some(Self {
            sequence,
            tones,
            text_style: flags.ends_with('v'),
            names,
        })
    }

    /// The name that Discord uses.
    pub fn name(&self) -> &'static str {
        self.names.split(' ').next().unwrap_or_default()
    }
}

/// The row of exactly this sequence (without variation selectors and tones).
pub(super) fn row(sequence: &str) -> Option<Row> {
    let lines = lines();
    let of = |line: &'static str| line.split_once(' ').map_or(line, |(sequence, _)| sequence);
    let i = lines.binary_search_by(|line| of(line).cmp(sequence)).ok()?;
    Row::read(lines.get(i)?)
}

/// The table's lines, found once.
fn lines() -> &'static [&'static str] {
    static LINES: OnceLock<Vec<&str>> = OnceLock::new();
    LINES.get_or_init(|| TABLE.text().lines().collect())
}

/// The row that has this name or alias.
pub(super) fn named(name: &str) -> Option<Row> {
    let index = index();
    let i = index.binary_search_by(|(n, _)| (*n).cmp(name)).ok()?;
    Row::read(index.get(i)?.1)
}

/// Names with their lines, sorted; made when the first shortcode is looked up.
fn index() -> &'static [(&'static str, &'static str)] {
    static INDEX: OnceLock<Vec<(&str, &str)>> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut index = Vec::with_capacity(3000);
        for line in TABLE.text().lines() {
            // A spelled-out pair shares its name with the single character, which the name means.
            let spelled_out = line
                .split(' ')
                .nth(1)
                .is_some_and(|flags| flags.ends_with('p'));
            let names = Row::read(line)
                .filter(|_| !spelled_out)
                .map_or("", |row| row.names);
            index.extend(
                names
                    .split(' ')
                    .filter(|n| !n.is_empty())
                    .map(|name| (name, line)),
            );
        }
        crate::order::sort_by(&mut index, |a, b| a.0.cmp(b.0));
        index
    })
}
