//! Texts of messages as typed, with names in place of Discord's tokens.

use std::borrow::Cow;
use std::ops::Range;

use super::scene::{Scene, one_line};
use crate::markdown::ast::{Mention, Navigation, Node, NodeKind};
use crate::markdown::{Variant, parse};
use crate::time::Style;

/// The start of escape sequences, which colour code blocks, and which terminals interpret.
const ESCAPE: char = '\u{1b}';

/// A text without its escape sequences.
fn without_escapes(text: &str) -> String {
    let mut parts = text.split(ESCAPE);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.strip_prefix('[').map(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
            rest.strip_prefix(|c: char| c.is_ascii_alphabetic())
                .unwrap_or(rest)
        });
        plain.push_str(rest.unwrap_or(part));
    }
    plain
}

impl Scene<'_, '_> {
    /// A text as typed, with mentions, custom emoji and times replaced by words.
    pub fn typed<'t>(&self, text: &'t str, variant: Variant) -> Cow<'t, str> {
        if text.contains(ESCAPE) {
            return self
                .typed(&without_escapes(text), variant)
                .into_owned()
                .into();
        }
        // All tokens are in angle brackets.
        if !text.contains('<') {
            return text.into();
        }
        let document = parse(text, variant);
        let mut tokens = Vec::new();
        self.tokens(&document.children, &mut tokens);
        if tokens.is_empty() {
            return text.into();
        }
        let mut typed = String::with_capacity(text.len());
        let mut end = 0;
        for (span, words) in tokens {
            let Some(before) = text.get(end..span.start) else {
                continue;
            };
            typed.push_str(before);
            typed.push_str(&words);
            end = span.end;
        }
        typed.push_str(text.get(end..).unwrap_or_default());
        typed.into()
    }

    fn tokens(&self, nodes: &[Node], tokens: &mut Vec<(Range<usize>, String)>) {
        for node in nodes {
            if let Some(words) = self.token(&node.kind) {
                tokens.push((node.span.clone(), words));
            } else if let NodeKind::List { items, .. } = &node.kind {
                items
                    .iter()
                    .for_each(|item| self.tokens(&item.children, tokens));
            } else {
                self.tokens(node.kind.children(), tokens);
            }
        }
    }

    /// The meaning of a Discord token; `None` for anything else.
    pub fn token(&self, kind: &NodeKind) -> Option<String> {
        Some(match kind {
            NodeKind::Mention(mention) => self.mention(*mention),
            NodeKind::Command { name, .. } => format!("/{name}"),
            NodeKind::Navigation { kind, role } => self.navigation(*kind, *role),
            NodeKind::CustomEmoji { name, .. } => format!(":{name}:"),
            NodeKind::Timestamp { seconds, style, .. } => {
                let seconds = self.formatter.beginning(*seconds, 0);
                let style = Style::from_letter(*style).unwrap_or_default();
                self.formatter.style(seconds, style)?
            }
            NodeKind::Redacted => crate::anonymize::BAR.to_owned(),
            _ => return None,
        })
    }

    fn mention(&self, mention: Mention) -> String {
        match mention {
            Mention::User(id) => {
                let known = self
                    .person_by_id(id)
                    .map(|person| one_line(&person.display));
                let known = known.filter(|name| !name.is_empty());
                let unknown = self.words().text("unknown-user");
                format!("@{}", known.as_deref().unwrap_or(unknown))
            }
            Mention::Role(id) => {
                let role = self.role_by_id(id).map(|role| one_line(&role.name));
                let role = role.filter(|name| !name.is_empty());
                let unknown = self.words().text("unknown-role");
                format!("@{}", role.as_deref().unwrap_or(unknown))
            }
            Mention::Channel(id) => {
                let unknown = || format!("#{}", self.words().text("unknown-channel"));
                self.channel_called(id).unwrap_or_else(unknown)
            }
            Mention::Everyone => "@everyone".into(),
            Mention::Here => "@here".into(),
        }
    }

    fn navigation(&self, kind: Navigation, role: Option<&str>) -> String {
        let key = match kind {
            Navigation::Customize => "page-customize",
            Navigation::Browse => "page-browse",
            Navigation::Guide => "page-guide",
            Navigation::LinkedRoles => "page-linked-roles",
        };
        let role = role.and_then(|role| self.role_by_id(role));
        match role {
            Some(role) => format!("#{}: {}", self.words().text(key), one_line(&role.name)),
            None => format!("#{}", self.words().text(key)),
        }
    }

    /// A text on one line, truncated to this many characters.
    pub fn glance(&self, text: &str, most: usize) -> String {
        let typed = self.typed(text, Variant::Full);
        let mut line = String::new();
        for word in typed.split_whitespace() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
            if line.len() > 4 * most {
                break;
            }
        }
        if line.chars().count() > most {
            let mut short: String = line.chars().take(most).collect();
            short.truncate(short.trim_end().len());
            short.push('…');
            return short;
        }
        line
    }
}
