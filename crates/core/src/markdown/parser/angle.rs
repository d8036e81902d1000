//! Constructs in angle brackets: mentions, custom emoji, timestamps, commands, links.

use std::borrow::Cow;

use super::super::ast::{Mention, Navigation, NodeKind};
use super::Parser;
use super::inline::Found;
use super::target::is_valid;

/// Timestamps further from 1970 than this are text: the range of dates in JavaScript, in seconds.
const MAX_SECONDS: i64 = 8_640_000_000_000;
/// The longest construct in angle brackets that isn't a link: an email address has at most 320 characters.
const LONGEST: usize = 640;

fn digits(s: &str) -> bool {
    !s.is_empty() && s.len() <= 32 && s.bytes().all(|b| b.is_ascii_digit())
}

impl<'a> Parser<'_, 'a> {
    pub(super) fn angle(&mut self, at: usize, end: usize) -> Found<'a> {
        let rest = &self.bytes()[at + 1..end];
        // None of these contains `<` or a line feed.
        let limit = rest.len().min(LONGEST);
        let length = rest[..limit]
            .iter()
            .position(|&b| matches!(b, b'>' | b'<' | b'\n'));
        self.steps += length.unwrap_or(limit) as u64;
        let close = length
            .map(|l| at + 1 + l)
            .filter(|&c| self.bytes()[c] == b'>');
        let inner = close.and_then(|close| self.source.str(at + 1..close));
        let markup = self.context.variant.markup();
        let kind = match inner {
            Some(inner) if markup => self.in_angles(inner),
            Some(inner) => custom_emoji(inner),
            None => None,
        };
        if let Some((kind, close)) = kind.zip(close) {
            match kind {
                NodeKind::Timestamp { .. } => {}
                NodeKind::CustomEmoji { .. } => self.reject_emoji(),
                _ => self.rejected |= self.in_link,
            }
            return Some((kind, close + 1));
        }
        if markup {
            self.suppressed(at, end)
        } else {
            None
        }
    }

    /// `<https://a.b>`: a scheme, `:/` and anything but spaces. A link that can't be opened is text without the
    /// brackets, and contains no markup.
    fn suppressed(&mut self, at: usize, end: usize) -> Found<'a> {
        let bytes = self.bytes();
        let (start, mut steps) = (at + 1, 0);
        let scheme_end = self.scheme_end.find(
            bytes,
            start,
            |b| matches!(b, b':' | b'>' | b' '),
            &mut steps,
        );
        let is_scheme =
            scheme_end > start && bytes[start..end].get(scheme_end - start) == Some(&b':');
        let address = scheme_end + 2;
        let close = if is_scheme && bytes[..end].get(scheme_end + 1) == Some(&b'/') {
            self.address_end
                .find(bytes, address, |b| matches!(b, b'>' | b' '), &mut steps)
        } else {
            end
        };
        self.steps += steps;
        if close >= end || bytes[close] != b'>' || close == address {
            return None;
        }
        let inner = self.source.str(start..close)?;
        // Text never contains a line feed, so a link over several lines stays as it is.
        if inner.contains('\n') {
            return None;
        }
        if !is_valid(inner) {
            return Some((NodeKind::Text(Cow::Borrowed(inner)), close + 1));
        }
        self.rejected |= self.in_link;
        let kind = NodeKind::Link {
            url: Cow::Borrowed(inner),
            text: None,
            title: None,
            suppressed: true,
        };
        Some((kind, close + 1))
    }

    fn in_angles(&self, inner: &'a str) -> Option<NodeKind<'a>> {
        if let Some(id) = inner.strip_prefix("@&") {
            return digits(id).then_some(NodeKind::Mention(Mention::Role(id)));
        }
        if let Some(id) = inner.strip_prefix('@') {
            let id = id.strip_prefix('!').unwrap_or(id);
            return digits(id).then_some(NodeKind::Mention(Mention::User(id)));
        }
        if let Some(id) = inner.strip_prefix('#') {
            return digits(id).then_some(NodeKind::Mention(Mention::Channel(id)));
        }
        if let Some(command) = inner.strip_prefix('/') {
            return slash_command(command);
        }
        custom_emoji(inner)
            .or_else(|| inner.strip_prefix("t:").and_then(timestamp))
            .or_else(|| inner.strip_prefix("id:").and_then(navigation))
            .or_else(|| phone(inner))
            .or_else(|| email(inner))
    }
}

fn custom_emoji(inner: &str) -> Option<NodeKind<'_>> {
    let (animated, rest) = match inner.strip_prefix("a:") {
        Some(rest) => (true, rest),
        None => (false, inner.strip_prefix(':')?),
    };
    let (name, id) = rest.split_once(':')?;
    // New names have 2 to 32 letters, but there are older ones with one, and the client draws any.
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (named && digits(id)).then_some(NodeKind::CustomEmoji { name, id, animated })
}

fn timestamp(inner: &str) -> Option<NodeKind<'_>> {
    let (seconds, style) = match inner.split_once(':') {
        // `s` and `S` were added to the seven in 2025.
        Some((seconds, style)) => (
            seconds,
            style
                .chars()
                .next()
                .filter(|c| style.len() == 1 && "tTdDfFsSR".contains(*c))?,
        ),
        None => (inner, 'f'),
    };
    if !digits(seconds.strip_prefix('-').unwrap_or(seconds)) {
        return None;
    }
    let seconds = seconds
        .parse::<i64>()
        .ok()
        .filter(|s| (-MAX_SECONDS..=MAX_SECONDS).contains(s))?;
    Some(NodeKind::Timestamp {
        seconds,
        style,
        words: None,
    })
}

fn slash_command(inner: &str) -> Option<NodeKind<'_>> {
    let (name, id) = inner.rsplit_once(':')?;
    let word = |w: &str| {
        (1..=32).contains(&w.chars().count())
            && w.chars()
                .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '\''))
    };
    (name.split(' ').count() <= 3 && name.split(' ').all(word) && digits(id))
        .then_some(NodeKind::Command { name, id })
}

fn navigation(inner: &str) -> Option<NodeKind<'_>> {
    let (kind, role) = match inner {
        "customize" => (Navigation::Customize, None),
        "browse" => (Navigation::Browse, None),
        "guide" | "home" => (Navigation::Guide, None),
        "linked-roles" => (Navigation::LinkedRoles, None),
        _ => (
            Navigation::LinkedRoles,
            Some(
                inner
                    .strip_prefix("linked-roles:")
                    .filter(|id| digits(id))?,
            ),
        ),
    };
    Some(NodeKind::Navigation { kind, role })
}

fn phone(inner: &str) -> Option<NodeKind<'_>> {
    let (scheme, number) = match inner.split_once(':') {
        Some((scheme @ ("tel" | "sms"), number)) => (scheme, number),
        Some(_) => return None,
        None => ("tel", inner),
    };
    let rest = number.strip_prefix('+')?;
    let known = rest
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'.' | b'(' | b')'));
    let count = rest.bytes().filter(u8::is_ascii_digit).count();
    let dialled = rest.replace(|c: char| !c.is_ascii_digit(), "");
    // E.164 numbers have at most 15 digits.
    (known && (3..=15).contains(&count)).then(|| NodeKind::Phone {
        url: Cow::Owned(format!("{scheme}:+{dialled}")),
        text: inner,
    })
}

fn email(inner: &str) -> Option<NodeKind<'_>> {
    let address = inner.strip_prefix("mailto:").unwrap_or(inner);
    let (user, host) = address.split('?').next()?.split_once('@')?;
    let is_user = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=^_`{|}~-".contains(&b);
    let is_label =
        |l: &str| !l.is_empty() && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let valid = !user.is_empty()
        && user.bytes().all(is_user)
        && host.contains('.')
        && host.split('.').all(is_label);
    (valid && !address.contains(' ')).then(|| {
        let url = if address.len() == inner.len() {
            Cow::Owned(format!("mailto:{inner}"))
        } else {
            inner.into()
        };
        NodeKind::Email { url, text: address }
    })
}
