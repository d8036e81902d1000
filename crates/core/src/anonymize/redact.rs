//! Blacks out passages.

use std::ops::Range;

use super::fold::Folds;
use super::names::{Entry, Names, Sign, spellings};
use super::scan::Shape;
use crate::error::Error;
use crate::text::quoted;

/// Marks blacked-out passages in texts until they are written for Typst: a Unicode
/// noncharacter, which is removed from the original texts beforehand.
pub const MARK: char = '\u{FDD0}';
/// The bar in plain text, such as file names.
pub const BAR: &str = "█████";

/// Finds passages by regular expressions, which the plugin can't afford.
pub trait Pattern: Send + Sync {
    /// Calls `found` with each passage of the text.
    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>));
}

/// The passages to black out.
#[derive(Default)]
pub struct Redaction<'p> {
    words: Names,
    shapes: [bool; 4],
    patterns: &'p [Box<dyn Pattern>],
    count: usize,
}

/// Named kinds of passages, in the order of `shapes`.
pub const NAMED: [&str; 4] = ["email", "phone", "ip", "token"];

impl<'p> Redaction<'p> {
    /// Prepares the passages to search for: words, and named kinds of passages.
    ///
    /// # Errors
    /// When one is empty, or a regular expression.
    pub fn new(
        asked: &[String],
        patterns: &'p [Box<dyn Pattern>],
        folds: &Folds,
    ) -> Result<Self, Error> {
        let mut redaction = Self {
            patterns,
            count: asked.len() + patterns.len(),
            ..Self::default()
        };
        for asked in asked {
            if let Some(at) = NAMED.iter().position(|name| name == asked) {
                redaction.shapes[at] = true;
                continue;
            }
            if is_expression(asked) {
                return Err(Error::option(
                    "redact",
                    format_args!(
                        "expected words, or one of {}, got the regular expression {}, which \
                         only the program `scrollback` can look for",
                        NAMED.join(", "),
                        quoted(asked),
                    ),
                ));
            }
            let spellings = spellings(folds, asked);
            if spellings.is_empty() {
                return Err(Error::option(
                    "redact",
                    format_args!(
                        "expected words with letters or digits, got {}",
                        quoted(asked)
                    ),
                ));
            }
            let entry = Entry {
                target: 0,
                sign: Sign::None,
                only_signed: false,
            };
            for spelling in spellings {
                redaction.words.add(&spelling, entry);
            }
        }
        Ok(redaction)
    }

    /// Whether there is nothing to black out.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The words to black out.
    pub fn words(&self) -> &Names {
        &self.words
    }

    /// Whether to black out something of this shape.
    pub fn takes(&self, shape: &Shape) -> bool {
        let [mail, phone, ip, _] = self.shapes;
        match shape {
            Shape::Mail => mail,
            Shape::Phone => phone,
            Shape::Ip => ip,
            _ => false,
        }
    }

    /// Finds passages by their patterns.
    pub fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>)) {
        if self.shapes[3] {
            tokens(text, found);
        }
        for pattern in self.patterns {
            pattern.find(text, found);
        }
    }
}

/// Checks passages: words, and named kinds of passages.
///
/// # Errors
/// When one is empty, or a regular expression.
pub fn check_redactions(asked: &[String]) -> Result<(), Error> {
    Redaction::new(asked, &[], &Folds::new()).map(|_| ())
}

/// Whether a passage has the form `/…/`.
#[must_use]
pub fn is_expression(asked: &str) -> bool {
    asked.len() > 2 && asked.starts_with('/') && asked.ends_with('/')
}

/// Prefixes of service keys, with their minimum length.
const KEYS: [(&str, usize); 14] = [
    ("ghp_", 30),
    ("gho_", 30),
    ("ghs_", 30),
    ("github_pat_", 30),
    ("glpat-", 20),
    ("xoxb-", 20),
    ("xoxp-", 20),
    ("xoxa-", 20),
    ("sk-", 20),
    ("sk_live_", 20),
    ("pk_live_", 20),
    ("AKIA", 20),
    ("AIza", 30),
    ("eyJ", 30),
];

/// Finds secrets: tokens of bots and web sessions, keys of services, and long runs of
/// mixed-case letters with digits.
fn tokens(text: &str, found: &mut dyn FnMut(Range<usize>)) {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut at = 0;
    for run in text.split(|c: char| !part(c)) {
        let start = run.as_ptr() as usize - text.as_ptr() as usize;
        debug_assert!(start >= at);
        at = start + run.len();
        let run = run.trim_end_matches('.');
        if is_token(run) {
            found(start..start + run.len());
        }
    }
}

fn is_token(run: &str) -> bool {
    if run.len() < 20 {
        return false;
    }
    if KEYS
        .iter()
        .any(|(start, least)| run.starts_with(start) && run.len() >= *least)
    {
        return true;
    }
    let parts: Vec<&str> = run.splitn(4, '.').collect();
    match parts[..] {
        // A bot token: its id, the time, a hash.
        [id, time, hash] => id.len() >= 17 && time.len() >= 6 && hash.len() >= 27,
        [one] => {
            let has = |is: fn(&u8) -> bool| one.bytes().any(|b| is(&b));
            one.len() >= 32
                && has(u8::is_ascii_uppercase)
                && has(u8::is_ascii_lowercase)
                && has(u8::is_ascii_digit)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_told_from_words_and_hashes() {
        let found = |text: &str| {
            let mut found = Vec::new();
            tokens(text, &mut |at| found.push(text[at].to_owned()));
            found
        };
        // Made up for this test: no service gave these out.
        let bot = [
            "MTAwMDAwMDAwMDAwMDAwMDA",
            "GaBcDe",
            "abcdefghijklmnopqrstuvwxyz012",
        ]
        .join(".");
        let key = format!("ghp_{}", "a1B2".repeat(9));
        let long = "aB3".repeat(11);
        for token in [&bot, &key, &long] {
            assert_eq!(
                found(&format!("use `{token}`, and go.")),
                std::slice::from_ref(token),
                "{token}"
            );
        }
        for text in [
            "d670460b4b4aece5915caf5c68d12f560a9fe3e4",
            "internationalization-of-everything-else",
            "www.an-example-of-a-host.example.org",
            "sk-short",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn what_redact_cannot_find_is_an_error() {
        let error = |asked: &str| {
            let result = Redaction::new(&[asked.into()], &[], &Folds::new());
            result.err().expect("it is wrong").to_string()
        };
        assert_eq!(
            error("/a+/"),
            "option `redact`: expected words, or one of email, phone, ip, token, got the regular \
             expression \"/a+/\", which only the program `scrollback` can look for"
        );
        assert_eq!(
            error("…"),
            "option `redact`: expected words with letters or digits, got \"…\""
        );
    }
}
