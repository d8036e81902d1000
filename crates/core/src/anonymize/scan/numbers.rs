//! Finds IP addresses and telephone numbers, but not dates, sums and versions.

use super::{Scan, Shape};

impl Scan<'_> {
    pub(super) fn ipv4(&mut self, at: usize) -> Option<usize> {
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
        // The loopback address identifies nobody.
        if first == 127 || first == 0 {
            return Some(end);
        }
        Some(self.push(at..end, Shape::Ip))
    }

    /// `2001:db8::1`, around the colon at `at`.
    pub(super) fn ipv6(&mut self, at: usize) -> Option<usize> {
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
        // The loopback address identifies nobody.
        if shown == "::1" {
            return Some(end);
        }
        Some(self.push(start..end, Shape::Ip))
    }

    /// A telephone number from `at` on: `+48 600 700 800`, `(555) 010-0100`, `0221 123456`.
    pub(super) fn phone(&mut self, at: usize) -> Option<usize> {
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
            // Numbers that start with 1 are mostly timestamps.
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
}

/// Whether a text is an IPv6 address: eight groups of hexadecimal digits, or fewer with one
/// `::` for the others. Without a digit of ten it may be a path such as `a::b`.
fn is_ipv6(text: &str) -> bool {
    let (mut groups, mut gaps) = (0, 0);
    let parts: Vec<&str> = text.split(':').collect();
    for (at, part) in parts.iter().enumerate() {
        match part.len() {
            // At the ends, two empty parts are a single gap.
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
