//! Reactions.

use super::{Color, Emoji, PersonRef};
use crate::record::record;

record! {
    /// One emoji under a message and who chose it.
    Reaction {
        /// The emoji.
        emoji: Emoji<'a> = "emoji",
        /// How many chose it, super reactions included, where that is known.
        count: Option<u64> = "count",
        /// Who chose it, as far as the exporter says.
        users: Vec<PersonRef> = "users",
        /// Ordinary and super reactions.
        count_details: Option<CountDetails<'a>> = "count_details",
        /// The one who exported chose it.
        me: bool = "me",
        /// The one who exported chose it as a super reaction.
        me_burst: bool = "me_burst",
        /// Colours of the super reaction.
        burst_colors: Vec<Color> = "burst_colors",
        /// Super reactions.
        burst_count: u64 = "burst_count",
        /// The one who exported.
        burst_me: bool = "burst_me",
    }
}

record! {
    /// Ordinary and super reactions apart.
    CountDetails {
        /// Super reactions.
        burst: u64 = "burst",
        /// Ordinary reactions.
        normal: u64 = "normal",
    }
}
