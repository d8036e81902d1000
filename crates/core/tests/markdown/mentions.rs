//! Mentions, custom emoji, timestamps, commands, navigation.

use super::check;

#[test]
fn people_and_places() {
    check(&[
        ("<@1>", "user:1"),
        ("<@!1>", "user:1"),
        ("<@&1>", "role:1"),
        ("<#1>", "channel:1"),
        ("<@a>", r#""<@a>""#),
        ("<@1", r#""<@1""#),
        (r"\<@1>", r#""<@1>""#),
        ("`<@1>`", r#"code("<@1>")"#),
        ("**<@1>**", "strong(user:1)"),
    ]);
}

#[test]
fn everyone() {
    check(&[
        ("@everyone", "everyone"),
        ("@everyonex", r#"everyone "x""#),
        ("a@here", r#""a" here"#),
        (r"\@here", r#""@here""#),
        ("@her", r#""@her""#),
    ]);
}

#[test]
fn custom_emoji() {
    check(&[
        ("<:ab:1>", ":ab:1"),
        ("<a:ab:1>", "a:ab:1"),
        ("<:q:1>", ":q:1"),
        ("<:-:0>", r#""<:-:0>""#),
        ("<::0>", r#""<::0>""#),
        ("<:zz:>", r#""<:zz:>""#),
        (r"\<:zz:1>", r#""<:zz:1>""#),
        // What is left of it may be a shortcode.
        (r"\<:joy:1>", r#""<" 😂joy "1>""#),
    ]);
}

#[test]
fn timestamps() {
    check(&[
        ("<t:0>", "t:0:f"),
        ("<t:-1:R>", "t:-1:R"),
        ("<t:1:s> <t:1:S>", r#"t:1:s " " t:1:S"#),
        ("<t:0:q>", r#""<t:0:q>""#),
        ("<t:0:>", r#""<t:0:>""#),
        ("<t:8640000000000>", "t:8640000000000:f"),
        ("<t:8640000000001>", r#""<t:8640000000001>""#),
        ("<t:99999999999999999999>", r#""<t:99999999999999999999>""#),
    ]);
}

#[test]
fn commands_and_navigation() {
    check(&[
        ("</ban:1>", "command:ban:1"),
        ("</a b c:1>", "command:a b c:1"),
        ("</a b c d:1>", r#""</a b c d:1>""#),
        ("</größe:1>", "command:größe:1"),
        ("<id:customize>", "navigation:Customize:"),
        ("<id:browse>", "navigation:Browse:"),
        ("<id:guide>", "navigation:Guide:"),
        ("<id:home>", "navigation:Guide:"),
        ("<id:linked-roles:12>", "navigation:LinkedRoles:12"),
        ("<id:nowhere>", r#""<id:nowhere>""#),
    ]);
}
