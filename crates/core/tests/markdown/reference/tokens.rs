//! Rules of what stands in angle brackets, and of emoji.

use scrollback_core::emoji;

use super::{Found, bad, count, find, inline, starts, string, text};

/// Mentions, custom emoji, times, commands and pages.
pub(super) fn angles(s: &[char], i: usize) -> Found {
    let close = find(s, i + 1, |c| matches!(c, '>' | '<' | '\n'))
        .filter(|&k| s[i] == '<' && s[k] == '>')?;
    let inner = string(&s[i + 1..close]);
    let digits = |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit());
    let parts: Vec<&str> = inner.split(':').collect();
    let piece = match parts[..] {
        [who] if who.starts_with("@&") && digits(&who[2..]) => bad(format!("role:{}", &who[2..])),
        [who] if who.starts_with("@!") && digits(&who[2..]) => bad(format!("user:{}", &who[2..])),
        [who] if who.starts_with('@') && digits(&who[1..]) => bad(format!("user:{}", &who[1..])),
        [place] if place.starts_with('#') && digits(&place[1..]) => {
            bad(format!("channel:{}", &place[1..]))
        }
        ["" | "a", name, id]
            if digits(id)
                && !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') =>
        {
            inline(format!("emoji:{}:{name}:{id}", parts[0]))
        }
        ["t", seconds] | ["t", seconds, _] if digits(seconds.trim_start_matches('-')) => {
            let style = parts.get(2).copied().unwrap_or("f");
            let known = style.chars().count() == 1 && "tTdDfFsSR".contains(style);
            let near = seconds
                .parse::<i64>()
                .is_ok_and(|n| n.abs() <= 8_640_000_000_000);
            if !known || !near {
                return None;
            }
            inline(format!("t:{seconds}:{style}"))
        }
        ["id", "customize"] => bad("navigation:Customize:".into()),
        [command, id] if command.starts_with('/') && digits(id) => {
            let words: Vec<&str> = command[1..].split(' ').collect();
            let fits = words.len() <= 3
                && words.iter().all(|w| {
                    (1..=32).contains(&w.chars().count())
                        && w.chars().all(|c| c.is_alphanumeric() || "-_'".contains(c))
                });
            if !fits {
                return None;
            }
            bad(format!("command:{}:{id}", &command[1..]))
        }
        _ => return None,
    };
    Some((piece, close + 1))
}

pub(super) fn unicode_emoji(s: &[char], i: usize) -> Found {
    let rest = string(&s[i..]);
    let found = emoji::at(&rest)?;
    let length = found.text.chars().count();
    let piece = match emoji::is_text_style(found.text) {
        true => text(found.text),
        false => inline(format!("emoji:{}{}", found.text, found.name())),
    };
    Some((piece, i + length))
}

/// `:name:`; a name that nobody knows is text together with its colons.
pub(super) fn shortcode(s: &[char], i: usize) -> Found {
    if s[i] != ':' {
        return None;
    }
    let end = i + 1 + count(s, i + 1, |c| c.is_alphanumeric() || "_+-".contains(c));
    let toned = starts(s, end, "::skin-tone-")
        .then(|| end + 12 + count(s, end + 12, |c| c.is_ascii_digit()));
    for end in [toned, Some(end)].into_iter().flatten() {
        let name = string(&s[i + 1..end]);
        if s.get(end) == Some(&':')
            && let Some(found) = emoji::from_shortcode(&name)
        {
            let piece = match emoji::is_text_style(&found) {
                true => text(found.trim_end_matches('\u{FE0F}')),
                false => inline(format!("emoji:{found}{}", emoji::at(&found)?.name())),
            };
            return Some((piece, end + 1));
        }
    }
    let word = i + 1 + count(s, i + 1, |c| c.is_alphanumeric() || c == '_');
    (word > i + 1 && s.get(word) == Some(&':')).then(|| (text(string(&s[i..=word])), word + 1))
}

pub(super) fn everyone(s: &[char], i: usize) -> Found {
    if starts(s, i, "@everyone") {
        return Some((bad("everyone".into()), i + 9));
    }
    starts(s, i, "@here").then(|| (bad("here".into()), i + 5))
}
