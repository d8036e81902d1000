//! Derives data from the messages: names, galleries, poll results, replies, facts of system
//! messages, and times.

mod automod;
mod cards;
mod people;
mod places;
mod poll;
mod reply;
mod selects;
mod system;
mod threads;
mod times;

pub(crate) use places::repoint;
pub(crate) use reply::replies;
pub(crate) use threads::{UNDER, after_channel, arrange};
pub(crate) use times::{coarsen, times};

use crate::model::{Component, Embed, Transcript};
use crate::options::Names;

/// Resolves everything that depends on no option but the choice of names.
pub(crate) fn resolve(transcript: &mut Transcript, names: Names) {
    people::people(transcript, names);
    for message in &mut transcript.messages {
        single_pictures(&mut message.embeds);
        for snapshot in &mut message.message_snapshots {
            single_pictures(&mut snapshot.embeds);
        }
        if let Some(copy) = &mut message.referenced_message {
            single_pictures(&mut copy.embeds);
            if let Some(poll) = &mut copy.poll {
                poll::count(poll);
            }
        }
        if let Some(poll) = &mut message.poll {
            poll::count(poll);
        }
        cards::take(message);
        flatten(&mut message.components, DEEPEST);
        for snapshot in &mut message.message_snapshots {
            flatten(&mut snapshot.components, DEEPEST);
        }
    }
    selects::choose(transcript);
    system::facts(transcript);
}

/// Keeps a single picture only as `image`; the exporter repeats it in `images`. The package
/// decides which embeds are merged.
fn single_pictures(embeds: &mut [Embed]) {
    for embed in embeds {
        if embed.image.is_none() && embed.images.len() == 1 {
            embed.image = embed.images.pop().map(Box::new);
        }
        if embed.images.len() == 1 {
            embed.images.clear();
        }
    }
}

/// The deepest nesting of components: Discord has three levels.
const DEEPEST: usize = 8;

/// Moves components that are nested too deeply next to their parents.
fn flatten(components: &mut Vec<Component>, depth: usize) {
    if depth > 0 {
        for component in components.iter_mut() {
            flatten(&mut component.components, depth - 1);
            for inner in [&mut component.component, &mut component.accessory]
                .into_iter()
                .flatten()
            {
                flatten(&mut inner.components, depth - 1);
            }
        }
        return;
    }
    let mut left = std::mem::take(components);
    left.reverse();
    while let Some(mut component) = left.pop() {
        left.extend(std::mem::take(&mut component.components).into_iter().rev());
        for inner in [component.component.take(), component.accessory.take()] {
            left.extend(inner.map(|inner| *inner));
        }
        components.push(component);
    }
}
