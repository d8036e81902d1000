//! Bare, suppressed and masked links; Discord's own.

use scrollback_core::markdown::Variant;

use super::{check, show, show_as};

#[test]
fn bare() {
    check(&[
        ("https://example.com", "link(https://example.com)"),
        ("see http://ab.", r#""see " link(http://ab) ".""#),
        ("http://a", r#""http://a""#),
        ("http://a)", r#"link(http://a) ")""#),
        ("https://a))", r#"link(https://a)) ")""#),
        ("https://(a)", "link(https://(a))"),
        ("https://x.y/(a))", r#"link(https://x.y/(a)) ")""#),
        ("https://x.y/*a*_b_", "link(https://x.y/*a*_b_)"),
        ("<https://x.y b", r#""<" link(https://x.y) " b""#),
        ("blah://*a*", r#""blah://" em("a")"#),
        ("steam://*a*", r#""steam://*a*""#),
        ("**https://x.y**", r#"strong(link(https://x.y))"#),
        ("xhttps://x.y", r#""x" link(https://x.y)"#),
    ]);
}

#[test]
fn suppressed() {
    check(&[
        ("<https://a>", "link-(https://a)"),
        ("<https://a b>", r#""<https://a b>""#),
        // What can't be opened is text without its brackets.
        ("<blah:/*a*>", r#""blah:/*a*""#),
        ("<blah:*a*>", r#""<blah:" em("a") ">""#),
        ("<a <https://b>", r#""<a " link-(https://b)"#),
    ]);
}

#[test]
fn masked() {
    check(&[
        ("[a](https://x.y)", r#"link(https://x.y["a"])"#),
        ("[a](<https://x.y>)", r#"link-(https://x.y["a"])"#),
        ("[a](https://x.y \"t\")", r#"link(https://x.y "t"["a"])"#),
        ("[a](http://b ''')", r#"link(http://b "'"["a"])"#),
        (
            "[ a ]( https://b  ' c ' )",
            r#"link(https://b " c "[" a "])"#,
        ),
        (
            "[**a** `b`](http://x.y)",
            r#"link(http://x.y[strong("a") " " code("b")])"#,
        ),
        ("[||a||](http://x.y)", r#"link(http://x.y[spoiler("a")])"#),
        ("[<t:0>](http://x.y)", r#"link(http://x.y[t:0:f])"#),
        ("[a](https://x.y/a_(b))", r#"link(https://x.y/a_(b)["a"])"#),
        ("[a](discord://)", r#"link(discord://["a"])"#),
        (r"[a](https://b\$)", r#"link(https://b$["a"])"#),
        ("[[]](http://b)", r#"link(http://b["[]"])"#),
        ("[[a](http://b)", r#""[" link(http://b["a"])"#),
        ("[[][]]](http://b)", r#"link(http://b["[][]]"])"#),
        ("[a] (http://b)", r#""[a] (" link(http://b) ")""#),
        (r"\[a](http://bb)", r#""[a](" link(http://bb) ")""#),
        ("[a](<https://b)", r#"link-(https://b["a"])"#),
        ("[a](https://b>)", r#"link-(https://b["a"])"#),
        ("[a](http://b> \"c')", r#"link-(http://b "c"["a"])"#),
        ("[a](http://b 'c\nd')", r#"link(http://b "c\nd"["a"])"#),
        ("[a](http://b/(c d))", r#"link(http://b/(c d)["a"])"#),
        ("[a](http://b/(c d)", r#""[a](" link(http://b/(c) " d)""#),
        ("[a](http://b/(c)", r#"link(http://b/(c["a"])"#),
        ("[a](https://b\\n)", r#"link(https://b\n["a"])"#),
    ]);
}

#[test]
fn brackets() {
    check(&[
        ("[a] b](http://c)", r#"link(http://c["a] b"])"#),
        ("[[[]](http://b)", r#"link(http://b["[[]"])"#),
        ("[[]][]](http://b)", r#""[[]]" link(http://b["]"])"#),
        (
            "[a](http://b) [c](http://d)",
            r#"link(http://b["a"]) " " link(http://d["c"])"#,
        ),
        // The last address wins, and then the first one is an address in the text.
        (
            "[a](http://b) c](http://d)",
            r#""[a](http://b) c](http://d)""#,
        ),
        // A backslash escapes nothing in the text of a link.
        (r"[a\](http://b)", r#"link(http://b["a\\"])"#),
        (r"[\*\**](http://a)", r#"link(http://a["\\" em("\\*")])"#),
        (r"\http://ab", r#""\\http://ab""#),
    ]);
}

#[test]
fn masked_but_rejected() {
    check(&[
        ("[http://ab](http://c)", r#""[http://ab](http://c)""#),
        ("[`http://ab`](http://c)", r#""[`http://ab`](http://c)""#),
        ("[`<@1>`](http://c)", r#""[`<@1>`](http://c)""#),
        ("[a <http://b>](http://c)", r#""[a <http://b>](http://c)""#),
        ("[a <b:/>](http://c)", r#"link(http://c["a <b:/>"])"#),
        ("[a [b](x)](http://c)", r#"link(http://c["a [b](x)"])"#),
        (
            "[a [b](http://x)](http://c)",
            r#""[a [b](http://x)](http://c)""#,
        ),
        ("[<@1>](http://c)", r#""[<@1>](http://c)""#),
        ("[a](http://b '```a```')", r#""[a](http://b '```a```')""#),
        ("[a](http://b '😀')", r#"link(http://b "😀"["a"])"#),
        ("[a]()", r#""[a]()""#),
        ("[*a*](b)", r#""[*a*](b)""#),
        ("[@everyone](http://c)", r#""[@everyone](http://c)""#),
        ("[🥺](https://a)", r#""[🥺](https://a)""#),
        ("[`🥺`](https://a)", r#"link(https://a[code("🥺")])"#),
        ("[```a```](http://b)", r#""[```a```](http://b)""#),
        ("[ ](http://b)", r#""[ ](http://b)""#),
        (
            "[|| ||_ _** **` `](http://a)",
            r#""[|| ||_ _** **` `](http://a)""#,
        ),
        ("[a](blah://b)", r#""[a](blah://b)""#),
        ("[a](https://)", r#""[a](https://)""#),
        (
            "[a](http://b 'http://ab')",
            r#""[a](http://b 'http://ab')""#,
        ),
    ]);
}

#[test]
fn blocks_in_a_masked_text_are_inert() {
    check(&[
        ("[# a](http://b)", r##"link(http://b["# a"])"##),
        ("[> a](http://b)", r#"link(http://b["> a"])"#),
        ("[a\n> b](http://c)", r#"link(http://c["a" br "> b"])"#),
    ]);
}

#[test]
fn discord() {
    check(&[
        (
            "https://discord.com/channels/81384788765712384/381870553235193857/1234567890123456789",
            "message(81384788765712384 381870553235193857 1234567890123456789)",
        ),
        (
            "https://ptb.discord.com/channels/@me/381870553235193857",
            "channel(@me 381870553235193857)",
        ),
        (
            "https://cdn.discordapp.com/attachments/381870553235193857/381870553235193858/cat.png?ex=1",
            "file(cat.png)",
        ),
        (
            "https://discord.com/channels/1",
            "link(https://discord.com/channels/1)",
        ),
    ]);
}

#[test]
fn email_and_phone() {
    check(&[
        ("<a.b@c.de>", "email(mailto:a.b@c.de a.b@c.de)"),
        (
            "<mailto:a@c.de?subject=x>",
            "email(mailto:a@c.de?subject=x a@c.de?subject=x)",
        ),
        (
            "<+1 (555) 123-4567>",
            "phone(tel:+15551234567 +1 (555) 123-4567)",
        ),
        ("<sms:+4930123>", "phone(sms:+4930123 sms:+4930123)"),
        ("a@c.de", r#""a@c.de""#),
        ("<a@b>", r#""<a@b>""#),
    ]);
}

#[test]
fn emoji_in_the_text_of_a_link() {
    let texts = [
        "[😀 a](http://b)",
        "[<:ab:1>](http://b)",
        "[:joy:](http://b)",
    ];
    for text in texts {
        assert_eq!(show(text), format!("{text:?}"), "in messages");
        for variant in [Variant::Embed, Variant::Inline] {
            assert!(
                show_as(text, variant).starts_with("link("),
                "{text:?} in embeds is {}",
                show_as(text, variant)
            );
        }
    }
    // A mention is none, wherever it stands.
    assert_eq!(
        show_as("[<@1>](http://b)", Variant::Embed),
        r#""[<@1>](http://b)""#
    );
}
