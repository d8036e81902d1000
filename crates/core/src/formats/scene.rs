//! Lookups for all formats: people, roles and channels by id, and the sentences of system
//! messages.

use std::borrow::Cow;

use super::Setting;
use crate::index::{Index, index};
use crate::markdown::Variant;
use crate::model::{Blank, Channel, Emoji, Message, Person, PersonRef, Role, System, Transcript};
use crate::text::turns;
use crate::time::Formatter;
use crate::words::{Named, Piece, PieceStyle, Words};

/// A transcript with its lookup tables.
pub struct Scene<'s, 'a> {
    pub transcript: &'s Transcript<'a>,
    pub formatter: &'s Formatter,
    pub setting: &'s Setting<'s>,
    people: Index<'s>,
    roles: Index<'s>,
    channels: Vec<&'s Channel<'a>>,
    channels_by_id: Index<'s>,
}

impl<'s, 'a> Scene<'s, 'a> {
    pub fn new(
        transcript: &'s Transcript<'a>,
        formatter: &'s Formatter,
        setting: &'s Setting<'s>,
    ) -> Self {
        let roles = transcript.guild.iter().flat_map(|guild| &guild.roles);
        let channels: Vec<_> = transcript
            .channels
            .iter()
            .chain(&transcript.channel)
            .collect();
        Self {
            transcript,
            formatter,
            setting,
            people: index(transcript.people.iter().map(|person| &*person.id)),
            roles: index(roles.map(|role| &*role.id)),
            channels_by_id: index(channels.iter().map(|channel| &*channel.id)),
            channels,
        }
    }

    pub fn words(&self) -> &Words {
        self.setting.words
    }

    pub fn person(&self, person: PersonRef) -> Option<&'s Person<'a>> {
        self.transcript.people.get(person.index())
    }

    /// The name of a person as shown.
    pub fn name(&self, person: Option<PersonRef>) -> Cow<'_, str> {
        let person = person.and_then(|person| self.person(person));
        match person {
            Some(person) if !person.display.is_empty() => one_line(&person.display),
            _ => self.words().text("unknown-user").into(),
        }
    }

    /// The same, with user name and id if requested.
    pub fn full_name(&self, person: Option<PersonRef>) -> String {
        let mut name = self.name(person).into_owned();
        let Some(person) = person.and_then(|person| self.person(person)) else {
            return name;
        };
        let mut more = Vec::new();
        if self.setting.usernames
            && !person.username.is_empty()
            && person.username != person.display
        {
            more.push(format!("@{}", one_line(&person.username)));
        }
        if self.setting.ids && !person.id.is_empty() {
            more.push(one_line(&person.id).into_owned());
        }
        if !more.is_empty() {
            name.push_str(&format!(" ({})", more.join(", ")));
        }
        name
    }

    pub fn person_by_id(&self, id: &str) -> Option<&'s Person<'a>> {
        self.transcript.people.get(*self.people.get(id)?)
    }

    pub fn role_by_id(&self, id: &str) -> Option<&'s Role<'a>> {
        let guild = self.transcript.guild.as_ref()?;
        guild.roles.get(*self.roles.get(id)?)
    }

    pub fn channel_by_id(&self, id: &str) -> Option<&'s Channel<'a>> {
        self.channels.get(*self.channels_by_id.get(id)?).copied()
    }

    /// A channel's name with its sign, or a word for it if it has none; `None` for an unknown one.
    pub fn channel_called(&self, id: &str) -> Option<String> {
        let name = one_line(&self.channel_by_id(id)?.name);
        let unknown = self.words().text("unknown-channel");
        Some(format!(
            "#{}",
            if name.is_empty() { unknown } else { &name }
        ))
    }

    /// The channel of a message, with its sign, if it differs from the transcript's: the
    /// transcript may merge several.
    pub fn elsewhere(&self, message: &Message) -> Option<String> {
        let own = self.transcript.channel.as_ref().map(|channel| &*channel.id);
        if message.channel_id.is_empty() || own == Some(&*message.channel_id) {
            return None;
        }
        let channel = self.channel_by_id(&message.channel_id);
        // A channel without a name is identified by its id.
        let name = match channel {
            Some(channel) if !channel.name.is_blank() => &channel.name,
            _ => &message.channel_id,
        };
        Some(format!("#{}", one_line(name)))
    }

    /// The emoji of a reaction, poll or button.
    pub fn emoji<'e>(&self, emoji: &'e Emoji) -> Cow<'e, str> {
        let name = one_line(&emoji.name);
        if name.is_empty() {
            format!(":{}:", self.words().text("emoji-alt")).into()
        } else if emoji.id.is_empty() {
            name
        } else {
            format!(":{name}:").into()
        }
    }

    /// An emoji with the words beside it, of those that there are.
    pub fn labelled(&self, emoji: Option<&Emoji>, words: &[&str]) -> String {
        let emoji = emoji.map(|emoji| self.emoji(emoji));
        joined(
            emoji.as_deref().into_iter().chain(words.iter().copied()),
            " ",
        )
    }

    /// The sentence of a system message.
    pub fn sentence(&self, system: &System) -> Vec<Piece> {
        let user = system.user.map(|user| self.name(Some(user)));
        let targets = system.target.iter();
        let targets: Vec<String> = targets
            .map(|target| self.name(Some(*target)).into_owned())
            .collect();
        let channel = self.channel_called(&system.channel_id);
        let named = Named {
            user: user.as_deref(),
            target: &targets,
            channel: channel.as_deref().unwrap_or_default(),
            text: &self.typed(&system.text, Variant::Full),
        };
        let mut pieces = self.words().system(system, &named);
        // The embed shows the sender as its author.
        if system.kind == AUTOMOD {
            let text = self.words().text("automod").to_owned();
            let style = PieceStyle::Strong;
            pieces.insert(0, Piece { text, style });
            let (text, style) = (" ".into(), PieceStyle::Plain);
            pieces.insert(1, Piece { text, style });
        }
        pieces
    }

    /// The channel's own name; empty for direct messages without one.
    pub fn title(&self) -> Cow<'_, str> {
        let channel = self.transcript.channel.as_ref();
        channel.map_or(Cow::Borrowed(""), |channel| one_line(&channel.name))
    }

    /// The server's name; empty for direct messages.
    pub fn server(&self) -> Cow<'_, str> {
        let guild = self.transcript.guild.as_ref();
        guild.map_or(Cow::Borrowed(""), |guild| one_line(&guild.name))
    }

    /// The lines before the messages: the channel and its server.
    pub fn heading(&self) -> String {
        let names = [self.title(), self.server()];
        let names: Vec<&str> = names
            .iter()
            .map(|name| &**name)
            .filter(|name| !name.is_empty())
            .collect();
        names.join(" – ")
    }
}

/// AutoMod's report, by Discord's number.
pub const AUTOMOD: u64 = 24;

/// The texts that aren't empty.
pub fn joined<'t>(texts: impl IntoIterator<Item = &'t str>, between: &str) -> String {
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join(between)
}

/// A name without line breaks and direction marks.
pub fn one_line(name: &str) -> Cow<'_, str> {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    if !name.contains(|c| breaks(c) || turns(c)) {
        return name.into();
    }
    let kept = name.chars().filter(|c| !turns(*c));
    kept.map(|c| if breaks(c) { ' ' } else { c }).collect()
}

/// The name of the type of a message, as it is written everywhere: `default`, `reply`,
/// `user_join`; `type_99` where it has none.
pub fn type_name(message: &Message) -> Cow<'static, str> {
    match message.kind.name() {
        Some(name) => name.into(),
        None => format!("type_{}", message.kind.0).into(),
    }
}
