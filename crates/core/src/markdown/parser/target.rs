//! The target of a masked link, `(address "title")`, and which addresses can be opened.

use std::borrow::Cow;
use std::ops::Range;

use super::runs::Next;

/// The address and the title of a masked link, as ranges of bytes.
#[derive(Clone)]
pub(super) struct Target {
    /// As written, without its angle brackets.
    pub url: Range<usize>,
    /// Without its quotation marks.
    pub title: Option<Range<usize>>,
    /// In angle brackets: no preview.
    pub suppressed: bool,
    /// After the closing parenthesis.
    pub end: usize,
}

impl Target {
    /// The same, with all positions moved on by `by`.
    pub fn shifted(self, by: usize) -> Self {
        let shift = |r: Range<usize>| r.start + by..r.end + by;
        Self {
            url: shift(self.url),
            title: self.title.map(shift),
            suppressed: self.suppressed,
            end: self.end + by,
        }
    }
}

/// Reads the target after `(` from the beginning of `s`. Also returns how many bytes were looked at.
///
/// An address consists of characters other than white space, of escaped characters, and of pairs of parentheses,
/// which may contain white space. It ends as early as the rest of the link allows. A `(` begins a pair if that makes
/// a link; otherwise, it is an ordinary character.
pub(super) fn read(s: &str) -> (Option<Target>, u64) {
    let bytes = s.as_bytes();
    let mut steps = 0;
    let mut start = blank(bytes, 0, &mut steps);
    let bracketed = bytes.get(start) == Some(&b'<');
    start += usize::from(bracketed);
    // Where to continue if a pair of parentheses makes no link, and for which positions that is known.
    let mut retry = Vec::new();
    let mut failed: Vec<usize> = Vec::new();
    let mut closing = Next::default();
    let mut at = start;
    loop {
        if let Some((closed, title, end)) = ending(bytes, at, &mut steps) {
            let target = Target {
                url: start..at,
                title,
                suppressed: bracketed || closed,
                end,
            };
            return (Some(target), steps);
        }
        steps += 1;
        let next = match bytes.get(at) {
            Some(b'(') => {
                let pair = closing.find(bytes, at, |b| b == b')', &mut steps);
                match failed.binary_search(&pair) {
                    Err(i) if pair < bytes.len() => {
                        failed.insert(i, pair);
                        retry.push(at + 1);
                        Some(pair + 1)
                    }
                    _ => Some(at + 1),
                }
            }
            Some(b'\\') => s[at + 1..]
                .chars()
                .next()
                .filter(|&c| c != '\n')
                .map(|c| at + 1 + c.len_utf8()),
            Some(_) => s[at..]
                .chars()
                .next()
                .filter(|c| !c.is_whitespace())
                .map(|c| at + c.len_utf8()),
            None => None,
        };
        match next.or_else(|| retry.pop()) {
            Some(next) => at = next,
            None => return (None, steps),
        }
    }
}

/// Whether an address may end at `at`: `>` before it, a title and the parenthesis after it.
fn ending(bytes: &[u8], at: usize, steps: &mut u64) -> Option<(bool, Option<Range<usize>>, usize)> {
    let closed = bytes.get(at) == Some(&b'>');
    let stop = at + usize::from(closed);
    let after = blank(bytes, stop, steps);
    if bytes.get(after) == Some(&b')') {
        return Some((closed, None, after + 1));
    }
    if after == stop || !matches!(bytes.get(after), Some(b'"' | b'\'')) {
        return None;
    }
    // The title ends at the first quotation mark that a parenthesis follows.
    let mut quote = after + 1;
    loop {
        let length = bytes[quote..]
            .iter()
            .position(|b| matches!(b, b'"' | b'\''));
        *steps += length.unwrap_or(bytes.len() - quote) as u64 + 1;
        quote += length?;
        let close = blank(bytes, quote + 1, steps);
        if bytes.get(close) == Some(&b')') {
            return Some((closed, Some(after + 1..quote), close + 1));
        }
        quote += 1;
    }
}

/// The first byte from `at` on that isn't white space.
fn blank(bytes: &[u8], at: usize, steps: &mut u64) -> usize {
    let length = bytes[at.min(bytes.len())..]
        .iter()
        .take_while(|b| b.is_ascii_whitespace())
        .count();
    *steps += length as u64;
    at + length
}

/// An address without the backslashes of its escapes.
pub(super) fn unescape(url: &str) -> Cow<'_, str> {
    if !url.contains('\\') {
        return Cow::Borrowed(url);
    }
    let mut out = String::with_capacity(url.len());
    let mut chars = url.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next)
                if c == '\\' && !next.is_ascii_alphanumeric() && !next.is_ascii_whitespace() =>
            {
                out.extend(chars.next());
            }
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether Discord would open it: `http`, `https` with a host that a browser takes, or `discord`.
pub(super) fn is_valid(url: &str) -> bool {
    if url.contains(char::is_control) {
        return false;
    }
    let Some((scheme, rest)) = url.split_once(':') else {
        return false;
    };
    if scheme.eq_ignore_ascii_case("discord") {
        return true;
    }
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return false;
    }
    // Browsers take any number of slashes here, of either kind.
    let rest = rest.trim_start_matches(['/', '\\']);
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    if let Some(v6) = host.strip_prefix('[') {
        let Some((address, port)) = v6.split_once(']') else {
            return false;
        };
        let signs = |b: u8| b.is_ascii_hexdigit() || matches!(b, b':' | b'.');
        return address.contains(':')
            && address.bytes().all(signs)
            && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    is_port(port) && is_host(host)
}

fn is_port(port: &str) -> bool {
    port.len() <= 5
        && port.bytes().all(|b| b.is_ascii_digit())
        && (port.len() < 5 || port <= "65535")
}

/// Whether a browser accepts `host` as a name or an IP address.
fn is_host(host: &str) -> bool {
    let forbidden = |c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '^' | '|' | '[' | ']' | '%' | '\u{7f}')
    };
    if host.is_empty() || host.contains(forbidden) {
        return false;
    }
    // A host whose last label is a number must be an address of up to four.
    let is_number = |label: &str| !label.is_empty() && label.bytes().all(|b| b.is_ascii_digit());
    let mut labels = host.strip_suffix('.').unwrap_or(host).split('.');
    !labels.clone().next_back().is_some_and(is_number)
        || labels.clone().count() <= 4 && labels.all(|l| is_number(l) && l.len() <= 10)
}

#[cfg(test)]
mod tests {
    use super::is_valid;

    #[test]
    fn addresses_that_browsers_follow_are_valid() {
        for url in [
            "http://a",
            "https://a.b/c?d#e",
            "HTTP://A",
            "http:a",
            "http:\\\\a",
            "http://a:0",
            "http://a:65535/",
            "http://u:p@a/",
            "http://[::1]",
            "http://[::1]:80/",
            "http://1.2.3.4",
            "http://1.2.3",
            "http://256",
            "http://a.1b",
            "http://ä.de",
            "http://a/(b c)",
            "discord://",
            "discord:x",
            "http://a_b",
        ] {
            assert!(is_valid(url), "{url}");
        }
    }

    #[test]
    fn other_addresses_are_not_valid() {
        for url in [
            "",
            "a",
            "http",
            "http:",
            "https://",
            "http:///?a",
            "http://a b",
            "http://a:65536",
            "http://a:b",
            "http://[::1",
            "http://[1]",
            "http://a|b",
            "http://a<b",
            "http://a%b",
            "http://1.2.3.4.5",
            "http://a.1",
            "ftp://a",
            "javascript:a",
            "http://u@",
        ] {
            assert!(!is_valid(url), "{url}");
        }
    }
}
