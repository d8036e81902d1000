//! Adds the trees of Markdown texts.

use serde::Serialize;

use super::bars;
use super::divide::divide;
use super::shape::{self, PlainNames, Shape};
use crate::anonymize::MARK as REDACTED;
use crate::cbor::{self, Encoded};
use crate::markdown::ast::{Document, Node, NodeKind};
use crate::markdown::{Variant, is_emoji_only, parse};
use crate::model::{
    Channel, Component, Embed, Message, PollMedia, Reply, Snapshot, Transcript, Tree,
};
use crate::text::{Text, shows_nothing};
use crate::time::{Formatter, Style};

/// The approximate number of bytes in a preview of a reply.
const LINE: usize = 300;

/// The number of bytes that a mention, an emoji or a spoiler counts as.
const MARK: usize = 8;

/// Emoji on their own, which are drawn large.
#[derive(Serialize)]
struct Jumbo<'d> {
    t: &'static str,
    c: &'d Document<'d>,
}

/// The tree of a text that is more than plain text.
pub(crate) fn parsed(text: &str, variant: Variant, formatter: &Formatter) -> Option<Tree> {
    let planter = Planter {
        formatter,
        names: PlainNames::default(),
        open_spoilers: false,
    };
    Some(planter.parsed(text, variant)?.0)
}

/// A document with bars for blacked-out passages.
fn barred<'a>(mut document: Document<'a>, text: &str) -> Document<'a> {
    if text.contains(REDACTED) {
        bars::plant(&mut document.children);
    }
    document
}

/// The visible form of a plain text: trimmed, with escapes resolved.
pub(crate) fn plain(text: &str, variant: Variant) -> String {
    if !may_be_marked(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    lines(&parse(text, variant).children, &mut shown);
    shown
}

/// Whether a text may contain markup: ASCII and Latin letters and harmless punctuation
/// don't.
fn may_be_marked(text: &str) -> bool {
    text.bytes().any(|byte| {
        !byte.is_ascii_alphanumeric()
            && !matches!(byte, b' ' | b',' | b'?' | b'!' | b'\'' | b'"' | b';' | b'%')
    })
}

/// A single left-to-right paragraph with only text and line breaks.
fn is_plain(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match &node.kind {
        NodeKind::Text(_) | NodeKind::Break => true,
        NodeKind::Paragraph {
            direction,
            children,
        } => !direction.is_some_and(|direction| direction.name() == "rtl") && is_plain(children),
        _ => false,
    })
}

fn lines(nodes: &[Node], shown: &mut String) {
    for (at, node) in nodes.iter().enumerate() {
        match &node.kind {
            NodeKind::Text(text) => shown.push_str(text),
            NodeKind::Break => shown.push('\n'),
            NodeKind::Paragraph { children, .. } => {
                if at > 0 {
                    shown.push('\n');
                }
                lines(children, shown);
            }
            _ => {}
        }
    }
}

/// Formats the timestamps among nodes.
fn word(nodes: &mut [Node], formatter: &Formatter) {
    for node in nodes {
        match &mut node.kind {
            NodeKind::Timestamp {
                seconds,
                style,
                words,
            } => {
                *seconds = formatter.beginning(*seconds, 0);
                *words =
                    Style::from_letter(*style).and_then(|style| formatter.style(*seconds, style));
            }
            NodeKind::List { items, .. } => {
                items
                    .iter_mut()
                    .for_each(|item| word(&mut item.children, formatter));
            }
            other => word(other.children_mut(), formatter),
        }
    }
}

/// Keeps the beginning of nodes: about as many bytes of text as are left. The content of
/// spoilers is dropped, because a preview only shows that there is one, unless spoilers are
/// `open`.
fn shorten(nodes: &mut Vec<Node>, left: &mut usize, open: bool) {
    for at in 0..nodes.len() {
        if *left == 0 {
            nodes.truncate(at);
            return;
        }
        match &mut nodes[at].kind {
            NodeKind::Text(text) | NodeKind::Code(text) => {
                if text.len() <= *left {
                    *left -= text.len();
                } else {
                    let mut end = *left;
                    while !text.is_char_boundary(end) {
                        end -= 1;
                    }
                    *text = format!("{}…", text[..end].trim_end()).into();
                    *left = 0;
                }
            }
            NodeKind::Spoiler(inner) if !open => {
                inner.clear();
                *left = left.saturating_sub(MARK);
            }
            NodeKind::Paragraph { children, .. }
            | NodeKind::Strong(children)
            | NodeKind::Emphasis(children)
            | NodeKind::Underline(children)
            | NodeKind::Strikethrough(children)
            | NodeKind::Spoiler(children)
            | NodeKind::Link {
                text: Some(children),
                ..
            } => shorten(children, left, open),
            _ => *left = left.saturating_sub(MARK),
        }
    }
}

struct Planter<'f> {
    formatter: &'f Formatter,
    names: PlainNames,
    open_spoilers: bool,
}

impl Planter<'_> {
    /// The tree of a text that is more than plain text, and its shape, if known.
    fn parsed(&self, text: &str, variant: Variant) -> Option<(Tree, Option<Shape>)> {
        if !may_be_marked(text) {
            return None;
        }
        self.written(barred(parse(text, variant), text), text, variant)
    }

    /// The tree of a parsed text, if it is more than plain text.
    fn written(
        &self,
        mut document: Document<'_>,
        text: &str,
        variant: Variant,
    ) -> Option<(Tree, Option<Shape>)> {
        if is_plain(&document.children) {
            return None;
        }
        divide(&mut document.children);
        if text.contains("<t:") {
            word(&mut document.children, self.formatter);
        }
        let mut bytes = Vec::with_capacity(text.len() * 2);
        if variant == Variant::Full && is_emoji_only(&document.children).is_some() {
            let jumbo = Jumbo {
                t: "jumbo",
                c: &document,
            };
            cbor::write(&[jumbo], &mut bytes).ok()?;
        } else {
            cbor::write(&document, &mut bytes).ok()?;
        }
        let shape = shape::of_tree(&document.children, &self.names);
        Some((Tree(Encoded(bytes)), shape))
    }

    /// Adds the tree of a text, if it has one, and returns the shape of the text.
    fn plant(
        &self,
        text: &mut Text<'_>,
        tree: &mut Option<Box<Tree>>,
        variant: Variant,
    ) -> Option<Shape> {
        if shows_nothing(text) {
            *text = Text::default();
            return None;
        }
        if let Some((parsed, shape)) = self.parsed(text, variant) {
            *tree = Some(Box::new(parsed));
            *text = Text::default();
            return shape;
        }
        if text.contains('\\')
            || text.ends_with(char::is_whitespace)
            || text.starts_with(char::is_whitespace)
        {
            *text = plain(text, variant).into();
        }
        shape::of_plain(text)
    }

    /// The preview of a reply.
    fn line(&self, reply: &mut Reply) {
        let text = std::mem::take(&mut reply.content);
        let mut document = barred(parse(&text, Variant::Reply), &text);
        let mut left = LINE;
        shorten(&mut document.children, &mut left, self.open_spoilers);
        let mut shown = String::new();
        if is_plain(&document.children) {
            lines(&document.children, &mut shown);
        } else {
            let written = self.written(document, &text, Variant::Reply);
            reply.tree = written.map(|(tree, _)| Box::new(tree));
        }
        reply.content = shown.into();
    }

    fn embeds(&self, embeds: &mut [Embed]) {
        for embed in embeds {
            self.plant(&mut embed.title, &mut embed.title_tree, Variant::Inline);
            self.plant(
                &mut embed.description,
                &mut embed.description_tree,
                Variant::Embed,
            );
            for field in &mut embed.fields {
                self.plant(&mut field.name, &mut field.name_tree, Variant::Inline);
                self.plant(&mut field.value, &mut field.value_tree, Variant::Embed);
            }
        }
    }

    fn components(&self, components: &mut [Component]) {
        for component in components {
            self.component(component);
        }
    }

    fn component(&self, component: &mut Component) {
        self.plant(&mut component.content, &mut component.tree, Variant::Full);
        self.components(&mut component.components);
        for inner in [&mut component.component, &mut component.accessory]
            .into_iter()
            .flatten()
        {
            self.component(inner);
        }
    }

    fn poll_media(&self, media: &mut PollMedia) {
        self.plant(&mut media.text, &mut media.tree, Variant::Emoji);
    }

    fn snapshot(&self, snapshot: &mut Snapshot) {
        self.plant(&mut snapshot.content, &mut snapshot.tree, Variant::Full);
        self.embeds(&mut snapshot.embeds);
        self.components(&mut snapshot.components);
    }

    fn message(&self, message: &mut Message) {
        let shape = self.plant(&mut message.content, &mut message.tree, Variant::Full);
        message.shape = shape.map_or_else(Text::default, |shape| shape.name().into());
        self.embeds(&mut message.embeds);
        self.components(&mut message.components);
        message
            .message_snapshots
            .iter_mut()
            .for_each(|snapshot| self.snapshot(snapshot));
        if let Some(reply) = &mut message.reply {
            self.line(reply);
        }
        if let Some(starter) = &mut message.starter {
            self.plant(&mut starter.content, &mut starter.tree, Variant::Full);
        }
        if let Some(poll) = &mut message.poll {
            self.poll_media(&mut poll.question);
            poll.answers
                .iter_mut()
                .for_each(|answer| self.poll_media(&mut answer.poll_media));
        }
        // A thread's starter that isn't in the transcript is drawn completely.
        if let Some(copy) = &mut message.referenced_message {
            self.message(copy);
        }
    }

    fn channel(&self, channel: &mut Channel) {
        self.plant(&mut channel.topic, &mut channel.topic_tree, Variant::Full);
    }
}

/// Parses every text that Markdown applies to.
pub(crate) fn plant(transcript: &mut Transcript, formatter: &Formatter, open_spoilers: bool) {
    let planter = Planter {
        formatter,
        names: PlainNames::of(transcript),
        open_spoilers,
    };
    transcript
        .messages
        .iter_mut()
        .for_each(|message| planter.message(message));
    transcript
        .channel
        .iter_mut()
        .for_each(|channel| planter.channel(channel));
}
