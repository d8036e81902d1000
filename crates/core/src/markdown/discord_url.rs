//! Which links lead into Discord itself.

use super::ast::NodeKind;

/// Hosts of the client, with or without `ptb.` and `canary.`.
const HOSTS: [&str; 2] = ["discord.com", "discordapp.com"];
/// Hosts of uploaded files.
const FILE_HOSTS: [&str; 2] = ["cdn.discordapp.com", "media.discordapp.net"];

fn is_id(s: &str) -> bool {
    (15..=20).contains(&s.len()) && s.bytes().all(|b| b.is_ascii_digit())
}

/// The pill that the client draws for a bare link to a message, a channel or an uploaded file.
pub(super) fn kind(url: &str) -> Option<NodeKind<'_>> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let path_only = path.split(['?', '#']).next()?;
    if FILE_HOSTS.contains(&host) {
        let mut parts = path_only.split('/');
        let attached = matches!(parts.next()?, "attachments" | "ephemeral-attachments");
        let (channel, attachment, name) = (parts.next()?, parts.next()?, parts.next()?);
        let whole = attached
            && is_id(channel)
            && is_id(attachment)
            && !name.is_empty()
            && parts.next().is_none();
        return whole.then_some(NodeKind::AttachmentLink { url, name });
    }
    let host = host
        .strip_prefix("ptb.")
        .or_else(|| host.strip_prefix("canary."))
        .unwrap_or(host);
    if !HOSTS.contains(&host) {
        return None;
    }
    let mut parts = path_only.trim_end_matches('/').split('/');
    if parts.next()? != "channels" {
        return None;
    }
    let (guild, channel) = (parts.next()?, parts.next()?);
    if !(guild == "@me" || is_id(guild)) || !is_id(channel) {
        return None;
    }
    match (parts.next(), parts.next()) {
        (None, _) => Some(NodeKind::ChannelLink {
            url,
            guild,
            channel,
        }),
        (Some(message), None) if is_id(message) => Some(NodeKind::MessageLink {
            url,
            guild,
            channel,
            message,
        }),
        _ => None,
    }
}
