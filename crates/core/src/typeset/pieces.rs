//! The messages of a transcript as separate pieces of CBOR.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::cbor::{self, Unwritable};
use crate::model::Message;
use crate::record::Write;
use crate::resolve::UNDER;
use crate::time::Timestamp;

/// The messages of a transcript as CBOR, with access to any run of them: long transcripts
/// are laid out run by run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Pieces {
    /// All messages, concatenated.
    cbor: Vec<u8>,
    /// The end of each message.
    ends: Vec<usize>,
    /// The id of each message; empty if it has none.
    ids: Vec<String>,
    /// The times of the earliest and latest message, in milliseconds and as days in words.
    days: Option<[(i64, String); 2]>,
    /// The first messages of days, without those in threads.
    day_starts: Vec<usize>,
}

impl Pieces {
    pub(super) fn write(messages: Vec<Message>) -> Result<Self, Unwritable> {
        let mut pieces = Self::default();
        let mut writer = cbor::Writer::new(Vec::new());
        let mut last_day = String::new();
        // One by one, so that the model of a message is dropped once it is written.
        for mut message in messages {
            message.write(&mut writer)?;
            pieces.ends.push(writer.len());
            pieces.ids.push(message.id.to_string());
            let day = message.time.as_ref().map_or("", |time| &*time.day);
            pieces.note_day(day, message.timestamp);
            if !day.is_empty() && day != last_day && message.nested != UNDER {
                pieces.day_starts.push(pieces.ids.len() - 1);
                day.clone_into(&mut last_day);
            }
        }
        pieces.cbor = writer.finish();
        Ok(pieces)
    }

    fn note_day(&mut self, day: &str, time: Option<Timestamp>) {
        let Some(time) = time.filter(|_| !day.is_empty()) else {
            return;
        };
        let [first, last] = self
            .days
            .get_or_insert_with(|| [(i64::MAX, String::new()), (i64::MIN, String::new())]);
        // Threads and merged exports aren't in the order of time.
        if time.ms < first.0 {
            *first = (time.ms, day.to_owned());
        }
        if time.ms >= last.0 {
            last.0 = time.ms;
            day.clone_into(&mut last.1);
        }
    }

    /// The number of messages.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are no messages.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The id of each message, in order; empty if it has none.
    #[must_use]
    pub fn ids(&self) -> &[String] {
        &self.ids
    }

    /// The days of the earliest and latest message, in words.
    #[must_use]
    pub fn days(&self) -> Option<(&str, &str)> {
        let [(_, first), (_, last)] = self.days.as_ref()?;
        Some((first, last))
    }

    /// The indices of the first messages of days, without those of threads that are placed under
    /// the message that they started from.
    #[must_use]
    pub fn day_starts(&self) -> &[usize] {
        &self.day_starts
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

    /// The same transcript with the content of some of the messages only, under their numbers.
    ///
    /// # Panics
    /// Where the run ends after the last message.
    #[must_use]
    pub fn only(&self, run: Range<usize>) -> Self {
        let at = |index: usize| index.checked_sub(1).map_or(0, |last| self.ends[last]);
        let (start, end) = (at(run.start), at(run.end));
        Self {
            cbor: self.cbor[start..end].to_vec(),
            ends: self
                .ends
                .iter()
                .map(|own| own.clamp(&start, &end) - start)
                .collect(),
            ids: self.ids.clone(),
            days: self.days.clone(),
            day_starts: self.day_starts.clone(),
        }
    }
}
