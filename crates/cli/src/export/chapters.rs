//! The chapters of a book.

use scrollback_core::model::Transcript;
use scrollback_core::time::{Formatter, Style as TimeStyle, Timestamp};
use scrollback_core::{Archive, Error, Options};

use super::volumes::{self, Volume};
use super::written::{Chapter, Written};
use super::{Job, look};
use crate::args::{Chapters, Split, Style};
use crate::failure::Failure;
use crate::media::Folder;

impl Job<'_> {
    /// The chapters of a book with pages: months by default.
    pub(super) fn chapters(
        &self,
        archive: &Archive,
        options: &Options,
        media: &Folder,
    ) -> Result<Vec<Chapter>, Failure> {
        let paged = self.plan.format().is_paged() && !self.args.page.paper.is_continuous();
        if self.args.style.style != Style::Book || !paged {
            return Ok(Vec::new());
        }
        let failed = |error: Error| self.export.failure(&error);
        let how = self.args.style.chapters;
        let how = how.unwrap_or(Chapters::Of(Split::Month));
        let parts = match how {
            Chapters::None => return Ok(Vec::new()),
            Chapters::Thread => by_thread(archive, options),
            Chapters::Of(split) => self.by_split(archive, options, split),
        };
        let chapter = |(heading, volume): (String, Volume)| {
            let with = self.selecting(options, media);
            let written = Written::volume(archive, &volume, 0, with, self.args);
            Ok(Chapter {
                heading,
                // The heading of the day says it already.
                days: how != Chapters::Of(Split::Day),
                written: written.map_err(failed)?,
            })
        };
        parts.map_err(failed)?.into_iter().map(chapter).collect()
    }

    /// Chapters by calendar, or by number of messages, with their headings.
    fn by_split(
        &self,
        archive: &Archive,
        options: &Options,
        split: Split,
    ) -> Result<Vec<(String, Volume)>, Error> {
        let formatter = archive.formatter(options)?;
        let transcript = archive.transcript();
        let heading = |volume: &Volume| match split {
            Split::Day => days(volume, transcript, &formatter).map(|(day, _)| day),
            Split::Week => days(volume, transcript, &formatter)
                .map(|(first, last)| look::range((&first, &last))),
            Split::Month | Split::Messages(_) => None,
        };
        let volumes = volumes::divide(archive, options, split)?;
        let named = volumes.into_iter().map(|volume| {
            let month = || self.args.export.lang.month(&volume.name);
            (heading(&volume).unwrap_or_else(month), volume)
        });
        Ok(named.collect())
    }
}

/// The first and last day of a volume in words; `None` if no message has a time.
fn days(
    volume: &Volume,
    transcript: &Transcript,
    formatter: &Formatter,
) -> Option<(String, String)> {
    let times = || {
        let messages = volume.places.iter().map(|&at| &transcript.messages[at]);
        messages.filter_map(|message| message.timestamp)
    };
    let by_time = |time: &Timestamp| time.ms;
    let words = |time| formatter.moment(time, TimeStyle::LongDate);
    Some((
        words(times().min_by_key(by_time)?),
        words(times().max_by_key(by_time)?),
    ))
}

/// The messages of the channel itself, then those of each thread, under its name.
fn by_thread(archive: &Archive, options: &Options) -> Result<Vec<(String, Volume)>, Error> {
    let transcript = archive.transcript();
    let mut parts: Vec<(String, Volume)> = Vec::new();
    for place in archive.kept(options)? {
        let message = &transcript.messages[place];
        let main = transcript.channel.as_ref();
        // Threads come after the channel.
        let id = match main {
            Some(main) if message.nested == 0 => &*main.id,
            _ => &*message.channel_id,
        };
        match parts.last_mut().filter(|(_, volume)| volume.name == id) {
            Some((_, volume)) => volume.places.push(place),
            None => parts.push((
                title(id, transcript),
                Volume {
                    name: id.to_owned(),
                    places: vec![place],
                },
            )),
        }
    }
    Ok(parts)
}

/// The name of a channel or thread, or its id if it has none.
fn title(id: &str, transcript: &Transcript) -> String {
    let mut known = transcript.channel.iter().chain(&transcript.channels);
    let found = known.find(|channel| *channel.id == *id && !channel.name.trim().is_empty());
    found.map_or_else(|| id.to_owned(), |channel| channel.name.to_string())
}
