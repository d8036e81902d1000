//! Rules of what takes lines of its own: headings, quotes, lists, code.

use super::{Around, Before, Found, around, block, count, find, join, pieces, starts, string};

pub(super) fn blocks(s: &[char], i: usize, context: Around) -> Found {
    if context.before == Before::Text {
        return None;
    }
    let flush = context.before == Before::Nothing;
    let line_end = |from: usize| find(s, from, |c| c == '\n').unwrap_or(s.len());
    // `^#{1,3}\s+(?!#)` and a text
    let marks = count(s, i, |c| c == '#');
    if flush && context.lists == 0 && (1..=3).contains(&marks) {
        let most = count(s, i + marks, |c| c.is_ascii_whitespace());
        let blank = (1..=most)
            .rev()
            .find(|k| s.get(i + marks + k) != Some(&'#'));
        if let Some(blank) = blank {
            let start = i + marks + blank;
            let end = line_end(start);
            let title = string(&s[start..end]);
            let title = title.trim_end().trim_end_matches('#').trim_end();
            if !title.is_empty() {
                let inner: Vec<char> = title.chars().collect();
                let next = end + count(s, end, |c| matches!(c, ' ' | '\n'));
                // Blank lines after it are taken, the indentation of the next one isn't.
                let next = (end..=next).rev().find(|&k| k == end || s[k - 1] == '\n');
                let piece = around(&format!("h{marks}"), true, pieces(&inner, context));
                return Some((piece, next.unwrap_or(end)));
            }
        }
    }
    // `^-# +(?!-#)` and a text
    if flush && starts(s, i, "-# ") {
        let most = count(s, i + 2, |c| c == ' ');
        let blank = (1..=most).rev().find(|k| !starts(s, i + 2 + k, "-#"));
        if let Some(blank) = blank {
            let end = line_end(i + 2 + blank);
            let inner = string(&s[i + 2 + blank..end]);
            let inner: Vec<char> = inner.trim_end().chars().collect();
            if !inner.is_empty() {
                let piece = around("sub", true, pieces(&inner, context));
                return Some((piece, (end + 1).min(s.len())));
            }
        }
    }
    let inside = Around {
        before: Before::Nothing,
        in_quote: true,
        ..context
    };
    if !context.in_quote && starts(s, i, ">>> ") {
        return Some((around("quote", true, pieces(&s[i + 4..], inside)), s.len()));
    }
    // Lines with `> `, which may have spaces before it
    if !context.in_quote && starts(s, i, "> ") {
        let (mut lines, mut at, mut end) = (Vec::new(), i, i);
        while starts(s, at, "> ") {
            end = line_end(at);
            lines.push(string(&s[at + 2..end]));
            if end == s.len() {
                break;
            }
            end += 1;
            at = end + count(s, end, |c| c == ' ');
        }
        let inner: Vec<char> = lines.join("\n").chars().collect();
        return Some((around("quote", true, pieces(&inner, inside)), end));
    }
    list(s, i, context)
}

/// `[*-] +` or `\d+\. +`: how long it is.
fn bullet(s: &[char], i: usize) -> Option<usize> {
    let digits = count(s, i, |c| c.is_ascii_digit());
    let sign = match s.get(i + digits)? {
        '.' if digits > 0 => digits + 1,
        '-' | '*' if digits == 0 => 1,
        _ => return None,
    };
    let spaces = count(s, i + sign, |c| c == ' ');
    (spaces > 0).then_some(sign + spaces)
}

fn list(s: &[char], i: usize, context: Around) -> Found {
    bullet(s, i).filter(|_| context.lists < 11)?;
    let digits = count(s, i, |c| c.is_ascii_digit());
    let number = string(&s[i..i + digits]).parse::<u128>();
    let start = match digits {
        0 => String::new(),
        _ => number
            .map_or(1_000_000_000, |n| n.clamp(1, 1_000_000_000))
            .to_string(),
    };
    let line_end = |from: usize| find(s, from, |c| c == '\n').unwrap_or(s.len());
    let (mut items, mut at) = (Vec::new(), i);
    while let Some(length) = bullet(s, at) {
        let content = at + length;
        let mut end = line_end(content);
        let another =
            |at: usize| bullet(s, at).or_else(|| bullet(s, at + 1).filter(|_| s[at] == ' '));
        if end == content && end < s.len() && another(end + 1).is_none() {
            end = line_end(end + 1);
        }
        while starts(s, end, "\n  ") {
            end = line_end(end + 1);
        }
        let lines = string(&s[content..end]);
        let dedented = lines.split('\n').map(|line| {
            let blank = line.len() - line.trim_start_matches(' ').len();
            line[blank.min(length)..].to_owned()
        });
        let inner: Vec<char> = dedented.collect::<Vec<_>>().join("\n").chars().collect();
        let inside = Around {
            before: Before::Nothing,
            lists: context.lists + 1,
            ..context
        };
        items.push(format!("({})", join(pieces(&inner, inside))));
        at = (end + 1).min(s.len());
        if end < s.len() && s.get(at) == Some(&' ') {
            at += 1;
        }
        if end == s.len() {
            break;
        }
    }
    Some((block(format!("list{start}[{}]", items.join(" "))), at))
}

pub(super) fn code_block(s: &[char], i: usize) -> Found {
    if !starts(s, i, "```") {
        return None;
    }
    let is_language = |c: char| c.is_ascii_alphanumeric() || "_-+.#".contains(c);
    let word = count(s, i + 3, is_language);
    let body = |start: usize| {
        (start..s.len())
            .find(|&end| starts(s, end, "```") && s[start..end].iter().any(|&c| c != '\n'))
    };
    let with_language = (s.get(i + 3 + word) == Some(&'\n'))
        .then(|| i + 3 + word + 1)
        .and_then(|start| Some((start, body(start)?, string(&s[i + 3..i + 3 + word]))));
    let (start, end, language) =
        with_language.or_else(|| Some((i + 3, body(i + 3)?, String::new())))?;
    let code = string(&s[start..end]);
    let code = code.trim_matches('\n');
    Some((block(format!("pre:{language}({code:?})")), end + 3))
}
