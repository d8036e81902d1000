//! Emphasis, strong, underline, strikethrough, spoilers.

use super::{check, show};

#[test]
fn asterisks() {
    check(&[
        ("*a*", r#"em("a")"#),
        ("**a**", r#"strong("a")"#),
        ("*a  *", r#"em("a")"#),
        ("*a   *", r#""*a   *""#),
        ("*a\n*", r#""*a" br "*""#),
        ("a * b*", r#""a * b*""#),
        ("*a   *b*   c*", r#""*a   " em("b") "   c*""#),
        ("*a\n\nb*", r#"em("a" br br "b")"#),
        ("** **", r#"strong(" ")"#),
        ("**a**b**", r#"strong("a") "b**""#),
        ("**a***", r#"strong("a*")"#),
        ("**foo*", r#""*" em("foo")"#),
        ("*a* b *c*", r#"em("a") " b " em("c")"#),
        ("**a** b **c**", r#"strong("a") " b " strong("c")"#),
        ("a **b   **", r#""a " strong("b   ")"#),
    ]);
}

#[test]
fn three_asterisks() {
    check(&[
        ("***a***", r#"em(strong("a"))"#),
        ("***a* b**", r#"strong(em("a") " b")"#),
        ("***a** b*", r#"em(strong("a") " b")"#),
        ("*foo **bar* baz**", r#"em("foo **bar") " baz**""#),
        ("**foo *bar** baz*", r#"strong("foo *bar") " baz*""#),
    ]);
}

#[test]
fn only_asterisks() {
    check(&[
        ("*", r#""*""#),
        ("**", r#""**""#),
        ("***", r#""***""#),
        ("****", r#"em("**")"#),
    ]);
}

#[test]
fn underscores() {
    check(&[
        ("_a_", r#"em("a")"#),
        ("__a__", r#"u("a")"#),
        ("_ _", r#"em(" ")"#),
        ("__ __", r#"u(" ")"#),
        ("_a_b", r#""_a_b""#),
        ("_a_$", r#"em("a") "$""#),
        ("a_b_c", r#""a_b_c""#),
        // After a letter `_` opens, before one it doesn't close.
        ("left_right_", r#""left" em("right")"#),
        ("_left_right_", r#""_left" em("right")"#),
        ("é_b_é", r#""é" em("b") "é""#),
        (r"__\__", r#""_" em("_")"#),
        ("___a___", r#"em(u("a"))"#),
        ("___foo_ bar__", r#"u(em("foo") " bar")"#),
        ("___foo__ bar_", r#"em(u("foo") " bar")"#),
        ("__a__b", r#"u("a") "b""#),
        ("__foo_", r#""_" em("foo")"#),
        ("_foo __bar_ baz__", r#"em("foo __bar") " baz__""#),
        ("a _b  _", r#""a " em("b  ")"#),
    ]);
}

#[test]
fn strikethrough() {
    check(&[
        ("~~a~~", r#"del("a")"#),
        ("~~a~~_", r#""~~a~~_""#),
        ("~~a~~_ b~~", r#"del("a~~_ b")"#),
        (r"~~a\~~", r#"del("a\\")"#),
        ("~~~~", r#""~~~~""#),
        ("~a~", r#""~a~""#),
    ]);
}

#[test]
fn spoilers() {
    check(&[
        ("||a||", r#"spoiler("a")"#),
        (r"||a\||", r#"spoiler("a\\")"#),
        ("|||a|||", r#"spoiler("|a") "|""#),
        ("||a||b||", r#"spoiler("a") "b||""#),
        ("||**a** `b`||", r#"spoiler(strong("a") " " code("b"))"#),
        ("||```a```||", r#"spoiler(pre:("a"))"#),
        ("||||", r#""||||""#),
    ]);
}

#[test]
fn nested_styles() {
    check(&[
        ("**__*~~||a||~~*__**", r#"strong(u(em(del(spoiler("a")))))"#),
        ("*a **b** c*", r#"em("a " strong("b") " c")"#),
        ("**a _b_ c**", r#"strong("a " em("b") " c")"#),
        ("*a _b_ c*", r#"em("a " em("b") " c")"#),
    ]);
}

#[test]
fn escapes_in_styles() {
    check(&[
        (r"\*a*", r#""*a*""#),
        (r"*a\*\\\*\\*", r#"em("a*\\*\\")"#),
        (r"*\a*", r#"em("\\a")"#),
        (r"*foo\*", r#""*foo*""#),
        (r"_foo\_", r#""_foo_""#),
    ]);
}

#[test]
fn nesting_is_bounded() {
    let tree = show(&"*".repeat(400));
    assert_eq!(
        tree.matches("em(").count(),
        scrollback_core::markdown::MAX_DEPTH
    );
    assert!(tree.contains(&"*".repeat(400 - 2 * scrollback_core::markdown::MAX_DEPTH)));
}
