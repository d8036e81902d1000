//! Discord's own addresses.

/// Hosts of the client, with or without `ptb.` and `canary.`.
const HOSTS: [&str; 2] = ["discord.com", "discordapp.com"];

/// The channel or message of a Discord address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The id of the server, or `@me` for direct messages.
    pub guild: &'a str,
    /// The id of the channel.
    pub channel: &'a str,
    /// The id of the message, if it links to one.
    pub message: Option<&'a str>,
}

/// Reads an address such as `https://discord.com/channels/1/2/3`; `None` for any other. Ids
/// are not checked.
#[must_use]
pub fn place(address: &str) -> Option<Place<'_>> {
    let rest = address.strip_prefix("https://");
    let rest = rest.or_else(|| address.strip_prefix("http://"))?;
    let (host, path) = rest.split_once('/')?;
    let host = host
        .strip_prefix("ptb.")
        .or_else(|| host.strip_prefix("canary."))
        .unwrap_or(host);
    if !HOSTS.contains(&host) {
        return None;
    }
    let path = path.split(['?', '#']).next()?.trim_end_matches('/');
    let mut parts = path.strip_prefix("channels/")?.split('/');
    let (guild, channel, message) = (parts.next()?, parts.next()?, parts.next());
    let is_whole = parts.next().is_none();
    is_whole.then_some(Place {
        guild,
        channel,
        message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_channels_and_messages() {
        let leads = |address| {
            let place = place(address)?;
            Some((place.guild, place.channel, place.message))
        };
        for (address, expected) in [
            (
                "https://discord.com/channels/1/2/3",
                Some(("1", "2", Some("3"))),
            ),
            (
                "http://discordapp.com/channels/@me/2/",
                Some(("@me", "2", None)),
            ),
            (
                "https://ptb.discord.com/channels/1/2?x=/3",
                Some(("1", "2", None)),
            ),
            (
                "https://canary.discord.com/channels/1/2/3#x",
                Some(("1", "2", Some("3"))),
            ),
            ("https://discord.com/channels/1/2/3/4", None),
            ("https://discord.com/channels/1", None),
            ("https://discord.com/invite/1/2", None),
            ("https://ptb.canary.discord.com/channels/1/2", None),
            ("https://example.org/channels/1/2/3", None),
            ("discord.com/channels/1/2/3", None),
        ] {
            assert_eq!(leads(address), expected, "{address}");
        }
    }
}
