//! Text of system messages.

use super::PersonRef;
use crate::record::record;
use crate::text::Text;

record! {
    /// What Discord shows for a message that nobody wrote.
    System {}
    computed {
        /// Which icon goes with it: `join`, `leave`, `call`, `missed-call`,
        /// `edit`, `pin`, `boost`, `thread`, `alert`, `upgrade`, `stage`,
        /// `poll` or `info`.
        icon: Text<'a> = "icon",
        /// The sentence in pieces.
        segments: Vec<Segment<'a>> = "segments",
    }
}

record! {
    /// A piece of a sentence: text, or a person's name.
    Segment {}
    computed {
        /// Text; empty when `person` is given.
        text: Text<'a> = "text",
        /// Draw this person's name here.
        person: Option<PersonRef> = "person",
        /// Bold.
        strong: bool = "strong",
        /// What a click leads to: `message`, `pins`, `thread`, `threads`,
        /// `call` or `upgrade`.
        link: Text<'a> = "link",
        /// Id of the message or thread that `link` leads to.
        target: Text<'a> = "target",
    }
}
