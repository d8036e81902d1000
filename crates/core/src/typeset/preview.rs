//! Replies' previews as plain text on a line.

use crate::index::Index;
use crate::markdown::ast::{Mention, Node, NodeKind};
use crate::markdown::{Variant, parse};
use crate::model::Transcript;

/// Names by id.
#[derive(Default)]
struct Named<'t> {
    places: Index<'t>,
    names: Vec<&'t str>,
}

impl<'t> Named<'t> {
    fn get(&self, id: &str) -> Option<&'t str> {
        self.places.get(id).map(|&at| self.names[at])
    }
}

impl<'t> FromIterator<(&'t str, &'t str)> for Named<'t> {
    fn from_iter<I: IntoIterator<Item = (&'t str, &'t str)>>(pairs: I) -> Self {
        let mut named = Self::default();
        for (id, name) in pairs {
            named.places.insert(id.into(), named.names.len());
            named.names.push(name);
        }
        named
    }
}

/// Names by id, for mentions in previews.
struct Names<'t> {
    people: Named<'t>,
    channels: Named<'t>,
    roles: Named<'t>,
}

/// Replaces the Markdown of replies' contents by what it shows.
pub(super) fn write(transcript: &mut Transcript) {
    let mut previews = Vec::new();
    {
        let names = Names {
            people: transcript
                .people
                .iter()
                .map(|p| (&*p.id, &*p.display))
                .collect(),
            channels: transcript
                .channels
                .iter()
                .chain(&transcript.channel)
                .map(|c| (&*c.id, &*c.name))
                .collect(),
            roles: transcript
                .guild
                .iter()
                .flat_map(|guild| &guild.roles)
                .map(|role| (&*role.id, &*role.name))
                .collect(),
        };
        for message in &transcript.messages {
            for reply in [&message.reply, &message.starter].into_iter().flatten() {
                let mut shown = String::new();
                words(
                    &parse(&reply.content, Variant::Reply).children,
                    &names,
                    &mut shown,
                );
                previews.push(shown);
            }
        }
    }
    let mut previews = previews.into_iter();
    for message in &mut transcript.messages {
        for reply in [&mut message.reply, &mut message.starter]
            .into_iter()
            .flatten()
        {
            reply.content = previews.next().unwrap_or_default().into();
        }
    }
}

fn words(nodes: &[Node], names: &Names, shown: &mut String) {
    for node in nodes {
        match &node.kind {
            NodeKind::Text(text) | NodeKind::Code(text) => shown.push_str(text),
            NodeKind::Emoji { text, .. } => shown.push_str(text),
            NodeKind::CustomEmoji { name, .. } => shown.push_str(&format!(":{name}:")),
            NodeKind::Mention(mention) => shown.push_str(&mentioned(mention, names)),
            NodeKind::Command { name, .. } => shown.push_str(&format!("/{name}")),
            NodeKind::Link {
                text: None, url, ..
            } => shown.push_str(url),
            NodeKind::Link {
                text: Some(text), ..
            } => words(text, names, shown),
            NodeKind::MessageLink { url, .. }
            | NodeKind::ChannelLink { url, .. }
            | NodeKind::AttachmentLink { url, .. } => shown.push_str(url),
            NodeKind::Email { text, .. } | NodeKind::Phone { text, .. } => shown.push_str(text),
            // Previews are cut, and a time in words may be longer than they are.
            NodeKind::Timestamp { .. } => shown.push('🕑'),
            NodeKind::Navigation { .. } => shown.push_str("server page"),
            // A spoiler stays one.
            NodeKind::Spoiler(_) => shown.push_str("▮▮▮"),
            other => words(other.children(), names, shown),
        }
    }
}

fn mentioned(mention: &Mention, names: &Names) -> String {
    let named = |sign: &str, known: &Named<'_>, id: &str, unknown: &str| {
        format!("{sign}{}", known.get(id).unwrap_or(unknown))
    };
    match mention {
        Mention::User(id) => named("@", &names.people, id, "unknown-user"),
        Mention::Role(id) => named("@", &names.roles, id, "deleted-role"),
        Mention::Channel(id) => named("#", &names.channels, id, "unknown"),
        Mention::Everyone => "@everyone".into(),
        Mention::Here => "@here".into(),
    }
}
