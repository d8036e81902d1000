//! Warnings about what could not be read as expected, for the caller to show.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

/// A position in the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InputPlace {
    /// The input, counted from 0.
    pub input: usize,
    /// Line in that input, from 1; 0 if no line applies.
    pub line: usize,
    /// Column in characters, from 1; 0 when no column applies.
    pub column: usize,
    /// Id of the message concerned, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl fmt::Display for InputPlace {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "input {}", self.input + 1)?;
        if self.line > 0 {
            write!(f, ", line {}, column {}", self.line, self.column)?;
        }
        if let Some(id) = &self.message {
            write!(f, ", message {id}")?;
        }
        Ok(())
    }
}

/// A warning about a value that was read differently from how it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// The code of the kind of warning; see [`codes`].
    pub code: &'static str,
    /// Where it occurred first.
    pub place: InputPlace,
    /// What was expected, what came, and what was done.
    pub message: String,
    /// How often it occurred; the last of many includes the rest.
    pub count: usize,
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)?;
        if self.count > 1 {
            write!(f, " ({} times)", self.count)?;
        }
        Ok(())
    }
}

/// The codes of warnings.
pub mod codes {
    /// An unknown field, which isn't drawn.
    pub const UNKNOWN_FIELD: &str = "unknown-field";
    /// A value of an unexpected type, which isn't drawn.
    pub const UNEXPECTED_VALUE: &str = "unexpected-value";
    /// A field that an object has twice; the last is read.
    pub const DUPLICATE_FIELD: &str = "duplicate-field";
    /// The file ends before its JSON does.
    pub const TRUNCATED: &str = "truncated";
    /// A message that isn't valid JSON; kept as text.
    pub const UNREADABLE_MESSAGE: &str = "unreadable-message";
    /// Unexpected characters between two values.
    pub const STRAY_TEXT: &str = "stray-text";
    /// A lone surrogate, replaced by U+FFFD.
    pub const LONE_SURROGATE: &str = "lone-surrogate";
    /// A text with characters that can't be shown, each replaced by U+FFFD.
    pub const UNSHOWABLE: &str = "unshowable-character";
    /// Bytes that aren't UTF-8; U+FFFD replaces each.
    pub const NOT_UTF8: &str = "not-utf-8";
    /// The file's own count differs from the messages in it.
    pub const COUNT_MISMATCH: &str = "count-mismatch";
    /// The same message id more than once with different content.
    pub const DUPLICATE: &str = "duplicate-message";
    /// Inputs of more than one channel.
    pub const SEVERAL_CHANNELS: &str = "several-channels";
    /// A message without id or time.
    pub const MISSING_FIELD: &str = "missing-field";
    /// Times with very different UTC offsets.
    pub const SEVERAL_ZONES: &str = "several-zones";
    /// A name that is longer than any of Discord's, and is cut.
    pub const LONG_NAME: &str = "long-name";
    /// The filter left no message.
    pub const NOTHING_LEFT: &str = "nothing-left";
}

/// The most keys that are distinguished in a group of warnings.
const MOST_KEYS: usize = 100;
/// The most warnings of a kind that are listed individually.
const MOST_LISTED: usize = 20;
const OTHERS: &str = "(others)";

/// Collects warnings; repeated ones are only counted.
#[derive(Debug, Default)]
pub(crate) struct Warnings {
    list: Vec<Warning>,
    known: HashMap<(&'static str, &'static str), HashMap<String, usize>>,
}

impl From<Vec<Warning>> for Warnings {
    fn from(list: Vec<Warning>) -> Self {
        Warnings {
            list,
            known: HashMap::new(),
        }
    }
}

impl Warnings {
    /// Adds a warning, or counts it if there is one with the same code, group and key. `text` is
    /// only called the first time.
    pub fn count(
        &mut self,
        code: &'static str,
        group: &'static str,
        key: &str,
        place: impl FnOnce() -> InputPlace,
        text: impl FnOnce() -> String,
    ) {
        let known = self.known.entry((code, group)).or_default();
        // Each new warning costs a search for its line, so their number is limited.
        let key = if known.len() >= MOST_KEYS && !known.contains_key(key) {
            OTHERS
        } else {
            key
        };
        if let Some(&at) = known.get(key) {
            self.list[at].count += 1;
            return;
        }
        known.insert(key.to_owned(), self.list.len());
        self.list.push(Warning {
            code,
            place: place(),
            message: text(),
            count: 1,
        });
    }

    /// Adds individual warnings for the first few times, then only counts.
    pub fn some(
        &mut self,
        code: &'static str,
        place: impl FnOnce() -> InputPlace,
        text: impl FnOnce() -> String,
    ) {
        let known = self.known.entry((code, OTHERS)).or_default();
        let times = known.values().sum::<usize>();
        if times < MOST_LISTED {
            known.insert(String::new(), times + 1);
            self.list.push(Warning {
                code,
                place: place(),
                message: text(),
                count: 1,
            });
        } else if let Some(last) = self.list.iter_mut().rfind(|w| w.code == code) {
            last.count += 1;
        }
    }

    /// Adds a warning that stands alone.
    pub fn add(&mut self, code: &'static str, place: InputPlace, message: String) {
        self.list.push(Warning {
            code,
            place,
            message,
            count: 1,
        });
    }

    /// The warnings in order of their first occurrence.
    pub fn into_list(self) -> Vec<Warning> {
        self.list
    }
}
