//! The messages of a section, of which some may be simplified so that Typst can lay them
//! out.

pub mod plain;
pub mod warnings;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Mutex, MutexGuard};

use scrollback_core::{Pieces, cbor};

use plain::{Called, Form, plainer};

/// The messages of a section.
pub struct Messages<'m> {
    pieces: &'m Pieces,
    /// What people, roles and channels are called.
    called: Called,
    /// The note in simplified messages.
    note: &'m str,
    /// The simplified messages, by number.
    plainer: Mutex<BTreeMap<usize, (Form, Vec<u8>)>>,
}

impl<'m> Messages<'m> {
    /// The messages of a transcript, whose other parts are given as CBOR. Simplified messages
    /// end with the `note`.
    pub fn new(pieces: &'m Pieces, transcript: &[u8], note: &'m str) -> Self {
        Self {
            pieces,
            called: Called::new(transcript),
            note,
            plainer: Mutex::default(),
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.pieces.len()
    }

    /// The first message of each day.
    pub fn day_starts(&self) -> &'m [usize] {
        self.pieces.day_starts()
    }

    /// The id of a message; empty if it has none.
    pub fn id(&self, number: usize) -> &str {
        self.pieces.ids().get(number).map_or("", String::as_str)
    }

    /// The end of a run from `first` on: at most `count` messages, and at most `bytes` of CBOR,
    /// but at least one message.
    pub fn run_end(&self, first: usize, count: usize, bytes: usize) -> usize {
        let mut left = bytes;
        let fit = (first..self.len()).take(count).take_while(|number| {
            let size = self.pieces.message(*number).len();
            let fits = *number == first || size <= left;
            left = left.saturating_sub(size);
            fits
        });
        first + fit.count()
    }

    /// An array of some of the messages, as CBOR.
    pub fn run(&self, run: Range<usize>) -> Vec<u8> {
        let plainer = self.plainer();
        if plainer.range(run.clone()).next().is_none() {
            return self.pieces.run(run);
        }
        let mut items = Vec::new();
        for number in run.clone() {
            match plainer.get(&number) {
                Some((_, bytes)) => items.extend_from_slice(bytes),
                None => items.extend_from_slice(self.pieces.message(number)),
            }
        }
        cbor::array_of(run.len(), &items)
    }

    /// All messages, with the content of some of them.
    pub fn only(&self, run: Range<usize>) -> Pieces {
        self.pieces.only(run)
    }

    /// Simplifies a message further, and returns how plain it is now; `None` if it can't be any
    /// plainer.
    pub fn make_plainer(&self, number: usize) -> Option<Form> {
        let mut all = self.plainer();
        let form = match all.get(&number) {
            None => Form::Words,
            Some((Form::Words, _)) => Form::Author,
            Some((Form::Author, _)) => return None,
        };
        let bytes = plainer(self.pieces.message(number), form, &self.called, self.note);
        all.insert(number, (form, bytes));
        Some(form)
    }

    fn plainer(&self) -> MutexGuard<'_, BTreeMap<usize, (Form, Vec<u8>)>> {
        self.plainer.lock().expect("no panic while held")
    }
}
