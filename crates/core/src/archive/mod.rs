//! Turns the bytes of exports into what is shown of them: they are read once, and selected
//! from as often as needed.

mod know;
mod number;

use std::sync::atomic::{AtomicU64, Ordering};

use crate::anonymize::{Pseudonyms, Publishing, Report, publish};
use crate::error::Error;
use crate::filter::{Filter, Matcher};
pub use crate::import::Source as Input;
use crate::import::{
    Document, Left, Reader, Sieved, merge, read_document, recover, sieve, use_slashes,
};
use crate::model::{Message, Source, Transcript};
use crate::offsets::{mixed_offset, offsets};
use crate::options::Options;
use crate::resolve::{after_channel, arrange, coarsen, replies, repoint, resolve, times};
use crate::time::{Clock, Formatter, Plurals, Zone, check_pattern, parse_moment};
use crate::warning::{InputPlace, Warning, Warnings, codes};

/// The number of bytes of exports read so far.
static BYTES_READ: AtomicU64 = AtomicU64::new(0);

/// The number of bytes of exports that this process has [`read`] so far. A program that
/// reads each input once has read as many as its inputs are long.
#[must_use]
pub fn bytes_read() -> u64 {
    BYTES_READ.load(Ordering::Relaxed)
}

/// The whole content of a channel's exports, as [`read`] returns it.
#[derive(Clone, Debug)]
pub struct Archive<'a> {
    transcript: Transcript<'a>,
    /// Messages that were left out while reading.
    left_out: u64,
    warnings: Vec<Warning>,
    /// The offset of most messages, if times have several zones.
    mixed: Option<i16>,
}

/// A selection from an [`Archive`]: the messages that pass the options, in their order,
/// with formatted times.
#[derive(Clone, Debug)]
pub struct Selection<'a> {
    /// The messages, and everything that they refer to.
    pub transcript: Transcript<'a>,
    /// The warnings about reading and about the selection.
    pub warnings: Vec<Warning>,
    /// The formatter for times in Markdown.
    pub(crate) formatter: Formatter,
    /// Whether something is blacked out, and marked in the texts.
    pub(crate) redacted: bool,
    /// Whether spoilers are revealed in previews of replies, too.
    pub(crate) open_spoilers: bool,
}

/// Reads the exports of one channel (parts, or overlapping ones, in any order).
///
/// Each input is DiscordChatExporter JSON, or messages of Discord's API as a
/// list, one per line, or under `messages` beside `guild`, `channel`,
/// `channels`, `roles`, `users` and `members`. The kind is detected.
///
/// This is the only place where bytes are read. Of the options, `dialect` and
/// `names` matter here; the others do to [`Archive::select`].
///
/// # Errors
/// When an input has no messages at all.
pub fn read<'a>(inputs: &[&'a [u8]], options: &Options) -> Result<Archive<'a>, Error> {
    if inputs.is_empty() {
        return Err(Error {
            place: None,
            message: "expected an export, got none".into(),
        });
    }
    let mut reader = Reader::default();
    let mut documents = Vec::with_capacity(inputs.len());
    for (input, bytes) in inputs.iter().enumerate() {
        BYTES_READ.fetch_add(bytes.len() as u64, Ordering::Relaxed);
        documents.push(read_document(input, bytes, &mut reader)?);
    }
    archive(documents, reader, options, None)
}

/// Streams exports, and keeps only messages that may pass `options.filter` and `only`. Of
/// the others, it keeps authors and mentions, and messages that kept ones reply to. So
/// memory depends on what is kept, not on what is read. `only` is called before a message
/// is parsed, and must always return the same: sources may be read up to three times.
///
/// Some messages that fail a filter on texts are kept, too; [`Archive::select`] filters
/// again.
///
/// # Errors
/// As [`read`] and [`Archive::kept`], and when a source can't be read, or has no list of
/// messages and is larger than 1 GiB.
pub fn read_in_pieces(
    sources: &[&dyn Input],
    options: &Options,
    only: &dyn Fn(&Message) -> bool,
) -> Result<Archive<'static>, Error> {
    let formatter = formatter(options)?;
    let mut matcher = Matcher::before_people(&options.filter, &formatter.zone)?;
    if matches!(formatter.zone, Zone::Written) {
        matcher.widen();
    }
    let Sieved {
        documents,
        reader,
        left,
        bytes,
    } = sieve(sources, matcher, only)?;
    BYTES_READ.fetch_add(bytes, Ordering::Relaxed);
    archive(documents, reader, options, Some(left))
}

/// Makes an archive from what was read. `left` has the messages that were not kept.
fn archive<'a>(
    documents: Vec<Document<'a>>,
    mut reader: Reader,
    options: &Options,
    left: Option<Left>,
) -> Result<Archive<'a>, Error> {
    if documents.iter().all(|document| document.is_companion) {
        return Err(Error {
            place: Some(InputPlace::default()),
            message: "expected messages, got what a data package says beside them; give the \
                      `messages.json` of the same folder too"
                .into(),
        });
    }
    let has_backslashes = documents.iter().any(|document| document.has_backslashes);
    let mut transcript = merge(documents, &mut reader);
    transcript.people = reader.people.take();
    if transcript.source == Source::DiscordChatExporter && has_backslashes {
        use_slashes(&mut transcript);
    }
    let has_tokens = left.as_ref().is_some_and(|left| left.has_tokens);
    recover(&mut transcript, options.dialect, has_tokens);
    resolve(&mut transcript, options.names);
    replies(&mut transcript);
    arrange(&mut transcript, options.threads);
    let kept = transcript.total;
    let mut mixed = mixed_offset(&offsets(&transcript.messages));
    if let Some(mut left) = left {
        transcript.total = left.total().max(kept);
        mixed = mixed_offset(&left.offsets);
    }
    if let Some(offset) = mixed.filter(|_| options.timezone.is_none()) {
        reader.warnings.add(
            codes::SEVERAL_ZONES,
            InputPlace::default(),
            format!(
                "times are written in several zones; all are given in {}, as most are",
                Zone::Fixed(offset).name()
            ),
        );
    }
    Ok(Archive {
        left_out: transcript.total - kept,
        transcript,
        warnings: reader.warnings.into_list(),
        mixed,
    })
}

impl<'a> Archive<'a> {
    /// Everything that was read, oldest message first. Times are not formatted yet.
    #[must_use]
    pub fn transcript(&self) -> &Transcript<'a> {
        &self.transcript
    }

    /// Adds what was odd in the inputs' bytes before they were read here.
    pub fn note(&mut self, warnings: impl IntoIterator<Item = Warning>) {
        self.warnings.extend(warnings);
    }

    /// Collects everything that has a name here, for [`Selection::publish`].
    pub fn teach(&mut self, pseudonyms: &mut Pseudonyms) {
        pseudonyms.learn(&mut self.transcript);
    }

    /// The warnings about reading.
    #[must_use]
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The positions of the messages that pass `options.filter`, oldest first, among the
    /// messages of [`Archive::transcript`].
    ///
    /// # Errors
    /// When the zone, a time, an id or a name of the filter is invalid.
    pub fn kept(&self, options: &Options) -> Result<Vec<usize>, Error> {
        self.places(&options.filter, &self.formatter(options)?)
    }

    /// The formatter for times of this archive. If no zone is requested and times have several,
    /// it uses the most common one: otherwise, times of exports from different computers would
    /// jump back and forth.
    ///
    /// # Errors
    /// As [`formatter`].
    pub fn formatter(&self, options: &Options) -> Result<Formatter, Error> {
        let mut formatter = formatter(options)?;
        if let (Zone::Written, Some(offset)) = (&formatter.zone, self.mixed) {
            formatter.zone = Zone::Fixed(offset);
        }
        Ok(formatter)
    }

    fn places(&self, filter: &Filter, formatter: &Formatter) -> Result<Vec<usize>, Error> {
        let messages = self.transcript.messages.iter().enumerate();
        if *filter == Filter::default() {
            return Ok((0..messages.len()).collect());
        }
        let matcher = Matcher::new(filter, &self.transcript.people, &formatter.zone)?;
        Ok(messages
            .filter(|(_, message)| matcher.keeps(message))
            .map(|(at, _)| at)
            .collect())
    }

    /// Selects the messages that pass the filter. Copies them; [`Archive::into_selection`]
    /// doesn't.
    ///
    /// # Errors
    /// As [`Archive::kept`] and [`Archive::pick`].
    pub fn select(&self, options: &Options) -> Result<Selection<'a>, Error> {
        self.pick(&self.kept(options)?, options)
    }

    /// Selects the messages at these positions, which come from [`Archive::kept`]: for a part
    /// of what passes a filter. The filter isn't applied again; invalid positions are skipped.
    ///
    /// # Errors
    /// When the zone, "now", the words of times, or a passage to black out is invalid.
    pub fn pick(&self, kept: &[usize], options: &Options) -> Result<Selection<'a>, Error> {
        let formatter = self.formatter(options)?;
        let all = &self.transcript;
        let count = all.messages.len();
        let kept: Vec<usize> = kept.iter().copied().filter(|&at| at < count).collect();
        let messages = kept.iter().map(|&at| all.messages[at].clone()).collect();
        let mut transcript = copy_with(all, messages);
        transcript.filtered_out = self.left_out;
        shown(
            transcript,
            self.warnings.clone(),
            (&kept, count),
            options,
            formatter,
        )
    }

    /// Selects messages when nothing else of the archive is needed.
    ///
    /// # Errors
    /// As [`Archive::select`].
    pub fn into_selection(self, options: &Options) -> Result<Selection<'a>, Error> {
        let formatter = self.formatter(options)?;
        let kept = self.places(&options.filter, &formatter)?;
        let Archive {
            mut transcript,
            left_out,
            warnings,
            ..
        } = self;
        transcript.filtered_out = left_out;
        let count = transcript.messages.len();
        if kept.len() < count {
            let (mut at, mut left) = (0, kept.iter().peekable());
            transcript.messages.retain(|_| {
                let keep = left.next_if_eq(&&at).is_some();
                at += 1;
                keep
            });
        }
        shown(transcript, warnings, (&kept, count), options, formatter)
    }
}

/// A copy with other messages. Each field is listed, so that none is forgotten.
fn copy_with<'a>(all: &Transcript<'a>, messages: Vec<Message<'a>>) -> Transcript<'a> {
    Transcript {
        source: all.source,
        guild: all.guild.clone(),
        channel: all.channel.clone(),
        channels: all.channels.clone(),
        people: all.people.clone(),
        messages,
        date_range: all.date_range.clone(),
        exported_at: all.exported_at,
        exported: all.exported.clone(),
        total: all.total,
        filtered_out: all.filtered_out,
        timezone: all.timezone.clone(),
        anonymized: all.anonymized,
        extra: all.extra.clone(),
    }
}

/// Makes a selection of the kept messages: sorts them, formats their times, and replaces
/// names if requested. `kept` has their former positions, and the former number of messages.
fn shown<'a>(
    mut transcript: Transcript<'a>,
    warnings: Vec<Warning>,
    (kept, count): (&[usize], usize),
    options: &Options,
    formatter: Formatter,
) -> Result<Selection<'a>, Error> {
    let left = transcript.messages.len();
    transcript.filtered_out += (count - left) as u64;
    if options.newest_first || left < count {
        let mut order = kept.to_vec();
        if options.newest_first {
            let after = after_channel(&transcript.messages);
            newest_first(&mut order, after);
            newest_first(&mut transcript.messages, after);
        }
        repoint(&mut transcript.messages, &new_places(&order, count));
    }
    let mut warnings = Warnings::from(warnings);
    if left == 0 && transcript.total > 0 {
        warnings.add(
            codes::NOTHING_LEFT,
            InputPlace::default(),
            format!(
                "expected messages that match the filter, got none of {}",
                transcript.total
            ),
        );
    }
    coarsen(&mut transcript, &formatter);
    times(&mut transcript, &formatter);
    let mut selection = Selection {
        transcript,
        warnings: warnings.into_list(),
        formatter,
        redacted: false,
        open_spoilers: options.open_spoilers,
    };
    let mut own = None;
    if options.anonymize {
        let own = own.insert(Pseudonyms::default());
        own.learn(&mut selection.transcript);
        own.finish();
    }
    selection.publish(&Publishing {
        pseudonyms: own.as_ref(),
        redact: &options.redact,
        ..Publishing::default()
    })?;
    Ok(selection)
}

impl Selection<'_> {
    /// The formatter for times of the selection.
    #[must_use]
    pub fn formatter(&self) -> &Formatter {
        &self.formatter
    }

    /// Replaces names or blacks out passages, in addition to what the options of the selection
    /// have done already.
    ///
    /// # Errors
    /// When a passage to black out is invalid.
    pub fn publish(&mut self, publishing: &Publishing) -> Result<Report, Error> {
        let report = publish(&mut self.transcript, publishing)?;
        self.redacted |= report.redacted > 0;
        Ok(report)
    }
}

/// Turns messages around. The threads after those of their channel stay after them.
fn newest_first<T>(messages: &mut [T], after: usize) {
    messages.reverse();
    messages.rotate_left(after);
}

/// The new position of each of `count` messages, of which those in `order` are left.
fn new_places(order: &[usize], count: usize) -> Vec<Option<usize>> {
    let mut places = vec![None; count];
    for (new, &old) in order.iter().enumerate() {
        if let Some(place) = places.get_mut(old) {
            *place = Some(new);
        }
    }
    places
}

/// Reads exports and selects from them once; returns the transcript and the warnings.
///
/// # Errors
/// When an input has no messages at all, or an option is invalid.
pub fn transcript<'a>(
    inputs: &[&'a [u8]],
    options: &Options,
) -> Result<(Transcript<'a>, Vec<Warning>), Error> {
    // Wrong options are reported before anything is read.
    formatter(options)?;
    let selection = read(inputs, options)?.into_selection(options)?;
    Ok((selection.transcript, selection.warnings))
}

/// The formatter for timestamps in Markdown.
///
/// # Errors
/// When the zone, "now" or the words of times are invalid.
pub fn formatter(options: &Options) -> Result<Formatter, Error> {
    let zone = match &options.timezone {
        None => Zone::Written,
        Some(name) => Zone::find(name).ok_or_else(|| {
            let like = Zone::suggest(name);
            let hint = if like.is_empty() {
                String::new()
            } else {
                format!("; did you mean {}?", like.join(", "))
            };
            Error::option(
                "timezone",
                format!(
                    "expected a zone (\"Europe/Berlin\"), an offset (\"+02:00\") or \"UTC\", \
                     got {name:?}{hint}"
                ),
            )
        })?,
    };
    let now = match &options.now {
        None => None,
        Some(text) => Some(parse_moment(text, &zone).ok_or_else(|| {
            Error::option(
                "now",
                format!(
                    "expected a time (\"2024-03-01T12:00:00Z\") or Unix time in seconds, \
                     got {text:?}"
                ),
            )
        })?),
    };
    options.times.check()?;
    if let Some(pattern) = options.time_format.as_deref()
        && let Err(letter) = check_pattern(pattern)
    {
        let got = match letter {
            Some(letter) => format!("the letter {letter:?}"),
            None => format!("none of these in {pattern:?}"),
        };
        return Err(Error::option(
            "time-format",
            format!(
                "expected `iso`, or a pattern of the letters y, M, d, E, h, K, H, m, s, a, x, X and \
                 V, others in single quotes (\"y-MM-dd HH:mm:ss xxx\"), got {got}"
            ),
        ));
    }
    let custom = if options.times.clock == 12 {
        Clock::Hours12
    } else {
        Clock::Hours24
    };
    Ok(Formatter {
        zone,
        clock: options.clock.unwrap_or(custom),
        now: now.map(|ms| ms.div_euclid(1000)),
        words: options.times.clone(),
        plurals: Plurals::read(&options.times.plurals)?,
        coarse: options.coarse_times,
        format: options.time_format.clone(),
        seconds: options.seconds,
        show_zone: options.show_zone,
    })
}
