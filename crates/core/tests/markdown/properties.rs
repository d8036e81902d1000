//! What holds for every text.

use std::ops::Range;

use proptest::prelude::*;
use scrollback_core::markdown::ast::{Node, NodeKind};
use scrollback_core::markdown::{Variant, bounded_marks, escape, parse};

/// Pieces that markup is made of, so that random texts are full of it.
fn markup() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        prop::sample::select(vec![
            "*",
            "**",
            "_",
            "__",
            "~~",
            "||",
            "`",
            "``",
            "```",
            "\n",
            " ",
            "  ",
            "> ",
            ">>> ",
            "- ",
            "1. ",
            "# ",
            "-# ",
            "\\",
            "[",
            "]",
            "(",
            ")",
            "](http://b.c)",
            "<",
            ">",
            "<@1>",
            "<#2>",
            "<:ab:3>",
            "<t:4:R>",
            "@everyone",
            "@here",
            ":joy:",
            ":",
            "http://a.b/c",
            "😀",
            "👍🏽",
            "1\u{FE0F}\u{20E3}",
            "a",
            "b c",
            "é",
            "ש",
            "¯\\_(ツ)_/¯",
            "```rs\n",
            "ansi\n",
            "\u{1b}[31m",
            "\u{FE0F}",
            "\u{200D}",
            "\t",
            "\u{3000}",
        ])
        .prop_map(str::to_owned),
        "[a-z ]{1,4}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|v| v.concat())
}

fn variant() -> impl Strategy<Value = Variant> {
    prop::sample::select(vec![
        Variant::Full,
        Variant::Inline,
        Variant::Plain,
        Variant::Emoji,
        Variant::Reply,
    ])
}

/// Checks that the nodes are in order inside `outer` and on character boundaries, all the way down.
fn nested(text: &str, nodes: &[Node], outer: &Range<usize>) {
    let mut at = outer.start;
    for node in nodes {
        assert!(
            at <= node.span.start && node.span.end <= outer.end,
            "{:?} not in {outer:?} of {text:?}",
            node.span
        );
        assert!(
            text.get(node.span.clone()).is_some(),
            "{:?} of {text:?}",
            node.span
        );
        at = node.span.end;
        nested(text, node.kind.children(), &node.span);
        if let NodeKind::List { items, .. } = &node.kind {
            let mut item_at = node.span.start;
            for item in items {
                assert!(item_at <= item.span.start && item.span.end <= node.span.end);
                item_at = item.span.end;
                nested(text, &item.children, &item.span);
            }
        }
    }
}

/// Everything that is shown or kept as data, in order.
fn content(nodes: &[Node], text: &str, out: &mut String) {
    for node in nodes {
        match &node.kind {
            NodeKind::Text(t) | NodeKind::Code(t) => out.push_str(t),
            NodeKind::CodeBlock { language, text, .. } => {
                out.push_str(language.unwrap_or_default());
                out.push_str(text);
            }
            NodeKind::List { items, .. } => items
                .iter()
                .for_each(|item| content(&item.children, text, out)),
            NodeKind::Link {
                text: Some(children),
                ..
            } => {
                content(children, text, out);
                // The address and title come after the text.
                let end = children.last().map_or(node.span.start, |c| c.span.end);
                out.push_str(&text[end..node.span.end]);
            }
            kind if !kind.children().is_empty() => content(kind.children(), text, out),
            NodeKind::Paragraph { .. } | NodeKind::Break => {}
            NodeKind::Quote(_)
            | NodeKind::Strong(_)
            | NodeKind::Emphasis(_)
            | NodeKind::Underline(_) => {}
            // Leaves that stand for themselves.
            _ => out.push_str(&text[node.span.clone()]),
        }
    }
}

/// The text without marks on characters, of which not all are kept.
fn unmarked(text: &str) -> String {
    let is_mark = |c: char| unicode_bidi::bidi_class(c) == unicode_bidi::BidiClass::NSM;
    text.chars().filter(|&c| !is_mark(c)).collect()
}

/// Letters and symbols that no markup consists of. Digits are left out: they number lists.
fn significant(text: &str) -> String {
    unmarked(text)
        .chars()
        .filter(|c| !c.is_ascii_punctuation() && !c.is_whitespace() && !c.is_ascii_digit())
        .collect()
}

fn plain(nodes: &[Node]) -> String {
    nodes
        .iter()
        .map(|node| match &node.kind {
            NodeKind::Text(text) => text.to_string(),
            NodeKind::Break => "\n".into(),
            NodeKind::Paragraph { children, .. } => plain(children),
            other => panic!("not text: {other:?}"),
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn spans_nest_and_tile(text in markup(), variant in variant()) {
        let document = parse(&text, variant);
        nested(&text, &document.children, &(0..text.len()));
        let mut at = 0;
        for node in &document.children {
            prop_assert_eq!(node.span.start, at, "{:?}", &document.children);
            at = node.span.end;
        }
        prop_assert_eq!(at, text.len());
    }

    #[test]
    fn nothing_is_lost(text in markup()) {
        let document = parse(&text, Variant::Full);
        let mut kept = String::new();
        content(&document.children, &text, &mut kept);
        prop_assert_eq!(significant(&kept), significant(&text));
    }

    #[test]
    fn any_text_is_parsed(text in any::<String>(), variant in variant()) {
        let document = parse(&text, variant);
        nested(&text, &document.children, &(0..text.len()));
    }

    #[test]
    fn escaped_text_is_plain(text in "\\PC*|([*_~|`\\\\<>@:#\\-\\[\\]().0-9a-c\n]|😀|👩‍🚀|http://a.b){0,30}") {
        // Spaces before a line break are dropped, and nothing can keep them.
        let text: String = text.split('\n').map(|l| l.trim_end_matches(' ')).collect::<Vec<_>>().join("\n");
        let text = bounded_marks(&text).into_owned();
        let escaped = escape(&text);
        let document = parse(&escaped, Variant::Full);
        let back: Vec<_> = document.children.iter().map(|n| plain(std::slice::from_ref(n))).collect();
        // Lines of different directions are paragraphs; the line break between them isn't a node.
        let back = back.join("\n");
        prop_assert_eq!(&back, &text);
        // And once more: escaping is all that is between text and Markdown.
        let twice = escape(&escaped);
        let document = parse(&twice, Variant::Full);
        let back: Vec<_> = document.children.iter().map(|n| plain(std::slice::from_ref(n))).collect();
        prop_assert_eq!(back.join("\n"), escaped);
    }

    #[test]
    fn plain_variant_keeps_every_byte(text in markup()) {
        let trimmed: String = text.split('\n').map(str::to_owned).collect::<Vec<_>>().join("\n");
        let document = parse(&trimmed, Variant::Plain);
        let back: Vec<_> = document.children.iter().map(|n| plain(std::slice::from_ref(n))).collect();
        let strip = |s: &str| s.split('\n').map(|l| l.trim_end_matches(' ').to_owned()).collect::<Vec<_>>().join("\n");
        prop_assert_eq!(unmarked(&strip(&back.join("\n"))), unmarked(&strip(&trimmed)));
    }

    #[test]
    fn steps_are_linear(text in markup()) {
        let (_, steps) = scrollback_core::markdown::parse_counted(&text, Variant::Full);
        prop_assert!(steps <= 100 * text.len() as u64 + 100, "{} steps for {} bytes", steps, text.len());
    }
}
