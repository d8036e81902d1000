//! Where the messages and channels of an archive are, so that links lead from one channel
//! to another.

use std::collections::HashMap;

use typst_utils::hash128;

use super::links::MESSAGE;
use super::marks::SCHEME;

/// What comes before the number of a section, in an address of the program's own.
pub const SECTION: &str = "section/";
/// What comes before the id of a channel that a mention leads to.
const CHANNEL: &str = "channel/";
/// What comes before an address that is to stay as it is.
const AWAY: &str = "away/";
/// Where Discord's own addresses are, but for `ptb.` and `canary.` before them.
const HOSTS: [&str; 2] = ["discord.com", "discordapp.com"];

/// The sections that messages and channels are in.
#[derive(Debug, Default)]
pub struct Register {
    /// The section and number of messages, by their ids.
    messages: HashMap<u128, (u32, u32)>,
    /// The section of channels, by their ids.
    channels: HashMap<u128, u32>,
}

impl Register {
    /// What stands for an id, so that many take little memory.
    pub fn key(id: &str) -> u128 {
        hash128(id)
    }

    /// Notes the messages of a section, in order, by their keys; and the channel that it
    /// is the beginning of. Nothing is known of empty ids.
    pub fn add(&mut self, section: usize, channel: &str, messages: &[u128]) {
        let Ok(section) = u32::try_from(section) else {
            return;
        };
        if !channel.is_empty() {
            self.channels.entry(Self::key(channel)).or_insert(section);
        }
        let nothing = Self::key("");
        let numbered = (0..).zip(messages).filter(|(_, key)| **key != nothing);
        for (number, key) in numbered {
            self.messages.entry(*key).or_insert((section, number));
        }
    }

    /// The address of a message in the document.
    pub fn message(&self, id: &str) -> Option<String> {
        let (section, number) = self.messages.get(&Self::key(id))?;
        Some(format!("{SCHEME}{MESSAGE}{section}/{number}"))
    }

    /// The address of a channel in the document.
    fn channel(&self, id: &str) -> Option<String> {
        let section = self.channels.get(&Self::key(id))?;
        Some(format!("{SCHEME}{SECTION}{section}"))
    }

    /// Where a link leads in place of an address: `None` where it stays as it is, and
    /// `Some(None)` where it is taken away.
    pub fn leads(&self, address: &str) -> Option<Option<String>> {
        if let Some(own) = address.strip_prefix(SCHEME) {
            if let Some(away) = own.strip_prefix(AWAY) {
                return Some(Some(away.to_owned()));
            }
            return own.strip_prefix(CHANNEL).map(|id| self.channel(id));
        }
        let (channel, message) = discord_place(address)?;
        let here = match message {
            Some(message) => self.message(message),
            None => self.channel(channel),
        };
        here.map(Some)
    }
}

/// The channel and message that one of Discord's addresses leads to.
pub fn discord_place(address: &str) -> Option<(&str, Option<&str>)> {
    let path = address.strip_prefix("https://")?;
    let (host, path) = path.split_once('/')?;
    let host = host
        .trim_start_matches("ptb.")
        .trim_start_matches("canary.");
    if !HOSTS.contains(&host) {
        return None;
    }
    let mut parts = path.strip_prefix("channels/")?.split('/');
    let _server = parts.next()?;
    let channel = parts.next()?;
    Some((channel, parts.next().filter(|message| !message.is_empty())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_into_the_document() {
        let mut register = Register::default();
        register.add(4, "2", &["3", "", "5"].map(Register::key));
        let to = |address: &str| Some(Some(address.to_owned()));
        for (address, leads) in [
            (
                "https://discord.com/channels/1/2/5",
                to("scrollback:message/4/2"),
            ),
            (
                "https://ptb.discord.com/channels/@me/2/3",
                to("scrollback:message/4/0"),
            ),
            (
                "https://discord.com/channels/1/2",
                to("scrollback:section/4"),
            ),
            (
                "https://discord.com/channels/1/2/",
                to("scrollback:section/4"),
            ),
            ("https://discord.com/channels/1/2/9", None),
            ("https://discord.com/channels/1/9", None),
            ("https://example.org/channels/1/2/5", None),
            ("scrollback:channel/2", to("scrollback:section/4")),
            ("scrollback:channel/9", Some(None)),
            (
                "scrollback:away/https://discord.com/channels/1/2/5",
                to("https://discord.com/channels/1/2/5"),
            ),
            ("mailto:a@example.org", None),
        ] {
            assert_eq!(register.leads(address), leads, "{address}");
        }
        assert_eq!(register.message(""), None);
    }
}
