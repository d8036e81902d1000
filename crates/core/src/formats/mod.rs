//! Transcripts as text for other programs: Markdown, plain text, JSON Lines and CSV.
//!
//! What is written is what the options select, under the names that they show. Nothing of
//! it goes through Typst. `docs/formats.md` describes the fields and columns.

mod csv;
mod json_lines;
mod lines;
mod markdown;
mod markup;
mod parts;
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
    /// A line a message, and what follows of it indented.
    Text,
    /// An object of JSON a message, on a line of its own.
    JsonLines,
    /// A table (RFC 4180) with a row a message.
    Csv,
}

/// What a text is written with.
pub struct Setting<'s> {
    /// The language.
    pub words: &'s Words,
    /// What leads to a file from where the text will be, by what the export calls it.
    pub link: &'s dyn Fn(&str) -> String,
    /// What is to be said before the messages, a line each; Markdown and plain text say it.
    pub notes: &'s [String],
    /// Whether everybody who reacted is named.
    pub reactors: bool,
    /// Whether ids of messages and people stand beside them in Markdown and plain text.
    pub ids: bool,
    /// Whether user names stand beside display names in Markdown and plain text.
    pub usernames: bool,
}

/// Writes what is selected as text.
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
