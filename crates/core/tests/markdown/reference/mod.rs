//! A second reading of the grammar, as slow and as simple as can be: the rules of Discord's Markdown one by one, in
//! the order in which the client tries them at each place, each as its definition says it. It shares the table of
//! emoji with the parser and nothing else.
//!
//! The result is a line of text, in which white space beside blocks and at ends doesn't count.

mod blocks;
mod links;
mod styles;
mod tokens;

use blocks::{blocks, code_block};
use links::{link, link_in_angles, masked_link};
use styles::{code, emphasis, escape, until};
use tokens::{angles, everyone, shortcode, unicode_emoji};

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
