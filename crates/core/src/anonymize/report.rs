//! The report for whoever publishes the transcript.

use super::kind::Kind;
use super::pseudonyms::Pseudonyms;

/// Counts of what was replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Replacements of each kind, in the order of [`Kind::ALL`].
    pub(super) replaced: [usize; Kind::ALL.len()],
    /// Replaced ids.
    pub ids: usize,
    /// Passages that were blacked out.
    pub redacted: usize,
    /// Names that stayed because they may be ordinary words: the count of each, by number.
    stays: Vec<usize>,
}

impl Report {
    /// Records that a name stayed.
    pub(super) fn stay(&mut self, target: u32) {
        let at = target as usize;
        if self.stays.len() <= at {
            self.stays.resize(at + 1, 0);
        }
        self.stays[at] += 1;
    }

    /// The number of replacements of a kind.
    #[must_use]
    pub fn replaced(&self, kind: Kind) -> usize {
        self.replaced[kind as usize]
    }

    /// Names that stayed because they may be ordinary words and have no sign before them, with
    /// their counts.
    #[must_use]
    pub fn stayed<'k>(&self, known: &'k Pseudonyms) -> Vec<(&'k str, usize)> {
        let mut stayed: Vec<(&str, usize)> = self
            .stays
            .iter()
            .zip(&known.entities)
            .filter(|(count, _)| **count > 0)
            .filter_map(|(count, entity)| Some((entity.names().first()?.as_str(), *count)))
            .collect();
        stayed.sort_unstable();
        stayed
    }

    /// Adds another report with the same pseudonyms.
    pub fn add(&mut self, other: &Self) {
        for (count, more) in self.replaced.iter_mut().zip(other.replaced) {
            *count += more;
        }
        self.ids += other.ids;
        self.redacted += other.redacted;
        if self.stays.len() < other.stays.len() {
            self.stays.resize(other.stays.len(), 0);
        }
        for (count, more) in self.stays.iter_mut().zip(&other.stays) {
            *count += more;
        }
    }
}
