//! Moves values from a text into a document.

use super::Reader;
use super::formats::FileKind;
use crate::json::Json;
use crate::model::{Message, MessageType};
use crate::text::Text;

/// Moves values from a text with the lifetime `'t` into a document with the lifetime `'a`.
pub(super) trait Take<'t, 'a> {
    /// A value with the document's lifetime.
    fn own(&self, json: Json<'t>) -> Json<'a>;

    /// Whether the input is streamed, so that its messages are seen here first.
    fn in_pieces(&self) -> bool;

    /// Takes a member beside the messages of a file of this kind.
    fn beside(&mut self, kind: FileKind, key: &str, json: &mut Json<'a>);

    /// A message, completed from the rest of its file.
    fn complete(&mut self, json: Json<'t>) -> Json<'t>;

    /// Reads a message in the API's format; `None` if it isn't wanted.
    fn message(&mut self, json: Json<'t>, reader: &mut Reader<'_>) -> Option<Message<'a>>;

    /// A value that can't be read as a message.
    fn unreadable(&mut self, slice: &'t str) -> Option<Message<'a>>;
}

/// Takes everything, as slices of a text that lives as long as the document.
#[derive(Debug)]
pub(super) struct Whole;

impl<'a> Take<'a, 'a> for Whole {
    fn own(&self, json: Json<'a>) -> Json<'a> {
        json
    }

    fn in_pieces(&self) -> bool {
        false
    }

    fn beside(&mut self, _: FileKind, _: &str, _: &mut Json<'a>) {}

    fn complete(&mut self, json: Json<'a>) -> Json<'a> {
        json
    }

    fn message(&mut self, json: Json<'a>, reader: &mut Reader<'_>) -> Option<Message<'a>> {
        Some(reader.message(json))
    }

    fn unreadable(&mut self, slice: &'a str) -> Option<Message<'a>> {
        Some(unreadable(slice.into()))
    }
}

/// A message that could not be read, with its text as content.
pub(super) fn unreadable(text: Text) -> Message {
    Message {
        kind: MessageType::UNREADABLE,
        content: text,
        ..Message::default()
    }
}
