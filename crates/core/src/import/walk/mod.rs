//! Finds the messages of an input and related objects: in an export, a list of messages, or
//! JSON lines. The input comes as a whole or in pieces.

mod broken;
mod object;
#[cfg(feature = "all-formats")]
mod within;
#[cfg(not(feature = "all-formats"))]
#[path = "nothing_within.rs"]
mod within;

use std::ops::Range;

use super::decode::decode;
use super::document::begins_well;
use super::formats::{self, FileKind, Table};
use super::outline::is_export;
use super::path::may_have_backslash;
use super::take::{Take, Whole};
use super::{Document, Reader};
use crate::error::Error;
use crate::json::Json;
use crate::json::scan::{Scan, Stop};
use crate::model::{Extra, Source};
use crate::text::{Text, quoted};
use crate::warning::codes;

/// What encloses the current position.
#[derive(Debug)]
enum Level<'a> {
    /// An export: members of an object, `messages` among them.
    Export,
    /// A file of another program, likewise, with tables beside its messages.
    File(FileKind, Extra<'a>),
    /// A list of messages. Search results have lists in it.
    List,
    /// A list in a list.
    Nested,
}

/// The position in an input, kept from piece to piece.
#[derive(Debug, Default)]
pub(super) struct Levels<'a>(Vec<Level<'a>>);

/// How a step ended.
enum Step {
    /// There may be more in this piece.
    Done,
    /// The next value continues in the next piece, or there is none.
    More,
}

/// A piece of an input that is being read.
struct Walk<'w, 't, 'a, T> {
    document: &'w mut Document<'a>,
    scan: &'w mut Scan<'t>,
    levels: &'w mut Vec<Level<'a>>,
    reader: &'w mut Reader<'t>,
    take: &'w mut T,
    /// Whether this is the last piece.
    is_last: bool,
}

impl<'a> Document<'a> {
    /// Reads a piece of an input up to its end or, unless it is the last piece, up to the first
    /// incomplete value, where the scan stops.
    pub(super) fn walk<'t, T: Take<'t, 'a>>(
        &mut self,
        scan: &mut Scan<'t>,
        levels: &mut Levels<'a>,
        reader: &mut Reader<'t>,
        take: &mut T,
        is_last: bool,
    ) where
        'a: 't,
    {
        self.has_backslashes = self.has_backslashes || may_have_backslash(scan.text());
        let mut walk = Walk {
            document: self,
            scan,
            levels: &mut levels.0,
            reader,
            take,
            is_last,
        };
        while let Step::Done = walk.step() {}
    }
}

/// Reads one input.
///
/// # Errors
/// When it has nothing that could be a message.
pub fn read_document<'a>(
    input: usize,
    bytes: &'a [u8],
    reader: &mut Reader<'a>,
) -> Result<Document<'a>, Error> {
    let (text, cut) = decode(bytes, input)?;
    reader.begin(input);
    reader.text = text;
    let mut document = Document::new();
    let mut scan = Scan::new(text);
    if formats::is_csv(text, true) == Some(true) {
        document.rows(&mut Table::default(), &mut scan, reader, &mut Whole, true);
    } else {
        begins_well(&mut scan, reader)?;
        document.walk(&mut scan, &mut Levels::default(), reader, &mut Whole, true);
    }
    document.finish(cut, text, reader)?;
    Ok(document)
}

impl<'t, 'a: 't, T: Take<'t, 'a>> Walk<'_, 't, 'a, T> {
    fn step(&mut self) -> Step {
        match self.levels.last() {
            None => self.top(),
            Some(Level::Export | Level::File(..)) => self.member(),
            Some(Level::List | Level::Nested) => self.item(),
        }
    }

    fn top(&mut self) -> Step {
        // Lines that were cut out of a list keep their commas.
        while self.document.seen > 0 && self.scan.take(b',') {}
        match self.scan.peek() {
            None => Step::More,
            Some(b'[') => {
                self.document.found = true;
                self.enter(Level::List)
            }
            Some(b'{') => self.object(),
            Some(_) => self.stray(),
        }
    }

    /// Enters the object or list that begins here.
    fn enter(&mut self, level: Level<'a>) -> Step {
        self.scan.pos += 1;
        self.levels.push(level);
        Step::Done
    }

    /// A member of the outermost object, or its end.
    fn member(&mut self) -> Step {
        while self.scan.take(b',') {}
        let start = self.scan.pos;
        if self.scan.take(b'}') {
            self.leave();
            return Step::Done;
        }
        let key = match self.scan.key() {
            Ok(range) => &self.scan.text()[range],
            Err(stop) => return self.stopped(stop, start),
        };
        match self.scan.peek() {
            None => return self.stopped(Stop::End, start),
            Some(b'[') if key == "messages" => {
                self.document.found = true;
                self.document.declared = true;
                return self.enter(Level::List);
            }
            Some(_) => {}
        }
        let range = match self.scan.whole_value(self.is_last) {
            Ok(range) => range,
            Err(stop) => return self.stopped(stop, start),
        };
        self.reader.offset = range.start;
        self.reader.message = None;
        let slice = &self.scan.text()[range];
        let json = match self.reader.parse(slice) {
            Ok(json) => json,
            Err(error) => {
                self.reader.warn(codes::UNEXPECTED_VALUE, start, || {
                    format!("field `{key}` of the export: {error}; it is left out")
                });
                return Step::Done;
            }
        };
        let json = match self.levels.last() {
            Some(Level::Export) => self.without_messages(key, json),
            _ => Some(json),
        };
        if let Some(json) = json {
            let json = self.take.own(json);
            self.beside(key, json);
        }
        Step::Done
    }

    /// A member beside the messages of an export or file.
    fn beside(&mut self, key: &str, mut json: Json<'a>) {
        match self.levels.last_mut() {
            Some(Level::File(kind, beside)) => {
                self.take.beside(*kind, key, &mut json);
                beside.push((key.to_owned().into(), json));
            }
            _ => self.document.member(key, json, self.reader),
        }
    }

    /// Leaves the object that ends here.
    fn leave(&mut self) {
        let (kind, beside) = match self.levels.pop() {
            Some(Level::File(kind, beside)) => (kind, beside),
            Some(Level::Export) => return self.document.end_export(),
            _ => return,
        };
        // The messages are read already, except those that are made from other members.
        for export in kind.convert(Json::Object(beside)) {
            let Json::Object(members) = export else {
                continue;
            };
            for (key, json) in members {
                match (&*key, json) {
                    ("messages", Json::Array(made)) => {
                        for one in made {
                            let message = formats::message(one);
                            let message = self.take.message(message, self.reader);
                            self.document.keep(message, self.reader);
                        }
                    }
                    (_, json) => self.document.member(&key, json, self.reader),
                }
            }
        }
    }

    /// An element of a list of messages, or its end.
    fn item(&mut self) -> Step {
        while self.scan.take(b',') {}
        match self.scan.peek() {
            Some(b']') => {
                self.scan.pos += 1;
                self.levels.pop();
                return Step::Done;
            }
            Some(b'[') => return self.enter(Level::Nested),
            _ => {}
        }
        let start = self.scan.pos;
        // For a complete object, the parser finds the end, too. Rejected objects are examined
        // further.
        if let Some((json, range)) = self.scan.parse() {
            self.message(range, Some(json));
            return Step::Done;
        }
        match self.scan.whole_value(self.is_last) {
            Ok(range) => {
                self.message(range, None);
                Step::Done
            }
            Err(stop) => self.stopped(stop, start),
        }
    }

    fn message(&mut self, range: Range<usize>, parsed: Option<Json<'t>>) {
        let parsed = match parsed {
            Some(Json::Object(members)) if is_export(&members) => {
                return self.export(range, members);
            }
            parsed => parsed,
        };
        if self.document.seen == 0 {
            self.place(&self.reader.text[range.clone()]);
        }
        let document = &mut *self.document;
        if document.seen == 0 {
            let slice = &self.reader.text[range.clone()];
            if slice.contains("\"isPinned\"") || slice.contains("\"timestampEdited\"") {
                document.source = Source::DiscordChatExporter;
            }
            if let Some(Json::Object(members)) = &parsed {
                document.foreign = formats::chat(members.iter().map(|(key, _)| &**key));
            }
        }
        let mut seen = 0;
        let messages = &mut document.messages;
        let known =
            self.reader
                .messages((range, parsed), document.declared, self.take, |message| {
                    seen += 1;
                    if let Some(message) = message {
                        messages.push(message);
                    }
                });
        document.seen += seen;
        document.last_id.clone_from(&self.reader.message);
        document.strangers += u64::from(!known);
    }

    /// The first message's description of its server.
    fn place(&mut self, slice: &'t str) {
        if self.document.guild.is_some()
            || !(slice.contains("\"guild") || slice.contains("\"server"))
        {
            return;
        }
        let Ok(Json::Object(members)) = self.reader.parse(slice) else {
            return;
        };
        for (key, value) in members {
            let is_server = matches!(&*key, "guild" | "server" | "guild_name" | "server_name");
            if is_server && matches!(value, Json::Object(_) | Json::Str(_)) {
                let value = self.take.own(value);
                self.document.member(&key, value, self.reader);
            }
        }
    }

    /// An element of a list that is a whole export.
    fn export(&mut self, range: Range<usize>, members: Vec<(Text<'t>, Json<'t>)>) {
        self.reader.offset = range.start;
        self.document.found = true;
        self.document.declared = true;
        let keys: Vec<&str> = members.iter().map(|(key, _)| &**key).collect();
        let first = members.iter().find_map(|(key, value)| match value {
            Json::Array(items) if &**key == "messages" => items.first(),
            _ => None,
        });
        let first: Vec<&str> = match first {
            Some(Json::Object(first)) => first.iter().map(|(key, _)| &**key).collect(),
            _ => Vec::new(),
        };
        let exports = match FileKind::find(&keys, &first) {
            Some(kind) => kind.convert(Json::Object(members)),
            None => vec![Json::Object(members)],
        };
        for export in exports {
            self.document.export_of(export, self.take, self.reader);
        }
    }

    /// After a value or key that begins at `start` and isn't whole.
    fn stopped(&mut self, stop: Stop, start: usize) -> Step {
        match stop {
            Stop::End if !self.is_last => {
                self.scan.pos = start;
                Step::More
            }
            Stop::End => {
                self.cut(start);
                Step::More
            }
            Stop::Unexpected(_) => self.stray(),
        }
    }

    /// Records that the input ends within the value at `start`.
    fn cut(&mut self, start: usize) {
        self.document.truncated(self.reader, start);
        self.scan.pos = self.scan.text().len();
        while !self.levels.is_empty() {
            self.leave();
        }
    }

    /// Skips to the next object after unexpected characters.
    fn stray(&mut self) -> Step {
        self.scan.peek();
        let start = self.scan.pos;
        let found: String = self.scan.text()[start..].chars().take(20).collect();
        self.scan.pos += found.chars().next().map_or(0, char::len_utf8);
        if !self.scan.seek_object() && !self.is_last {
            self.scan.pos = start;
            return Step::More;
        }
        self.reader.message = None;
        let length = self.scan.pos - start;
        self.reader.warn(codes::STRAY_TEXT, start, || {
            format!(
                "expected a message, `,` or the end, got {}; {length} bytes are left out",
                quoted(&found),
            )
        });
        Step::Done
    }
}
