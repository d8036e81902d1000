//! Messages with only emoji, which Discord draws large (48 px instead of 22).

use super::ast::{Node, NodeKind};

/// The most emoji that are drawn large.
///
/// Sources disagree: 27 is the constant in Discord's own Android client, 30 that of a client written after the
/// desktop one. We take the desktop's, since everything else here follows the desktop client.
pub const MAX_JUMBO: usize = 30;

/// The number of emoji, if the nodes contain only emoji and white space, and from 1 to [`MAX_JUMBO`] of them.
#[must_use]
pub fn is_emoji_only(nodes: &[Node]) -> Option<usize> {
    count(nodes).filter(|n| (1..=MAX_JUMBO).contains(n))
}

fn count(nodes: &[Node]) -> Option<usize> {
    nodes.iter().try_fold(0, |sum, node| match &node.kind {
        NodeKind::Emoji { .. } | NodeKind::CustomEmoji { .. } => Some(sum + 1),
        NodeKind::Break => Some(sum),
        NodeKind::Text(text) if text.trim().is_empty() => Some(sum),
        NodeKind::Paragraph { children, .. } => Some(sum + count(children)?),
        _ => None,
    })
}
