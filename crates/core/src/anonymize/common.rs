//! Words that are too common to be taken for a name wherever they stand.

use super::fold::{Folds, is_wordless};
use crate::index::Index;
use crate::packed::Packed;

/// The commonest words of languages that people chat in, folded, and what channels and
/// roles are mostly called. A person may still be called so; in texts only `@the` is then
/// that person.
static WORDS: Packed = Packed::new(include_bytes!(concat!(env!("OUT_DIR"), "/common.deflate")));

/// Which words are common.
pub struct Common(Index<'static>);

impl Common {
    /// Makes the list ready.
    pub fn new(folds: &Folds) -> Self {
        let words = WORDS.text().split_whitespace().enumerate();
        Self(
            words
                .map(|(at, word)| (folds.folded(word).into(), at))
                .collect(),
        )
    }

    /// Whether a folded name, alone in a text, may just be words: all are common and there
    /// are two at most, or it has too few letters to tell.
    pub fn covers(&self, name: &str) -> bool {
        self.is_short(name)
            || name.split(' ').count() < 3 && name.split(' ').all(|word| self.0.contains_key(word))
    }

    /// The same of somebody's whole name: of two words, it is a name wherever they stand
    /// side by side.
    pub fn covers_person(&self, name: &str) -> bool {
        self.is_short(name) || !name.contains(' ') && self.covers(name)
    }

    fn is_short(&self, name: &str) -> bool {
        // A syllable of Hangul is two or three letters here.
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
