//! The parts of a message besides its text, as lines: files, embeds, polls, buttons,
//! reactions. Markdown and plain text format the same lines.

use super::scene::{AUTOMOD, Scene, one_line};
use crate::markdown::Variant;
use crate::model::{
    Interaction, Message, MessageType, PersonRef, Reaction, Reply, ReplyState, flags,
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

    pub fn leading(mut self, link: &str) -> Self {
        self.link = (!link.is_empty()).then(|| link.to_owned());
        self
    }

    /// The same with remarks in parentheses after it.
    pub fn noting(mut self, remarks: &[String]) -> Self {
        if !remarks.is_empty() {
            self.after.push_str(&format!(" ({})", remarks.join(", ")));
        }
        self
    }
}

/// Discord's numbers of commands in the menus of a user and of a message.
const USER_MENU: u64 = 2;
const MESSAGE_MENU: u64 = 3;

/// The most characters in a preview of a reply.
const GLANCE: usize = 100;

impl Scene<'_, '_> {
    /// The line above a message: what it replies to, or the command.
    pub fn before(&self, message: &Message) -> Option<String> {
        if let Some(reply) = &message.reply {
            return Some(self.answered(reply));
        }
        self.command(message)
    }

    /// The command that a message responds to, and who used it.
    pub fn command(&self, message: &Message) -> Option<String> {
        let command = named_command(message)?;
        let name = one_line(command_name(command));
        let name = match command.command_type {
            USER_MENU | MESSAGE_MENU => name,
            _ => format!("/{}", name.trim_start_matches('/')).into(),
        };
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
        let whole = whole(message);
        let mut parts: Vec<Part> = self.forwards(whole).collect();
        let files = whole.attachments.iter().map(|file| self.file(file));
        parts.extend(files.map(Part::Item));
        let stickers = whole.sticker_items.iter().map(|one| self.sticker(one));
        parts.extend(stickers.map(Part::Item));
        for embed in &whole.embeds {
            let mut lines = Vec::new();
            self.embed(embed, &mut lines);
            parts.push(Part::Card(lines));
        }
        parts.extend(self.besides(message, true));
        parts.retain(|part| !matches!(part, Part::Card(lines) if lines.is_empty()));
        parts
    }

    /// What has no column in a table: parts other than files, stickers and embeds.
    pub fn apart(&self, message: &Message) -> Vec<Part> {
        let forwards = self.forwards(whole(message));
        forwards.chain(self.besides(message, false)).collect()
    }

    fn forwards(&self, message: &Message) -> impl Iterator<Item = Part> {
        let reference = message.reference.as_deref();
        let snapshots = message.message_snapshots.iter();
        snapshots.map(move |snapshot| Part::Card(self.forwarded(snapshot, reference)))
    }

    /// The parts after files, stickers and embeds, with or without the text that AutoMod acted on.
    fn besides(&self, message: &Message, with_text: bool) -> Vec<Part> {
        let words = self.words();
        let whole = whole(message);
        let mut parts: Vec<Part> = self.cards(whole).into_iter().map(Part::Card).collect();
        if let Some(poll) = &whole.poll {
            parts.push(Part::Card(self.poll(poll)));
        } else if let Some(result) = &whole.poll_result {
            parts.push(Part::Card(self.poll_result(result)));
        }
        let mut shown = Vec::new();
        self.components(&whole.components, &mut shown);
        parts.push(Part::Card(shown));
        if let Some(system) = &message.system {
            let mut lines = Vec::new();
            // Other types have their text in their sentences.
            if system.kind == AUTOMOD && !system.text.is_empty() {
                if system.user.is_some() {
                    lines.push(Line::new(self.name(system.user), Dress::Strong));
                }
                let text = Line::new(&*system.text, Dress::Markdown(Variant::Full));
                lines.extend(with_text.then_some(text));
            }
            let reasons = self.reasons(message).into_iter();
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
        parts
    }

    /// Why AutoMod acted.
    pub fn reasons(&self, message: &Message) -> Vec<String> {
        let system = message.system.as_deref();
        let system = system.filter(|system| system.kind == AUTOMOD);
        system.map_or_else(Vec::new, |system| self.words().automod_reasons(system))
    }

    /// A reaction with its count and, if requested, the people who reacted.
    pub fn reaction(&self, reaction: &Reaction) -> String {
        let mut said = self.emoji(&reaction.emoji).into_owned();
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

    /// The note that a message is pinned.
    pub fn pinned(&self) -> String {
        format!("({})", self.words().text("pinned"))
    }

    /// Who wrote what a message shows.
    pub fn author(&self, message: &Message) -> Option<PersonRef> {
        let starter = message.starter.as_ref();
        starter
            .and_then(|starter| starter.author)
            .or(message.author)
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

/// The message that has the parts: the first message of a thread is a copy of the one that it
/// started from.
pub fn whole<'m, 'a>(message: &'m Message<'a>) -> &'m Message<'a> {
    match (&message.starter, &message.referenced_message) {
        (Some(_), Some(copy)) => copy,
        _ => message,
    }
}

/// The command that a message responds to. A form has that of the command that opened it.
pub fn named_command<'m, 'a>(message: &'m Message<'a>) -> Option<&'m Interaction<'a>> {
    let newer = message.interaction_metadata.as_deref();
    let opened = newer.and_then(|form| form.triggering_interaction_metadata.as_deref());
    let mut commands = [newer, message.interaction.as_deref(), opened].into_iter();
    commands.find_map(|command| command.filter(|command| !command.name.is_empty()))
}

/// The name of a command in the language of the export, or else its own.
pub fn command_name<'m>(command: &'m Interaction) -> &'m str {
    if command.name_localized.is_empty() {
        &command.name
    } else {
        &command.name_localized
    }
}
