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

#[test]
fn marks_on_a_character_are_bounded() {
    let climbing = format!(
        "z{}a",
        "\u{334}\u{351}\u{30b}\u{306}\u{35c}\u{489}".repeat(50)
    );
    let bounded = "\"z\\u{334}\\u{351}\\u{30b}a\"";
    check(&[
        (&climbing, bounded),
        (&format!("**{climbing}**"), &format!("strong({bounded})")),
        (&format!("`{climbing}`"), &format!("code({bounded})")),
        (&format!("```{climbing}```"), &format!("pre:({bounded})")),
        (
            &format!("> - {climbing}"),
            &format!("quote(list[({bounded})])"),
        ),
        (&format!("a\\{}", "\u{301}".repeat(9)), "\"a\\u{301}\""),
        // One mark again and again is in no language.
        ("ก็็็็็", "\"ก\\u{e47}\""),
        // What languages do stack.
        ("e\u{302}\u{301}", "\"e\\u{302}\\u{301}\""),
        ("α\u{314}\u{301}\u{345}", "\"α\\u{314}\\u{301}\\u{345}\""),
        ("שּׁ\u{5b8}\u{59d}", "\"ש\\u{5bc}\\u{5c1}\\u{5b8}\\u{59d}\""),
    ]);
}
