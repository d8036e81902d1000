//! The messages of a transcript, written one by one.

use std::ops::Range;

use crate::cbor::{self, Unwritable};
use crate::model::Message;
use crate::record::Write;

/// The messages of a transcript as CBOR, of which any run can be had: long
/// transcripts are laid out one run after the other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pieces {
    /// All messages, one after the other.
    cbor: Vec<u8>,
    /// Where each message ends.
    ends: Vec<usize>,
    /// The id of each message; empty where it has none.
    ids: Vec<String>,
    /// The days of the first and last message that have one, in words.
    days: Option<(String, String)>,
}

impl Pieces {
    pub(super) fn write(messages: Vec<Message>) -> Result<Self, Unwritable> {
        let mut pieces = Self::default();
        let mut writer = cbor::Writer::new(Vec::new());
        // One by one, so that the model of a message goes when its bytes are there.
        for mut message in messages {
            message.write(&mut writer)?;
            pieces.ends.push(writer.len());
            pieces.ids.push(message.id.to_string());
            let day = message.time.as_ref().map(|time| &*time.day);
            if let Some(day) = day.filter(|day| !day.is_empty()) {
                let days = pieces
                    .days
                    .get_or_insert_with(|| (day.to_owned(), String::new()));
                day.clone_into(&mut days.1);
            }
        }
        pieces.cbor = writer.finish();
        Ok(pieces)
    }

    /// How many messages there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The id of each message, in order; empty where it has none.
    #[must_use]
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The days of the first and last message that have one, in words.
    #[must_use]
    pub fn days(&self) -> Option<(&str, &str)> {
        let (first, last) = self.days.as_ref()?;
        Some((first, last))
    }

    /// An array of all messages, as CBOR.
    #[must_use]
    pub fn all(&self) -> Vec<u8> {
        self.run(0..self.len())
    }

    /// One of the messages, as CBOR.
    ///
    /// # Panics
    /// Where there is no such message.
    #[must_use]
    pub fn message(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.cbor[start..self.ends[number]]
    }

    /// An array of some of the messages, as CBOR.
    ///
    /// # Panics
    /// Where the run ends after the last message.
    #[must_use]
    pub fn run(&self, run: Range<usize>) -> Vec<u8> {
        let at = |index: usize| index.checked_sub(1).map_or(0, |last| self.ends[last]);
        let messages = &self.cbor[at(run.start)..at(run.end)];
        cbor::array_of(run.len(), messages)
    }
}
