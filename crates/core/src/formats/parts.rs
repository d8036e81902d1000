//! The parts of a message besides its text, as lines: files, embeds, polls, buttons,
//! reactions. Markdown and plain text format the same lines.

use super::scene::{AUTOMOD, Scene, emoji_name, one_line};
use crate::markdown::Variant;
use crate::model::{
    Attachment, Component, Embed, Message, MessageType, Poll, PollMedia, PollResult, Reaction,
    Reply, ReplyState, Sticker, flags,
};
use crate::words::plain;

/// A part below the text of a message.
pub enum Part {
    /// A single line: a file, a sticker, a thread.
    Item(Line),
    /// A block of lines: an embed, a poll, a forwarded message.
    Card(Vec<Line>),
}

/// A line, or a text of several.
pub struct Line {
    pub words: String,
    pub dress: Dress,
    /// Its link.
    pub link: Option<String>,
    /// Text after it, outside of the link.
    pub after: String,
}

/// The role of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dress {
    /// Plain text.
    Plain,
    /// A title.
    Strong,
    /// A remark that nobody wrote.
    Emphasis,
    /// An item of a list.
    Item,
    /// Discord's Markdown.
    Markdown(Variant),
}

impl Line {
    pub fn new(words: impl Into<String>, dress: Dress) -> Self {
        Self {
            words: words.into(),
            dress,
            link: None,
            after: String::new(),
        }
    }

    fn leading(mut self, link: &str) -> Self {
        self.link = (!link.is_empty()).then(|| link.to_owned());
        self
    }
}

/// The most characters in a preview of a reply.
const GLANCE: usize = 100;
/// Discord's flag of a spoilered attachment.
const COVERED: u64 = 1 << 3;

impl Scene<'_, '_> {
    /// The line above a message: what it replies to, or the command.
    pub fn before(&self, message: &Message) -> Option<String> {
        if let Some(reply) = &message.reply {
            return Some(self.answered(reply));
        }
        let named = message
            .interaction_metadata
            .iter()
            .chain(&message.interaction);
        let command = named.into_iter().find(|command| !command.name.is_empty())?;
        let name = format!("/{}", one_line(&command.name).trim_start_matches('/'));
        let used = self.words().say("used", &[("command", &name)]);
        Some(match command.user {
            Some(user) => format!("{} {used}", self.name(Some(user))),
            None => used,
        })
    }

    fn answered(&self, reply: &Reply) -> String {
        let words = self.words();
        let seen = if let Some(system) = &reply.system {
            return format!(
                "{} {}",
                words.text("in-reply-to-alt"),
                one_line(&plain(&self.sentence(system)))
            );
        } else if reply.state == ReplyState::Deleted {
            words.text("deleted-message").to_owned()
        } else if reply.author.is_none() {
            words.text("missing-message").to_owned()
        } else if !reply.content.is_empty() {
            self.glance(&reply.content, GLANCE)
        } else {
            let key = if reply.command {
                "see-command"
            } else if reply.forwarded {
                "forwarded"
            } else if reply.poll {
                "poll"
            } else if reply.voice {
                "voice-message-alt"
            } else if reply.attachments + reply.embeds + reply.stickers > 0 {
                "see-attachment"
            } else {
                "message"
            };
            words.text(key).to_owned()
        };
        let to = words.text("in-reply-to-alt");
        match reply.author {
            Some(author) => format!("{to} {}: {seen}", self.name(Some(author))),
            None => format!("{to}: {seen}"),
        }
    }

    /// The parts below the text of a message.
    pub fn under(&self, message: &Message) -> Vec<Part> {
        let words = self.words();
        let mut parts = Vec::new();
        let forwarded = message.message_snapshots.iter();
        parts.extend(forwarded.map(|snapshot| Part::Card(self.forwarded(snapshot))));
        let files = message.attachments.iter().map(|file| self.file(file));
        parts.extend(files.map(Part::Item));
        let stickers = message.sticker_items.iter().map(|one| self.sticker(one));
        parts.extend(stickers.map(Part::Item));
        for embed in &message.embeds {
            let mut lines = Vec::new();
            self.embed(embed, &mut lines);
            parts.push(Part::Card(lines));
        }
        parts.extend(self.cards(message).into_iter().map(Part::Card));
        if let Some(poll) = &message.poll {
            parts.push(Part::Card(self.poll(poll)));
        } else if let Some(result) = &message.poll_result {
            parts.push(Part::Card(self.poll_result(result)));
        }
        let mut shown = Vec::new();
        self.components(&message.components, &mut shown);
        parts.push(Part::Card(shown));
        if let Some(system) = &message.system {
            let mut lines = Vec::new();
            // Other types have their text in their sentences.
            if system.kind == AUTOMOD && !system.text.is_empty() {
                if system.user.is_some() {
                    lines.push(Line::new(self.name(system.user), Dress::Strong));
                }
                lines.push(Line::new(&*system.text, Dress::Markdown(Variant::Full)));
            }
            let reasons = words.automod_reasons(system).into_iter();
            let reasons = reasons.filter(|_| system.kind == AUTOMOD);
            lines.extend(reasons.map(|reason| Line::new(reason, Dress::Item)));
            parts.push(Part::Card(lines));
        }
        if let Some(thread) = &message.thread {
            let name = if thread.name.is_empty() {
                words.text("channel-thread-alt").into()
            } else {
                one_line(&thread.name)
            };
            let mut line = Line::new(
                format!("{}: {name}", words.text("see-thread")),
                Dress::Plain,
            );
            if thread.message_count > 0 {
                line.after = format!(
                    " · {}",
                    words.count("thread-messages", thread.message_count)
                );
            }
            parts.push(Part::Item(line));
        }
        if message.flags & flags::EPHEMERAL != 0 {
            parts.push(Part::Item(Line::new(
                words.text("only-you"),
                Dress::Emphasis,
            )));
        }
        if !message.extra.is_empty() {
            let names: Vec<&str> = message.extra.iter().map(|(name, _)| &**name).collect();
            let said = words.say("not-drawn", &[("parts", &words.listed(&names))]);
            parts.push(Part::Item(Line::new(said, Dress::Emphasis)));
        }
        parts.retain(|part| !matches!(part, Part::Card(lines) if lines.is_empty()));
        parts
    }

    pub(super) fn file(&self, file: &Attachment) -> Line {
        let name = [&file.title, &file.filename]
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or_else(|| self.words().text("file").into(), |name| one_line(name));
        let mut more = Vec::new();
        if !file.description.is_empty() {
            more.push(one_line(&file.description).into_owned());
        }
        if file.size > 0 {
            more.push(self.words().file_size(file.size));
        }
        if file.flags & COVERED != 0 || file.filename.starts_with("SPOILER_") {
            more.push(self.words().text("spoiler-alt").to_owned());
        }
        let mut line = Line::new(name, Dress::Plain).leading(&(self.setting.link)(&file.url));
        if !more.is_empty() {
            line.after = format!(" ({})", more.join(", "));
        }
        line
    }

    pub(super) fn sticker(&self, sticker: &Sticker) -> Line {
        let words = self.words();
        let named = if sticker.name.is_empty() {
            words.text("sticker-alt").to_owned()
        } else {
            words.say("sticker-of-alt", &[("name", &one_line(&sticker.name))])
        };
        Line::new(named, Dress::Plain).leading(&(self.setting.link)(&sticker.url))
    }

    pub(super) fn embed(&self, embed: &Embed, lines: &mut Vec<Line>) {
        let link = |url: &str| (self.setting.link)(url);
        if let Some(provider) = embed.provider.as_ref().filter(|one| !one.name.is_empty()) {
            lines.push(Line::new(one_line(&provider.name), Dress::Plain).leading(&provider.url));
        }
        if let Some(author) = embed.author.as_ref().filter(|one| !one.name.is_empty()) {
            lines.push(Line::new(one_line(&author.name), Dress::Strong).leading(&author.url));
        }
        if !embed.title.is_empty() {
            let title = Line::new(&*embed.title, Dress::Markdown(Variant::Inline));
            lines.push(title.leading(&embed.url));
        } else if !embed.url.is_empty() {
            lines.push(Line::new(&*embed.url, Dress::Plain).leading(&embed.url));
        }
        if !embed.description.is_empty() {
            lines.push(Line::new(
                &*embed.description,
                Dress::Markdown(Variant::Embed),
            ));
        }
        for field in &embed.fields {
            if !field.name.is_empty() {
                let name = self.typed(&field.name, Variant::Inline);
                lines.push(Line::new(one_line(&name), Dress::Strong));
            }
            if !field.value.is_empty() {
                lines.push(Line::new(&*field.value, Dress::Markdown(Variant::Embed)));
            }
        }
        let pictures = if embed.images.is_empty() {
            embed.image.as_deref().map_or(&[][..], std::slice::from_ref)
        } else {
            &embed.images
        };
        let pictures = pictures.iter().map(|picture| (picture, "picture-alt"));
        let thumbnail = embed.thumbnail.as_deref().map(|one| (one, "picture-alt"));
        let video = embed.video.as_deref().map(|one| (one, "video-alt"));
        for (media, key) in pictures.chain(thumbnail).chain(video) {
            if media.url.is_empty() {
                continue;
            }
            let words = if media.description.is_empty() {
                self.words().text(key).into()
            } else {
                one_line(&media.description)
            };
            lines.push(Line::new(words, Dress::Plain).leading(&link(&media.url)));
        }
        let footer = embed.footer.as_ref().map_or("", |footer| &*footer.text);
        let foot: Vec<&str> = [footer, &embed.time]
            .into_iter()
            .filter(|text| !text.is_empty())
            .collect();
        if !foot.is_empty() {
            lines.push(Line::new(foot.join(" · "), Dress::Emphasis));
        }
    }

    fn media_words(&self, media: &PollMedia) -> String {
        let emoji = media.emoji.as_ref().map(|emoji| emoji_name(emoji));
        let text = self.typed(&media.text, Variant::Emoji);
        let parts = [emoji.as_deref().unwrap_or_default(), &text];
        let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
        if parts.is_empty() {
            "…".into()
        } else {
            one_line(&parts.join(" ")).into_owned()
        }
    }

    fn poll(&self, poll: &Poll) -> Vec<Line> {
        let words = self.words();
        let question = self.media_words(&poll.question);
        let mut lines = vec![Line::new(
            format!("{}: {question}", words.text("poll")),
            Dress::Strong,
        )];
        for answer in &poll.answers {
            let mut line = Line::new(self.media_words(&answer.poll_media), Dress::Item);
            if let Some(votes) = answer.votes {
                line.after = format!(" — {}", words.count("votes", votes));
            }
            if answer.winner {
                line.after
                    .push_str(&format!(" ({})", words.text("winning-answer-alt")));
            }
            lines.push(line);
        }
        let closed = poll
            .results
            .as_ref()
            .is_some_and(|results| results.is_finalized);
        if closed {
            lines.push(Line::new(words.text("poll-closed"), Dress::Emphasis));
        } else if !poll.closes.is_empty() {
            let ends = words.say("ends", &[("time", &poll.closes)]);
            lines.push(Line::new(ends, Dress::Emphasis));
        }
        lines
    }

    fn poll_result(&self, result: &PollResult) -> Vec<Line> {
        let words = self.words();
        let mut lines = vec![Line::new(one_line(&result.question), Dress::Strong)];
        if result.answer_id.is_some() {
            let emoji = result.emoji.as_ref().map(|emoji| emoji_name(emoji));
            let emoji = emoji.map_or_else(String::new, |emoji| format!("{emoji} "));
            let mut line = Line::new(
                format!(
                    "{}: {emoji}{}",
                    words.text("winning-answer"),
                    one_line(&result.text)
                ),
                Dress::Item,
            );
            if let Some(votes) = result.votes {
                line.after = format!(" — {}", words.count("votes", votes));
            }
            lines.push(line);
        } else if let Some(total) = result.total_votes {
            let key = if total > 0 { "tied" } else { "no-winner" };
            lines.push(Line::new(words.text(key), Dress::Item));
        }
        lines
    }

    pub(super) fn components(&self, components: &[Component], lines: &mut Vec<Line>) {
        for component in components {
            if !component.content.is_empty() {
                lines.push(Line::new(
                    &*component.content,
                    Dress::Markdown(Variant::Full),
                ));
            }
            let emoji = component.emoji.as_ref().map(|emoji| emoji_name(emoji));
            let label = [
                emoji.as_deref().unwrap_or_default(),
                &component.label,
                &component.placeholder,
                &component.description,
                &component.value,
                &component.name,
            ];
            let label: Vec<&str> = label.into_iter().filter(|part| !part.is_empty()).collect();
            // The label of a picture or file is its link, unless it has an address of its own.
            let files = [(&component.media, "picture-alt"), (&component.file, "file")];
            let mut files = files
                .into_iter()
                .filter_map(|(file, key)| Some((file.as_deref()?, key)));
            if !label.is_empty() {
                let labelled = if component.url.is_empty() {
                    files.next()
                } else {
                    None
                };
                let line = Line::new(one_line(&label.join(" ")), Dress::Item);
                lines.push(match labelled {
                    Some((file, _)) => line.leading(&(self.setting.link)(&file.url)),
                    None => line.leading(&component.url),
                });
            } else if component.kind == 2 {
                lines.push(
                    Line::new(self.words().text("button"), Dress::Item).leading(&component.url),
                );
            }
            for option in &component.options {
                let mut line = Line::new(one_line(&option.label), Dress::Item);
                if !option.description.is_empty() {
                    line.after = format!(" — {}", one_line(&option.description));
                }
                lines.push(line);
            }
            for item in &component.items {
                let words = if item.description.is_empty() {
                    self.words().text("picture-alt").into()
                } else {
                    one_line(&item.description)
                };
                let line = Line::new(words, Dress::Item);
                lines.push(line.leading(&(self.setting.link)(&item.media.url)));
            }
            for (file, key) in files {
                let line = Line::new(self.words().text(key), Dress::Item);
                lines.push(line.leading(&(self.setting.link)(&file.url)));
            }
            self.components(&component.components, lines);
            for inner in [&component.component, &component.accessory]
                .into_iter()
                .flatten()
            {
                self.components(std::slice::from_ref(inner), lines);
            }
        }
    }

    /// The texts of components, in order.
    pub fn component_texts(&self, components: &[Component]) -> Vec<String> {
        let mut lines = Vec::new();
        self.components(components, &mut lines);
        lines.into_iter().map(|line| line.words).collect()
    }

    /// A reaction with its count and, if requested, the people who reacted.
    pub fn reaction(&self, reaction: &Reaction) -> String {
        let mut said = emoji_name(&reaction.emoji).into_owned();
        if said.is_empty() {
            said.push('?');
        }
        if let Some(count) = reaction.count {
            said.push(' ');
            said.push_str(&self.words().number(count));
        }
        if self.setting.reactors && !reaction.users.is_empty() {
            let names = reaction.users.iter().map(|user| self.name(Some(*user)));
            let mut names: Vec<_> = names.map(|name| name.into_owned()).collect();
            let count = reaction.count.unwrap_or_default();
            let others = count.saturating_sub(names.len() as u64);
            if others > 0 {
                names.push(self.words().count("others", others));
            }
            said.push_str(&format!(" ({})", self.words().listed(&names)));
        }
        said
    }

    /// The note that a message was edited, and when; `None` if it wasn't. The time is sortable,
    /// or as in headers.
    pub fn edited(&self, message: &Message, sortable: bool) -> Option<String> {
        let Some(edited) = message.edited_timestamp else {
            return message
                .edited
                .then(|| self.words().text("edited").to_owned());
        };
        let time = if sortable {
            self.formatter.sortable(edited)
        } else {
            self.formatter.header(edited)
        };
        Some(self.words().say("edited-at", &[("time", &time)]))
    }

    /// The text of a message, in Discord's Markdown: its own, that of an unreadable message, or
    /// that of the message that its thread started from.
    pub fn text<'m>(&self, message: &'m Message) -> &'m str {
        if message.kind == MessageType::UNREADABLE
            && let Some(system) = &message.system
        {
            return &system.text;
        }
        match &message.starter {
            Some(starter) if message.content.is_empty() => &starter.content,
            _ => &message.content,
        }
    }

    /// The same for tables, which have no place for cards: also the text that AutoMod acted on.
    pub fn cell<'m>(&self, message: &'m Message) -> &'m str {
        match &message.system {
            Some(system) if system.kind == AUTOMOD && message.content.is_empty() => &system.text,
            _ => self.text(message),
        }
    }

    /// The placeholder of a message without visible content.
    pub fn nothing(&self, message: &Message) -> &str {
        self.words().text(if message.starter.is_some() {
            "missing-starter"
        } else if message.flags & flags::LOADING != 0 {
            "thinking"
        } else {
            "empty-message"
        })
    }
}
