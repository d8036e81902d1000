//! The content of one input; [`super::walk`] finds its messages.

use super::Reader;
use super::decode::{another_chat, no_json};
use super::formats::{self, Row, Table};
use super::looks::is_no_list;
use super::nothing::{no_messages, not_messages};
use super::outline::Outline;
use super::take::Take;
use crate::error::Error;
use crate::json::Json;
use crate::json::scan::Scan;
use crate::model::{
    Channel, DateRange, Extra, Guild, Member, Message, PersonRef, Role, Source, Timestamp,
};
use crate::record::{Read, ReadContext};
use crate::text::Text;
use crate::warning::{InputPlace, codes};

/// The content of one input.
#[derive(Debug, Default)]
pub struct Document<'a> {
    pub source: Source,
    pub guild: Option<Guild<'a>>,
    pub channel: Option<Channel<'a>>,
    pub channels: Vec<Channel<'a>>,
    pub roles: Vec<Role<'a>>,
    pub members: Vec<Member<'a>>,
    pub date_range: Option<DateRange<'a>>,
    pub exported_at: Option<Timestamp>,
    pub message_count: Option<u64>,
    pub messages: Vec<Message<'a>>,
    pub extra: Extra<'a>,
    /// Names of channels by id, as a data package lists them.
    pub channel_names: Vec<(Text<'a>, Text<'a>)>,
    /// The owner of a data package.
    pub owner: Option<PersonRef>,
    /// Whether it only describes messages in other inputs.
    pub is_companion: bool,
    /// The number of messages that were read, including those not kept.
    pub seen: u64,
    /// Whether a list of messages was found, even an empty one.
    pub(super) found: bool,
    /// Whether some were in an export, which declares them as messages.
    pub(super) declared: bool,
    /// The number of objects that certainly aren't messages.
    pub(super) strangers: u64,
    /// Whether some text may contain a backslash.
    pub has_backslashes: bool,
    /// The keys and texts of the first envelope, for the error if there is no message.
    envelope: Extra<'static>,
    /// The error for a file without any message.
    pub(super) empty: Option<&'static str>,
    /// The chat that they are from, if it isn't Discord.
    pub(super) foreign: Option<&'static str>,
    /// The channel of the previous export in the same file, and its number of messages.
    before: Option<(Channel<'a>, usize)>,
    /// Id of the message that was read last.
    pub(super) last_id: Option<String>,
    cut: bool,
}

/// Checks that an input starts like JSON.
///
/// # Errors
/// When it doesn't, or is empty.
pub(super) fn begins_well(scan: &mut Scan, reader: &Reader) -> Result<(), Error> {
    match scan.peek() {
        None => Err(Error::at(
            reader.place(),
            "expected a JSON export, got nothing (the input is empty)",
        )),
        Some(b'{' | b'[') if !is_no_list(&scan.text()[scan.pos..]) => Ok(()),
        Some(_) => Err(Error::at(reader.place_at(scan.pos), no_json(scan.text()))),
    }
}

impl<'a> Document<'a> {
    /// An empty document.
    pub(super) fn new() -> Self {
        Document {
            source: Source::DiscordApi,
            ..Document::default()
        }
    }

    /// Checks that the input is a transcript, once it was read to its end. `start` is its
    /// beginning.
    ///
    /// # Errors
    /// When nothing in it could be a message.
    pub(super) fn finish(
        &mut self,
        cut: bool,
        start: &str,
        reader: &mut Reader,
    ) -> Result<(), Error> {
        let beginning = InputPlace {
            input: reader.input,
            line: 1,
            column: 1,
            message: None,
        };
        if let Some(chat) = self.foreign {
            return Err(Error::at(beginning, another_chat(chat)));
        }
        let strange = self.strangers > 0 && self.strangers == self.seen;
        if strange && !self.declared {
            return Err(Error::at(beginning, not_messages(start)));
        }
        if let Some(empty) = self.empty.filter(|_| self.seen == 0) {
            return Err(Error::at(beginning, empty));
        }
        if !self.found && !self.is_companion {
            return Err(self.nothing(beginning, start));
        }
        if cut {
            self.truncated(reader, reader.text.len());
        }
        if let Some(count) = self.message_count {
            let got = self.seen;
            if count != got {
                reader.warnings.add(
                    codes::COUNT_MISMATCH,
                    beginning,
                    format!("expected {count} messages (`messageCount`), got {got}"),
                );
            }
        }
        Ok(())
    }

    /// Reads the rows of a piece of a table of messages, up to its end or the first incomplete
    /// row, where the scan stops.
    pub(super) fn rows<'t>(
        &mut self,
        table: &mut Table,
        scan: &mut Scan<'t>,
        reader: &mut Reader<'t>,
        take: &mut impl Take<'t, 'a>,
        is_last: bool,
    ) {
        self.found = true;
        self.has_backslashes = true;
        loop {
            let (row, end) = table.row(scan.text(), scan.pos, is_last);
            scan.pos = end;
            match row {
                Row::Whole(offset, row) => {
                    reader.offset = offset;
                    let message = take.message(formats::message(row), reader);
                    self.keep(message, reader);
                }
                #[cfg(feature = "all-formats")]
                Row::Stray(offset, row) => {
                    reader.offset = offset;
                    let message = take.message(formats::message(row), reader);
                    reader.warn(codes::STRAY_TEXT, offset, || {
                        "expected each quote of a row to be closed, got one too few or too many; \
                         what stands up to the next row is read as its text"
                            .into()
                    });
                    self.keep(message, reader);
                }
                Row::Cut(start) => return self.truncated(reader, start),
                Row::End(_) => return,
            }
        }
    }

    /// Counts a message, and adds it if it is wanted.
    pub(super) fn keep(&mut self, message: Option<Message<'a>>, reader: &Reader) {
        self.seen += 1;
        self.last_id.clone_from(&reader.message);
        self.messages.extend(message);
    }

    /// Adds an export that was converted from another program's file. If there are several, the
    /// first names the channel, and messages of the others name theirs.
    pub(super) fn export_of<'t>(
        &mut self,
        export: Json<'t>,
        take: &mut impl Take<'t, 'a>,
        reader: &mut Reader<'_>,
    ) {
        let Json::Object(members) = export else {
            return;
        };
        self.begin_export();
        let mut messages = Vec::new();
        for (key, value) in members {
            match (&*key, value) {
                ("messages", Json::Array(items)) => messages = items,
                (_, value) => {
                    let value = take.own(value);
                    self.member(&key, value, reader);
                }
            }
        }
        for message in messages {
            let message = take.message(formats::message(message), reader);
            self.keep(message, reader);
        }
        self.end_export();
    }

    /// An export that stands within another one, whose place it keeps.
    #[cfg(feature = "all-formats")]
    pub(super) fn export_within<'t>(
        &mut self,
        export: Json<'t>,
        take: &mut impl Take<'t, 'a>,
        reader: &mut Reader<'_>,
    ) {
        let outer = self.before.take();
        self.export_of(export, take, reader);
        self.before = outer;
    }

    /// Begins an export, possibly after another one.
    pub(super) fn begin_export(&mut self) {
        let first = self.messages.len();
        self.before = self.channel.take().map(|channel| (channel, first));
    }

    /// Ends an export. If there are several, the first names the channel, and messages of the
    /// others name theirs.
    pub(super) fn end_export(&mut self) {
        let Some((known, first)) = self.before.take() else {
            return;
        };
        let is_other = |own: &Channel| own.id != known.id;
        let own = self.channel.take().filter(is_other);
        self.channel = Some(known);
        if let Some(own) = own {
            for message in &mut self.messages[first..] {
                message.channel_id = own.id.clone();
            }
            self.channels.push(own);
        }
    }

    /// Reads a companion file of a data package.
    pub(super) fn companion(&mut self, outline: Outline, json: Json<'a>, reader: &mut Reader<'_>) {
        self.is_companion = true;
        match (outline, json) {
            (Outline::Channel, Json::Object(mut members)) => {
                if let Some(at) = members.iter().position(|(key, _)| &**key == "guild") {
                    let (key, guild) = members.swap_remove(at);
                    self.member(&key, guild, reader);
                }
                self.member("channel", Json::Object(members), reader);
            }
            (Outline::Owner, Json::Object(members)) => {
                self.owner = PersonRef::read(owner(members), reader).ok();
            }
            (Outline::ChannelNames, Json::Object(members)) => {
                self.channel_names.extend(members.into_iter().filter_map(
                    |(id, name)| match name {
                        Json::Str(name) => Some((id, name)),
                        _ => None,
                    },
                ));
            }
            _ => {}
        }
    }

    /// A member of the outermost object.
    pub(super) fn member(&mut self, key: &str, json: Json<'a>, reader: &mut Reader<'_>) {
        let Some(json) = self.name_alone(key, json) else {
            return;
        };
        macro_rules! set {
            ($field:ident: $ty:ty) => {
                match <$ty>::read(json, reader) {
                    Ok(value) => self.$field = value,
                    Err(json) => {
                        reader.mismatch(<$ty>::EXPECTED, "Export", stringify!($field), &json);
                        self.extra.push((key.to_owned().into(), json));
                    }
                }
            };
        }
        macro_rules! append {
            ($field:ident: $ty:ty) => {
                match Vec::<$ty>::read(json, reader) {
                    Ok(mut list) => self.$field.append(&mut list),
                    Err(json) => {
                        reader.mismatch(<Vec<$ty>>::EXPECTED, "Export", stringify!($field), &json);
                        self.extra.push((key.to_owned().into(), json));
                    }
                }
            };
        }
        if matches!(json, Json::Null) {
            return;
        }
        match key {
            "guild" | "server" => set!(guild: Option<Guild<'a>>),
            "channel" => set!(channel: Option<Channel<'a>>),
            "channels" | "threads" => append!(channels: Channel<'a>),
            "roles" => append!(roles: Role<'a>),
            "members" => append!(members: Member<'a>),
            "users" | "user" | "author" => match Vec::<PersonRef>::read(json, reader) {
                // Reading them is enough: the reader remembers them.
                Ok(_) => {}
                Err(json) => {
                    reader.mismatch(<Vec<PersonRef>>::EXPECTED, "Export", "users", &json);
                    self.extra.push((key.to_owned().into(), json));
                }
            },
            "dateRange" => {
                self.source = Source::DiscordChatExporter;
                set!(date_range: Option<DateRange<'a>>);
            }
            "exportedAt" | "exported_at" => {
                self.source = Source::DiscordChatExporter;
                set!(exported_at: Option<Timestamp>);
            }
            "messageCount" => {
                self.source = Source::DiscordChatExporter;
                let before = self.message_count;
                set!(message_count: Option<u64>);
                if let (Some(before), Some(count)) = (before, &mut self.message_count) {
                    *count = count.saturating_add(before);
                }
            }
            // Discord's search returns these beside the messages.
            "total_results" | "doing_deep_historical_index" | "analytics_id" | "message_count" => {}
            _ => {
                reader.unknown("Export", key);
                self.extra.push((key.to_owned().into(), json));
            }
        }
        let lost = std::mem::take(&mut reader.lost);
        self.extra.extend(lost);
    }

    /// Takes names and ids of server and channel, which simple programs write as plain members;
    /// returns anything else.
    fn name_alone(&mut self, key: &str, json: Json<'a>) -> Option<Json<'a>> {
        match (key, json) {
            ("guild" | "server" | "guild_name" | "server_name", Json::Str(name)) => {
                self.guild.get_or_insert_default().name = name;
            }
            ("channel" | "channel_name", Json::Str(name)) => {
                self.channel.get_or_insert_default().name = name;
            }
            ("guild_id" | "server_id" | "channel_id", id) => {
                if let Some(Json::Str(id)) = formats::id_text(&id) {
                    match key {
                        "channel_id" => self.channel.get_or_insert_default().id = id,
                        _ => self.guild.get_or_insert_default().id = id,
                    }
                }
            }
            (_, json) => return Some(json),
        }
        None
    }

    /// Records that the input is cut off in the value at an offset.
    pub(super) fn truncated(&mut self, reader: &mut Reader, start: usize) {
        if std::mem::replace(&mut self.cut, true) {
            return;
        }
        let last = self.last_id.take().filter(|id| !id.is_empty());
        reader.message = None;
        let place = reader.place_at(start);
        let read = match (self.seen, last) {
            (0, _) => "no message before it was whole".to_owned(),
            (1, Some(id)) => format!("the message before it ({id}) is read"),
            (n, Some(id)) => format!("the {n} messages before it (up to {id}) are read"),
            (n, None) => format!("the {n} messages before it are read"),
        };
        reader.warnings.add(
            codes::TRUNCATED,
            place,
            format!(
                "the file ends too early, or is damaged: what begins here isn't whole; {read}. \
                 Export again to get the rest"
            ),
        );
    }

    /// Records what an envelope looks like.
    pub(super) fn remember(&mut self, envelope: &Json) {
        let Json::Object(members) = envelope else {
            return;
        };
        if self.envelope.is_empty() {
            let members = members.iter().take(8).map(|(key, value)| {
                let text = value.as_str().map(|text| Json::Str(text.to_owned().into()));
                (key.clone().into_owned(), text.unwrap_or_default())
            });
            self.envelope = members.collect();
        }
    }

    /// The error for an input without messages.
    fn nothing(&self, place: InputPlace, start: &str) -> Error {
        let known = [
            (self.guild.is_some(), "guild"),
            (self.channel.is_some(), "channel"),
            (self.date_range.is_some(), "dateRange"),
        ];
        let other = || {
            let extra = self.extra.iter().map(|(key, json)| (&**key, json));
            extra.chain(self.envelope.iter().map(|(key, json)| (&**key, json)))
        };
        let keys: Vec<&str> = known
            .iter()
            .filter(|(there, _)| *there)
            .map(|(_, key)| *key)
            .chain(other().map(|(key, _)| key))
            .take(8)
            .collect();
        // Discord's response if the user may not see the messages.
        let said = other().find(|(key, _)| *key == "message");
        let said = said.and_then(|(_, json)| json.as_str());
        Error::at(place, no_messages(&keys, said, start, self.cut))
    }
}

/// The owner of a data package, without private data: addresses, payments, friends.
fn owner<'a>(members: Vec<(Text<'a>, Json<'a>)>) -> Json<'a> {
    let told = members.into_iter().filter_map(|(key, value)| {
        let key = match &*key {
            "id" | "username" | "global_name" | "discriminator" => key,
            "avatar_hash" => "avatar".into(),
            _ => return None,
        };
        let value = match value {
            Json::Int(tag) => Json::Str(tag.to_string().into()),
            value => value,
        };
        Some((key, value))
    });
    Json::Object(told.collect())
}
