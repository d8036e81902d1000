//! Places threads among the messages of their channel.

use std::collections::HashMap;

use super::repoint;
use crate::model::{Blank, Message, MessageType, ReplyState, Transcript};
use crate::options::Threads;

/// The type of the message that announces a new thread.
const THREAD_CREATED: MessageType = MessageType(18);

/// The placement of a thread's message.
pub const UNDER: u64 = 1;
/// After all of them.
pub const AFTER: u64 = 2;

/// Moves the messages of threads under the one that each started from, or after those of the
/// channel, thread by thread.
pub fn arrange(transcript: &mut Transcript, how: Threads) {
    if how == Threads::Mixed {
        return;
    }
    let main = transcript.channel.as_ref();
    let main = main.map_or_else(String::new, |channel| channel.id.to_string());
    let messages = std::mem::take(&mut transcript.messages);
    let (own, threads) = sorted(&messages, &main, how);
    let order = match how {
        Threads::Under => under(&messages, &own, &threads),
        _ => own
            .into_iter()
            .chain(threads.into_iter().flat_map(|(_, of)| of))
            .collect(),
    };
    let mut places = vec![None; messages.len()];
    for (place, &at) in order.iter().enumerate() {
        places[at] = Some(place);
    }
    let dropped = messages.len() - order.len();
    let mut left: Vec<Option<Message>> = messages.into_iter().map(Some).collect();
    let mut messages: Vec<Message> = order.iter().filter_map(|&at| left[at].take()).collect();
    for message in &mut messages {
        if is_of_thread(message, &main) {
            message.nested = if how == Threads::Under { UNDER } else { AFTER };
        }
    }
    repoint(&mut messages, &places);
    transcript.total = transcript.total.saturating_sub(dropped as u64);
    transcript.messages = messages;
}

/// How many of the messages are of threads after their channel.
pub fn after_channel<'m, 'a: 'm>(messages: impl IntoIterator<Item = &'m Message<'a>>) -> usize {
    let messages = messages.into_iter();
    messages.filter(|message| message.nested == AFTER).count()
}

fn is_of_thread(message: &Message, main: &str) -> bool {
    !message.channel_id.is_blank() && *message.channel_id != *main
}

/// A thread's id, with the indices of its messages.
type Thread = (String, Vec<usize>);

/// The indices of the channel's own messages, and of those of each thread.
fn sorted(messages: &[Message], main: &str, how: Threads) -> (Vec<usize>, Vec<Thread>) {
    let (mut own, mut threads) = (Vec::new(), Vec::<Thread>::new());
    let mut known: HashMap<&str, usize> = HashMap::new();
    for (at, message) in messages.iter().enumerate() {
        if !is_of_thread(message, main) {
            own.push(at);
            continue;
        }
        let id: &str = &message.channel_id;
        let place = *known.entry(id).or_insert_with(|| {
            threads.push((id.to_owned(), Vec::new()));
            threads.len() - 1
        });
        // It is directly above.
        let starter = message.starter.as_ref();
        let is_copy = starter.is_some_and(|starter| starter.state == ReplyState::Here);
        if how != Threads::Under || !is_copy {
            threads[place].1.push(at);
        }
    }
    (own, threads)
}

/// All indices, with those of threads after the message that each started from.
fn under(messages: &[Message], own: &[usize], threads: &[Thread]) -> Vec<usize> {
    let mut starters: HashMap<&str, usize> = HashMap::new();
    for &at in own {
        let message = &messages[at];
        let reference = message.reference.as_ref();
        let created = reference.filter(|_| message.kind == THREAD_CREATED);
        let ids = [
            created.map(|reference| &*reference.channel_id),
            message.thread.as_ref().map(|thread| &*thread.id),
            // A thread has the id of the message that it started from.
            Some(&*message.id),
        ];
        for (rank, id) in ids.into_iter().enumerate() {
            if let Some(id) = id.filter(|id| !id.is_empty()) {
                // The message itself, rather than the one that announces the thread.
                if rank > 0 {
                    starters.insert(id, at);
                } else {
                    starters.entry(id).or_insert(at);
                }
            }
        }
    }
    let mut behind: HashMap<Option<usize>, Vec<&Thread>> = HashMap::new();
    for thread in threads {
        let begun = thread.1.first().and_then(|&at| messages[at].timestamp);
        let starter = starters.get(&*thread.0).copied().or_else(|| {
            // The last one before its first message.
            let is_before = |at: &&usize| messages[**at].timestamp <= begun;
            own.iter().take_while(is_before).last().copied()
        });
        behind.entry(starter).or_default().push(thread);
    }
    let mut order = Vec::with_capacity(messages.len());
    for at in [None].into_iter().chain(own.iter().copied().map(Some)) {
        order.extend(at);
        let threads = behind.get(&at).into_iter().flatten();
        order.extend(threads.flat_map(|(_, of)| of));
    }
    order
}
