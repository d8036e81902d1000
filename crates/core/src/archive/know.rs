//! Resolves channels that messages mention and other inputs describe.

use std::collections::HashSet;

use super::Archive;
use crate::model::Channel;

impl Archive<'_> {
    /// Adds channels that messages here mention and the inputs don't describe.
    pub fn know(&mut self, channels: &[Channel<'static>]) {
        let named: HashSet<&str> = self
            .transcript
            .messages
            .iter()
            .flat_map(|message| {
                let forwarded = message.message_snapshots.iter();
                let forwarded = forwarded.map(|snapshot| &*snapshot.content);
                forwarded.chain([&*message.content])
            })
            .chain(
                self.transcript
                    .channel
                    .iter()
                    .map(|channel| &*channel.topic),
            )
            .flat_map(channels_in)
            .collect();
        let own = self.transcript.channel.iter();
        let known = own.chain(&self.transcript.channels);
        let known: HashSet<&str> = known.map(|channel| &*channel.id).collect();
        let new = channels
            .iter()
            .filter(|channel| named.contains(&*channel.id) && !known.contains(&*channel.id));
        let new: Vec<Channel> = new.cloned().collect();
        self.transcript.channels.extend(new);
    }
}

/// The ids of channels in a text, from mentions and addresses.
fn channels_in(text: &str) -> impl Iterator<Item = &str> {
    let id = |rest: &'_ str| -> usize { rest.bytes().take_while(u8::is_ascii_digit).count() };
    let mentions = text
        .match_indices("<#")
        .map(|(at, mark)| &text[at + mark.len()..]);
    let addresses = text.match_indices("/channels/").filter_map(|(at, mark)| {
        let path = &text[at + mark.len()..];
        path.split_once('/').map(|(_, rest)| rest)
    });
    mentions
        .chain(addresses)
        .map(move |rest| &rest[..id(rest)])
        .filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_are_named_in_mentions_and_addresses() {
        let text = "<#12>, <#> and https://discord.com/channels/5/34/56, /channels/@me/78, <#x>";
        let found: Vec<&str> = channels_in(text).collect();
        assert_eq!(found, ["12", "34", "78"]);
    }
}
