//! Text: escapes, line breaks, the shrug.

use super::check;

#[test]
fn escapes() {
    check(&[
        (r"\a", r#""\\a""#),
        (r"\*\_\~\|\`", r#""*_~|`""#),
        (r"\\", r#""\\""#),
        (r"\", r#""\\""#),
        ("\\\na", r#""\\" br "a""#),
        (r"\# a", r##""# a""##),
        (r"\- a", r#""- a""#),
        (r"\> a", r#""> a""#),
        (r"1\. a", r#""1. a""#),
        (r"\é", r#""é""#),
    ]);
}

#[test]
fn shrug() {
    check(&[
        (r"¯\_(ツ)_/¯", r#""¯\\_(ツ)_/¯""#),
        (r"\¯\_(ツ)_/¯", r#""¯_(ツ)_/¯""#),
        (r"a ¯\_(ツ)_/¯ *b*", r#""a ¯\\_(ツ)_/¯ " em("b")"#),
    ]);
}

#[test]
fn lines() {
    check(&[
        ("a\nb", r#""a" br "b""#),
        ("a\n\nb", r#""a" br br "b""#),
        ("a  \nb", r#""a" br "b""#),
        ("a\n  b", r#""a" br "  b""#),
        ("", ""),
        (" ", r#"" ""#),
    ]);
}
