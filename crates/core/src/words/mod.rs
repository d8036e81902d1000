//! The words of a language, for outputs without Typst: fixed texts, numbers, lists, and the
//! sentences of system messages.
//!
//! The caller supplies the words from a file of the package's `locales/`, which the package
//! uses for pages. A test checks that both sides make the same sentences
//! (`tests/data/system.toml`).

mod number;
mod sentence;
mod system;

use std::collections::BTreeMap;

use serde::Deserialize;

pub use sentence::{Piece, PieceStyle};
pub use system::{Named, plain, type_name};

use crate::error::Error;
use crate::time::{Forms, Plurals, Units, lasted};
use number::Numbers;
use system::Kind;

/// The words of a language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    plurals: Plurals,
    numbers: Numbers,
    list: List,
    lengths: Units,
    texts: BTreeMap<String, Forms>,
    system: BTreeMap<String, Kind>,
}

/// The tables of a language's file that are used here; others are ignored.
#[derive(Clone, Debug, Deserialize)]
pub struct Tables {
    plurals: BTreeMap<String, String>,
    numbers: Numbers,
    list: List,
    time: TimeTable,
    words: BTreeMap<String, Forms>,
    system: BTreeMap<String, Kind>,
}

#[derive(Clone, Debug, Deserialize)]
struct TimeTable {
    length: Units,
}

/// The separators of lists, between items and before the last.
#[derive(Clone, Debug, Default, Deserialize)]
struct List {
    separator: String,
    last: String,
}

impl Words {
    /// The words of a language's file.
    ///
    /// # Errors
    /// When a plural rule isn't one of CLDR's.
    pub fn new(tables: Tables) -> Result<Self, Error> {
        Ok(Self {
            plurals: Plurals::read(&tables.plurals)?,
            numbers: tables.numbers,
            list: tables.list,
            lengths: tables.time.length,
            texts: tables.words,
            system: tables.system,
        })
    }

    /// One of the fixed texts; empty if the language doesn't have it.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        match self.texts.get(name) {
            Some(forms) => forms.one(),
            None => "",
        }
    }

    /// One of the fixed texts with its placeholders filled in.
    #[must_use]
    pub fn say(&self, name: &str, places: &[(&str, &str)]) -> String {
        filled(self.text(name), places)
    }

    /// One of the fixed texts in its plural form for a number, which replaces `{count}`.
    #[must_use]
    pub fn count(&self, name: &str, count: u64) -> String {
        match self.texts.get(name) {
            Some(forms) => {
                let form = forms.form(count, self.plurals.category(count));
                filled(form, &[("count", &self.number(count))])
            }
            None => String::new(),
        }
    }

    /// A list: "a, b and c".
    #[must_use]
    pub fn listed<S: AsRef<str>>(&self, things: &[S]) -> String {
        let mut list = String::new();
        for (at, thing) in things.iter().enumerate() {
            if at > 0 {
                list.push_str(if at + 1 == things.len() {
                    &self.list.last
                } else {
                    &self.list.separator
                });
            }
            list.push_str(thing.as_ref());
        }
        list
    }

    /// The separator between items of a list.
    #[must_use]
    pub fn separator(&self) -> &str {
        &self.list.separator
    }

    /// A duration, rounded as in Discord: "5 minutes", "an hour".
    #[must_use]
    pub fn lasted(&self, seconds: u64) -> String {
        let (forms, count) = lasted(seconds, &self.lengths);
        let form = forms.form(count, self.plurals.category(count));
        filled(form, &[("count", &self.number(count))])
    }
}

/// A text with its placeholders filled in. Inserted text isn't searched again.
fn filled(text: &str, places: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, place) = rest.split_at(start);
        filled.push_str(before);
        let known = place[1..].split_once('}').and_then(|(name, after)| {
            let (_, value) = places.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        match known {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = &place[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::filled;

    #[test]
    fn a_filled_value_is_not_filled_again() {
        let places = [("a", "{b}"), ("b", "x")];
        assert_eq!(filled("{a} and {b}, {c} {", &places), "{b} and x, {c} {");
    }
}
