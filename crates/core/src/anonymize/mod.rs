//! Takes out of a transcript what tells who wrote it.
//!
//! Everything that has a name of its own gets a pseudonym ([`Pseudonyms`]), wherever the
//! name stands: people, servers, channels, roles, emoji, commands, files. In texts, names
//! are found in any spelling (`fold.rs`) as whole words, and so are parts of people's names;
//! words that are too common to be a name only after their sign, as in `@the`. Ids, e-mail
//! addresses, telephone numbers, IP addresses, invitations and names of people who only
//! occur in texts are found by their shape (`scan.rs`). Pictures, addresses of files and
//! unknown fields go, as they can't be told harmless. Times and role colours stay.
//!
//! Passages can be blackened (`redact`), with or without pseudonyms.

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

pub use kind::Kind;
pub use pseudonyms::{Entity, Naming, Pseudonyms};
pub(crate) use redact::{BAR, MARK, Redaction};
pub use redact::{NAMED, Pattern, check_redactions, is_expression};
pub use report::Report;

use crate::error::Error;
use crate::model::{Message, Spot, System, Transcript};
use fold::Folds;

/// What is taken out of a selection that is to be published.
#[derive(Clone, Copy, Default)]
pub struct Publishing<'p> {
    /// Pseudonyms, finished, that were taught all transcripts that have them in common.
    pub pseudonyms: Option<&'p Pseudonyms>,
    /// Words to blacken, in any spelling, and names of kinds of passages ([`NAMED`]).
    pub redact: &'p [String],
    /// What else to blacken.
    pub patterns: &'p [Box<dyn Pattern>],
}

/// Takes this out of a transcript.
///
/// # Errors
/// When a passage to be blackened makes no sense.
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

/// A text that stands beside a transcript, such as the name of its file, with everything
/// blackened that is to be.
///
/// # Errors
/// When a passage to be blackened makes no sense.
pub fn blackened(text: &str, publishing: &Publishing) -> Result<String, Error> {
    let folds = Folds::new();
    let redaction = Redaction::new(publishing.redact, publishing.patterns, &folds)?;
    let clean = scrub::blackened(text, &redaction, &folds);
    Ok(barred(clean.as_deref().unwrap_or(text)))
}

/// A text of a selection as it is shown where there is no Markdown: with bars where something
/// was blackened.
#[must_use]
pub fn barred(text: &str) -> String {
    text.replace(MARK, BAR)
}

/// Where walks through a transcript begin.
pub(crate) const NOWHERE: Spot = Spot {
    record: "",
    field: "",
};

/// The facts of system messages that go with a message: its own, and those of what it
/// answers.
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

/// What the name in the facts of a system message is of, and its key; none where it is
/// text.
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
