//! Reduces a tree to a single line, for the line above a reply.

use std::borrow::Cow;

use super::ast::{Node, NodeKind};
use super::direction::of_node;

/// One paragraph with the content of all lines.
pub(super) fn flatten(nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let (Some(first), Some(last)) = (nodes.first(), nodes.last()) else {
        return nodes;
    };
    let span = first.span.start..last.span.end;
    let mut children = Vec::with_capacity(nodes.len());
    inline(nodes, &mut children);
    let direction = children.iter().find_map(of_node);
    vec![Node {
        span,
        kind: NodeKind::Paragraph {
            direction,
            children,
        },
    }]
}

/// A space that isn't in the input, between nodes of different lines.
fn space(out: &mut Vec<Node<'_>>) {
    if let Some(last) = out.last()
        && !matches!(&last.kind, NodeKind::Text(text) if text.ends_with(' '))
    {
        let at = last.span.end;
        out.push(Node {
            span: at..at,
            kind: NodeKind::Text(Cow::Borrowed(" ")),
        });
    }
}

fn inline<'a>(nodes: Vec<Node<'a>>, out: &mut Vec<Node<'a>>) {
    for Node { span, kind } in nodes {
        let mut wrap = |children, make: fn(Vec<Node<'a>>) -> NodeKind<'a>| {
            let mut inner = Vec::new();
            inline(children, &mut inner);
            out.push(Node {
                span: span.clone(),
                kind: make(inner),
            });
        };
        match kind {
            NodeKind::Strong(c) => wrap(c, NodeKind::Strong),
            NodeKind::Emphasis(c) => wrap(c, NodeKind::Emphasis),
            NodeKind::Underline(c) => wrap(c, NodeKind::Underline),
            NodeKind::Strikethrough(c) => wrap(c, NodeKind::Strikethrough),
            NodeKind::Spoiler(c) => wrap(c, NodeKind::Spoiler),
            NodeKind::Break => out.push(Node {
                span,
                kind: NodeKind::Text(Cow::Borrowed(" ")),
            }),
            NodeKind::Paragraph { children, .. } | NodeKind::Heading { children, .. } => {
                space(out);
                inline(children, out);
            }
            NodeKind::Subtext(children) | NodeKind::Quote(children) => {
                space(out);
                inline(children, out);
            }
            NodeKind::List { items, .. } => items.into_iter().for_each(|item| {
                space(out);
                inline(item.children, out);
            }),
            NodeKind::CodeBlock { text, runs, .. } => {
                space(out);
                let text = match runs {
                    Some(runs) => runs.iter().map(|run| run.text.as_str()).collect::<String>(),
                    None => text.into_owned(),
                };
                out.push(Node {
                    span,
                    kind: NodeKind::Code(text.replace('\n', " ").into()),
                });
            }
            NodeKind::Code(text) => out.push(Node {
                span,
                kind: NodeKind::Code(text.replace('\n', " ").into()),
            }),
            kind => out.push(Node { span, kind }),
        }
    }
}
