//! Finds what names somebody by its shape alone: ids, addresses, telephone numbers,
//! `@names`, invitations.
//!
//! Every look to the left or right has a bound, so that time is linear in the text.

use std::ops::Range;

use super::kind::Kind;

/// Something found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Where it is, in bytes.
    pub at: Range<usize>,
    /// What it is.
    pub shape: Shape,
}

/// What something in a text is, by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An id.
    Id,
    /// The name in a custom emoji; its id stands there.
    Emoji(Range<usize>),
    /// The name in the mention of a command.
    Command,
    /// A name after `@`, or where an address has the name of somebody's account.
    Handle,
    /// `name#1234`.
    Tag,
    /// An e-mail address.
    Mail,
    /// A telephone number.
    Phone,
    /// An IP address.
    Ip,
    /// The code of an invitation.
    Invite,
    /// The name of a file on Discord's servers, and what follows it.
    File,
    /// An address; its host ends there.
    Url(usize),
}

impl Shape {
    /// The kind of what is known by its shape alone.
    pub fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Command => Kind::Command,
            Self::Mail => Kind::Mail,
            Self::Phone => Kind::Phone,
            Self::Ip => Kind::Ip,
            Self::Invite => Kind::Invite,
            Self::File => Kind::File,
            _ => return None,
        })
    }
}

/// Runs of this many digits and more are ids wherever they stand.
const ID_DIGITS: usize = 15;
/// How far a token of Discord's may reach: three words of 32 characters and an id.
const TOKEN: usize = 140;

/// Finds everything in a text. Addresses come beside what is in them; other spans may
/// overlap.
pub fn scan(text: &str, found: &mut Vec<Span>) {
    Scan {
        text,
        found,
        address: 0,
    }
    .run();
}

struct Scan<'t> {
    text: &'t str,
    found: &'t mut Vec<Span>,
    /// Where the last address ends.
    address: usize,
}

impl Scan<'_> {
    fn push(&mut self, at: Range<usize>, shape: Shape) -> usize {
        let end = at.end;
        self.found.push(Span { at, shape });
        end
    }

    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        let mut code = false;
        while let Some(&byte) = bytes.get(at) {
            let next = match byte {
                b'<' => self.token(at),
                b'0'..=b'9' => Some(self.digits(at)),
                b'+' | b'(' => self.phone(at),
                b'@' => self.at_sign(at, code),
                b'#' => self.tag(at),
                b':' => self.colon(at),
                b'/' => self.slash(at),
                b'`' => {
                    code = !code;
                    Some(at + self.run_of(at, &|b| b == b'`'))
                }
                _ => None,
            };
            at = next.unwrap_or(at + 1).max(at + 1);
        }
    }

    fn bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// How many bytes from `at` on are so.
    fn run_of(&self, at: usize, is: &dyn Fn(u8) -> bool) -> usize {
        let rest = self.bytes().get(at..).unwrap_or_default();
        rest.iter().take_while(|b| is(**b)).count()
    }

    /// The same of characters, `most` at most.
    fn chars_of(&self, at: usize, most: usize, is: &dyn Fn(char) -> bool) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let fits = rest.chars().take(most).take_while(|c| is(*c));
        fits.map(char::len_utf8).sum()
    }

    /// The same of characters that end before `at`.
    fn chars_before(&self, at: usize, most: usize, is: &dyn Fn(char) -> bool) -> usize {
        let before = self.text.get(..at).unwrap_or_default();
        let fits = before.chars().rev().take(most).take_while(|c| is(*c));
        fits.map(char::len_utf8).sum()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }

    fn after(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn is_word_before(&self, at: usize) -> bool {
        self.before(at).is_some_and(char::is_alphanumeric)
    }

    fn is_word_after(&self, at: usize) -> bool {
        self.after(at).is_some_and(char::is_alphanumeric)
    }

    /// `<@1>`, `<#1>`, `<:name:1>`, `</name:1>`, `<t:1>`.
    fn token(&mut self, at: usize) -> Option<usize> {
        let window = &self.bytes()[at..self.bytes().len().min(at + TOKEN)];
        let close = at + window.iter().position(|b| *b == b'>')?;
        let inner = self.text.get(at + 1..close)?;
        if inner.starts_with("t:") {
            return Some(close + 1);
        }
        let is_id = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
        if let Some(id) = ["@&", "@!", "@", "#"]
            .iter()
            .find_map(|sign| inner.strip_prefix(sign))
        {
            if !is_id(id) {
                return None;
            }
            self.push(close - id.len()..close, Shape::Id);
            return Some(close + 1);
        }
        let (name, id) = inner.rsplit_once(':').filter(|(_, id)| is_id(id))?;
        let id = close - id.len()..close;
        let (start, is_emoji) = match name {
            _ if name.starts_with('/') => (at + 2, false),
            _ if name.starts_with("a:") => (at + 3, true),
            _ if name.starts_with(':') => (at + 2, true),
            _ => return None,
        };
        let shape = if is_emoji {
            Shape::Emoji(id.clone())
        } else {
            Shape::Command
        };
        self.push(start..id.start - 1, shape);
        self.push(id, Shape::Id);
        Some(close + 1)
    }

    /// An id, an IP address or a telephone number. Gives where the digits end.
    fn digits(&mut self, at: usize) -> usize {
        let length = self.run_of(at, &|b| b.is_ascii_digit());
        let end = at + length;
        if length >= ID_DIGITS {
            return self.push(at..end, Shape::Id);
        }
        if self.is_word_before(at) || matches!(self.before(at), Some('.')) && self.digit_before(at)
        {
            return end;
        }
        self.ipv4(at).or_else(|| self.phone(at)).unwrap_or(end)
    }

    fn digit_before(&self, at: usize) -> bool {
        at >= 2 && self.bytes()[at - 2].is_ascii_digit()
    }

    fn ipv4(&mut self, at: usize) -> Option<usize> {
        let mut end = at;
        let mut first = 0;
        for part in 0..4 {
            if part > 0 {
                if *self.bytes().get(end)? != b'.' {
                    return None;
                }
                end += 1;
            }
            let length = self.run_of(end, &|b| b.is_ascii_digit());
            let value: u32 = self.text.get(end..end + length)?.parse().ok()?;
            if length > 3 || value > 255 {
                return None;
            }
            if part == 0 {
                first = value;
            }
            end += length;
        }
        let goes_on = self.is_word_after(end)
            || self.after(end) == Some('.')
                && self.bytes().get(end + 1).is_some_and(u8::is_ascii_digit);
        if goes_on {
            return None;
        }
        // The computer's own address is nobody's.
        if first == 127 || first == 0 {
            return Some(end);
        }
        Some(self.push(at..end, Shape::Ip))
    }

    /// `2001:db8::1`, round the colon at `at`.
    fn ipv6(&mut self, at: usize) -> Option<usize> {
        let is_part = |c: char| c.is_ascii_hexdigit() || c == ':' || c == '.';
        let start = at - self.chars_before(at, 40, &is_part);
        let end = at + self.chars_of(at, 45, &is_part);
        let shown = self.text.get(start..end)?.trim_end_matches('.');
        let shown = match shown.strip_suffix(':') {
            Some(inner) if !shown.ends_with("::") => inner,
            _ => shown,
        };
        let end = start + shown.len();
        if self.is_word_before(start) || self.is_word_after(end) || !is_ipv6(shown) {
            return None;
        }
        // The computer's own address is nobody's.
        if shown == "::1" {
            return Some(end);
        }
        Some(self.push(start..end, Shape::Ip))
    }

    /// A telephone number from `at` on: `+48 600 700 800`, `(555) 010-0100`, `0221 123456`.
    fn phone(&mut self, at: usize) -> Option<usize> {
        if self.is_word_before(at) {
            return None;
        }
        let mut groups: Vec<usize> = Vec::new();
        let (mut separators, mut last) = (0, None);
        let (mut dashed, mut dotted) = (false, false);
        let mut end = at;
        for (offset, c) in self.text[at..].char_indices().take(32) {
            match c {
                '0'..='9' => {
                    match groups.last_mut().filter(|_| separators == 0) {
                        Some(group) => *group += 1,
                        None => groups.push(1),
                    }
                    separators = 0;
                    end = at + offset + 1;
                }
                '+' if offset == 0 => {}
                '(' if offset <= 1 || separators > 0 => separators += 1,
                ' ' | '-' | '.' | '/' | ')' | '\u{a0}' if !groups.is_empty() => {
                    if separators == 2 {
                        break;
                    }
                    separators += 1;
                    last = last.or(Some(c));
                    dashed |= c == '-';
                    dotted |= c == '.' || c == '/';
                }
                _ => break,
            }
        }
        let number = self.text.get(at..end).filter(|number| !number.is_empty())?;
        if self.is_word_after(end) || matches!(self.after(end), Some(':' | '%' | '@' | '°')) {
            return None;
        }
        let digits: usize = groups.iter().sum();
        let date = matches!(
            groups[..],
            [4, 2, 2, ..] | [2, 2, 4, ..] | [1 | 2, 1 | 2, 4, ..]
        );
        let inner = groups.get(1..).unwrap_or_default();
        let is_phone = if number.starts_with('+') {
            (7..=15).contains(&digits)
        } else if number.starts_with('(') {
            (7..=15).contains(&digits) && groups.len() > 1 && number.contains(')')
        } else if groups.len() == 1 {
            // Numbers with a one in front are mostly moments.
            (9..=11).contains(&digits) && !number.starts_with('1')
        } else if groups[..] == [3, 4] {
            dashed
        } else {
            let tidy = groups[0] <= 5 && inner.iter().all(|group| (2..=8).contains(group));
            let enough = groups.len() > 2 || !dotted;
            (9..=13).contains(&digits) && tidy && enough && !date
        };
        is_phone.then(|| self.push(at..end, Shape::Phone))
    }

    /// An e-mail address or `@name`.
    fn at_sign(&mut self, at: usize, code: bool) -> Option<usize> {
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
        // Other signs may follow in it: `@ada#1234`.
        Some(at + 1)
    }

    /// `name#1234` with the `#` at `at`.
    fn tag(&mut self, at: usize) -> Option<usize> {
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
    fn colon(&mut self, at: usize) -> Option<usize> {
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
    fn slash(&mut self, at: usize) -> Option<usize> {
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

/// Whether a text is an IPv6 address: eight groups of hexadecimal digits, or fewer with one
/// `::` for the others. Without a digit of ten it may be a path such as `a::b`.
fn is_ipv6(text: &str) -> bool {
    let (mut groups, mut gaps) = (0, 0);
    let parts: Vec<&str> = text.split(':').collect();
    for (at, part) in parts.iter().enumerate() {
        match part.len() {
            // At an end, two empty parts are one gap.
            0 => gaps += usize::from(at == 0 || !parts[at - 1].is_empty()),
            1..=4 if part.bytes().all(|b| b.is_ascii_hexdigit()) => groups += 1,
            _ => return false,
        }
    }
    let whole = if gaps == 0 {
        groups == 8
    } else {
        gaps == 1 && groups < 8 && text.contains("::")
    };
    whole && text.bytes().any(|b| b.is_ascii_digit())
}

/// Zero width characters and marks over letters, which `@names` may have inside.
fn is_joined(c: char) -> bool {
    matches!(u32::from(c), 0x300..=0x36F | 0x200B..=0x200D | 0x2060 | 0xFE0F | 0xFEFF)
}

/// What codes of invitations stand after.
const INVITES: [&str; 6] = [
    "discord.gg",
    "discord.com/invite",
    "discordapp.com/invite",
    "discord.me",
    "dsc.gg",
    "invite.gg",
];
/// What ids and names of files stand after.
const FILES: [&str; 4] = [
    "cdn.discordapp.com/attachments",
    "media.discordapp.net/attachments",
    "cdn.discordapp.com/ephemeral-attachments",
    "media.discordapp.net/ephemeral-attachments",
];
/// What names of accounts stand after.
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
/// Pages of these that are nobody's account.
const PAGES: [&str; 22] = [
    "about", "events", "explore", "features", "groups", "hashtag", "home", "i", "intent", "login",
    "p", "pages", "photo", "reel", "search", "settings", "share", "sharer", "sponsors", "tv",
    "watch", "videos",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found, by kind: addresses are left out.
    fn found(text: &str) -> Vec<(&str, &str)> {
        let mut spans = Vec::new();
        scan(text, &mut spans);
        let name = |shape: &Shape| match shape {
            Shape::Id => "id",
            Shape::Emoji(_) => "emoji",
            Shape::Command => "command",
            Shape::Handle => "handle",
            Shape::Tag => "tag",
            Shape::Mail => "mail",
            Shape::Phone => "phone",
            Shape::Ip => "ip",
            Shape::Invite => "invite",
            Shape::File => "file",
            Shape::Url(_) => "url",
        };
        spans
            .iter()
            .filter(|span| !matches!(span.shape, Shape::Url(_)))
            .map(|span| (name(&span.shape), &text[span.at.clone()]))
            .collect()
    }

    #[test]
    fn ids_are_long_digits_or_in_tokens() {
        assert_eq!(
            found("<@42> <:a_1:7> </play now:8> 42 <t:1618935630:R> 100000000000000007"),
            [
                ("id", "42"),
                ("emoji", "a_1"),
                ("id", "7"),
                ("command", "play now"),
                ("id", "8"),
                ("id", "100000000000000007")
            ]
        );
        for text in [
            "-Ȩ18:17:36>",
            "é:1>",
            "<a1:2>",
            ":1>",
            "1>",
            "<é:1>",
            "<@a>",
            "</é:1",
        ] {
            assert!(
                found(text).iter().all(|(kind, _)| *kind == "command"),
                "{text}"
            );
        }
    }

    #[test]
    fn addresses_of_people_and_computers() {
        assert_eq!(
            found(
                "ada.l+x@kiln.example, 192.168.7.20:80 [2001:db8::7] 1.2.3 127.0.0.1 12:30:15 a::b"
            ),
            [
                ("mail", "ada.l+x@kiln.example"),
                ("ip", "192.168.7.20"),
                ("ip", "2001:db8::7")
            ]
        );
    }

    #[test]
    fn telephone_numbers_are_told_from_dates_and_sums() {
        for number in [
            "+48 600 700 801",
            "+14155550123",
            "(555) 010-0199",
            "0221 1234567",
            "06 12 34 56 78",
            "020 7946 0958",
            "415-555-0123",
            "555-0123",
            "5552345678",
            "1-800-555-0199",
        ] {
            assert_eq!(
                found(&format!("call {number}, please")),
                [("phone", number)],
                "{number}"
            );
        }
        for number in [
            "2024-03-01 12:30",
            "2024-03-01",
            "01.03.2024",
            "3.14159265358",
            "1618935630",
            "12 345 678",
            "1920x1080",
            "978-3-16-148410-0",
            "100%",
            "v1.22.333.4444",
        ] {
            assert_eq!(found(&format!("it is {number}.")), [], "{number}");
        }
    }

    #[test]
    fn names_after_an_at_sign_and_with_a_tag() {
        assert_eq!(
            found("@zofia_l, (@Ünal) @everyone @here `@property` a@b @2pm zed#4821 #1234 c#12345"),
            [
                ("handle", "zofia_l"),
                ("handle", "Ünal"),
                ("tag", "zed#4821")
            ]
        );
    }

    #[test]
    fn addresses_that_lead_to_people_and_servers() {
        assert_eq!(
            found("https://discord.gg/kiLn-1 discordapp.com/invite/x https://x.com/zofia/status/1"),
            [("invite", "kiLn-1"), ("invite", "x"), ("handle", "zofia")]
        );
        assert_eq!(
            found(
                "https://cdn.discordapp.com/attachments/11/12/zofia.png?ex=1 https://fox.com/zofia"
            ),
            [("id", "11"), ("id", "12"), ("file", "zofia.png?ex=1")]
        );
        assert_eq!(
            found("https://tube.example/@zofia?x=1"),
            [("handle", "zofia")]
        );
    }
}
