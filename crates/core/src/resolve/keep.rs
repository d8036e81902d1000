//! Leaves out what the filter doesn't keep, and orders the rest.

use crate::filter::Matcher;
use crate::model::{ReplyState, Transcript};

/// Applies the filter and the order; replies then point to where messages
/// are.
pub fn keep(transcript: &mut Transcript, matcher: Option<&Matcher>, newest_first: bool) {
    let messages = &mut transcript.messages;
    let before = messages.len();
    let mut places: Vec<Option<usize>> = Vec::with_capacity(before);
    let mut kept = 0;
    for message in messages.iter() {
        let keep = matcher.is_none_or(|matcher| matcher.keeps(message));
        places.push(keep.then_some(kept));
        kept += usize::from(keep);
    }
    if newest_first {
        for place in places.iter_mut().flatten() {
            *place = kept - 1 - *place;
        }
    }
    if kept < before {
        let mut place = places.iter();
        messages.retain(|_| place.next().is_some_and(Option::is_some));
    }
    if newest_first {
        messages.reverse();
    }
    transcript.filtered_out = (before - kept) as u64;
    if kept == before && !newest_first {
        return;
    }
    for message in messages {
        for reply in [&mut message.reply, &mut message.starter]
            .into_iter()
            .flatten()
        {
            let Some(at) = reply.message else { continue };
            reply.message = places.get(at).copied().flatten();
            if reply.message.is_none() {
                reply.state = ReplyState::LeftOut;
            }
        }
    }
}
