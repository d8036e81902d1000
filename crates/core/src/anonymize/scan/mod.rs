//! Finds what identifies people by its shape: ids, addresses, telephone numbers, `@names`,
//! invitations.
//!
//! Every look to the left or right is bounded, so that time is linear in the text.

mod addresses;
mod numbers;

use std::ops::Range;

use super::kind::Kind;

/// Something found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its position, in bytes.
    pub at: Range<usize>,
    /// What it is.
    pub shape: Shape,
}

/// What something in a text is, judging by its shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An id.
    Id,
    /// The name in a custom emoji, which also has its id.
    Emoji(Range<usize>),
    /// The name in the mention of a command.
    Command,
    /// A name after `@`, or an account name in an address.
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
    /// The name of a file on Discord's servers, with what follows it.
    File,
    /// An address, with the end of its host.
    Url(usize),
}

impl Shape {
    /// The kind of something that is recognised by its shape.
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

/// Runs of this many digits or more are always ids.
const ID_DIGITS: usize = 15;
/// The longest mention or emoji token: three words of 32 characters and an id.
const TOKEN: usize = 140;

/// Finds everything in a text. Addresses are reported along with what is in them; other
/// spans may overlap, too.
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

    /// The number of matching bytes from `at` on.
    fn run_of(&self, at: usize, is: &dyn Fn(u8) -> bool) -> usize {
        let rest = self.bytes().get(at..).unwrap_or_default();
        rest.iter().take_while(|b| is(**b)).count()
    }

    /// The same for characters, at most `most`.
    fn chars_of(&self, at: usize, most: usize, is: &dyn Fn(char) -> bool) -> usize {
        let rest = self.text.get(at..).unwrap_or_default();
        let fits = rest.chars().take(most).take_while(|c| is(*c));
        fits.map(char::len_utf8).sum()
    }

    /// The same for characters that end before `at`.
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

    /// An id, an IP address or a telephone number. Returns the end of the digits.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found, by kind, without addresses.
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
