//! One input: an export, an array of messages, or JSON lines.

use super::decode::{decode, not_json};
use super::outline::{Outline, outline};
use super::{Reader, formats};
use crate::error::Error;
use crate::json::Json;
use crate::json::scan::{Scan, Stop};
use crate::model::{
    Channel, DateRange, Extra, Guild, Member, Message, PersonRef, Role, Source, Timestamp,
};
use crate::record::{Read, ReadContext};
use crate::text::Text;
use crate::warning::codes;

/// What one input holds.
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
    /// Whose data package it is.
    pub owner: Option<PersonRef>,
    /// It says something of messages in other inputs, and holds none.
    pub is_companion: bool,
    /// A list of messages was found, be it empty.
    found: bool,
    /// Some stood in an export, which says that they are messages.
    declared: bool,
    /// How many are certainly none.
    strangers: usize,
    cut: bool,
}

/// Reads one input.
///
/// # Errors
/// When there is nothing in it that could be a message.
pub fn read_document<'a>(
    input: usize,
    bytes: &'a [u8],
    reader: &mut Reader<'a>,
) -> Result<Document<'a>, Error> {
    let (text, cut) = decode(bytes, input)?;
    reader.input = input;
    reader.text = text;
    reader.offset = 0;
    reader.message = None;
    let mut document = Document {
        source: Source::DiscordApi,
        ..Document::default()
    };
    let mut scan = Scan::new(text);
    if formats::is_csv(text) {
        document.rows(reader);
        return Ok(document);
    }
    match scan.peek() {
        None => {
            return Err(Error::at(
                reader.place(),
                "expected a JSON export, got nothing (the input is empty)",
            ));
        }
        Some(b'{' | b'[') => {}
        Some(first) => return Err(Error::at(reader.place_at(scan.pos), not_json(text, first))),
    }
    while let Some(first) = scan.peek() {
        match first {
            b'[' => {
                document.found = true;
                document.list(&mut scan, reader, 0);
            }
            b'{' => document.object(&mut scan, reader),
            _ => document.stray(&mut scan, reader),
        }
    }
    let strange = document.strangers > 0 && document.strangers == document.messages.len();
    if strange && !document.declared {
        return Err(Error::at(reader.place_at(0), not_messages(text)));
    }
    if !document.found && !document.is_companion {
        return Err(document.nothing(reader));
    }
    if cut && !document.cut {
        document.truncated(reader, text.len());
    }
    if let Some(count) = document.message_count {
        let got = document.messages.len() as u64;
        if count != got {
            reader.message = None;
            let place = reader.place_at(0);
            reader.warnings.add(
                codes::COUNT_MISMATCH,
                place,
                format!("expected {count} messages (`messageCount`), got {got}"),
            );
        }
    }
    Ok(document)
}

impl<'a> Document<'a> {
    /// An object at the top: an export, a message of JSON lines, or objects
    /// that go with messages.
    fn object(&mut self, scan: &mut Scan<'a>, reader: &mut Reader<'a>) {
        let outline = outline(scan.clone());
        if outline == Outline::Export {
            return self.export(scan, reader);
        }
        let start = scan.pos;
        let Ok(range) = scan.value() else {
            self.found |= matches!(outline, Outline::Message | Outline::File);
            self.truncated(reader, start);
            scan.pos = scan.text().len();
            return;
        };
        reader.offset = range.start;
        reader.message = None;
        if outline == Outline::Message {
            self.found = true;
            return self.push(range, reader);
        }
        let slice = &scan.text()[range];
        let json = match reader.parse(slice) {
            Ok(json) => json,
            Err(error) => {
                reader.warn(codes::UNEXPECTED_VALUE, start, || {
                    format!("expected an object, got invalid JSON ({error}); it is left out")
                });
                return;
            }
        };
        match outline {
            Outline::File => {
                self.found = true;
                self.declared = true;
                for export in formats::file(json) {
                    self.export_of(export, slice, reader);
                }
            }
            Outline::Envelope => {
                for message in formats::open(json) {
                    self.found = true;
                    let message = reader.message(formats::message(message), slice);
                    self.messages.push(message);
                }
            }
            _ => self.companion(outline, json, reader),
        }
    }

    /// The rows of a table of messages.
    fn rows(&mut self, reader: &mut Reader<'a>) {
        self.found = true;
        for (offset, row) in formats::read_csv(reader.text) {
            reader.offset = offset;
            let message = reader.message(formats::message(row), "");
            self.messages.push(message);
        }
    }

    /// An export that was put together from another program's file. Of several, the
    /// first names the channel; messages of the others say which they are from.
    fn export_of(&mut self, export: Json<'a>, slice: &'a str, reader: &mut Reader<'a>) {
        let Json::Object(members) = export else {
            return;
        };
        let known = self.channel.take();
        let first = self.messages.len();
        let mut messages = Vec::new();
        for (key, value) in members {
            match (&*key, value) {
                ("messages", Json::Array(items)) => messages = items,
                (_, value) => self.member(key, value, reader),
            }
        }
        for message in messages {
            let message = reader.message(formats::message(message), slice);
            self.messages.push(message);
        }
        let Some(known) = known else {
            return;
        };
        if let Some(own) = self.channel.replace(known) {
            for message in &mut self.messages[first..] {
                message.channel_id = own.id.clone();
            }
            self.channels.push(own);
        }
    }

    /// What a data package has in files beside its messages.
    fn companion(&mut self, outline: Outline, json: Json<'a>, reader: &mut Reader<'a>) {
        self.is_companion = true;
        match (outline, json) {
            (Outline::Channel, Json::Object(mut members)) => {
                if let Some(at) = members.iter().position(|(key, _)| &**key == "guild") {
                    let (key, guild) = members.swap_remove(at);
                    self.member(key, guild, reader);
                }
                self.member("channel".into(), Json::Object(members), reader);
            }
            (Outline::Owner, json) => self.owner = PersonRef::read(json, reader).ok(),
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

    fn export(&mut self, scan: &mut Scan<'a>, reader: &mut Reader<'a>) {
        scan.take(b'{');
        loop {
            while scan.take(b',') {}
            if scan.take(b'}') {
                return;
            }
            let start = scan.pos;
            let key = match scan.key() {
                Ok(range) => &scan.text()[range],
                Err(stop) => return self.stopped(stop, start, scan, reader),
            };
            if key == "messages" && scan.peek() == Some(b'[') {
                self.found = true;
                self.declared = true;
                self.list(scan, reader, 0);
                continue;
            }
            match scan.value() {
                Ok(range) => {
                    reader.offset = range.start;
                    reader.message = None;
                    match reader.parse(&scan.text()[range]) {
                        Ok(json) => self.member(key.into(), json, reader),
                        Err(error) => {
                            reader.warn(codes::UNEXPECTED_VALUE, start, || {
                                format!("field `{key}` of the export: {error}; it is left out")
                            });
                        }
                    }
                }
                Err(stop) => return self.stopped(stop, start, scan, reader),
            }
        }
    }

    /// A member of the outermost object.
    fn member(&mut self, key: Text<'a>, json: Json<'a>, reader: &mut Reader<'a>) {
        macro_rules! set {
            ($field:ident: $ty:ty) => {
                match <$ty>::read(json, reader) {
                    Ok(value) => self.$field = value,
                    Err(json) => {
                        reader.mismatch(<$ty>::EXPECTED, "Export", stringify!($field), &json);
                        self.extra.push((key, json));
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
                        self.extra.push((key, json));
                    }
                }
            };
        }
        if json == Json::Null {
            return;
        }
        match &*key {
            "guild" | "server" => set!(guild: Option<Guild<'a>>),
            "channel" => set!(channel: Option<Channel<'a>>),
            "channels" | "threads" => append!(channels: Channel<'a>),
            "roles" => append!(roles: Role<'a>),
            "members" => append!(members: Member<'a>),
            "users" | "user" | "author" => match Vec::<PersonRef>::read(json, reader) {
                // Reading them is enough: they are known from now on.
                Ok(_) => {}
                Err(json) => {
                    reader.mismatch(<Vec<PersonRef>>::EXPECTED, "Export", "users", &json);
                    self.extra.push((key, json));
                }
            },
            "dateRange" => {
                self.source = Source::DiscordChatExporter;
                set!(date_range: Option<DateRange<'a>>);
            }
            "exportedAt" => {
                self.source = Source::DiscordChatExporter;
                set!(exported_at: Option<Timestamp>);
            }
            "messageCount" => {
                self.source = Source::DiscordChatExporter;
                set!(message_count: Option<u64>);
            }
            // Discord's search answers with these beside the messages.
            "total_results" | "doing_deep_historical_index" | "analytics_id" => {}
            _ => {
                reader.unknown("Export", &key);
                self.extra.push((key, json));
            }
        }
        let lost = std::mem::take(&mut reader.lost);
        self.extra.extend(lost);
    }

    /// A list of messages. Search results nest another list.
    fn list(&mut self, scan: &mut Scan<'a>, reader: &mut Reader<'a>, depth: usize) {
        scan.take(b'[');
        loop {
            while scan.take(b',') {}
            let start = scan.pos;
            match scan.peek() {
                Some(b']') => {
                    scan.take(b']');
                    return;
                }
                Some(b'[') if depth == 0 => {
                    self.list(scan, reader, 1);
                    continue;
                }
                None => {
                    scan.pos = scan.text().len();
                    return self.truncated(reader, start);
                }
                Some(_) => {}
            }
            let start = scan.pos;
            match scan.value() {
                Ok(range) => self.push(range, reader),
                Err(Stop::End) => {
                    self.truncated(reader, start);
                    scan.pos = scan.text().len();
                    return;
                }
                Err(Stop::Unexpected(_)) => self.stray(scan, reader),
            }
        }
    }

    fn push(&mut self, range: std::ops::Range<usize>, reader: &mut Reader<'a>) {
        if self.messages.is_empty() {
            let slice = &reader.text[range.clone()];
            if slice.contains("\"isPinned\"") || slice.contains("\"timestampEdited\"") {
                self.source = Source::DiscordChatExporter;
            }
        }
        let messages = &mut self.messages;
        let known = reader.messages(range, self.declared, |message| messages.push(message));
        self.strangers += usize::from(!known);
    }

    fn stopped(&mut self, stop: Stop, start: usize, scan: &mut Scan<'a>, reader: &mut Reader<'a>) {
        match stop {
            Stop::End => {
                self.truncated(reader, start);
                scan.pos = scan.text().len();
            }
            Stop::Unexpected(_) => self.stray(scan, reader),
        }
    }

    /// Skips to the next object after something that can't stand here.
    fn stray(&mut self, scan: &mut Scan<'a>, reader: &mut Reader<'a>) {
        scan.peek();
        let start = scan.pos;
        let found: String = scan.text()[start..].chars().take(20).collect();
        scan.pos += found.chars().next().map_or(0, char::len_utf8);
        scan.seek_object();
        reader.message = None;
        let length = scan.pos - start;
        reader.warn(codes::STRAY_TEXT, start, || {
            format!(
                "expected a message, `,` or the end, got {found:?}; {length} bytes are left out"
            )
        });
    }

    fn truncated(&mut self, reader: &mut Reader<'a>, start: usize) {
        if std::mem::replace(&mut self.cut, true) {
            return;
        }
        let last = self
            .messages
            .last()
            .map(|m| m.id.to_string())
            .filter(|id| !id.is_empty());
        reader.message = None;
        let place = reader.place_at(start);
        let read = match (self.messages.len(), last) {
            (0, _) => "no message before it was whole".to_owned(),
            (1, Some(id)) => format!("the message before it ({id}) is read"),
            (n, Some(id)) => format!("the {n} messages before it (up to {id}) are read"),
            (n, None) => format!("the {n} messages before it are read"),
        };
        reader.warnings.add(
            codes::TRUNCATED,
            place,
            format!(
                "the file ends too early: what begins here is cut off; {read}. \
                 Export again to get the rest"
            ),
        );
    }

    /// The error for an input without messages.
    fn nothing(&self, reader: &Reader<'a>) -> Error {
        let known = [
            (self.guild.is_some(), "guild"),
            (self.channel.is_some(), "channel"),
            (self.date_range.is_some(), "dateRange"),
        ];
        let keys: Vec<&str> = known
            .iter()
            .filter(|(there, _)| *there)
            .map(|(_, key)| *key)
            .chain(self.extra.iter().map(|(key, _)| &**key))
            .take(8)
            .collect();
        let got = if keys.is_empty() {
            "an object without any".to_owned()
        } else {
            format!("an object with `{}`", keys.join("`, `"))
        };
        Error::at(
            reader.place_at(0),
            format!(
                "expected `messages` (an export of DiscordChatExporter), or messages of \
                 Discord's API as a list or one a line; got {got}"
            ),
        )
    }
}

/// What a list or lines without any message look like.
fn not_messages(text: &str) -> String {
    let mut scan = Scan::new(text);
    scan.take(b'[');
    let got = match scan.peek() {
        Some(b'"') => "a list of texts",
        Some(b'0'..=b'9' | b'-') => "a list of numbers",
        _ => "a list of other objects",
    };
    format!(
        "expected messages of Discord's API, each with `content`, `author` or `timestamp`; got \
         {got}"
    )
}
