//! The UTC offsets of an export's times.

use crate::model::Message;

/// The UTC offsets of message times, with the number of messages of each.
pub fn offsets(messages: &[Message]) -> Vec<(i16, usize)> {
    let mut counts = Vec::new();
    for message in messages {
        count_offset(&mut counts, message);
    }
    counts
}

/// Counts the offset of a message's time.
pub fn count_offset(counts: &mut Vec<(i16, usize)>, message: &Message) {
    let Some(time) = message.timestamp else {
        return;
    };
    match counts.iter_mut().find(|(offset, _)| *offset == time.offset) {
        Some((_, count)) => *count += 1,
        None => counts.push((time.offset, 1)),
    }
}

/// The most common offset, if offsets differ by more than daylight saving time does.
pub fn mixed_offset(counts: &[(i16, usize)]) -> Option<i16> {
    let offsets = || counts.iter().map(|(offset, _)| *offset);
    let (least, most) = (offsets().min()?, offsets().max()?);
    if most - least <= SUMMER {
        return None;
    }
    // If counts are equal, the first one wins.
    let best = counts.iter().rev().max_by_key(|(_, count)| *count)?;
    Some(best.0)
}

/// The minutes that daylight saving time adds.
const SUMMER: i16 = 60;
