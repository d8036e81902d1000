//! Replies' previews as plain text on a line.

use std::collections::HashMap;

use crate::markdown::ast::{Kind, Mention, Node};
use crate::markdown::{Variant, parse};
use crate::model::Transcript;

/// Names by id, for mentions in previews.
struct Names<'t> {
    people: HashMap<&'t str, &'t str>,
    channels: HashMap<&'t str, &'t str>,
    roles: HashMap<&'t str, &'t str>,
}

/// Replaces the Markdown of replies' contents by what it shows.
pub(super) fn write(transcript: &mut Transcript) {
    let mut previews = Vec::new();
    {
        let names = Names {
            people: transcript.people.iter().map(|p| (&*p.id, &*p.display)).collect(),
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
                words(&parse(&reply.content, Variant::Reply).children, &names, &mut shown);
                previews.push(shown);
            }
        }
    }
    let mut previews = previews.into_iter();
    for message in &mut transcript.messages {
        for reply in [&mut message.reply, &mut message.starter].into_iter().flatten() {
            reply.content = previews.next().unwrap_or_default().into();
        }
    }
}

fn words(nodes: &[Node], names: &Names, shown: &mut String) {
    for node in nodes {
        match &node.kind {
            Kind::Text(text) | Kind::Code(text) => shown.push_str(text),
            Kind::Emoji { text, .. } => shown.push_str(text),
            Kind::CustomEmoji { name, .. } => shown.push_str(&format!(":{name}:")),
            Kind::Mention(mention) => shown.push_str(&mentioned(mention, names)),
            Kind::Command { name, .. } => shown.push_str(&format!("/{name}")),
            Kind::Link { text: None, url, .. } => shown.push_str(url),
            Kind::Link { text: Some(text), .. } => words(text, names, shown),
            Kind::MessageLink { url, .. }
            | Kind::ChannelLink { url, .. }
            | Kind::AttachmentLink { url, .. } => shown.push_str(url),
            Kind::Email { text, .. } | Kind::Phone { text, .. } => shown.push_str(text),
            // Previews are cut, and a time in words may be longer than they are.
            Kind::Timestamp { .. } => shown.push('🕑'),
            Kind::Navigation { .. } => shown.push_str("server page"),
            // A spoiler stays one.
            Kind::Spoiler(_) => shown.push_str("▮▮▮"),
            other => words(other.children(), names, shown),
        }
    }
}

fn mentioned(mention: &Mention, names: &Names) -> String {
    let named = |sign: &str, known: &HashMap<&str, &str>, id: &str, unknown: &str| {
        format!("{sign}{}", known.get(id).copied().unwrap_or(unknown))
    };
    match mention {
        Mention::User(id) => named("@", &names.people, id, "unknown-user"),
        Mention::Role(id) => named("@", &names.roles, id, "deleted-role"),
        Mention::Channel(id) => named("#", &names.channels, id, "unknown"),
        Mention::Everyone => "@everyone".into(),
        Mention::Here => "@here".into(),
    }
}
