//! How what is read from a text gets into a document.

use super::Reader;
use super::formats::FileKind;
use crate::json::Json;
use crate::model::{Message, MessageType};
use crate::text::Text;

/// How what is read from a text that lives for `'t` gets into a document that lives
/// for `'a`.
pub(super) trait Take<'t, 'a> {
    /// A value, as long as the document needs it.
    fn own(&self, json: Json<'t>) -> Json<'a>;

    /// Whether this is a piece of an input that comes in pieces, and is the first to
    /// see its messages.
    fn in_pieces(&self) -> bool;

    /// Takes a member of a file of this kind that stands beside its messages.
    fn beside(&mut self, kind: FileKind, key: &str, json: &mut Json<'a>);

    /// A message with what stands beside it in its file.
    fn complete(&mut self, json: Json<'t>) -> Json<'t>;

    /// Reads a message in the API's terms; none where it isn't wanted.
    fn message(
        &mut self,
        json: Json<'t>,
        slice: &'t str,
        reader: &mut Reader<'_>,
    ) -> Option<Message<'a>>;

    /// What can't be read as a message.
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

    fn message(
        &mut self,
        json: Json<'a>,
        slice: &'a str,
        reader: &mut Reader<'_>,
    ) -> Option<Message<'a>> {
        Some(reader.message(json, slice))
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
