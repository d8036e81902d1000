//! From the bytes of exports to a transcript, in one call.

use crate::anonymize::anonymize;
use crate::error::Error;
use crate::filter::{Filter, Matcher};
use crate::import::{Reader, merge, read_document, recover, use_slashes};
use crate::model::{Source, Transcript};
use crate::options::Options;
use crate::resolve::{keep, replies, resolve, times};
use crate::time::{Formatter, Zone, parse_moment};
use crate::warning::{InputPlace, Warning, codes};

/// Reads exports of one channel (parts, or overlapping ones, in any order)
/// into one transcript, and lists what was odd.
///
/// Each input is DiscordChatExporter JSON, or messages of Discord's API as a
/// list, one a line, or under `messages` beside `guild`, `channel`,
/// `channels`, `roles`, `users` and `members`. The kind is detected.
///
/// # Errors
/// When an input holds no messages at all, or an option makes no sense.
pub fn transcript<'a>(
    inputs: &[&'a [u8]],
    options: &Options,
) -> Result<(Transcript<'a>, Vec<Warning>), Error> {
    let formatter = formatter(options)?;
    if inputs.is_empty() {
        return Err(Error {
            place: None,
            message: "expected an export, got none".into(),
        });
    }
    let mut reader = Reader::default();
    let mut documents = Vec::with_capacity(inputs.len());
    for (input, bytes) in inputs.iter().enumerate() {
        documents.push(read_document(input, bytes, &mut reader)?);
    }
    let mut transcript = merge(documents, &mut reader);
    transcript.people = std::mem::take(&mut reader.people.list);
    if transcript.source == Source::DiscordChatExporter {
        use_slashes(&mut transcript);
    }
    recover(&mut transcript, options.dialect);
    resolve(&mut transcript, options.names);
    replies(&mut transcript);
    let all = options.filter == Filter::default();
    let matcher = Matcher::new(&options.filter, &transcript.people, &formatter.zone)?;
    keep(
        &mut transcript,
        (!all).then_some(&matcher),
        options.newest_first,
    );
    if transcript.messages.is_empty() && transcript.total > 0 {
        reader.warnings.add(
            codes::NOTHING_LEFT,
            InputPlace::default(),
            format!(
                "expected messages that fit the filter, got none of {}",
                transcript.total
            ),
        );
    }
    times(&mut transcript, &formatter);
    if options.anonymize {
        anonymize(&mut transcript);
    }
    Ok((transcript, reader.warnings.into_list()))
}

/// What writes times as the options ask, for timestamps in Markdown.
///
/// # Errors
/// When the zone or "now" can't be read.
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
    Ok(Formatter {
        zone,
        clock: options.clock,
        now: now.map(|ms| ms.div_euclid(1000)),
    })
}
