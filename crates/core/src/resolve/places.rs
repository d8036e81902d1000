//! Updates the targets of replies after messages were removed or reordered.

use crate::model::{Message, ReplyState};

/// Updates the targets of replies. `places` has the new index of each former message; `None`
/// for removed ones.
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
