//! Tells names from the ordinary words that they fold to by their accents and symbols.
//!
//! `Wòòd` and `✨Will✨` fold to words that nobody would replace everywhere. Spelt like this,
//! they are names.

use std::ops::Range;

use super::common::Common;
use super::fold::{Folded, Folds, character};
use crate::index::Index;
use crate::markdown::is_mark;

/// Marks a letter with an accent, in another style, or from another script.
const ODD: char = '\u{1}';
/// Marks symbols after a letter.
const SYMBOL: char = '\u{2}';
/// The fewest letters of a name that accents alone make one.
const FEWEST: usize = 3;

/// The spellings that make names of ordinary words: their folded letters with marks for what is
/// special about them, and symbols around them only if nothing else makes them a name.
#[derive(Default)]
pub struct Spellings(Index<'static>);

impl Spellings {
    /// Adds a name that folds to ordinary words.
    pub fn add(&mut self, folds: &Folds, common: &Common, name: &str) {
        let mut folded = Vec::new();
        folds.fold(name, &mut folded);
        while folded.last().is_some_and(|f| f.c == ' ') {
            folded.pop();
        }
        let (mut spelling, word) = spelling(name, &folded);
        let is_odd =
            spelling.contains(ODD) && folded.len() >= FEWEST && !common.lists(&name[word.clone()]);
        if !is_odd && !spelling.contains(SYMBOL) && !add_symbols(&mut spelling, name, word) {
            return;
        }
        if name.contains(char::is_alphabetic) {
            self.0.insert(spelling.into(), 0);
        }
    }

    /// Whether a part of a text is spelt as one of these names.
    pub fn contains(&self, text: &str, folded: &[Folded]) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let (mut spelling, word) = spelling(text, folded);
        self.0.contains_key(&*spelling)
            || add_symbols(&mut spelling, text, word) && self.0.contains_key(&*spelling)
    }
}

/// The spelling of a part of a text, and where it is, with its last combining marks.
fn spelling(text: &str, folded: &[Folded]) -> (String, Range<usize>) {
    let from = folded.first().map_or(0, |f| f.start);
    let mut next = 0;
    let last = folded.last().map_or(0, |f| f.end);
    let mut spelling = String::new();
    let mut at = from;
    while let Some((c, length)) = character(text, at)
        && (at < last || is_mark(c))
    {
        while let Some(f) = folded.get(next)
            && f.start <= at
        {
            if f.c != ' ' {
                spelling.push(f.c);
            }
            next += 1;
        }
        let is_special = is_symbol(c);
        let mark = if is_special { SYMBOL } else { ODD };
        if (is_special || !c.is_ascii() && c.is_alphanumeric() || is_mark(c))
            && !spelling.ends_with(mark)
        {
            spelling.push(mark);
        }
        at += length;
    }
    (spelling, from..at)
}

/// Adds the symbols directly before and after a part of a text to its spelling, if there are any.
fn add_symbols(spelling: &mut String, text: &str, word: Range<usize>) -> bool {
    let around = [
        text[..word.start].chars().next_back(),
        text[word.end..].chars().next(),
    ];
    let mut any = false;
    for c in around {
        let is_symbol = c.is_some_and(is_symbol);
        spelling.push(if is_symbol { SYMBOL } else { ODD });
        any |= is_symbol;
    }
    any
}

/// Whether a character is neither part of a word nor punctuation, such as `×`, `✨` and `~`.
fn is_symbol(c: char) -> bool {
    if c.is_ascii() {
        return "+=^~$".contains(c);
    }
    let is_punctuation = matches!(
        u32::from(c),
        0xA1 | 0xAB | 0xB7 | 0xBB | 0xBF | 0x2010..=0x205E | 0x3000..=0x303F
    );
    !(c.is_alphanumeric() || c.is_whitespace() || is_mark(c) || is_punctuation)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_name(name: &str, text: &str) -> bool {
        let folds = Folds::new();
        let mut spellings = Spellings::default();
        spellings.add(&folds, &Common::new(&folds), name);
        let mut folded = Vec::new();
        folds.fold(text, &mut folded);
        (0..folded.len())
            .any(|from| (from..folded.len()).any(|to| spellings.contains(text, &folded[from..=to])))
    }

    #[test]
    fn a_word_with_the_accents_or_symbols_of_a_name_is_that_name() {
        for (name, text) in [
            ("Wòòd××", "so wòòd said"),
            ("Wòòd××", "WÒÒD××"),
            ("Wòòd", "wo\u{300}o\u{300}d"),
            ("Wòòd", "W%C3%B2%C3%B2d"),
            ("Wo+od", "a wo+od"),
            ("✨Will✨", "✨will✨"),
            ("Will×", "a will×, b"),
            ("𝓦𝓲𝓵𝓵", "𝓦𝓲𝓵𝓵!"),
            ("wi\u{200b}ll", "wi\u{200b}ll"),
            ("jo☆", "jo☆"),
        ] {
            assert!(is_name(name, text), "{name} in {text}");
        }
        for (name, text) in [
            ("Wòòd", "the wood"),
            ("Wood", "the wood"),
            ("✨Will✨", "will"),
            ("Für", "für"),
            ("The", "thé"),
            ("Was?", "was?"),
            ("re-d", "re-d"),
            ("jó", "jó"),
            ("юл", "юл"),
            ("42☆", "42☆"),
            ("C'est", "c'est"),
            ("on", "он"),
        ] {
            assert!(!is_name(name, text), "{name} in {text}");
        }
    }
}
