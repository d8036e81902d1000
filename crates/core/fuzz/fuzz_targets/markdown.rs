//! `cargo +nightly fuzz run markdown`: any text parses, in linear time, with spans that nest and tile.
#![no_main]

use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use scrollback_core::markdown::ast::{NodeKind, Node};
use scrollback_core::markdown::{Variant, escape, parse, parse_counted};

fn nested(text: &str, nodes: &[Node], outer: &Range<usize>) {
    let mut at = outer.start;
    for node in nodes {
        assert!(at <= node.span.start && node.span.end <= outer.end, "{:?} not in {outer:?}", node.span);
        assert!(text.get(node.span.clone()).is_some());
        at = node.span.end;
        nested(text, node.kind.children(), &node.span);
        if let NodeKind::List { items, .. } = &node.kind {
            items.iter().for_each(|item| nested(text, &item.children, &item.span));
        }
    }
}

fuzz_target!(|text: &str| {
    for variant in [Variant::Full, Variant::Inline, Variant::Plain, Variant::Emoji, Variant::Reply] {
        let (document, steps) = parse_counted(text, variant);
        assert!(steps <= 100 * text.len() as u64 + 100, "{steps} steps for {} bytes", text.len());
        let mut at = 0;
        for node in &document.children {
            assert_eq!(node.span.start, at);
            at = node.span.end;
        }
        assert_eq!(at, text.len());
        nested(text, &document.children, &(0..text.len()));
        serde_json::to_string(&document).expect("a tree is always written");
    }
    let escaped = escape(text);
    let markup = |n: &Node| !matches!(n.kind, NodeKind::Text(_) | NodeKind::Break | NodeKind::Paragraph { .. });
    let document = parse(&escaped, Variant::Full);
    assert!(document.children.iter().all(|n| !markup(n) && !n.kind.children().iter().any(markup)));
});
