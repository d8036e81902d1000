//! Decides which messages of a streamed input are kept, and what is kept of the others.

use std::collections::HashSet;

use super::Reader;
use super::dialect::has_token;
use super::formats::{FileKind, Tables};
use super::merge::{named_channels, set_time};
use super::take::{Take, unreadable};
use crate::filter::Matcher;
use crate::index::Index;
use crate::json::Json;
use crate::model::{Blank, Channel, Message};
use crate::offsets::count_offset;
use crate::snowflake;
use crate::text::Text;

/// Keeps the messages that may pass a filter, and those that they reply to.
///
/// Inputs may have to be read again: a message usually comes after the one that it replies
/// to, and a name in the filter may turn out late to belong to somebody.
pub(super) struct Sieve<'f> {
    matcher: Matcher<'f>,
    only: &'f dyn Fn(&Message) -> bool,
    /// The number of people that the matcher knows.
    met: usize,
    /// Ids of messages that kept ones reply to, and whether each was searched for.
    answered: HashSet<String>,
    /// Those of them that weren't found yet.
    wanted: HashSet<String>,
    kept: HashSet<String>,
    /// The tables beside the messages of each input.
    tables: Vec<Beside>,
    input: usize,
    /// Whether a message was left out that may be wanted.
    has_dropped: bool,
    is_first: bool,
    /// Channels that messages refer to.
    seen_channels: HashSet<String>,
    pub left: Left,
}

/// The tables of an input.
#[derive(Default)]
struct Beside {
    kind: Option<FileKind>,
    tables: Tables<'static>,
    /// Whether they are complete.
    is_whole: bool,
    /// Whether messages came before a table.
    is_late: bool,
    has_messages: bool,
}

/// Data about messages that were not kept.
#[derive(Default)]
pub(crate) struct Left {
    /// Ids of all messages, kept or not, to count each once.
    ids: Vec<u64>,
    /// The number of messages whose id isn't a number.
    others: u64,
    /// Whether some have Discord's tokens in their text.
    pub has_tokens: bool,
    /// Threads and channels that they refer to.
    pub channels: Vec<Channel<'static>>,
    /// The UTC offsets of times, with the number of messages.
    pub offsets: Vec<(i16, usize)>,
    named: Index<'static>,
}

impl Left {
    /// The total number of messages, without duplicates.
    pub fn total(&mut self) -> u64 {
        self.ids.sort_unstable();
        self.ids.dedup();
        self.ids.len() as u64 + self.others
    }

    fn note(&mut self, message: &Message) {
        count_offset(&mut self.offsets, message);
        match snowflake::parse(&message.id) {
            Some(id) => self.ids.push(id),
            None => self.others += 1,
        }
    }

    fn drop(&mut self, message: &Message) {
        self.has_tokens |= has_token(&message.content);
        for channel in named_channels(message) {
            if self.named.contains_key(&channel.id) {
                continue;
            }
            let text = |text: Text| text.into_owned();
            let channel = Channel {
                id: text(channel.id),
                kind: channel.kind,
                name: text(channel.name),
                parent_id: text(channel.parent_id),
                guild_id: text(channel.guild_id),
                ..Channel::default()
            };
            self.named.insert(channel.id.clone(), 0);
            self.channels.push(channel);
        }
    }
}

impl<'f> Sieve<'f> {
    /// Keeps messages that may pass both filters.
    pub fn new(matcher: Matcher<'f>, only: &'f dyn Fn(&Message) -> bool) -> Self {
        Self {
            matcher,
            only,
            met: 0,
            answered: HashSet::new(),
            wanted: HashSet::new(),
            kept: HashSet::new(),
            tables: Vec::new(),
            input: 0,
            has_dropped: false,
            is_first: true,
            seen_channels: HashSet::new(),
            left: Left::default(),
        }
    }

    /// Begins with an input.
    pub fn begin(&mut self, input: usize) {
        self.input = input;
        self.is_first = true;
        if self.tables.len() <= input {
            self.tables.resize_with(input + 1, Beside::default);
        }
    }

    /// Whether the inputs have to be read again; if so, prepares for that.
    pub fn begins_again(&mut self, reader: &Reader) -> bool {
        let renamed = self.matcher.settle(&reader.people.list) && self.has_dropped;
        self.met = reader.people.list.len();
        let missing: Vec<String> = self
            .answered
            .iter()
            .filter(|id| !self.kept.contains(*id) && !self.wanted.contains(*id))
            .cloned()
            .collect();
        let mut again = renamed || (!missing.is_empty() && self.has_dropped);
        self.wanted.extend(missing);
        for beside in &mut self.tables {
            again |= std::mem::take(&mut beside.is_late);
            beside.is_whole = true;
        }
        if again {
            self.kept.clear();
            self.seen_channels.clear();
            self.has_dropped = false;
            self.left = Left::default();
        }
        again
    }

    /// Whether this message is the first one of its channel.
    fn is_new_channel(&mut self, message: &Message) -> bool {
        let channel = &*message.channel_id;
        let is_new = !channel.is_empty() && !self.seen_channels.contains(channel);
        if is_new {
            self.seen_channels.insert(channel.to_owned());
        }
        is_new
    }

    /// Whether a message is kept.
    fn keeps(&mut self, message: &Message, reader: &Reader) -> bool {
        let people = &reader.people.list;
        if self.met < people.len() {
            self.matcher.meet(people, self.met);
            self.met = people.len();
        }
        // `only` applies even to messages that are kept for another reason.
        let may_be_kept = self.matcher.may_keep(message) && (self.only)(message);
        // The first message of an input identifies the exporter, and the first of each channel
        // shows that there are several.
        let is_first = std::mem::take(&mut self.is_first) | self.is_new_channel(message);
        may_be_kept || is_first || self.wanted.contains(&*message.id)
    }
}

impl<'t> Take<'t, 'static> for Sieve<'_> {
    fn own(&self, json: Json<'t>) -> Json<'static> {
        json.into_owned()
    }

    fn in_pieces(&self) -> bool {
        true
    }

    fn beside(&mut self, kind: FileKind, key: &str, json: &mut Json<'static>) {
        let Some(beside) = self.tables.get_mut(self.input) else {
            return;
        };
        beside.kind = Some(kind);
        let mut again = Tables::default();
        let tables = if beside.is_whole {
            &mut again
        } else {
            &mut beside.tables
        };
        if tables.add(key, json) && !beside.is_whole {
            beside.is_late |= beside.has_messages;
        }
    }

    fn complete(&mut self, json: Json<'t>) -> Json<'t> {
        match self.tables.get_mut(self.input) {
            Some(beside) => {
                beside.has_messages = true;
                match beside.kind {
                    Some(kind) => kind.complete(&beside.tables, json),
                    None => json,
                }
            }
            None => json,
        }
    }

    fn message(&mut self, json: Json<'t>, reader: &mut Reader<'_>) -> Option<Message<'static>> {
        // Only kept messages are copied out of the piece.
        let copy = json.clone();
        let mut message = reader.message(json);
        set_time(&mut message);
        self.left.note(&message);
        if !self.keeps(&message, reader) {
            self.left.drop(&message);
            self.has_dropped = true;
            return None;
        }
        self.kept.insert(message.id.to_string());
        if let Some(reference) = &message.reference
            && !reference.message_id.is_blank()
            && !reference.is_forward()
        {
            self.answered.insert(reference.message_id.to_string());
        }
        // Its warnings were reported already.
        let warnings = std::mem::take(&mut reader.warnings);
        let message = reader.message(copy.into_owned());
        reader.warnings = warnings;
        Some(message)
    }

    fn unreadable(&mut self, slice: &'t str) -> Option<Message<'static>> {
        self.left.others += 1;
        Some(unreadable(slice.to_owned().into()))
    }
}
