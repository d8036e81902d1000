//! Bars for blacked-out passages: nodes in Markdown, characters elsewhere.

use std::borrow::Cow;

use crate::anonymize::{BAR, MARK};
use crate::json::Json;
use crate::markdown::ast::{Node, NodeKind};
use crate::model::{Extra, Spot, Visit};
use crate::text::Text;

/// Replaces the marks in texts among `nodes` by bars. Other nodes with a mark become text,
/// because a partial address is useless.
pub fn plant(nodes: &mut Vec<Node>) {
    let mut planted = Vec::with_capacity(nodes.len());
    for mut node in nodes.drain(..) {
        match &mut node.kind {
            NodeKind::Paragraph { children, .. } | NodeKind::Heading { children, .. } => {
                plant(children)
            }
            NodeKind::Subtext(c)
            | NodeKind::Quote(c)
            | NodeKind::Strong(c)
            | NodeKind::Emphasis(c) => plant(c),
            NodeKind::Underline(c) | NodeKind::Strikethrough(c) | NodeKind::Spoiler(c) => plant(c),
            NodeKind::List { items, .. } => {
                items.iter_mut().for_each(|item| plant(&mut item.children))
            }
            NodeKind::CodeBlock { text, runs, .. } => {
                barred(text);
                for run in runs.iter_mut().flatten() {
                    run.text = run.text.replace(MARK, BAR);
                }
            }
            NodeKind::Code(text) => barred(text),
            NodeKind::Link {
                url, text, title, ..
            } => {
                let mut text = text.take();
                if let Some(text) = &mut text {
                    plant(text);
                }
                if url.contains(MARK) || title.is_some_and(|title| title.contains(MARK)) {
                    match text {
                        Some(text) => planted.extend(text),
                        None => split(url, &node.span, &mut planted),
                    }
                    continue;
                }
                let NodeKind::Link { text: place, .. } = &mut node.kind else {
                    continue;
                };
                *place = text;
            }
            _ => {
                if let Some(text) = shown(&node.kind).filter(|text| text.contains(MARK)) {
                    split(text, &node.span, &mut planted);
                    continue;
                }
            }
        }
        planted.push(node);
    }
    *nodes = planted;
}

/// The literal text of a node.
fn shown<'n>(kind: &'n NodeKind<'_>) -> Option<&'n str> {
    match kind {
        NodeKind::Text(text) => Some(text),
        NodeKind::MessageLink { url, .. }
        | NodeKind::ChannelLink { url, .. }
        | NodeKind::AttachmentLink { url, .. } => Some(url),
        NodeKind::Email { text, .. } | NodeKind::Phone { text, .. } => Some(text),
        _ => None,
    }
}

fn barred(text: &mut Cow<str>) {
    if text.contains(MARK) {
        *text = text.replace(MARK, BAR).into();
    }
}

/// Text with a node for each mark, all with the span of the text.
fn split(text: &str, span: &std::ops::Range<usize>, out: &mut Vec<Node>) {
    let mut push = |kind| {
        out.push(Node {
            span: span.clone(),
            kind,
        });
    };
    for (at, text) in text.split(MARK).enumerate() {
        if at > 0 {
            push(NodeKind::Redacted);
        }
        if !text.is_empty() {
            push(NodeKind::Text(text.to_owned().into()));
        }
    }
}

/// Replaces the marks in plain texts by bar characters.
pub struct Plain;

impl<'a> Visit<'a> for Plain {
    fn text(&mut self, _: Spot, text: &mut Text<'a>) {
        if text.contains(MARK) {
            *text = text.replace(MARK, BAR).into();
        }
    }

    fn extra(&mut self, extra: &mut Extra<'a>) {
        extra.iter_mut().for_each(|(_, json)| self.json(json));
    }

    fn json(&mut self, json: &mut Json<'a>) {
        match json {
            Json::Str(text) => self.text(
                Spot {
                    record: "",
                    field: "",
                },
                text,
            ),
            Json::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Json::Object(members) => members.iter_mut().for_each(|(_, value)| self.json(value)),
            _ => {}
        }
    }
}
