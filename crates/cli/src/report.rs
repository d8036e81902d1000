//! What came of inputs: files that were read, failures, and warnings, which are told
//! once each, at the end, with counts.

use std::path::PathBuf;

use scrollback_core::Warning;
use scrollback_core::warning::codes;

use crate::failure::{Failure, Message};
use crate::terminal;

/// What came of one input or of all.
#[derive(Debug, Default)]
pub struct Report {
    /// What was odd.
    pub warnings: Warnings,
    /// What was wrong, in the order of the inputs.
    pub failures: Vec<Failure>,
    /// The files and folders that the outputs were made of.
    pub sources: Vec<PathBuf>,
}

impl Report {
    /// Takes over what came of another input.
    pub fn append(&mut self, other: Self) {
        self.warnings.append(other.warnings);
        self.failures.extend(other.failures);
        self.sources.extend(other.sources);
    }
}

/// Warnings of all exports of a run.
#[derive(Debug, Default)]
pub struct Warnings(Vec<Counted>);

#[derive(Debug)]
struct Counted {
    /// Where it was met first.
    place: String,
    text: String,
    hints: Vec<String>,
    count: usize,
}

impl Warnings {
    /// Adds what the importer found at a place of an export.
    pub fn import(&mut self, place: String, warning: &Warning) {
        let hints = hint(warning.code).into_iter().map(Into::into).collect();
        self.add(place, warning.message.clone(), hints, warning.count);
    }

    /// Adds a warning about `place`; the same text is counted and not repeated.
    pub fn add(&mut self, place: String, text: String, hints: Vec<String>, count: usize) {
        match self.0.iter_mut().find(|known| known.text == text) {
            Some(known) => known.count += count,
            None => self.0.push(Counted {
                place,
                text,
                hints,
                count,
            }),
        }
    }

    /// Takes over the warnings of another export.
    pub fn append(&mut self, other: Self) {
        for warning in other.0 {
            self.add(warning.place, warning.text, warning.hints, warning.count);
        }
    }

    /// Prints them to standard error.
    pub fn print(&self) {
        for warning in &self.0 {
            let times = match warning.count {
                1 => String::new(),
                count => format!(" ({count} times)"),
            };
            terminal::warn(&Message {
                error: format!("{}: {}{times}", warning.place, warning.text),
                hints: warning.hints.clone(),
            });
        }
    }
}

/// What to do about a kind of warning of the importer.
fn hint(code: &str) -> Option<&'static str> {
    match code {
        codes::UNKNOWN_FIELD => {
            Some("if something is missing on the pages, please report the field's name")
        }
        codes::UNEXPECTED_VALUE => {
            Some("look at this place of the file; another export may have it right")
        }
        codes::NOTHING_LEFT => Some("leave out some of the conditions, such as `--after`"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_warning_is_counted() {
        let mut warnings = Warnings::default();
        warnings.add("a".into(), "odd".into(), Vec::new(), 2);
        let mut other = Warnings::default();
        other.add("b".into(), "odd".into(), Vec::new(), 3);
        other.add("b".into(), "even".into(), Vec::new(), 1);
        warnings.append(other);
        assert_eq!(warnings.0.len(), 2);
        assert_eq!(
            (warnings.0[0].count, warnings.0[0].place.as_str()),
            (5, "a")
        );
    }
}
