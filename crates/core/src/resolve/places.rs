//! Where the messages are that replies point to, once some are left out or the
//! order is another.

use crate::model::{Message, ReplyState};

/// Points replies to where messages are now. `places` has the new place of each
/// message that there was; none for those left out.
pub fn repoint(messages: &mut [Message], places: &[Option<usize>]) {
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
