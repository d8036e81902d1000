//! Results of inputs: files that were read, failures, and warnings, which are printed once
//! each, at the end, with counts.

use std::path::PathBuf;

use scrollback_core::Warning;
use scrollback_core::warning::codes;
use serde::Serialize;

use crate::engine::provenance::{Provenance, SourceFile};
use crate::failure::{Failure, Message};
use crate::output::Written;
use crate::terminal;

/// The result of one or all inputs.
#[derive(Debug, Default)]
pub struct Report {
    /// The warnings.
    pub warnings: Warnings,
    /// The failures, in the order of the inputs.
    pub failures: Vec<Failure>,
    /// The files and folders that the outputs were made from.
    pub sources: Vec<PathBuf>,
    /// The outputs, if there is a manifest.
    pub outputs: Vec<Output>,
    /// The Typst documents, if there is a manifest.
    pub documents: Vec<Document>,
}

/// The result of a Typst document.
#[derive(Debug, Serialize)]
pub struct Document {
    /// Its output files.
    pub files: Vec<Written>,
    /// The files of its project that it read, itself first.
    pub sources: Vec<SourceFile>,
}

/// An output: its files and provenance.
#[derive(Debug, Serialize)]
pub struct Output {
    /// Its files.
    pub files: Vec<Written>,
    /// Its provenance.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Report {
    /// Adds the result of another input.
    pub fn append(&mut self, other: Self) {
        self.warnings.append_input(other.warnings);
        self.failures.extend(other.failures);
        self.sources.extend(other.sources);
        self.outputs.extend(other.outputs);
        self.documents.extend(other.documents);
    }
}

/// Warnings of all exports of a run.
#[derive(Debug, Default)]
pub struct Warnings(Vec<Counted>);

#[derive(Debug)]
struct Counted {
    /// Where it occurred first.
    place: String,
    text: String,
    hints: Vec<String>,
    count: usize,
    /// The number of inputs that it is about.
    inputs: usize,
    /// Whether something is not drawn, cut off or missing.
    lost: bool,
}

impl Warnings {
    /// Adds a warning of the importer about a position in an export.
    pub fn import(&mut self, place: String, warning: &Warning) {
        self.put(Counted {
            place,
            text: warning.message.clone(),
            hints: hint(warning.code).into_iter().map(Into::into).collect(),
            count: warning.count,
            inputs: 1,
            lost: is_loss(warning.code),
        });
    }

    /// Adds a warning about `place`; repeated texts are only counted.
    pub fn add(&mut self, place: String, text: String, hints: Vec<String>, count: usize) {
        self.put(Counted {
            place,
            text,
            hints,
            count,
            inputs: 1,
            lost: false,
        });
    }

    /// Adds a warning that something is not drawn, cut off or missing.
    pub fn lose(&mut self, place: String, text: String, hints: Vec<String>, count: usize) {
        self.put(Counted {
            place,
            text,
            hints,
            count,
            inputs: 1,
            lost: true,
        });
    }

    fn put(&mut self, warning: Counted) {
        match self.known(&warning) {
            Some(known) => known.add(&warning),
            None => self.0.push(warning),
        }
    }

    /// The warning with the same text.
    fn known(&mut self, warning: &Counted) -> Option<&mut Counted> {
        self.0.iter_mut().find(|known| known.text == warning.text)
    }

    /// Adds warnings about another part of the same input.
    pub fn append(&mut self, other: Self) {
        for warning in other.0 {
            self.put(warning);
        }
    }

    /// Adds the warnings about another input.
    pub fn append_input(&mut self, other: Self) {
        for warning in other.0 {
            match self.known(&warning) {
                Some(known) => {
                    known.add(&warning);
                    known.inputs += warning.inputs;
                }
                None => self.0.push(warning),
            }
        }
    }

    /// The warnings as text, each once.
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(Counted::words).collect()
    }

    /// The number of warnings about something that is not drawn, cut off or missing.
    pub fn losses(&self) -> usize {
        self.0.iter().filter(|warning| warning.lost).count()
    }

    /// Prints them to standard error.
    pub fn print(&self) {
        for warning in &self.0 {
            terminal::warn(&Message {
                error: warning.words(),
                hints: warning.hints.clone(),
            });
        }
    }
}

impl Counted {
    /// Counts another warning with the same text.
    fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.lost |= other.lost;
    }

    fn words(&self) -> String {
        // The place is that of the first input.
        let times = match (self.count, self.inputs) {
            (1, _) => String::new(),
            (count, 1) => format!(" ({count} times)"),
            (count, inputs) if count == inputs => format!(" (in {inputs} inputs)"),
            (count, inputs) => format!(" ({count} times in {inputs} inputs)"),
        };
        format!("{}: {}{times}", self.place, self.text)
    }
}

/// Whether a kind of warning of the importer is about something that is not drawn, cut off
/// or missing.
fn is_loss(code: &str) -> bool {
    !matches!(
        code,
        codes::DUPLICATE | codes::SEVERAL_CHANNELS | codes::SEVERAL_ZONES | codes::NOTHING_LEFT
    )
}

/// The hint for a kind of warning of the importer.
fn hint(code: &str) -> Option<&'static str> {
    match code {
        codes::UNKNOWN_FIELD => {
            Some("if something is missing on the pages, please report the field's name")
        }
        codes::UNEXPECTED_VALUE | codes::DUPLICATE_FIELD | codes::STRAY_TEXT => {
            Some("look at this place of the file; another export may have it right")
        }
        codes::COUNT_MISMATCH => Some("some messages may be missing: export again"),
        codes::SEVERAL_ZONES => Some("pass the zone that you want to `--timezone`"),
        codes::NOTHING_LEFT => Some("remove or widen some of the filter options"),
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

    #[test]
    fn the_same_warning_about_several_inputs_names_their_number() {
        let of = |place: &str, count| {
            let mut warnings = Warnings::default();
            warnings.add(place.into(), "odd".into(), Vec::new(), count);
            warnings
        };
        let mut warnings = of("a", 1);
        assert_eq!(warnings.texts(), ["a: odd"]);
        warnings.append_input(of("b", 1));
        assert_eq!(warnings.texts(), ["a: odd (in 2 inputs)"]);
        warnings.append_input(of("c", 3));
        assert_eq!(warnings.texts(), ["a: odd (5 times in 3 inputs)"]);
        warnings.append(of("a", 1));
        assert_eq!(warnings.texts(), ["a: odd (6 times in 3 inputs)"]);
    }
}
