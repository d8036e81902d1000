//! Words that are too common to be replaced as names everywhere.

use super::fold::{Folds, is_wordless};
use crate::index::Index;
use crate::packed::Packed;

/// The commonest words of many languages, and common names of channels and roles. A
/// person may still have such a name; then only `@the` refers to them in texts.
static WORDS: Packed = Packed::new(include_bytes!(concat!(env!("OUT_DIR"), "/common.deflate")));

/// The set of common words, folded and as they are spelt.
pub struct Common(Index<'static>);

impl Common {
    /// Loads the list.
    pub fn new(folds: &Folds) -> Self {
        let mut words = Index::default();
        for word in WORDS.text().split_whitespace() {
            words.insert(folds.folded(word).into(), 0);
            words.insert(word.to_owned().into(), 0);
        }
        Self(words)
    }

    /// Whether a folded name in a text may be ordinary words: it has at most two words, all of
    /// them common, or too few letters to decide.
    pub fn covers(&self, name: &str) -> bool {
        self.is_short(name)
            || name.split(' ').count() < 3 && name.split(' ').all(|word| self.0.contains_key(word))
    }

    /// Whether all words of a text are in the list, with these accents.
    pub fn lists(&self, text: &str) -> bool {
        text.split(|c: char| !c.is_alphanumeric())
            .all(|word| word.is_empty() || self.0.contains_key(&*word.to_lowercase()))
    }

    /// The same for a full name, which counts as a name wherever its two words occur side by
    /// side.
    pub fn covers_person(&self, name: &str) -> bool {
        self.is_short(name) || !name.contains(' ') && self.covers(name)
    }

    fn is_short(&self, name: &str) -> bool {
        // A Hangul syllable counts as two or three letters here.
        let least = match name.chars().next() {
            Some('\u{1100}'..='\u{11FF}') => 4,
            Some(c) if ('\u{3040}'..='\u{30FF}').contains(&c) => 3,
            Some(c) if is_wordless(c) => 2,
            _ => 3,
        };
        name.chars().filter(|c| c.is_alphanumeric()).count() < least
            || !name.chars().any(char::is_alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_told_from_names() {
        let folds = Folds::new();
        let common = Common::new(&folds);
        for name in [
            "The",
            "Will",
            "jo",
            "Für",
            "general",
            "Off-Topic",
            "New Members",
            "42",
            "민",
            "и",
            "アン",
        ] {
            assert!(common.covers(&folds.folded(name)), "{name}");
        }
        for name in [
            "Ada",
            "Nowak",
            "Will Power Bob",
            "the kiln room",
            "민수",
            "田中",
            "Анна",
            "x9z",
        ] {
            assert!(!common.covers(&folds.folded(name)), "{name}");
        }
        for (name, covered) in [
            ("The", true),
            ("Red House", false),
            ("re-d", true),
            ("on_my+way", false),
            ("a b", true),
        ] {
            assert_eq!(common.covers_person(&folds.folded(name)), covered, "{name}");
        }
    }
}
