//! Removes from a transcript whatever identifies people.
//!
//! Everything with a name gets a pseudonym ([`Pseudonyms`]), wherever the name occurs:
//! people, servers, channels, roles, emoji, commands, files. In texts, names and parts of
//! people's names are found in any spelling (`fold.rs`) as whole words; common words only
//! after their sign, as in `@the`, or with the name's own accents and symbols (`spelling.rs`). Ids, e-mail addresses, telephone numbers, IP addresses,
//! invitations and names of people who only occur in texts are found by their shape
//! (`scan`). Pictures, addresses of files and unknown fields are removed, because they may
//! identify people. Times and role colours stay.
//!
//! Passages can be blacked out (`redact`), with or without pseudonyms.

mod common;
mod field;
mod fold;
mod kind;
mod learn;
mod names;
mod pseudonyms;
mod redact;
mod report;
mod scan;
mod scrub;
mod spelling;

pub use kind::Kind;
pub use pseudonyms::{Entity, Naming, Pseudonyms};
pub(crate) use redact::{BAR, MARK, Redaction};
pub use redact::{NAMED, Pattern, check_redactions, is_expression};
pub use report::Report;

use crate::error::Error;
use crate::model::{Message, Spot, System, Transcript};
use fold::Folds;

/// What to remove from a selection before it is published.
#[derive(Clone, Copy, Default)]
pub struct Publishing<'p> {
    /// Finished pseudonyms, which know all transcripts that share them.
    pub pseudonyms: Option<&'p Pseudonyms>,
    /// Words to black out, in any spelling, and names of kinds of passages ([`NAMED`]).
    pub redact: &'p [String],
    /// Further passages to black out.
    pub patterns: &'p [Box<dyn Pattern>],
}

/// Removes this from a transcript.
///
/// # Errors
/// When a passage to black out is invalid.
pub(crate) fn publish(
    transcript: &mut Transcript,
    publishing: &Publishing,
) -> Result<Report, Error> {
    let Publishing {
        pseudonyms,
        redact,
        patterns,
    } = *publishing;
    let mut report = Report::default();
    if pseudonyms.is_some() || !redact.is_empty() || !patterns.is_empty() {
        let folds = Folds::new();
        let redaction = Redaction::new(redact, patterns, &folds)?;
        report = scrub::scrub(transcript, pseudonyms, &redaction, &folds);
    }
    Ok(report)
}

/// Blacks out passages in a text beside a transcript, such as its file name.
///
/// # Errors
/// When a passage to black out is invalid.
pub fn redacted(text: &str, publishing: &Publishing) -> Result<String, Error> {
    let folds = Folds::new();
    let redaction = Redaction::new(publishing.redact, publishing.patterns, &folds)?;
    let clean = scrub::redacted(text, &redaction, &folds);
    Ok(barred(clean.as_deref().unwrap_or(text)))
}

/// A text of a selection as it is shown outside of Markdown: with bars for blacked-out
/// passages.
#[must_use]
pub fn barred(text: &str) -> String {
    text.replace(MARK, BAR)
}

/// The root of walks through a transcript.
pub(crate) const NOWHERE: Spot = Spot {
    record: "",
    field: "",
};

/// The facts of system messages with a message: its own, and those of the message that it
/// replies to.
fn facts<'m, 'a>(message: &'m mut Message<'a>) -> impl Iterator<Item = &'m mut System<'a>> {
    let answered = [&mut message.reply, &mut message.starter];
    let answered = answered
        .into_iter()
        .flatten()
        .map(|reply| &mut reply.system);
    let copy = message
        .referenced_message
        .iter_mut()
        .map(|copy| &mut copy.system);
    answered
        .chain(copy)
        .chain([&mut message.system])
        .flatten()
        .map(|system| &mut **system)
}

/// The kind and key of the name in the facts of a system message; `None` if it is text.
fn named<'m>(system: &'m System) -> Option<(Kind, &'m str)> {
    let name = &*system.name;
    let (kind, key) = match system.kind {
        _ if name.is_empty() => return None,
        4 | 12 => (Kind::Channel, name),
        18 if !system.message_id.is_empty() => (Kind::Thread, &*system.message_id),
        18 => (Kind::Thread, name),
        25 | 27 | 28 | 32 | 44 => (Kind::Title, name),
        _ => return None,
    };
    Some((kind, key))
}
