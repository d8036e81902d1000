//! Numbers messages and files for records.

use super::{Archive, newest_first};
use crate::error::Error;
use crate::options::Options;
use crate::resolve::after_channel;

impl Archive<'_> {
    /// Numbers the messages that pass the options, in their order, and their files if requested.
    /// Every selection from the archive then has these numbers. Returns the last message's
    /// number.
    ///
    /// # Errors
    /// As [`Archive::kept`].
    pub fn number(&mut self, options: &Options) -> Result<Option<u64>, Error> {
        self.number_after(options, 0)
    }

    /// Numbers messages and files as [`Archive::number`] does, after this many files of other
    /// archives.
    ///
    /// # Errors
    /// As [`Archive::kept`].
    pub fn number_after(&mut self, options: &Options, files: u64) -> Result<Option<u64>, Error> {
        let Some(first) = options.numbers else {
            return Ok(None);
        };
        let mut kept = self.kept(options)?;
        if options.newest_first {
            let messages = &self.transcript.messages;
            let after = after_channel(kept.iter().map(|&at| &messages[at]));
            newest_first(&mut kept, after);
        }
        let (mut last, mut exhibits) = (None, files);
        for (number, at) in (first as u64..).zip(kept) {
            let message = &mut self.transcript.messages[at];
            message.number = number;
            last = Some(number);
            let forwarded = message.message_snapshots.iter_mut();
            let forwarded = forwarded.flat_map(|snapshot| &mut snapshot.attachments);
            for file in forwarded.chain(&mut message.attachments) {
                exhibits += 1;
                file.exhibit = exhibits;
            }
        }
        Ok(last)
    }
}
