//! The serialised form that `ast` documents.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::ansi::Run;
use super::ast::{Direction, Document, Item, Mention, Navigation, Node, NodeKind};
use super::direction::{of_items, of_nodes};

/// Writes a map of known length: CBOR then needs no end mark, and some writers refuse maps without.
macro_rules! map {
    ($s:ident, $t:literal $(, $key:literal : $value:expr)* $(; $($okey:literal ? $ovalue:expr),*)?) => {{
        let n = 1 $(+ { let _ = $key; 1 })* $($(+ usize::from($ovalue.is_some()))*)?;
        let mut map = $s.serialize_map(Some(n))?;
        map.serialize_entry("t", $t)?;
        $(map.serialize_entry($key, $value)?;)*
        $($(if let Some(value) = &$ovalue { map.serialize_entry($okey, value)?; })*)?
        map.end()
    }};
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        Nodes(&self.children).serialize(s)
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        Nodes(&self.children).serialize(s)
    }
}

/// Consecutive nodes. Adjacent emoji are written as one: a message may have two thousand, and each node takes time to
/// draw.
struct Nodes<'n>(&'n [Node<'n>]);

impl Serialize for Nodes<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let rows = || self.0.chunk_by(|a, b| a.is_emoji() && b.is_emoji());
        let mut written = s.serialize_seq(Some(rows().count()))?;
        for row in rows() {
            match row {
                [node] => written.serialize_element(node)?,
                row => written.serialize_element(&EmojiRow(row))?,
            }
        }
        written.end()
    }
}

struct EmojiRow<'n>(&'n [Node<'n>]);

impl Serialize for EmojiRow<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let (mut texts, mut names) = (String::new(), String::new());
        for node in self.0 {
            if let NodeKind::Emoji { text, name } = &node.kind {
                texts.push_str(text);
                names.push_str(if names.is_empty() { "" } else { " " });
                names.push_str(name);
            }
        }
        map!(s, "emoji", "text": &texts, "name": &names)
    }
}

impl Node<'_> {
    fn is_emoji(&self) -> bool {
        matches!(self.kind, NodeKind::Emoji { .. })
    }
}

/// The serialised form of a direction.
fn name(direction: Option<Direction>) -> Option<&'static str> {
    direction.map(Direction::name)
}

/// The serialised kind of a mention, and its id.
fn mentioned<'a>(mention: &Mention<'a>) -> (&'static str, Option<&'a str>) {
    match mention {
        Mention::User(id) => ("user", Some(id)),
        Mention::Role(id) => ("role", Some(id)),
        Mention::Channel(id) => ("channel", Some(id)),
        Mention::Everyone => ("everyone", None),
        Mention::Here => ("here", None),
    }
}

/// The serialised form of a server's page.
fn place(kind: Navigation) -> &'static str {
    match kind {
        Navigation::Customize => "customize",
        Navigation::Browse => "browse",
        Navigation::Guide => "guide",
        Navigation::LinkedRoles => "linked-roles",
    }
}

/// `Some(true)` or `None`, so that false isn't written.
fn flag(value: bool) -> Option<bool> {
    value.then_some(true)
}

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        match &self.kind {
            NodeKind::Text(text) => s.serialize_str(text),
            NodeKind::Break => s.serialize_str("\n"),
            NodeKind::Paragraph {
                direction,
                children,
            } => {
                map!(s, "paragraph", "c": &Nodes(children); "dir" ? name(*direction))
            }
            NodeKind::Heading { level, children } => {
                map!(s, "heading", "level": level, "c": &Nodes(children); "dir" ? name(of_nodes(children)))
            }
            NodeKind::Subtext(c) => map!(s, "subtext", "c": &Nodes(c); "dir" ? name(of_nodes(c))),
            NodeKind::Quote(c) => map!(s, "quote", "c": &Nodes(c); "dir" ? name(of_nodes(c))),
            NodeKind::List { start, items } => {
                map!(s, "list", "items": items; "start" ? start, "dir" ? name(of_items(items)))
            }
            NodeKind::CodeBlock {
                language,
                text,
                runs,
            } => {
                map!(s, "code-block", "text": text; "language" ? language, "runs" ? runs)
            }
            NodeKind::Strong(c) => map!(s, "strong", "c": &Nodes(c)),
            NodeKind::Emphasis(c) => map!(s, "emphasis", "c": &Nodes(c)),
            NodeKind::Underline(c) => map!(s, "underline", "c": &Nodes(c)),
            NodeKind::Strikethrough(c) => map!(s, "strikethrough", "c": &Nodes(c)),
            NodeKind::Spoiler(c) => map!(s, "spoiler", "c": &Nodes(c)),
            NodeKind::Code(text) => map!(s, "code", "text": text),
            NodeKind::Mention(mention) => {
                let (kind, id) = mentioned(mention);
                map!(s, "mention", "kind": kind; "id" ? id)
            }
            NodeKind::Command { name, id } => map!(s, "command", "name": name, "id": id),
            NodeKind::Navigation { kind, role } => {
                map!(s, "navigation", "kind": place(*kind); "role" ? role)
            }
            NodeKind::CustomEmoji { name, id, animated } => {
                map!(s, "custom-emoji", "name": name, "id": id; "animated" ? flag(*animated))
            }
            NodeKind::Emoji { text, name } => map!(s, "emoji", "text": text, "name": name),
            NodeKind::Timestamp {
                seconds,
                style,
                words,
            } => {
                map!(s, "timestamp", "seconds": seconds, "style": style; "text" ? words)
            }
            NodeKind::Link {
                url,
                text,
                title,
                suppressed,
            } => {
                map!(s, "link", "url": url; "c" ? text.as_deref().map(Nodes), "title" ? title, "suppressed" ? flag(*suppressed))
            }
            NodeKind::MessageLink {
                url,
                guild,
                channel,
                message,
            } => {
                map!(s, "message-link", "url": url, "guild": guild, "channel": channel, "message": message)
            }
            NodeKind::ChannelLink {
                url,
                guild,
                channel,
            } => {
                map!(s, "channel-link", "url": url, "guild": guild, "channel": channel)
            }
            NodeKind::AttachmentLink { url, name } => {
                map!(s, "attachment-link", "url": url, "name": name)
            }
            NodeKind::Redacted => map!(s, "redacted"),
            NodeKind::Email { url, text } => map!(s, "email", "url": url, "text": text),
            NodeKind::Phone { url, text } => map!(s, "phone", "url": url, "text": text),
        }
    }
}

impl Serialize for Run {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if !self.bold && !self.underline && self.foreground.is_none() && self.background.is_none() {
            return s.serialize_str(&self.text);
        }
        let flags = [("bold", self.bold), ("underline", self.underline)];
        let colours = [
            ("fg", self.foreground.map(|c| c.name())),
            ("bg", self.background.map(|c| c.name())),
        ];
        let n = 1
            + flags.iter().filter(|f| f.1).count()
            + colours.iter().filter(|c| c.1.is_some()).count();
        let mut map = s.serialize_map(Some(n))?;
        map.serialize_entry("text", &self.text)?;
        for (key, value) in flags.iter().filter(|f| f.1) {
            map.serialize_entry(key, value)?;
        }
        for (key, value) in colours {
            if let Some(value) = value {
                map.serialize_entry(key, value)?;
            }
        }
        map.end()
    }
}
