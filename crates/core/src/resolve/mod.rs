//! What follows from the messages themselves: names, galleries, results,
//! replies, sentences and times.

mod cards;
mod gallery;
mod people;
mod places;
mod poll;
mod reply;
mod system;
mod times;

pub(crate) use places::repoint;
pub(crate) use reply::replies;
pub(crate) use times::times;

use crate::model::Transcript;
use crate::options::Names;

/// Resolves all that needs no options but the choice of names.
pub(crate) fn resolve(transcript: &mut Transcript, names: Names) {
    people::people(transcript, names);
    for message in &mut transcript.messages {
        gallery::merge(&mut message.embeds);
        for snapshot in &mut message.message_snapshots {
            gallery::merge(&mut snapshot.embeds);
        }
        if let Some(poll) = &mut message.poll {
            poll::count(poll);
        }
        cards::take(message);
    }
    system::sentences(transcript);
}
