//! A second reading of the grammar, as slow and as simple as can be: the rules of Discord's Markdown one by one, in
//! the order in which the client tries them at each place, each as its definition says it. It shares the table of
//! emoji with the parser and nothing else.
//!
//! The result is a line of text, in which white space beside blocks and at ends doesn't count.

use scrollback_core::emoji;

/// What is before a place on its line.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    Nothing,
    Spaces,
    Text,
}

#[derive(Clone, Copy)]
struct Around {
    before: Before,
    in_quote: bool,
    lists: usize,
    /// In the text of a link: whether emoji are fine.
    link: Option<bool>,
    /// Whether it is the text of a link in an embed.
    embed: bool,
}

/// A piece of the result; `bad` if it may not stand in the text of a link.
#[derive(Clone)]
pub struct Piece {
    pub shown: String,
    pub is_text: bool,
    pub is_block: bool,
    bad: bool,
    visible: bool,
}

type Found = Option<(Piece, usize)>;

/// The tree of a message, or of an embed's text.
pub fn read(text: &str, embed: bool) -> String {
    let around = Around {
        before: Before::Nothing,
        in_quote: false,
        lists: 0,
        link: None,
        embed,
    };
    join(pieces(&text.chars().collect::<Vec<_>>(), around))
}

/// Pieces on one line: texts that meet are one, without white space at ends and beside blocks.
pub fn join(pieces: Vec<Piece>) -> String {
    let mut merged: Vec<Piece> = Vec::new();
    for piece in pieces {
        match merged.last_mut() {
            Some(last) if last.is_text && piece.is_text => last.shown.push_str(&piece.shown),
            _ => merged.push(piece),
        }
    }
    let mut out = Vec::new();
    for i in 0..merged.len() {
        let piece = &merged[i];
        if !piece.is_text {
            out.push(piece.shown.clone());
            continue;
        }
        let lines: Vec<&str> = piece.shown.split('\n').collect();
        let (rest, last) = lines.split_at(lines.len() - 1);
        let mut shown: String = rest
            .iter()
            .map(|line| line.trim_end_matches(' ').to_owned() + "\n")
            .collect();
        shown += last[0];
        let mut shown = shown.as_str();
        if i == 0 || merged[i - 1].is_block {
            shown = shown.trim_start();
        }
        if merged.get(i + 1).is_none_or(|next| next.is_block) {
            shown = shown.trim_end();
        }
        if !shown.is_empty() {
            out.push(format!("{shown:?}"));
        }
    }
    out.join(" ")
}

pub fn text(shown: impl Into<String>) -> Piece {
    let shown = shown.into();
    Piece {
        visible: !shown.trim().is_empty(),
        shown,
        is_text: true,
        is_block: false,
        bad: false,
    }
}

pub fn block(shown: String) -> Piece {
    Piece {
        is_block: true,
        bad: true,
        ..inline(shown)
    }
}

pub fn inline(shown: String) -> Piece {
    Piece {
        shown,
        is_text: false,
        is_block: false,
        bad: false,
        visible: true,
    }
}

fn bad(shown: String) -> Piece {
    Piece {
        bad: true,
        ..inline(shown)
    }
}

/// A piece with others in it.
fn around(name: &str, is_block: bool, inner: Vec<Piece>) -> Piece {
    Piece {
        bad: inner.iter().any(|p| p.bad),
        visible: inner.iter().any(|p| p.visible),
        is_block,
        is_text: false,
        shown: format!("{name}({})", join(inner)),
    }
}

fn pieces(s: &[char], context: Around) -> Vec<Piece> {
    let (mut out, mut i) = (Vec::new(), 0);
    while i < s.len() {
        let (piece, next) = rules(s, i, context).unwrap_or((text(s[i]), i + 1));
        assert!(next > i, "a rule took nothing");
        out.push(piece);
        i = next;
    }
    out
}

fn string(s: &[char]) -> String {
    s.iter().collect()
}

fn starts(s: &[char], i: usize, what: &str) -> bool {
    what.chars()
        .enumerate()
        .all(|(k, c)| s.get(i + k) == Some(&c))
}

/// How many of these there are from `i` on.
fn count(s: &[char], i: usize, is: impl Fn(char) -> bool) -> usize {
    s[i.min(s.len())..].iter().take_while(|c| is(**c)).count()
}

fn find(s: &[char], i: usize, is: impl Fn(char) -> bool) -> Option<usize> {
    (i..s.len()).find(|&k| is(s[k]))
}

/// Every rule, in order.
fn rules(s: &[char], i: usize, context: Around) -> Found {
    let before = (0..i)
        .rev()
        .map(|k| s[k])
        .take_while(|&c| c != '\n')
        .collect::<Vec<_>>();
    let whole_line = before.len() == i;
    let before = match (before.is_empty(), before.iter().all(|&c| c == ' ')) {
        (true, _) if whole_line => context.before,
        (true, _) => Before::Nothing,
        (_, true) if !whole_line || context.before != Before::Text => Before::Spaces,
        _ => Before::Text,
    };
    let here = Around { before, ..context };
    escape(s, i, context)
        .or_else(|| {
            if context.link.is_none() {
                blocks(s, i, here)
            } else {
                None
            }
        })
        .or_else(|| code_block(s, i))
        .or_else(|| emphasis(s, i, here))
        .or_else(|| until(s, i, here, "~~", "del"))
        .or_else(|| until(s, i, here, "||", "spoiler"))
        .or_else(|| code(s, i, here))
        .or_else(|| angles(s, i))
        .or_else(|| unicode_emoji(s, i))
        .or_else(|| shortcode(s, i))
        .or_else(|| everyone(s, i))
        .or_else(|| link(s, i))
        .or_else(|| link_in_angles(s, i))
        .or_else(|| masked_link(s, i, here))
        .map(|(mut piece, next)| {
            piece.bad |= piece.shown.starts_with("emoji:") && context.link == Some(false);
            (piece, next)
        })
}

/// `\` and what follows it: a sign or an emoji without the backslash, a letter or a space with it.
fn escape(s: &[char], i: usize, context: Around) -> Found {
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

fn blocks(s: &[char], i: usize, context: Around) -> Found {
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

fn code_block(s: &[char], i: usize) -> Found {
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

/// Units of an emphasised text: an escape, a pair of the sign, another character.
fn unit(s: &[char], i: usize, pair: Option<char>) -> Option<usize> {
    match s.get(i)? {
        '\\' => (i + 1 < s.len()).then_some(i + 2),
        c if Some(*c) == pair => (s.get(i + 1) == pair.as_ref()).then_some(i + 2),
        _ => Some(i + 1),
    }
}

/// The longer of `*a*` and `**a**` (or `_a_` and `__a__`); the first where they are of one length.
fn emphasis(s: &[char], i: usize, context: Around) -> Found {
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
fn until(s: &[char], i: usize, context: Around, sign: &str, name: &str) -> Found {
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
fn code(s: &[char], i: usize, context: Around) -> Found {
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

/// Mentions, custom emoji, times, commands and pages.
fn angles(s: &[char], i: usize) -> Found {
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

fn unicode_emoji(s: &[char], i: usize) -> Found {
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
fn shortcode(s: &[char], i: usize) -> Found {
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

fn everyone(s: &[char], i: usize) -> Found {
    if starts(s, i, "@everyone") {
        return Some((bad("everyone".into()), i + 9));
    }
    starts(s, i, "@here").then(|| (bad("here".into()), i + 5))
}

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

fn link(s: &[char], i: usize) -> Found {
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
fn link_in_angles(s: &[char], i: usize) -> Found {
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

fn masked_link(s: &[char], i: usize, context: Around) -> Found {
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
