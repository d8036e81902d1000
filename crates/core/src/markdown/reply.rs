//! A tree on a single line, for the bar over a reply.

use std::borrow::Cow;

use super::ast::{Kind, Node};
use super::direction::of_node;

/// One paragraph with everything in it that was on lines.
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
        kind: Kind::Paragraph {
            direction,
            children,
        },
    }]
}

/// A space with no place in the input, between two things that stood on different lines.
fn space(out: &mut Vec<Node<'_>>) {
    if let Some(last) = out.last()
        && !matches!(&last.kind, Kind::Text(text) if text.ends_with(' '))
    {
        let at = last.span.end;
        out.push(Node {
            span: at..at,
            kind: Kind::Text(Cow::Borrowed(" ")),
        });
    }
}

fn inline<'a>(nodes: Vec<Node<'a>>, out: &mut Vec<Node<'a>>) {
    for Node { span, kind } in nodes {
        let mut wrap = |children, make: fn(Vec<Node<'a>>) -> Kind<'a>| {
            let mut inner = Vec::new();
            inline(children, &mut inner);
            out.push(Node {
                span: span.clone(),
                kind: make(inner),
            });
        };
        match kind {
            Kind::Strong(c) => wrap(c, Kind::Strong),
            Kind::Emphasis(c) => wrap(c, Kind::Emphasis),
            Kind::Underline(c) => wrap(c, Kind::Underline),
            Kind::Strikethrough(c) => wrap(c, Kind::Strikethrough),
            Kind::Spoiler(c) => wrap(c, Kind::Spoiler),
            Kind::Break => out.push(Node {
                span,
                kind: Kind::Text(Cow::Borrowed(" ")),
            }),
            Kind::Paragraph { children, .. } | Kind::Heading { children, .. } => {
                space(out);
                inline(children, out);
            }
            Kind::Subtext(children) | Kind::Quote(children) => {
                space(out);
                inline(children, out);
            }
            Kind::List { items, .. } => items.into_iter().for_each(|item| {
                space(out);
                inline(item.children, out);
            }),
            Kind::CodeBlock { text, runs, .. } => {
                space(out);
                let text = match runs {
                    Some(runs) => runs.iter().map(|run| run.text.as_str()).collect::<String>(),
                    None => text.into_owned(),
                };
                out.push(Node {
                    span,
                    kind: Kind::Code(text.replace('\n', " ").into()),
                });
            }
            Kind::Code(text) => out.push(Node {
                span,
                kind: Kind::Code(text.replace('\n', " ").into()),
            }),
            kind => out.push(Node { span, kind }),
        }
    }
}
