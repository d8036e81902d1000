//! Rules of what stands within a line: escapes, emphasis, code.

use scrollback_core::emoji;

use super::{Around, Found, around, count, inline, pieces, starts, string, text};

/// `\` and what follows it: a sign or an emoji without the backslash, a letter or a space with it.
pub(super) fn escape(s: &[char], i: usize, context: Around) -> Found {
    const SHRUG: &str = "¯\\_(ツ)_/¯";
    if starts(s, i, SHRUG) {
        return Some((text(SHRUG), i + SHRUG.chars().count()));
    }
    if s[i] != '\\' || context.link.is_some() {
        return None;
    }
    let next = *s.get(i + 1).filter(|c| **c != '\n')?;
    if next.is_ascii_alphanumeric() || next.is_whitespace() {
        return Some((text(format!("\\{next}")), i + 2));
    }
    let rest = string(&s[i + 1..]);
    let emoji = emoji::at(&rest).filter(|_| !next.is_ascii());
    let shown = emoji.map_or(next.to_string(), |e| e.text.to_owned());
    let length = shown.chars().count();
    Some((text(shown), i + 1 + length))
}

/// Units of an emphasised text: an escape, a pair of the sign, another character.
fn unit(s: &[char], i: usize, pair: Option<char>) -> Option<usize> {
    match s.get(i)? {
        '\\' => (i + 1 < s.len()).then_some(i + 2),
        c if Some(*c) == pair => (s.get(i + 1) == pair.as_ref()).then_some(i + 2),
        _ => Some(i + 1),
    }
}

/// The longer of `*a*` and `**a**` (or `_a_` and `__a__`); the first where they are of one length.
pub(super) fn emphasis(s: &[char], i: usize, context: Around) -> Found {
    let sign = s[i];
    if sign != '*' && sign != '_' {
        return None;
    }
    let mut single = None;
    if sign == '_' || s.get(i + 1).is_some_and(|c| !c.is_whitespace()) {
        let mut at = unit(s, i + 1, Some(sign));
        while let Some(end) = at {
            let spaces = if sign == '*' {
                count(s, end, |c| c == ' ').min(2)
            } else {
                0
            };
            let close = end + spaces;
            let after = s.get(close + 1);
            let fits = s.get(close) == Some(&sign)
                && after != Some(&sign)
                && if sign == '*' {
                    !s[end - 1].is_whitespace()
                } else {
                    !after.is_some_and(|c| c.is_ascii_alphanumeric())
                };
            if fits {
                single = Some((i + 1..end, close + 1));
                break;
            }
            at = unit(s, end, Some(sign));
        }
    }
    let mut double = None;
    if s.get(i + 1) == Some(&sign) {
        let mut at = unit(s, i + 2, None);
        while let Some(end) = at {
            if s.get(end) == Some(&sign)
                && s.get(end + 1) == Some(&sign)
                && s.get(end + 2) != Some(&sign)
            {
                double = Some((i + 2..end, end + 2));
                break;
            }
            at = unit(s, end, None);
        }
    }
    let longer = double.as_ref().map_or(0, |d| d.1) > single.as_ref().map_or(0, |s| s.1);
    let name = match sign {
        _ if !longer => "em",
        '*' => "strong",
        _ => "u",
    };
    let (content, end) = if longer { double } else { single }?;
    Some((around(name, false, pieces(&s[content], context)), end))
}

/// `~~a~~` (not before `_`) and `||a||`: to the first that ends it.
pub(super) fn until(s: &[char], i: usize, context: Around, sign: &str, name: &str) -> Found {
    if !starts(s, i, sign) {
        return None;
    }
    let end = (i + 3..s.len())
        .find(|&k| starts(s, k, sign) && (sign != "~~" || s.get(k + 2) != Some(&'_')))?;
    Some((
        around(name, false, pieces(&s[i + 2..end], context)),
        end + 2,
    ))
}

/// As many backticks at the end as at the beginning, of which there may be more.
pub(super) fn code(s: &[char], i: usize, context: Around) -> Found {
    let tick = |k: usize| s.get(k) == Some(&'`');
    for length in (1..=count(s, i, |c| c == '`')).rev() {
        let close = (i + length + 1..s.len())
            .find(|&k| (k..k + length).all(tick) && !tick(k - 1) && !tick(k + length));
        if let Some(close) = close {
            let content = &s[i + length..close];
            let mut shown = string(content);
            let bare = shown.trim_matches(' ').to_owned();
            if bare.starts_with('`') {
                shown = shown.strip_prefix(' ').map_or(shown.clone(), str::to_owned);
            }
            if bare.ends_with('`') {
                shown = shown.strip_suffix(' ').map_or(shown.clone(), str::to_owned);
            }
            let mut piece = inline(format!("code({shown:?})"));
            piece.visible = !shown.trim().is_empty();
            if context.link.is_some() {
                let inside = Around {
                    link: Some(true),
                    ..context
                };
                piece.bad = pieces(content, inside).iter().any(|p| p.bad);
            }
            return Some((piece, close + length));
        }
    }
    None
}
