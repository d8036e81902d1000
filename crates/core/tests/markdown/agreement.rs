//! The parser against the second reading of the grammar, over random texts full of markup.

use scrollback_core::markdown::ast::{Node, NodeKind};
use scrollback_core::markdown::{Variant, parse};

use super::reference::{self, Piece, block, inline, join, text};

/// How many random texts are read.
const TEXTS: u64 = 100_000;
/// How many of ten thousand must be read alike.
const AGREED: u64 = 9_999;

/// What random texts are made of: the signs of the grammar, whole constructs, and words.
const TOKENS: &[&str] = &[
    "*",
    "*",
    "**",
    "***",
    "_",
    "_",
    "__",
    "~~",
    "||",
    "|",
    "`",
    "``",
    "```",
    "\n",
    "\n",
    " ",
    " ",
    "  ",
    "> ",
    ">>> ",
    ">",
    "- ",
    "* ",
    "1. ",
    "7. ",
    "# ",
    "## ",
    "#",
    "-# ",
    "\\",
    "[",
    "]",
    "(",
    ")",
    "](http://b.c)",
    "](https://b.c/d \"t\")",
    "](<http://b.c>)",
    "](x)",
    "[a](http://b.c)",
    "<",
    ">",
    "<@1>",
    "<@!12>",
    "<#2>",
    "<@&3>",
    "<:ab:3>",
    "<a:q:4>",
    "<t:4:R>",
    "<t:5>",
    "<t:6:q>",
    "</a b:7>",
    "<id:customize>",
    "@everyone",
    "@here",
    ":joy:",
    ":+1:",
    ":no_such:",
    ":",
    "http://a.b/c",
    "https://d.e",
    "<https://f.g/h>",
    "<x:/y>",
    "😀",
    "👍🏽",
    "1\u{FE0F}\u{20E3}",
    "❤\u{FE0E}",
    "™",
    "¯\\_(ツ)_/¯",
    "a",
    "b",
    "b c",
    "word",
    "é",
    "ש",
    "1",
    ".",
    ",",
    "!",
    "```rs\n",
    "\n```",
    "'",
    "\"",
    "\t",
];

/// A generator of numbers (SplitMix64), so that the texts are the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    fn text(&mut self) -> String {
        (0..=self.below(24))
            .map(|_| TOKENS[self.below(TOKENS.len())])
            .collect()
    }
}

/// The parser's tree in the words of the other.
fn line(nodes: &[Node]) -> String {
    join(pieces(nodes))
}

fn pieces(nodes: &[Node]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut after_paragraph = false;
    for node in nodes {
        let is_paragraph = matches!(node.kind, NodeKind::Paragraph { .. });
        match &node.kind {
            NodeKind::Paragraph { children, .. } => {
                if after_paragraph {
                    out.push(text("\n"));
                }
                out.extend(pieces(children));
            }
            NodeKind::Text(shown) => out.push(text(shown.as_ref())),
            NodeKind::Break => out.push(text("\n")),
            NodeKind::Heading { level, children } => {
                out.push(block(format!("h{level}({})", line(children))));
            }
            NodeKind::Subtext(children) => out.push(block(format!("sub({})", line(children)))),
            NodeKind::Quote(children) => out.push(block(format!("quote({})", line(children)))),
            NodeKind::List { start, items } => {
                let start = start.map(|n| n.to_string()).unwrap_or_default();
                let items = items
                    .iter()
                    .map(|item| format!("({})", line(&item.children)));
                out.push(block(format!(
                    "list{start}[{}]",
                    items.collect::<Vec<_>>().join(" ")
                )));
            }
            NodeKind::CodeBlock { .. } => out.push(block(super::node(node))),
            NodeKind::Strong(c) => out.push(inline(format!("strong({})", line(c)))),
            NodeKind::Emphasis(c) => out.push(inline(format!("em({})", line(c)))),
            NodeKind::Underline(c) => out.push(inline(format!("u({})", line(c)))),
            NodeKind::Strikethrough(c) => out.push(inline(format!("del({})", line(c)))),
            NodeKind::Spoiler(c) => out.push(inline(format!("spoiler({})", line(c)))),
            NodeKind::Link {
                url,
                text: Some(c),
                title,
                suppressed,
            } => {
                let title = title.map(|t| format!(" {t:?}")).unwrap_or_default();
                let sign = if *suppressed { "-" } else { "" };
                out.push(inline(format!("link{sign}({url}{title}[{}])", line(c))));
            }
            NodeKind::Emoji { .. } => out.push(inline(format!("emoji:{}", super::node(node)))),
            NodeKind::CustomEmoji { name, id, animated } => {
                let a = if *animated { "a" } else { "" };
                out.push(inline(format!("emoji:{a}:{name}:{id}")));
            }
            _ => out.push(inline(super::node(node))),
        }
        after_paragraph = is_paragraph;
    }
    out
}

fn differs(text: &str, variant: Variant) -> Option<(String, String)> {
    let parsed = line(&parse(text, variant).children);
    let read = reference::read(text, variant == Variant::Embed);
    (parsed != read).then_some((parsed, read))
}

#[test]
fn two_readings_of_the_grammar_agree() {
    let mut random = Random(17);
    let mut differences: Vec<(String, String, String)> = (0..TEXTS)
        .filter_map(|i| {
            let text = random.text();
            // Every tenth stands in an embed.
            let variant = if i % 10 == 0 {
                Variant::Embed
            } else {
                Variant::Full
            };
            differs(&text, variant).map(|(parsed, read)| (text, parsed, read))
        })
        .collect();
    let agreed = TEXTS - differences.len() as u64;
    println!("{agreed} of {TEXTS} random texts are read alike");
    differences.sort_by_key(|d| d.0.len());
    let shown: Vec<String> = differences
        .iter()
        .take(8)
        .map(|(text, parsed, read)| format!("{text:?}\n  parser    {parsed}\n  reference {read}"))
        .collect();
    assert!(
        agreed * 10_000 >= TEXTS * AGREED,
        "{agreed} of {TEXTS} are read alike, expected {AGREED} of 10000; the shortest that differ:\n{}",
        shown.join("\n")
    );
}
