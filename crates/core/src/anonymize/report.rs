//! What was done, for whoever publishes.

use super::kind::Kind;
use super::pseudonyms::Pseudonyms;

/// How often what was replaced.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How often something of each kind was, in the order of [`Kind::ALL`].
    pub(super) replaced: [usize; Kind::ALL.len()],
    /// How often ids were.
    pub ids: usize,
    /// How many passages were blackened.
    pub redacted: usize,
    /// Names that stayed, since they may just be words: how often each, by its number.
    stays: Vec<usize>,
}

impl Report {
    /// Notes that a name stayed.
    pub(super) fn stay(&mut self, target: u32) {
        let at = target as usize;
        if self.stays.len() <= at {
            self.stays.resize(at + 1, 0);
        }
        self.stays[at] += 1;
    }

    /// How often something of a kind was replaced.
    #[must_use]
    pub fn replaced(&self, kind: Kind) -> usize {
        self.replaced[kind as usize]
    }

    /// Names that stayed where no sign stood before them, since they may just be words,
    /// and how often.
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

    /// Adds what was done elsewhere, by the same pseudonyms.
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
