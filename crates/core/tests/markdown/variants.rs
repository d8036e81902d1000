//! Where Markdown applies.

use scrollback_core::markdown::Variant;

use super::show_as;

#[test]
fn inline_has_no_blocks() {
    assert_eq!(
        show_as("# **a**\n- b", Variant::Inline),
        r##""# " strong("a") br "- b""##
    );
    assert_eq!(show_as("```a```", Variant::Inline), r#"code("a")"#);
    assert_eq!(show_as("> <@1>", Variant::Inline), r#""> " user:1"#);
}

#[test]
fn plain_is_text() {
    let text = r"**a** <@1> 😀 :joy: \* http://x.y `b`";
    assert_eq!(show_as(text, Variant::Plain), format!("{text:?}"));
}

#[test]
fn emoji_only_has_emoji() {
    assert_eq!(
        show_as("**a** 😀 :joy: <:ab:1> <@1>", Variant::Emoji),
        r#""**a** " 😀grinning " " 😂joy " " :ab:1 " <@1>""#
    );
}

#[test]
fn a_reply_is_one_line() {
    assert_eq!(
        show_as("# a\nb\n\n> c\n- d\n- e", Variant::Reply),
        r#""a" " " "b" " " "c" " " "d" " " "e""#
    );
    assert_eq!(
        show_as("a\n```rs\nx\ny\n```", Variant::Reply),
        r#""a" " " code("x y")"#
    );
    assert_eq!(
        show_as("**a\nb**", Variant::Reply),
        r#"strong("a" " " "b")"#
    );
    assert_eq!(
        show_as("```ansi\n\u{1b}[31mred\n```", Variant::Reply),
        r#"code("red")"#
    );
}
