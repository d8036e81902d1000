//! Discord Markdown, construct by construct.

mod agreement;
mod blocks;
mod code;
mod complexity;
mod emoji;
mod layout;
mod links;
mod lists;
mod mentions;
mod properties;
mod reference;
mod schema;
mod styles;
mod text;
mod trees;
mod variants;

use scrollback_core::markdown::ast::{Mention, Node, NodeKind};
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
                kind: NodeKind::Paragraph { children, .. },
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
        NodeKind::Text(text) => format!("{text:?}"),
        NodeKind::Break => "br".into(),
        NodeKind::Redacted => "redacted".into(),
        NodeKind::Paragraph { .. } => format!("p({})", children()),
        NodeKind::Heading { level, .. } => format!("h{level}({})", children()),
        NodeKind::Subtext(_) => format!("sub({})", children()),
        NodeKind::Quote(c) => match &c[..] {
            [
                Node {
                    kind: NodeKind::Paragraph { children, .. },
                    ..
                },
            ] => format!("quote({})", list(children)),
            c => format!("quote({})", list(c)),
        },
        NodeKind::List { start, items } => {
            let items = items.iter().map(|item| match &item.children[..] {
                [
                    Node {
                        kind: NodeKind::Paragraph { children, .. },
                        ..
                    },
                ] => format!("({})", list(children)),
                c => format!("({})", list(c)),
            });
            let start = start.map(|n| n.to_string()).unwrap_or_default();
            format!("list{start}[{}]", items.collect::<Vec<_>>().join(" "))
        }
        NodeKind::CodeBlock { language, text, .. } => {
            format!("pre:{}({text:?})", language.unwrap_or_default())
        }
        NodeKind::Strong(_) => format!("strong({})", children()),
        NodeKind::Emphasis(_) => format!("em({})", children()),
        NodeKind::Underline(_) => format!("u({})", children()),
        NodeKind::Strikethrough(_) => format!("del({})", children()),
        NodeKind::Spoiler(_) => format!("spoiler({})", children()),
        NodeKind::Code(text) => format!("code({text:?})"),
        NodeKind::Mention(Mention::User(id)) => format!("user:{id}"),
        NodeKind::Mention(Mention::Role(id)) => format!("role:{id}"),
        NodeKind::Mention(Mention::Channel(id)) => format!("channel:{id}"),
        NodeKind::Mention(Mention::Everyone) => "everyone".into(),
        NodeKind::Mention(Mention::Here) => "here".into(),
        NodeKind::Command { name, id } => format!("command:{name}:{id}"),
        NodeKind::Navigation { kind, role } => {
            format!("navigation:{kind:?}:{}", role.unwrap_or_default())
        }
        NodeKind::CustomEmoji { name, id, animated } => {
            format!("{}:{name}:{id}", if *animated { "a" } else { "" })
        }
        NodeKind::Emoji { text, name } => format!("{text}{name}"),
        NodeKind::Timestamp { seconds, style, .. } => format!("t:{seconds}:{style}"),
        NodeKind::Link {
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
        NodeKind::MessageLink {
            guild,
            channel,
            message,
            ..
        } => format!("message({guild} {channel} {message})"),
        NodeKind::ChannelLink { guild, channel, .. } => format!("channel({guild} {channel})"),
        NodeKind::AttachmentLink { name, .. } => format!("file({name})"),
        NodeKind::Email { url, text } => format!("email({url} {text})"),
        NodeKind::Phone { url, text } => format!("phone({url} {text})"),
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
