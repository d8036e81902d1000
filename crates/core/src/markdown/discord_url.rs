//! Links to messages, channels and files in Discord.

use super::ast::NodeKind;
use crate::address::{self, Place};

/// Hosts of uploaded files.
const FILE_HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

fn is_id(s: &str) -> bool {
    (15..=20).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
}

/// The pill that the client draws for a bare link to a message, a channel or an uploaded file.
pub(super) fn kind(url: &str) -> Option<NodeKind<'_>> {
    uploaded(url).or_else(|| {
        let Place {
            guild,
            channel,
            message,
        } = address::place(url)?;
        if !(guild == "@me" || is_id(guild)) || !is_id(channel) {
            return None;
        }
        match message {
            None => Some(NodeKind::ChannelLink {
                url,
                guild,
                channel,
            }),
            Some(message) => is_id(message).then_some(NodeKind::MessageLink {
                url,
                guild,
                channel,
                message,
            }),
        }
    })
}

/// The pill of a file that was sent in a message.
fn uploaded(url: &str) -> Option<NodeKind<'_>> {
    let rest = url.strip_prefix("https://");
    let rest = rest.or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    if !FILE_HOSTS.contains(&host) {
        return None;
    }
    let mut parts = path.split(['?', '#']).next()?.split('/');
    let is_attached = matches!(parts.next()?, "attachments" | "ephemeral-attachments");
    let (channel, attachment, name) = (parts.next()?, parts.next()?, parts.next()?);
    let is_whole = is_attached
        && is_id(channel)
        && is_id(attachment)
        && !name.is_empty()
        && parts.next().is_none();
    is_whole.then_some(NodeKind::AttachmentLink { url, name })
}
