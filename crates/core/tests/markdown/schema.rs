//! The serialised form that `ast` documents and the Typst side reads.

use scrollback_core::markdown::{Variant, parse};

fn json(text: &str) -> String {
    serde_json::to_string(&parse(text, Variant::Full)).unwrap()
}

/// The serialised node or nodes of a text that is one paragraph.
fn inline(text: &str) -> String {
    let value = serde_json::to_value(parse(text, Variant::Full)).unwrap();
    let mut nodes = value[0]["c"].as_array().unwrap().clone();
    if nodes.len() == 1 {
        nodes.remove(0).to_string()
    } else {
        serde_json::to_string(&nodes).unwrap()
    }
}

fn sorted(json: &str) -> String {
    serde_json::from_str::<serde_json::Value>(json)
        .unwrap()
        .to_string()
}

#[test]
fn paragraphs_and_text() {
    assert_eq!(
        json("a\nb"),
        r#"[{"t":"paragraph","c":["a","\n","b"],"dir":"ltr"}]"#
    );
    assert_eq!(json("1"), r#"[{"t":"paragraph","c":["1"]}]"#);
    assert_eq!(json("ש"), r#"[{"t":"paragraph","c":["ש"],"dir":"rtl"}]"#);
    assert_eq!(json(""), "[]");
}

#[test]
fn blocks() {
    assert_eq!(
        json("## a"),
        r#"[{"t":"heading","level":2,"c":["a"],"dir":"ltr"}]"#
    );
    assert_eq!(json("-# a"), r#"[{"t":"subtext","c":["a"],"dir":"ltr"}]"#);
    assert_eq!(
        json("> a"),
        r#"[{"t":"quote","c":[{"t":"paragraph","c":["a"],"dir":"ltr"}],"dir":"ltr"}]"#
    );
    assert_eq!(
        json("- 1"),
        r#"[{"t":"list","items":[[{"t":"paragraph","c":["1"]}]]}]"#
    );
    assert_eq!(
        json("3. 1"),
        r#"[{"t":"list","items":[[{"t":"paragraph","c":["1"]}]],"start":3}]"#
    );
    assert_eq!(
        json("```rs\na```"),
        r#"[{"t":"code-block","text":"a","language":"rs"}]"#
    );
    assert_eq!(json("```a```"), r#"[{"t":"code-block","text":"a"}]"#);
    let ansi =
        serde_json::to_value(parse("```ansi\na\u{1b}[1;4;31;41mb```", Variant::Full)).unwrap();
    assert_eq!(
        ansi[0]["runs"].to_string(),
        sorted(r#"["a",{"text":"b","bold":true,"underline":true,"fg":"red","bg":"orange"}]"#)
    );
}

#[test]
fn inlines() {
    let cases = [
        ("**a**", r#"{"t":"strong","c":["a"]}"#),
        ("*a*", r#"{"t":"emphasis","c":["a"]}"#),
        ("__a__", r#"{"t":"underline","c":["a"]}"#),
        ("~~a~~", r#"{"t":"strikethrough","c":["a"]}"#),
        ("||a||", r#"{"t":"spoiler","c":["a"]}"#),
        ("`a`", r#"{"t":"code","text":"a"}"#),
        ("<@1>", r#"{"t":"mention","kind":"user","id":"1"}"#),
        ("<@&1>", r#"{"t":"mention","kind":"role","id":"1"}"#),
        ("<#1>", r#"{"t":"mention","kind":"channel","id":"1"}"#),
        ("@everyone", r#"{"t":"mention","kind":"everyone"}"#),
        ("@here", r#"{"t":"mention","kind":"here"}"#),
        ("</a b:1>", r#"{"t":"command","name":"a b","id":"1"}"#),
        ("<id:guide>", r#"{"t":"navigation","kind":"guide"}"#),
        (
            "<id:linked-roles:1>",
            r#"{"t":"navigation","kind":"linked-roles","role":"1"}"#,
        ),
        ("<:ab:1>", r#"{"t":"custom-emoji","name":"ab","id":"1"}"#),
        (
            "<a:ab:1>",
            r#"{"t":"custom-emoji","name":"ab","id":"1","animated":true}"#,
        ),
        ("🤔", r#"{"t":"emoji","text":"🤔","name":"thinking"}"#),
        (
            "🤔:joy:👍🏽",
            r#"{"t":"emoji","text":"🤔😂👍🏽","name":"thinking joy thumbsup_tone3"}"#,
        ),
        ("<t:1:R>", r#"{"t":"timestamp","seconds":1,"style":"R"}"#),
        ("http://a.b", r#"{"t":"link","url":"http://a.b"}"#),
        (
            "<http://a.b>",
            r#"{"t":"link","url":"http://a.b","suppressed":true}"#,
        ),
        (
            "[a](http://b.c 't')",
            r#"{"t":"link","url":"http://b.c","c":["a"],"title":"t"}"#,
        ),
        (
            "<a@b.c>",
            r#"{"t":"email","url":"mailto:a@b.c","text":"a@b.c"}"#,
        ),
        ("<+123>", r#"{"t":"phone","url":"tel:+123","text":"+123"}"#),
        (
            "https://discord.com/channels/@me/381870553235193857/381870553235193858",
            r#"{"t":"message-link","url":"https://discord.com/channels/@me/381870553235193857/381870553235193858","guild":"@me","channel":"381870553235193857","message":"381870553235193858"}"#,
        ),
        (
            "https://discord.com/channels/@me/381870553235193857",
            r#"{"t":"channel-link","url":"https://discord.com/channels/@me/381870553235193857","guild":"@me","channel":"381870553235193857"}"#,
        ),
        (
            "https://cdn.discordapp.com/attachments/381870553235193857/381870553235193858/a.png",
            r#"{"t":"attachment-link","url":"https://cdn.discordapp.com/attachments/381870553235193857/381870553235193858/a.png","name":"a.png"}"#,
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(inline(text), sorted(expected), "{text}");
    }
}
