//! Trees of Markdown texts, planted beside the texts they come from.

use ciborium::Value;
use serde::{Serialize, Serializer};

use crate::markdown::ast::{Kind, Node};
use crate::markdown::{Variant, is_emoji_only, parse};
use crate::model::{
    Blank, Channel, Component, Embed, Message, PollMedia, Snapshot, Spot, Transcript, Visit, Walk,
};
use crate::text::Text;
use crate::time::{Formatter, Style};

/// The nodes of a Markdown text, as they are written for Typst.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree(pub Value);

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Blank for Tree {
    fn is_blank(&self) -> bool {
        false
    }
}

impl<'a> Walk<'a> for Tree {
    // Trees are made last, when texts have been walked.
    fn walk(&mut self, _: Spot, _: &mut dyn Visit<'a>) {}
}

/// The tree of a text that is more than plain text.
pub(crate) fn parsed(text: &str, variant: Variant, formatter: &Formatter) -> Option<Tree> {
    if !may_be_marked(text) {
        return None;
    }
    let document = parse(text, variant);
    if is_plain(&document.children) {
        return None;
    }
    let mut value = Value::serialized(&document).ok()?;
    if text.contains("<t:") {
        super::word(&mut value, formatter);
    }
    if variant == Variant::Full && is_emoji_only(&document.children).is_some() {
        let jumbo = vec![
            (Value::Text("t".into()), Value::Text("jumbo".into())),
            (Value::Text("c".into()), value),
        ];
        value = Value::Array(vec![Value::Map(jumbo)]);
    }
    Some(Tree(value))
}

/// What a plain text shows: trimmed, and escapes resolved.
pub(crate) fn plain(text: &str, variant: Variant) -> String {
    if !may_be_marked(text) {
        return text.to_owned();
    }
    let mut shown = String::with_capacity(text.len());
    lines(&parse(text, variant).children, &mut shown);
    shown
}

/// Whether a text has anything that the parser could take for more than text:
/// letters of ASCII, of Latin and the like, and harmless punctuation have not.
fn may_be_marked(text: &str) -> bool {
    text.bytes().any(|byte| {
        !byte.is_ascii_alphanumeric() && !matches!(byte, b' ' | b',' | b'?' | b'!' | b'\'' | b'"' | b';' | b'%')
    })
}

/// One paragraph from left to right with nothing but text and line breaks.
fn is_plain(nodes: &[Node]) -> bool {
    nodes.iter().all(|node| match &node.kind {
        Kind::Text(_) | Kind::Break => true,
        Kind::Paragraph { direction, children } => {
            !direction.is_some_and(|direction| direction.name() == "rtl") && is_plain(children)
        }
        _ => false,
    })
}

fn lines(nodes: &[Node], shown: &mut String) {
    for (at, node) in nodes.iter().enumerate() {
        match &node.kind {
            Kind::Text(text) => shown.push_str(text),
            Kind::Break => shown.push('\n'),
            Kind::Paragraph { children, .. } => {
                if at > 0 {
                    shown.push('\n');
                }
                lines(children, shown);
            }
            _ => {}
        }
    }
}

/// The words of a node that is a timestamp.
pub(crate) fn moment(members: &[(Value, Value)], formatter: &Formatter) -> Option<String> {
    let get = |key: &str| members.iter().find(|(k, _)| k.as_text() == Some(key)).map(|(_, v)| v);
    if get("t")?.as_text()? != "timestamp" {
        return None;
    }
    let seconds = i64::try_from(get("seconds")?.as_integer()?).ok()?;
    let style = Style::from_letter(get("style")?.as_text()?.chars().next()?)?;
    formatter.style(seconds, style)
}

struct Planter<'f> {
    formatter: &'f Formatter,
}

impl Planter<'_> {
    fn plant(&self, text: &mut Text<'_>, tree: &mut Option<Box<Tree>>, variant: Variant) {
        if let Some(parsed) = parsed(text, variant, self.formatter) {
            *tree = Some(Box::new(parsed));
            *text = Text::default();
        } else if text.contains('\\') || text.ends_with(char::is_whitespace) || text.starts_with(char::is_whitespace) {
            *text = plain(text, variant).into();
        }
    }

    fn embeds(&self, embeds: &mut [Embed]) {
        for embed in embeds {
            self.plant(&mut embed.title, &mut embed.title_tree, Variant::Inline);
            self.plant(&mut embed.description, &mut embed.description_tree, Variant::Full);
            for field in &mut embed.fields {
                self.plant(&mut field.name, &mut field.name_tree, Variant::Inline);
                self.plant(&mut field.value, &mut field.value_tree, Variant::Full);
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
        for inner in [&mut component.component, &mut component.accessory].into_iter().flatten() {
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
        // A system message's content is a name or a number, and no Markdown.
        if !message.kind.is_system() {
            self.plant(&mut message.content, &mut message.tree, Variant::Full);
        }
        self.embeds(&mut message.embeds);
        self.components(&mut message.components);
        message.message_snapshots.iter_mut().for_each(|snapshot| self.snapshot(snapshot));
        if let Some(poll) = &mut message.poll {
            self.poll_media(&mut poll.question);
            poll.answers.iter_mut().for_each(|answer| self.poll_media(&mut answer.poll_media));
        }
        // A starter that is not in the transcript itself is drawn whole.
        if let Some(copy) = &mut message.referenced_message {
            self.message(copy);
        }
    }

    fn channel(&self, channel: &mut Channel) {
        self.plant(&mut channel.topic, &mut channel.topic_tree, Variant::Full);
    }
}

/// Parses every text that Markdown applies to.
pub(crate) fn plant(transcript: &mut Transcript, formatter: &Formatter) {
    let planter = Planter { formatter };
    transcript.messages.iter_mut().for_each(|message| planter.message(message));
    transcript.channel.iter_mut().for_each(|channel| planter.channel(channel));
}
