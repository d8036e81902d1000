//! Derives the facts of system messages. The package words them.

use super::automod;
use super::cards::whole;
use crate::json::Json;
use crate::model::{
    Blank, Channel, Message, MessageType, Person, PersonRef, Source, System, SystemVariant,
    Transcript,
};
use crate::text::Text;
use crate::time::parse_iso;

/// Sets the facts of every system message. Content that states them is removed; other content
/// stays, to be drawn like the text of a message.
pub fn facts(transcript: &mut Transcript) {
    let scope = Scope {
        guild: transcript
            .guild
            .as_ref()
            .map(|guild| guild.name.clone())
            .unwrap_or_default(),
        channels: &transcript.channels,
        main: transcript.channel.as_ref(),
        exporter: transcript.source == Source::DiscordChatExporter,
        people: &transcript.people,
    };
    for message in &mut transcript.messages {
        if message.kind.is_system() {
            message.system = Some(Box::new(scope.facts(message)));
        }
        for copy in message.referenced_message.iter_mut() {
            if copy.kind.is_system() {
                copy.system = Some(Box::new(scope.facts(copy)));
            }
        }
    }
}

/// What the facts of a message depend on besides the message.
struct Scope<'s, 'a> {
    guild: Text<'a>,
    channels: &'s [Channel<'a>],
    /// The transcript's own channel.
    main: Option<&'s Channel<'a>>,
    /// `content` may be the exporter's own sentence.
    exporter: bool,
    people: &'s [Person<'a>],
}

impl<'a> Scope<'_, 'a> {
    fn facts(&self, message: &mut Message<'a>) -> System<'a> {
        let number = message.kind.0;
        let mut system = System {
            kind: number.into(),
            user: message.author,
            ..System::default()
        };
        match number {
            1 | 2 => self.recipient(message, &mut system),
            3 => self.call(message, &mut system),
            4 => self.renamed(message, &mut system),
            5 => self.said(message, "Changed the channel icon."),
            6 => {
                self.said(message, "Pinned a message.");
                let reference = message.reference.as_ref();
                system.message_id = reference.map(|r| r.message_id.clone()).unwrap_or_default();
            }
            7 => {
                self.said(message, "Joined the server.");
                system.variant = welcome(message);
            }
            8..=11 => {
                system.count = count(message);
                system.guild = self.guild.clone();
            }
            18 => self.thread(message, &mut system),
            12 | 27 | 28 | 31 => system.name = take(&mut message.content),
            63 => system.name = emoji_name(take(&mut message.content)),
            24 => {
                let author = message
                    .author
                    .and_then(|author| self.people.get(author.index()));
                let author = author.map_or_else(Text::default, |person| person.id.clone());
                let called = |id: &str| {
                    let person = self.people.iter().find(|person| *person.id == *id);
                    person.map(|person| person.display.clone())
                };
                automod::report(message, &author, &mut system, called);
            }
            25 => self.subscribed(message, &mut system),
            32 => system.name = text_at(message.application.as_deref(), &["name"]),
            36 => until(message, &mut system),
            38 | 39 | 52..=54 => system.guild = self.guild.clone(),
            44 => {
                let purchase = message.purchase_notification.as_deref();
                system.name = text_at(purchase, &["guild_product_purchase", "product_name"]);
            }
            46 => {
                let result = message.poll_result.as_ref();
                system.name = result.map(|r| r.question.clone()).unwrap_or_default();
            }
            59..=61 => system.target.clone_from(&message.mentions),
            // The type of these says everything.
            14..=17 | 22 | 29 | 30 | 37 | 55..=58 | 62 | 67 => {}
            26 => system.text = take(&mut message.content),
            _ if message.kind == MessageType::UNREADABLE => {
                system.text = take(&mut message.content);
            }
            // Nothing is known of the others' text, so it is drawn as that of a message.
            _ => {}
        }
        system
    }

    /// Removes the exporter's own sentence from the content.
    fn said(&self, message: &mut Message, sentence: &str) {
        if self.exporter && *message.content == *sentence {
            message.content = Text::default();
        }
    }

    /// The channel of a message.
    fn channel(&self, message: &Message) -> Option<&Channel<'a>> {
        if message.channel_id.is_blank() {
            self.main
        } else {
            self.named_channel(&message.channel_id)
        }
    }

    fn named_channel(&self, id: &str) -> Option<&Channel<'a>> {
        let mut known = self.channels.iter().chain(self.main);
        known.find(|channel| !id.is_empty() && *channel.id == *id)
    }

    fn recipient(&self, message: &mut Message<'a>, system: &mut System<'a>) {
        let added = message.kind.0 == 1;
        system.target.clone_from(&message.mentions);
        let mut left = !added && system.target == message.author.into_iter().collect::<Vec<_>>();
        if self.exporter {
            // The exporter uses this for threads and groups, too.
            let within = |before: &str, after: &str| {
                ["group", "thread"].iter().find_map(|place| {
                    between(&message.content, before, &format!("{after}{place}."))
                })
            };
            let name = if added {
                within("Added ", " to the ")
            } else if within("Left", " the ").is_some() {
                left = true;
                Some("")
            } else {
                within("Removed ", " from the ")
            };
            let unknown = if added {
                "Added a recipient."
            } else {
                "Removed a recipient."
            };
            let name = name.or((&*message.content == unknown).then_some(""));
            let named = name.and_then(|name| self.named(name));
            if system.target.is_empty() {
                system.target.extend(named);
            }
            // Without the person, only the name is known.
            if name.is_some_and(|name| name.is_empty() || !system.target.is_empty()) {
                message.content = Text::default();
            }
        }
        if left {
            system.target.clear();
        }
        let thread = self
            .channel(message)
            .and_then(|channel| channel.kind)
            .is_some_and(|kind| kind.is_thread());
        // The person who was removed may be unknown.
        let unknown = !added && !left && system.target.is_empty();
        system.variant = SystemVariant(match (thread, unknown) {
            (false, false) => "group",
            (true, false) => "thread",
            (false, true) => "group-someone",
            (true, true) => "thread-someone",
        });
    }

    /// The only person with this name.
    fn named(&self, name: &str) -> Option<PersonRef> {
        if name.is_empty() {
            return None;
        }
        let mut found = self.people.iter().enumerate().filter(|(_, person)| {
            [&person.nick, &person.global_name, &person.username]
                .iter()
                .any(|known| ***known == *name)
        });
        match (found.next(), found.next()) {
            (Some((at, _)), None) => u32::try_from(at).ok().map(PersonRef),
            _ => None,
        }
    }

    fn call(&self, message: &mut Message<'a>, system: &mut System<'a>) {
        let call = message.call.as_ref();
        let ended = call
            .and_then(|call| call.ended_timestamp)
            .or(message.call_ended_timestamp);
        if let Some(call) = call {
            let others = call.participants.iter().copied();
            system.target = others
                .filter(|person| Some(*person) != message.author)
                .collect();
        }
        let minutes = self
            .exporter
            .then(|| between(&message.content, "Started a call that lasted ", " minutes."))
            .flatten();
        let worded = minutes.and_then(|minutes| whole(&minutes.replace(',', "")));
        system.duration = match (message.timestamp, ended) {
            // An end before the start is ignored.
            (Some(start), Some(end)) => u64::try_from(end.ms.saturating_sub(start.ms) / 1000).ok(),
            _ => worded
                .and_then(|minutes| minutes.checked_mul(60))
                .filter(|seconds| i64::try_from(*seconds).is_ok()),
        };
        if worded.is_some() {
            message.content = Text::default();
        }
        self.said(message, "Started a call.");
        // Exports don't say whether the reader took part, or whether it is still going on.
        system.variant = SystemVariant("started");
    }

    fn renamed(&self, message: &mut Message<'a>, system: &mut System<'a>) {
        self.said(message, "Changed the channel name.");
        let name = take(&mut message.content);
        system.name = match name.strip_prefix("Changed the channel name: ") {
            Some(rest) if self.exporter => rest.to_owned().into(),
            _ => name,
        };
        let channel = self.channel(message);
        let kind = |channel: Option<&Channel>| channel.and_then(|c| c.kind).map_or(0, |k| k.0);
        let parent = channel.and_then(|channel| self.named_channel(&channel.parent_id));
        // A forum's or media channel's threads are posts.
        system.variant = SystemVariant(match kind(channel) {
            3 => "group",
            10..=12 if matches!(kind(parent), 15 | 16) => "post",
            _ => "channel",
        });
    }

    fn thread(&self, message: &mut Message<'a>, system: &mut System<'a>) {
        // The exporter leaves its own sentence instead of the name.
        self.said(message, "Started a thread.");
        system.name = take(&mut message.content);
        let id = message.reference.as_ref().map(|r| r.channel_id.clone());
        system.message_id = id.unwrap_or_default();
        if system.name.is_blank() {
            let own = message.thread.as_ref().map(|thread| thread.name.clone());
            let listed = || {
                let listed = self.named_channel(&system.message_id);
                listed.map(|channel| channel.name.clone())
            };
            system.name = own.or_else(listed).unwrap_or_default();
        }
    }

    fn subscribed(&self, message: &Message<'a>, system: &mut System<'a>) {
        let data = message.role_subscription_data.as_deref();
        let renewed = data.and_then(|data| data.get("is_renewal")) == Some(&Json::Bool(true));
        system.variant = SystemVariant(if renewed { "renewed" } else { "joined" });
        system.name = text_at(data, &["tier_name"]);
        system.guild = self.guild.clone();
        system.count = match data.and_then(|data| data.get("total_months_subscribed")) {
            Some(Json::Int(months)) => u64::try_from(*months).ok().filter(|months| *months > 0),
            _ => None,
        };
    }
}

/// The index of the line that welcomes a newcomer, which depends on the time of joining.
fn welcome(message: &Message) -> SystemVariant {
    const LINES: [&str; 13] = [
        "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12",
    ];
    let ms = message.timestamp.map_or(0, |time| time.ms);
    let line = usize::try_from(ms.rem_euclid(13)).unwrap_or_default();
    SystemVariant(LINES[line])
}

/// A number of boosts, which isn't stated for a single one.
fn count(message: &mut Message) -> Option<u64> {
    let count = whole(&message.content)?;
    message.content = Text::default();
    (count > 1).then_some(count)
}

fn until(message: &mut Message, system: &mut System) {
    system.until = parse_iso(message.content.trim());
    if system.until.is_some() {
        message.content = Text::default();
    }
}

/// `:name:` in place of the token of a custom emoji.
fn emoji_name(text: Text) -> Text {
    let token = between(text.trim(), "<", ">").map(|token| token.trim_start_matches('a'));
    match token.and_then(|token| token.strip_prefix(':')?.split_once(':')) {
        Some((name, _)) => format!(":{name}:").into(),
        None => text,
    }
}

fn take<'a>(text: &mut Text<'a>) -> Text<'a> {
    std::mem::take(text)
}

/// The text between two parts of a sentence.
fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    text.strip_prefix(before)?.strip_suffix(after)
}

/// The text at a path of members.
fn text_at<'a>(json: Option<&Json<'a>>, path: &[&str]) -> Text<'a> {
    let found = json.and_then(|json| path.iter().try_fold(json, |json, key| json.get(key)));
    let text = found.and_then(Json::as_str);
    text.unwrap_or_default().to_owned().into()
}
