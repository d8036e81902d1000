//! The zones that times are written in.

use crate::model::Message;

/// The offsets that times of messages are written in, and of how many messages.
pub fn offsets(messages: &[Message]) -> Vec<(i16, usize)> {
    let mut counts = Vec::new();
    for message in messages {
        count_offset(&mut counts, message);
    }
    counts
}

/// Counts the offset that the time of a message is written in.
pub fn count_offset(counts: &mut Vec<(i16, usize)>, message: &Message) {
    let Some(time) = message.timestamp else {
        return;
    };
    match counts.iter_mut().find(|(offset, _)| *offset == time.offset) {
        Some((_, count)) => *count += 1,
        None => counts.push((time.offset, 1)),
    }
}

/// The offset of most messages, where some are further from others than summer is from
/// winter in one zone.
pub fn mixed_offset(counts: &[(i16, usize)]) -> Option<i16> {
    let offsets = || counts.iter().map(|(offset, _)| *offset);
    let (least, most) = (offsets().min()?, offsets().max()?);
    if most - least <= SUMMER {
        return None;
    }
    // Of as many, the one that came first.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count)?;
    Some(best.0)
}

/// How many minutes clocks go forward in summer.
const SUMMER: i16 = 60;
