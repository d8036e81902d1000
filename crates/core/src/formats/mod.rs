//! Transcripts as text for other programs: Markdown, plain text, JSON Lines and CSV.
//!
//! They contain what the options select, with the names that the options show, and don't
//! involve Typst. `docs/formats.md` describes the fields and columns.

mod cards;
mod components;
mod csv;
mod files;
mod json_lines;
mod lines;
mod markdown;
mod markup;
mod parts;
mod polls;
mod scene;
mod texts;

use crate::anonymize::NOWHERE;
use crate::archive::Selection;
use crate::model::Walk;
use crate::typeset::bars;
use crate::words::Words;
use scene::Scene;

/// A format of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown as GitHub and Obsidian read it.
    Markdown,
    /// One line per message; continuation lines are indented.
    Text,
    /// One JSON object per message, each on its own line.
    JsonLines,
    /// A table (RFC 4180) with one row per message.
    Csv,
}

/// The settings of a text.
pub struct Setting<'s> {
    /// The language.
    pub words: &'s Words,
    /// Maps the export's address of a file to a link from the text's location.
    pub link: &'s dyn Fn(&str) -> String,
    /// Notices before the messages, one per line, for Markdown and plain text.
    pub notes: &'s [String],
    /// Whether to name everybody who reacted.
    pub reactors: bool,
    /// Whether to show ids of messages and people in Markdown and plain text.
    pub ids: bool,
    /// Whether to show user names beside display names in Markdown and plain text.
    pub usernames: bool,
}

/// Writes the selection as text.
#[must_use]
pub fn write(mut selection: Selection, format: Format, setting: &Setting) -> String {
    if selection.redacted {
        selection.transcript.walk(NOWHERE, &mut bars::Plain);
    }
    let scene = Scene::new(&selection.transcript, &selection.formatter, setting);
    match format {
        Format::Markdown => markdown::write(&scene),
        Format::Text => lines::write(&scene),
        Format::JsonLines => json_lines::write(&scene),
        Format::Csv => csv::write(&scene),
    }
}
