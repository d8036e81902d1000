//! Rules of addresses and masked links.

use super::{Around, Before, Found, bad, count, find, join, pieces, starts, string, text};

/// What can be opened, among the addresses that these tests have.
fn opens(url: &str) -> bool {
    let rest = match url.split_once("://") {
        Some(("http" | "https", rest)) => rest,
        Some(("discord", _)) => return true,
        _ => return false,
    };
    let host = rest.trim_start_matches(['/', '\\']);
    let host = host.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    let signs = |c: char| c.is_whitespace() || c.is_control() || "<>^|[]%".contains(c);
    let last = host
        .trim_end_matches('.')
        .rsplit('.')
        .next()
        .unwrap_or_default();
    let number = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    !host.is_empty()
        && !host.contains(signs)
        && !number
        && !url.contains(char::is_control)
        && port.len() < 5
        && port.bytes().all(|b| b.is_ascii_digit())
}

pub(super) fn link(s: &[char], i: usize) -> Found {
    let scheme = ["https://", "http://", "steam://"]
        .into_iter()
        .find(|scheme| starts(s, i, scheme))?;
    let start = i + scheme.len();
    let mut end = start + count(s, start, |c| !c.is_whitespace() && c != '<');
    while end > start && "<.,:;\"']".contains(s[end - 1]) {
        end -= 1;
    }
    if end < start + 2 {
        return None;
    }
    let closing = (i..end).rev().take_while(|&k| s[k] == ')').count();
    let opening = s[i..end].iter().filter(|c| **c == '(').count();
    end -= usize::from(closing > opening);
    let url = string(&s[i..end]);
    let piece = if opens(&url) {
        bad(format!("link({url})"))
    } else {
        text(url)
    };
    Some((piece, end))
}

/// `<[^: >]+:/[^ >]+>`
pub(super) fn link_in_angles(s: &[char], i: usize) -> Found {
    let colon = find(s, i + 1, |c| ": >".contains(c))
        .filter(|&k| s[i] == '<' && s[k] == ':' && k > i + 1)?;
    let close =
        find(s, colon + 2, |c| " >".contains(c)).filter(|&k| s[k] == '>' && k > colon + 2)?;
    let url = string(&s[i + 1..close]);
    if s.get(colon + 1) != Some(&'/') || url.contains('\n') {
        return None;
    }
    let piece = if opens(&url) {
        bad(format!("link-({url})"))
    } else {
        text(url)
    };
    Some((piece, close + 1))
}

pub(super) fn masked_link(s: &[char], i: usize, context: Around) -> Found {
    if s[i] != '[' {
        return None;
    }
    // Pairs of brackets and other characters, as many as there are.
    let mut ends = vec![i + 1];
    let mut at = i + 1;
    while at < s.len() && s[at] != ']' {
        at = match s[at] {
            '[' => match find(s, at, |c| c == ']') {
                Some(close) => close + 1,
                None => break,
            },
            _ => at + 1,
        };
        ends.push(at);
    }
    // Then anything but `[`, as much as there is, before `](`.
    let candidates = ends.iter().rev().flat_map(|&end| {
        let most = end + count(s, end, |c| c != '[');
        (end..most)
            .rev()
            .filter(|&k| s[k] == ']' && s.get(k + 1) == Some(&'('))
    });
    let (close, target) = candidates
        .into_iter()
        .find_map(|k| Some((k, target(s, k + 2)?)))?;
    let (url, title, suppressed, end) = target;
    let mut address = String::new();
    let mut k = url.start;
    while k < url.end {
        let escapes = s[k] == '\\'
            && s.get(k + 1).is_some_and(|c| {
                k + 1 < url.end && !c.is_ascii_alphanumeric() && !c.is_ascii_whitespace()
            });
        k += usize::from(escapes);
        address.push(s[k]);
        k += 1;
    }
    let literal = Some((text(string(&s[i..end])), end));
    let within = |emoji| Around {
        before: Before::Text,
        link: Some(emoji),
        ..context
    };
    let inner = pieces(&s[i + 1..close], within(context.embed));
    let title_is_bad = title
        .clone()
        .is_some_and(|t| pieces(&s[t], within(true)).iter().any(|p| p.bad));
    if !opens(&address)
        || title_is_bad
        || inner.iter().any(|p| p.bad)
        || !inner.iter().any(|p| p.visible)
    {
        return literal;
    }
    let title = title
        .map(|t| format!(" {:?}", string(&s[t])))
        .unwrap_or_default();
    let sign = if suppressed { "-" } else { "" };
    Some((
        bad(format!("link{sign}({address}{title}[{}])", join(inner))),
        end,
    ))
}

type Target = (
    std::ops::Range<usize>,
    Option<std::ops::Range<usize>>,
    bool,
    usize,
);

/// `\s*<?` an address `>?` `(\s+['"]title['"])?\s*\)`
fn target(s: &[char], i: usize) -> Option<Target> {
    let start = i + count(s, i, |c| c.is_ascii_whitespace());
    let bracketed = s.get(start) == Some(&'<');
    address(
        s,
        start + usize::from(bracketed),
        start + usize::from(bracketed),
        bracketed,
    )
}

fn address(s: &[char], start: usize, at: usize, bracketed: bool) -> Option<Target> {
    let closed = s.get(at) == Some(&'>');
    let stop = at + usize::from(closed);
    let blank = |k: usize| k + count(s, k, |c| c.is_ascii_whitespace());
    let after = blank(stop);
    if after > stop && s.get(after).is_some_and(|c| "'\"".contains(*c)) {
        let quote = (after + 1..s.len())
            .find(|&k| "'\"".contains(s[k]) && s.get(blank(k + 1)) == Some(&')'));
        if let Some(quote) = quote {
            return Some((
                start..at,
                Some(after + 1..quote),
                bracketed || closed,
                blank(quote + 1) + 1,
            ));
        }
    }
    if s.get(after) == Some(&')') {
        return Some((start..at, None, bracketed || closed, after + 1));
    }
    match s.get(at)? {
        '(' => find(s, at, |c| c == ')')
            .and_then(|close| address(s, start, close + 1, bracketed))
            .or_else(|| address(s, start, at + 1, bracketed)),
        '\\' if s.get(at + 1).is_some_and(|c| *c != '\n') => address(s, start, at + 2, bracketed),
        '\\' => None,
        c if c.is_whitespace() => None,
        _ => address(s, start, at + 1, bracketed),
    }
}
