//! Paragraphs and their direction.

use scrollback_core::markdown::ast::NodeKind;
use scrollback_core::markdown::{Direction, Variant, first_strong, parse};

use super::show;

fn directions(text: &str) -> Vec<Option<Direction>> {
    let document = parse(text, Variant::Full);
    let direction = |kind: &NodeKind| match kind {
        NodeKind::Paragraph { direction, .. } => Some(*direction),
        _ => None,
    };
    document
        .children
        .iter()
        .filter_map(|n| direction(&n.kind))
        .collect()
}

const LTR: Option<Direction> = Some(Direction::LeftToRight);
const RTL: Option<Direction> = Some(Direction::RightToLeft);

#[test]
fn first_strong_character() {
    assert_eq!(first_strong("abc שלום"), LTR);
    assert_eq!(first_strong("12 — שלום abc"), RTL);
    assert_eq!(first_strong("مرحبا"), RTL);
    assert_eq!(first_strong("\u{2067}abc\u{2069} שלום"), RTL);
    assert_eq!(first_strong("123 !?"), None);
}

#[test]
fn of_paragraphs() {
    assert_eq!(directions("hello"), [LTR]);
    assert_eq!(directions("**שלום** abc"), [RTL]);
    assert_eq!(directions("<@1> שלום"), [RTL]);
    assert_eq!(directions("😀 12"), [None]);
    assert_eq!(directions("abc\ndef"), [LTR]);
    assert_eq!(directions("abc\n\nשלום\n12\nabc"), [LTR, RTL, LTR]);
}

#[test]
fn lines_of_different_directions_are_paragraphs() {
    assert_eq!(show("abc\nשלום\n12"), r#"p("abc") p("שלום" br "12")"#);
    assert_eq!(show("abc\n\nשלום"), r#"p("abc" br) p("שלום")"#);
}

#[test]
fn line_breaks_next_to_blocks() {
    assert_eq!(show("a\n> b\nc"), r#"p("a") quote("b") p("c")"#);
    assert_eq!(show("a\n\n> b\n\nc"), r#"p("a" br) quote("b") p(br "c")"#);
    assert_eq!(show("```a```\n```b```"), r#"pre:("a") pre:("b")"#);
    assert_eq!(show("```a```\n\n> b"), r#"pre:("a") p() quote("b")"#);
}

#[test]
fn blocks_have_the_direction_of_their_text() {
    let dir = |text: &str| {
        let tree = serde_json::to_value(parse(text, Variant::Full)).unwrap();
        tree[0]["dir"].as_str().unwrap_or("none").to_owned()
    };
    let blocks = [
        "# ",
        "-# ",
        "> ",
        ">>> ",
        "- ",
        "1. ",
        "- > ",
        "> - - **||",
        "# <@1> ",
    ];
    for block in blocks {
        assert_eq!(dir(&format!("{block}שלום abc")), "rtl", "{block}");
        assert_eq!(dir(&format!("{block}abc שלום")), "ltr", "{block}");
        assert_eq!(dir(&format!("{block}12 😀")), "none", "{block}");
    }
    // A list begins on the side of its first item that has a direction.
    assert_eq!(dir("- 1\n- مرحبا\n- abc"), "rtl");
    assert_eq!(dir("> 1\n> # ש"), "rtl");
}
