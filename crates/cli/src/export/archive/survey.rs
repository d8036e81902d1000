//! Surveys the exports of an archive before any of them is laid out.

use scrollback_core::filter::{self, Filter};
use scrollback_core::model::{Channel, Message};

use super::super::provenance::sources;
use super::super::written::Chosen;
use super::super::{Job, look, nothing_left};
use super::Archive;
use crate::engine::Register;
use crate::engine::provenance::Provenance;
use crate::engine::sanitize::title;
use crate::failure::Failure;
use crate::input::{Bytes, Export, Pieces};
use crate::media::Folder;
use crate::report::{Report, Warnings};

/// An export that has messages to show.
pub struct Surveyed {
    /// Its position among the exports.
    pub at: usize,
    /// The name of its outputs, for channels without a name.
    pub name: String,
    /// Its provenance.
    pub provenance: Provenance,
    /// The channel and its threads by name, for mentions.
    pub channels: Vec<Channel<'static>>,
    /// The threads among its messages, by the keys of their ids, with the position of the first
    /// message of each.
    pub threads: Vec<(u128, usize)>,
    /// The id of the parent: the channel of a thread, or the category.
    pub parent_id: String,
    /// Its position in the list of channels.
    pub position: i64,
    /// The key of the id of each message.
    pub keys: Vec<u128>,
    /// The times of the first and last message, in milliseconds and as days in words.
    pub times: Option<(Moment, Moment)>,
    /// Whether the person of `--own` wrote in it.
    has_own: bool,
}

/// A time, and its day in words.
pub type Moment = (i64, String);

/// The result of surveying an export: nothing if it has no message to show, and the number
/// of messages that the filters removed.
type Found = Result<(Option<Surveyed>, usize), Failure>;

impl Archive<'_> {
    /// Surveys all exports. Returns those with messages to show, and the number of messages that
    /// the filters removed from the others. Exports that can't be read cause a warning.
    ///
    /// # Errors
    /// When none can be read, or an option applies to none.
    pub fn survey(&self, report: &mut Report) -> Result<(Vec<Surveyed>, usize), Failure> {
        let places: Vec<usize> = (0..self.exports.len()).collect();
        let results = self.jobs.each(&places, |&at| {
            let mut warnings = Warnings::default();
            let found = self.look_through(at, &mut warnings);
            (warnings, found)
        });
        let (mut found, mut left_out) = (Vec::new(), 0);
        let (mut empty, mut failures, mut unknown) = (0, Vec::new(), Vec::new());
        for (at, (warnings, result)) in results.into_iter().enumerate() {
            report.warnings.append_input(warnings);
            match result {
                Ok((Some(one), _)) => found.push(one),
                Ok((None, out)) => {
                    empty += 1;
                    left_out += out;
                    report.warnings.add(
                        self.exports[at].shown(),
                        "no message is left, so it is not in the archive".to_owned(),
                        Vec::new(),
                        1,
                    );
                }
                // For example, a person who isn't in this channel.
                Err(failure @ Failure::Usage(_)) => unknown.push(failure),
                Err(failure) => failures.push((at, failure)),
            }
        }
        if found.is_empty() && empty == 0 {
            report.failures.extend(failures.into_iter().map(|(_, f)| f));
            report.failures.extend(unknown.into_iter().next());
            return Ok((found, 0));
        }
        for (at, failure) in failures {
            self.warn_of(at, failure, &mut report.warnings);
        }
        if found.is_empty() {
            return Err(nothing_left("archive", &self.options));
        }
        if let Some(own) = &self.args.export.own
            && !found.iter().any(|one| one.has_own)
        {
            return Err(Failure::usage(
                format!("nobody in these exports is called `{own}`, as `--own` says"),
                "`scrollback inspect` lists the people of an export",
            ));
        }
        Ok((found, left_out))
    }

    /// Warns about an export that is left out.
    fn warn_of(&self, at: usize, failure: Failure, warnings: &mut Warnings) {
        let (Failure::Output(message) | Failure::Usage(message)) = failure else {
            return;
        };
        let text = format!("this export is not in the archive: {}", message.error);
        warnings.lose(self.exports[at].shown(), text, message.hints, 1);
    }

    fn look_through(&self, at: usize, warnings: &mut Warnings) -> Found {
        let export = self.exports[at];
        let task = self.progress.task(&export.shown());
        let job = self.job(export, &task, self.jobs);
        job.stage(None, "looking through it");
        let media = Folder::of(export, self.args.export.source.media.as_deref())?;
        let recorded = self.is_record() || self.args.batch.manifest.is_some();
        self.read(&job, |mut archive, bytes| {
            self.publisher.learn(&mut archive);
            job.check_whole(&archive)?;
            for warning in archive.warnings().iter().filter(|one| job.is_told(one)) {
                warnings.import(export.place(&warning.place), warning);
            }
            let has_own =
                self.args.export.own.as_ref().is_some_and(|own| {
                    !filter::named(own, &archive.transcript().people).is_empty()
                });
            let read = archive.transcript();
            let known = read.channel.iter().chain(&read.channels);
            let known: Vec<_> = known.map(named).collect();
            let failed = |error: scrollback_core::Error| export.failure(&error);
            let mut chosen = Chosen::whole(archive, job.selecting(&self.options, &media), true)
                .map_err(failed)?;
            let transcript = &chosen.selection.transcript;
            if transcript.messages.is_empty() {
                return Ok((None, chosen.provenance.left_out));
            }
            if recorded {
                chosen.provenance.sources = sources(export, &bytes.files(), self.publisher)?;
            }
            let channel = transcript.channel.as_ref();
            let keys = transcript.messages.iter();
            let threads = threads(&transcript.messages);
            let is_here = |(place, channel): (usize, &Channel)| {
                let key = Register::key(&channel.id);
                let is_main = place == 0 && transcript.channel.is_some();
                is_main || threads.iter().any(|(thread, _)| *thread == key)
            };
            // Anonymised messages may have other ids and names, in the same order.
            let published = transcript.channel.iter().chain(&transcript.channels);
            let known = known.into_iter().zip(published.enumerate());
            let known = known.filter(|(_, channel)| is_here(*channel));
            Ok((
                Some(Surveyed {
                    at,
                    channels: known.map(|(channel, _)| channel).collect(),
                    threads,
                    name: title(&self.publisher.name(export, "")),
                    parent_id: channel.map_or_else(String::new, |one| one.parent_id.to_string()),
                    position: channel.map_or(0, |channel| channel.position),
                    keys: keys.map(|message| Register::key(&message.id)).collect(),
                    times: times(&transcript.messages),
                    provenance: chosen.provenance,
                    has_own,
                }),
                0,
            ))
        })
    }

    /// Reads an export, and returns the bytes that it was read from, unless it was streamed.
    pub fn read<T>(
        &self,
        job: &Job,
        then: impl FnOnce(scrollback_core::Archive, &Bytes) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let export: &Export = job.export;
        let is_part = self.options.filter != Filter::default();
        let failed = |error: scrollback_core::Error| export.failure(&error);
        if let Some(pieces) = Pieces::of(export).filter(|_| is_part) {
            let archive = pieces.read(&self.options, &|_| true).map_err(failed)?;
            return then(archive, &Bytes::default());
        }
        let bytes = Bytes::read(export)?;
        let archive = bytes.archive(&self.options).map_err(failed)?;
        then(archive, &bytes)
    }
}

/// The threads within a channel, by the keys of their ids, with the position of the first
/// message of each.
fn threads(messages: &[Message]) -> Vec<(u128, usize)> {
    let mut found: Vec<(u128, usize)> = Vec::new();
    let of_threads = messages
        .iter()
        .enumerate()
        .filter(|(_, message)| message.nested > 0);
    for (place, message) in of_threads {
        let key = Register::key(&message.channel_id);
        // The messages of a thread are consecutive.
        if found.last().is_none_or(|(last, _)| *last != key) {
            found.push((key, place));
        }
    }
    found
}

/// The channel as a mention shows it.
fn named(channel: &Channel) -> Channel<'static> {
    Channel {
        id: channel.id.to_string().into(),
        kind: channel.kind,
        name: channel.name.to_string().into(),
        ..Channel::default()
    }
}

/// The times of the earliest and latest message.
fn times(messages: &[Message]) -> Option<(Moment, Moment)> {
    let timed = messages
        .iter()
        .filter_map(|message| Some((message.timestamp?.ms, message)));
    let day = |message: &Message| {
        let time = message.time.as_ref();
        time.map_or_else(String::new, |time| time.day.to_string())
    };
    let first = timed.clone().min_by_key(|(ms, _)| *ms)?;
    let last = timed.max_by_key(|(ms, _)| *ms)?;
    Some(((first.0, day(first.1)), (last.0, day(last.1))))
}

/// The days of the earliest and latest message, in words.
pub fn range(found: &[Surveyed]) -> Option<String> {
    let times = || found.iter().filter_map(|one| one.times.as_ref());
    let (_, first) = times().map(|(first, _)| first).min()?;
    let (_, last) = times().map(|(_, last)| last).max()?;
    (!first.is_empty()).then(|| look::range((first, last)))
}
