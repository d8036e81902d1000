//! What could not be read as expected, for the caller to show.

use std::collections::HashMap;
use std::fmt;

use serde::Serialize;

/// Where in the inputs something stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct InputPlace {
    /// Which input, from 0.
    pub input: usize,
    /// Line in that input, from 1; 0 when no line applies.
    pub line: usize,
    /// Column in characters, from 1; 0 when no column applies.
    pub column: usize,
    /// Id of the message concerned, where known.
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

/// Something in the input that was read differently than it stands there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A fixed name of the kind of warning; see [`codes`].
    pub code: &'static str,
    /// Where it was met first.
    pub place: InputPlace,
    /// What was expected, what came, and what was done.
    pub message: String,
    /// How often it was met; the last of many also stands for the rest.
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

/// The names of the kinds of warnings.
pub mod codes {
    /// A field that the transcript model has no name for; what it says is not drawn.
    pub const UNKNOWN_FIELD: &str = "unknown-field";
    /// A value of another kind than expected; what it says is not drawn.
    pub const UNEXPECTED_VALUE: &str = "unexpected-value";
    /// The file ends before its JSON does.
    pub const TRUNCATED: &str = "truncated";
    /// A message that is no valid JSON; kept as text.
    pub const UNREADABLE_MESSAGE: &str = "unreadable-message";
    /// Characters between two values that don't belong there.
    pub const STRAY_TEXT: &str = "stray-text";
    /// Half of a UTF-16 surrogate pair, replaced by U+FFFD.
    pub const LONE_SURROGATE: &str = "lone-surrogate";
    /// A text with characters that can't be shown; U+FFFD stands for each.
    pub const UNSHOWABLE: &str = "unshowable-character";
    /// The file's own count differs from the messages in it.
    pub const COUNT_MISMATCH: &str = "count-mismatch";
    /// The same message id more than once with different content.
    pub const DUPLICATE: &str = "duplicate-message";
    /// Inputs of more than one channel.
    pub const SEVERAL_CHANNELS: &str = "several-channels";
    /// A message without id or time.
    pub const MISSING_FIELD: &str = "missing-field";
    /// Times that are written in zones far apart.
    pub const SEVERAL_ZONES: &str = "several-zones";
    /// A name that is longer than any of Discord's, and is drawn cut.
    pub const LONG_NAME: &str = "long-name";
    /// The filter left no message.
    pub const NOTHING_LEFT: &str = "nothing-left";
}

/// How many different keys are told apart in a group of warnings.
const MOST_KEYS: usize = 100;
/// How many warnings of a kind are listed one by one.
const MOST_LISTED: usize = 20;
const OTHERS: &str = "(others)";

/// Warnings being collected: the same one is counted, not repeated.
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
    /// Adds a warning, or counts it if one with the same code, group and key
    /// was there before. `text` is only asked for the first time.
    pub fn count(
        &mut self,
        code: &'static str,
        group: &'static str,
        key: &str,
        place: impl FnOnce() -> InputPlace,
        text: impl FnOnce() -> String,
    ) {
        let known = self.known.entry((code, group)).or_default();
        // Each first meeting costs a look for its line, so there is an end.
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

    /// Adds a warning of its own for the first few times, then counts.
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

    /// The warnings in the order they were met.
    pub fn into_list(self) -> Vec<Warning> {
        self.list
    }
}
