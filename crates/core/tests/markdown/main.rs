//! Discord Markdown, construct by construct.

mod blocks;
mod code;
mod complexity;
mod emoji;
mod layout;
mod links;
mod lists;
mod mentions;
mod properties;
mod schema;
mod styles;
mod text;
mod trees;
mod variants;

use scrollback_core::markdown::ast::{Kind, Mention, Node};
use scrollback_core::markdown::{Variant, parse};

/// The tree on one line: `strong("a" em("b"))`. Paragraphs are `p(…)` only where there are several.
fn show(text: &str) -> String {
    show_as(text, Variant::Full)
}

fn show_as(text: &str, variant: Variant) -> String {
    let document = parse(text, variant);
    match &document.children[..] {
        [
            Node {
                kind: Kind::Paragraph { children, .. },
                ..
            },
        ] => list(children),
        children => list(children),
    }
}

fn list(nodes: &[Node]) -> String {
    nodes.iter().map(node).collect::<Vec<_>>().join(" ")
}

fn node(node: &Node) -> String {
    let children = || list(node.kind.children());
    match &node.kind {
        Kind::Text(text) => format!("{text:?}"),
        Kind::Break => "br".into(),
        Kind::Paragraph { .. } => format!("p({})", children()),
        Kind::Heading { level, .. } => format!("h{level}({})", children()),
        Kind::Subtext(_) => format!("sub({})", children()),
        Kind::Quote(c) => match &c[..] {
            [
                Node {
                    kind: Kind::Paragraph { children, .. },
                    ..
                },
            ] => format!("quote({})", list(children)),
            c => format!("quote({})", list(c)),
        },
        Kind::List { start, items } => {
            let items = items.iter().map(|item| match &item.children[..] {
                [
                    Node {
                        kind: Kind::Paragraph { children, .. },
                        ..
                    },
                ] => format!("({})", list(children)),
                c => format!("({})", list(c)),
            });
            let start = start.map(|n| n.to_string()).unwrap_or_default();
            format!("list{start}[{}]", items.collect::<Vec<_>>().join(" "))
        }
        Kind::CodeBlock { language, text, .. } => {
            format!("pre:{}({text:?})", language.unwrap_or_default())
        }
        Kind::Strong(_) => format!("strong({})", children()),
        Kind::Emphasis(_) => format!("em({})", children()),
        Kind::Underline(_) => format!("u({})", children()),
        Kind::Strikethrough(_) => format!("del({})", children()),
        Kind::Spoiler(_) => format!("spoiler({})", children()),
        Kind::Code(text) => format!("code({text:?})"),
        Kind::Mention(Mention::User(id)) => format!("user:{id}"),
        Kind::Mention(Mention::Role(id)) => format!("role:{id}"),
        Kind::Mention(Mention::Channel(id)) => format!("channel:{id}"),
        Kind::Mention(Mention::Everyone) => "everyone".into(),
        Kind::Mention(Mention::Here) => "here".into(),
        Kind::Command { name, id } => format!("command:{name}:{id}"),
        Kind::Navigation { kind, role } => {
            format!("navigation:{kind:?}:{}", role.unwrap_or_default())
        }
        Kind::CustomEmoji { name, id, animated } => {
            format!("{}:{name}:{id}", if *animated { "a" } else { "" })
        }
        Kind::Emoji { text, name } => format!("{text}{name}"),
        Kind::Timestamp { seconds, style } => format!("t:{seconds}:{style}"),
        Kind::Link {
            url,
            text,
            title,
            suppressed,
        } => {
            let text = text
                .as_ref()
                .map(|t| format!("[{}]", list(t)))
                .unwrap_or_default();
            let title = title.map(|t| format!(" {t:?}")).unwrap_or_default();
            format!(
                "link{}({url}{title}{text})",
                if *suppressed { "-" } else { "" }
            )
        }
        Kind::MessageLink {
            guild,
            channel,
            message,
            ..
        } => format!("message({guild} {channel} {message})"),
        Kind::ChannelLink { guild, channel, .. } => format!("channel({guild} {channel})"),
        Kind::AttachmentLink { name, .. } => format!("file({name})"),
        Kind::Email { url, text } => format!("email({url} {text})"),
        Kind::Phone { url, text } => format!("phone({url} {text})"),
    }
}

/// Checks a table of cases, naming each that differs.
fn check(cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(text, expected)| {
            let got = show(text);
            (got != *expected).then(|| format!("{text:?}\n  expected {expected}\n  got      {got}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
