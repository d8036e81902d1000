//! Collects everything in a transcript that has a name.

use super::field::{Field, Ids};
use super::kind::Kind;
use super::pseudonyms::Pseudonyms;
use super::scan::{Shape, scan};
use super::{NOWHERE, facts, named};
use crate::json::Json;
use crate::model::{Blank, Channel, Extra, PersonRef, Spot, Transcript, Visit, Walk};
use crate::text::Text;

impl Pseudonyms {
    /// Collects the names in a transcript from which nothing was removed yet.
    pub fn learn(&mut self, transcript: &mut Transcript) {
        for at in order(transcript) {
            self.meet_person(&transcript.people[at]);
        }
        if let Some(channel) = &transcript.channel
            && channel.kind.is_some_and(|kind| kind.is_direct())
        {
            self.meet_channel(Kind::Direct, channel);
            // People who never wrote a message are named only here.
            for name in channel.name.split(", ") {
                self.meet_written(name);
            }
        }
        let listed = transcript.guild.iter().flat_map(|guild| &guild.channels);
        let listed = transcript
            .channel
            .iter()
            .chain(&transcript.channels)
            .chain(listed);
        for channel in listed {
            let is_thread = channel.kind.is_some_and(|kind| kind.is_thread());
            self.meet_channel(
                if is_thread {
                    Kind::Thread
                } else {
                    Kind::Channel
                },
                channel,
            );
        }
        for thread in transcript
            .messages
            .iter()
            .filter_map(|message| message.thread.as_deref())
        {
            self.meet_channel(Kind::Thread, thread);
        }
        for system in transcript.messages.iter_mut().flat_map(facts) {
            if let Some((kind, key)) = named(system) {
                self.meet(kind, key, &system.name);
            }
        }
        let mut learner = Learner {
            known: self,
            ids: Ids::default(),
            spans: Vec::new(),
        };
        transcript.walk(NOWHERE, &mut learner);
    }
}

impl Pseudonyms {
    fn meet_channel(&mut self, kind: Kind, channel: &Channel) {
        let key = if channel.id.is_blank() {
            &channel.name
        } else {
            &channel.id
        };
        self.meet(kind, key, &channel.name);
    }
}

/// Indices of people in the order of their first messages, then the others.
fn order(transcript: &Transcript) -> Vec<usize> {
    let mut seen = vec![false; transcript.people.len()];
    let mut order = Vec::with_capacity(seen.len());
    let authors = transcript
        .messages
        .iter()
        .filter_map(|message| message.author);
    for person in authors.map(PersonRef::index).chain(0..seen.len()) {
        if let Some(seen) = seen.get_mut(person).filter(|seen| !**seen) {
            *seen = true;
            order.push(person);
        }
    }
    order
}

struct Learner<'k> {
    known: &'k mut Pseudonyms,
    ids: Ids,
    spans: Vec<super::scan::Span>,
}

impl<'a> Visit<'a> for Learner<'_> {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        let Some(field) = self.ids.field(spot, text) else {
            return;
        };
        match field {
            Field::Id => self.known.meet_id(text),
            Field::Name(Kind::Emoji) if !self.ids.is_custom(spot, text) => {}
            Field::Name(kind) => self.known.meet(kind, self.ids.key(spot, kind, text), text),
            Field::Written => self.known.meet_written(text),
            // People are collected separately.
            Field::Text if spot.record != "Person" => self.shapes(text),
            _ => {}
        }
    }
    fn extra(&mut self, _: &mut Extra<'a>) {}
    fn json(&mut self, _: &mut Json<'a>) {}
}

impl Learner<'_> {
    /// Collects names that are recognised by their shape.
    fn shapes(&mut self, text: &str) {
        self.spans.clear();
        scan(text, &mut self.spans);
        for span in &self.spans {
            let shown = &text[span.at.clone()];
            match &span.shape {
                Shape::Id => self.known.meet_id(shown),
                Shape::Emoji(id) => self.known.meet(Kind::Emoji, &text[id.clone()], shown),
                Shape::Url(_) => {}
                Shape::Handle => self.known.meet_written(shown),
                Shape::Tag => self.known.meet_written(untagged(shown)),
                other => {
                    if let Some(kind) = other.kind() {
                        self.known.meet(kind, &key(kind, shown), shown);
                    }
                }
            }
        }
    }
}

/// `name#1234` without its number.
pub fn untagged(shown: &str) -> &str {
    shown.rsplit_once('#').map_or(shown, |(name, _)| name)
}

/// The key of something recognised by its shape; equivalent spellings share a key.
pub fn key(kind: Kind, shown: &str) -> String {
    match kind {
        Kind::Phone => shown.chars().filter(char::is_ascii_digit).collect(),
        Kind::File => shown.split('?').next().unwrap_or_default().to_owned(),
        // Invitation codes are case-sensitive.
        Kind::Invite | Kind::Command => shown.to_owned(),
        _ => shown.to_lowercase(),
    }
}
