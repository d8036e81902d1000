//! Records where the messages and channels of an archive are, for links from one channel to
//! another.

use std::collections::HashMap;

use scrollback_core::address;
use typst_utils::hash128;

use super::SCHEME;
use super::links::MESSAGE;

/// The prefix of a section's number in an internal address.
pub const SECTION: &str = "section/";
/// The prefix of the id of a channel that a mention links to.
const CHANNEL: &str = "channel/";
/// The prefix of an address that stays unchanged.
const AWAY: &str = "away/";

/// The sections that messages and channels are in.
#[derive(Debug, Default)]
pub struct Register {
    /// The section and number of messages, by their ids.
    messages: HashMap<u128, (u32, u32)>,
    /// The start of each channel and thread, by id: a section, or a message in one.
    channels: HashMap<u128, (u32, Option<u32>)>,
}

impl Register {
    /// A compact key for an id, so that many of them take little memory.
    pub fn key(id: &str) -> u128 {
        hash128(id)
    }

    /// Records the messages of a section, in order, by their keys, and the channel that begins
    /// with it. Empty ids are ignored.
    pub fn add(&mut self, section: usize, channel: &str, messages: &[u128]) {
        let Ok(section) = u32::try_from(section) else {
            return;
        };
        if !channel.is_empty() {
            let place = self.channels.entry(Self::key(channel));
            place.or_insert((section, None));
        }
        let nothing = Self::key("");
        let numbered = (0..).zip(messages).filter(|(_, key)| **key != nothing);
        for (number, key) in numbered {
            self.messages.entry(*key).or_insert((section, number));
        }
    }

    /// Records a thread within a section, by the key of its id and the number of its first
    /// message there.
    pub fn add_thread(&mut self, section: usize, thread: u128, first: usize) {
        if let (Ok(section), Ok(first)) = (section.try_into(), first.try_into()) {
            let place = self.channels.entry(thread);
            place.or_insert((section, Some(first)));
        }
    }

    /// The address of a message in the document.
    pub fn message(&self, id: &str) -> Option<String> {
        let (section, number) = self.messages.get(&Self::key(id))?;
        Some(format!("{SCHEME}{MESSAGE}{section}/{number}"))
    }

    /// The address of a channel or thread in the document.
    fn channel(&self, id: &str) -> Option<String> {
        let (section, first) = self.channels.get(&Self::key(id))?;
        Some(match first {
            Some(first) => format!("{SCHEME}{MESSAGE}{section}/{first}"),
            None => format!("{SCHEME}{SECTION}{section}"),
        })
    }

    /// The new target of a link: `None` if it stays unchanged, `Some(None)` if it is removed.
    pub fn leads(&self, address: &str) -> Option<Option<String>> {
        if let Some(own) = address.strip_prefix(SCHEME) {
            if let Some(away) = own.strip_prefix(AWAY) {
                return Some(Some(away.to_owned()));
            }
            return own.strip_prefix(CHANNEL).map(|id| self.channel(id));
        }
        let place = address::place(address)?;
        let here = match place.message {
            Some(message) => self.message(message),
            None => self.channel(place.channel),
        };
        here.map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_into_the_document() {
        let mut register = Register::default();
        register.add(4, "2", &["3", "", "5"].map(Register::key));
        register.add_thread(4, Register::key("7"), 2);
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
            ("scrollback:channel/7", to("scrollback:message/4/2")),
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
