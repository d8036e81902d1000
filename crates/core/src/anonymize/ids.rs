//! Small numbers for ids.

use crate::index::Index;
use crate::text::Text;

/// Ids seen and the numbers given to them, from 1 in the order of meeting.
#[derive(Debug, Default)]
pub struct Ids(Index<'static>);

/// Runs of this many digits and more are ids wherever they stand.
const ID_DIGITS: usize = 15;

impl Ids {
    /// The number of an id.
    pub fn of(&mut self, id: &str) -> String {
        if id.is_empty() {
            return String::new();
        }
        if let Some(number) = self.0.get(id) {
            return number.to_string();
        }
        let number = self.0.len() + 1;
        self.0.insert(Text::from(id.to_owned()), number);
        number.to_string()
    }

    /// Replaces ids in a text: long runs of digits, and those within
    /// Discord's tokens (`<@1>`, `<:name:1>`…).
    pub fn replace(&mut self, text: &str) -> String {
        let bytes = text.as_bytes();
        let mut out = String::with_capacity(text.len());
        let (mut at, mut done) = (0, 0);
        while at < bytes.len() {
            if !bytes[at].is_ascii_digit() {
                at += 1;
                continue;
            }
            let length = bytes[at..]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count();
            let end = at + length;
            if length >= ID_DIGITS || in_token(text, at, end) {
                out.push_str(&text[done..at]);
                out.push_str(&self.of(&text[at..end]));
                done = end;
            }
            at = end;
        }
        out.push_str(&text[done..]);
        out
    }
}

/// How far back a token may begin: three words of 32 characters at most.
const TOKEN: usize = 400;

/// Whether the digits are the id of a token that ends right after them.
fn in_token(text: &str, start: usize, end: usize) -> bool {
    if !text[end..].starts_with('>') {
        return false;
    }
    let before = &text[text.floor_char_boundary(start.saturating_sub(TOKEN))..start];
    if ["<@", "<@!", "<@&", "<#"]
        .iter()
        .any(|open| before.ends_with(open))
    {
        return true;
    }
    let Some(before) = before.strip_suffix(':') else {
        return false;
    };
    let name = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let emoji = name.ends_with("<:") || name.ends_with("<a:");
    let command = before
        .rfind("</")
        .is_some_and(|at| !before[at..].contains(['>', '\n']));
    emoji || command
}

#[cfg(test)]
mod tests {
    use super::Ids;

    #[test]
    fn text_before_digits_may_be_anything() {
        let mut ids = Ids::default();
        for text in ["-Ȩ18:17:36>", "é:1>", "<a1:2>", ":1>", "1>", "<é:1>"] {
            assert_eq!(ids.replace(text), text);
        }
    }

    #[test]
    fn replaces_ids_and_nothing_else() {
        let mut ids = Ids::default();
        assert_eq!(ids.of("42"), "1");
        assert_eq!(
            ids.replace("<@42> <:a_1:7> </play now:8> 42 <t:1618935630:R> 100000000000000007"),
            "<@1> <:a_1:2> </play now:3> 42 <t:1618935630:R> 4"
        );
        assert_eq!(
            ids.replace("https://discord.com/channels/100000000000000007/42"),
            "https://discord.com/channels/4/42"
        );
    }
}
