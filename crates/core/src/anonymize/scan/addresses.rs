//! Finds names after `@` and before `#1234`, e-mail addresses, and addresses that identify
//! people and servers: invitations, files, accounts.

use super::{Scan, Shape};

impl Scan<'_> {
    /// An e-mail address or `@name`.
    pub(super) fn at_sign(&mut self, at: usize, code: bool) -> Option<usize> {
        let local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
        let start = at - self.chars_before(at, 64, &local);
        let host = |c: char| c.is_alphanumeric() || c == '-' || c == '.';
        let end = at + 1 + self.chars_of(at + 1, 253, &host);
        let name = self.text.get(at + 1..end)?.trim_end_matches(['.', '-']);
        let end = at + 1 + name.len();
        let is_host = name.rsplit_once('.').is_some_and(|(_, top)| {
            top.chars().count() > 1 && top.chars().all(char::is_alphabetic)
        });
        if start < at && is_host {
            return Some(self.push(start..end, Shape::Mail));
        }
        if start < at && self.is_word_before(at) || code {
            return None;
        }
        let part = |c: char| c.is_alphanumeric() || "_.-".contains(c) || is_joined(c);
        let end = at + 1 + self.chars_of(at + 1, 64, &part);
        let name = self.text.get(at + 1..end)?.trim_end_matches(['.', '-']);
        let first = name.chars().next()?;
        // No name has one letter.
        name.chars().nth(1)?;
        if name == "everyone"
            || name == "here"
            || first.is_numeric()
            || first == '.'
            || first == '-'
        {
            return None;
        }
        let end = at + 1 + name.len();
        self.push(at + 1..end, Shape::Handle);
        // Other signs may follow: `@ada#1234`.
        Some(at + 1)
    }

    /// `name#1234` with the `#` at `at`.
    pub(super) fn tag(&mut self, at: usize) -> Option<usize> {
        let end = at + 5;
        let digits = self.text.get(at + 1..end)?;
        let part = |c: char| c.is_alphanumeric() || "_.-".contains(c);
        let start = at - self.chars_before(at, 32, &part);
        let name = self.text.get(start..at)?.trim_start_matches(['.', '-']);
        let is_tag = digits.bytes().all(|b| b.is_ascii_digit())
            && !self.is_word_after(end)
            && name.chars().any(char::is_alphabetic);
        is_tag.then(|| self.push(at - name.len()..end, Shape::Tag))
    }

    /// The address whose `://` begins at `at`, or an IP address with colons.
    pub(super) fn colon(&mut self, at: usize) -> Option<usize> {
        if !self.text[at..].starts_with("://") {
            return self.ipv6(at);
        }
        if at < self.address {
            return None;
        }
        let scheme = self.chars_before(at, 16, &|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
        if scheme == 0 {
            return None;
        }
        let rest = &self.text[at + 3..];
        let length = rest.find(|c: char| c.is_whitespace() || "<>\"`".contains(c));
        let address = &rest[..length.unwrap_or(rest.len())];
        let host = address.find(['/', '?', '#', ':']).unwrap_or(address.len());
        self.address = at + 3 + address.len();
        self.push(at - scheme..self.address, Shape::Url(at + 3 + host));
        Some(at + 3)
    }

    /// What comes after `discord.gg/`, `github.com/` and the like, with the slash at `at`.
    pub(super) fn slash(&mut self, at: usize) -> Option<usize> {
        let start = self.text.floor_char_boundary(at.saturating_sub(40));
        let before = self.text[start..at].to_ascii_lowercase();
        let ends = |place: &&&str| {
            before
                .strip_suffix(**place)
                .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
        };
        if INVITES.iter().find(ends).is_some() {
            let end = at
                + 1
                + self.run_of(at + 1, &|b| {
                    b.is_ascii_alphanumeric() || b == b'-' || b == b'_'
                });
            return (end > at + 1).then(|| self.push(at + 1..end, Shape::Invite));
        }
        if FILES.iter().find(ends).is_some() {
            let rest = &self.text[at..];
            let length = rest.find(|c: char| c.is_whitespace() || "<>\"`)".contains(c));
            let path = &rest[..length.unwrap_or(rest.len())];
            // Two ids come first.
            let name = path.match_indices('/').nth(2)?.0 + 1;
            let end = at + path.len();
            let mut start = at + 1;
            for id in path[1..name].split_terminator('/') {
                self.push(start..start + id.len(), Shape::Id);
                start += id.len() + 1;
            }
            return Some(self.push(at + name..end, Shape::File));
        }
        if ACCOUNTS.iter().find(ends).is_some() {
            let part = |c: char| c.is_alphanumeric() || "_.-%".contains(c);
            let end = at + 1 + self.chars_of(at + 1, 64, &part);
            let name = self.text.get(at + 1..end)?.trim_end_matches('.');
            if name.is_empty() || PAGES.contains(&name) {
                return None;
            }
            let end = at + 1 + name.len();
            return Some(self.push(at + 1..end, Shape::Handle));
        }
        None
    }
}

/// Zero-width characters and combining marks, which `@names` may contain.
fn is_joined(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x200B..=0x200D | 0x2060 | 0xFE0F | 0xFEFF)
}

/// Prefixes of invitation codes.
const INVITES: [&str; 6] = [
    "discord.gg",
    "discord.com/invite",
    "discordapp.com/invite",
    "discord.me",
    "dsc.gg",
    "invite.gg",
];
/// Prefixes of ids and file names.
const FILES: [&str; 4] = [
    "cdn.discordapp.com/attachments",
    "media.discordapp.net/attachments",
    "cdn.discordapp.com/ephemeral-attachments",
    "media.discordapp.net/ephemeral-attachments",
];
/// Prefixes of account names.
const ACCOUNTS: [&str; 24] = [
    "github.com",
    "gitlab.com",
    "codeberg.org",
    "twitter.com",
    "x.com",
    "instagram.com",
    "facebook.com",
    "t.me",
    "twitch.tv",
    "reddit.com/u",
    "reddit.com/user",
    "reddit.com/r",
    "linkedin.com/in",
    "linkedin.com/company",
    "steamcommunity.com/id",
    "soundcloud.com",
    "patreon.com",
    "ko-fi.com",
    "open.spotify.com/user",
    "bsky.app/profile",
    "youtube.com/user",
    "youtube.com/c",
    "keybase.io",
    "snapchat.com/add",
];
/// Pages of these hosts that aren't accounts.
const PAGES: [&str; 22] = [
    "about", "events", "explore", "features", "groups", "hashtag", "home", "i", "intent", "login",
    "p", "pages", "photo", "reel", "search", "settings", "share", "sharer", "sponsors", "tv",
    "watch", "videos",
];
