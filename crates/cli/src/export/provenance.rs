//! Collects where an output comes from and what it contains.

use std::path::Path;

use scrollback_core::anonymize::barred;
use scrollback_core::filter::{self, Has};
use scrollback_core::model::{Person, Source, Timestamp, Transcript};
use scrollback_core::time::Formatter;
use scrollback_core::{Archive, Options, Selection};

use super::publish::Publisher;
use crate::engine::provenance::{
    Channel, Counts, Filter, Period, Place, Provenance, SourceFile, Writer,
};
use crate::failure::Failure;
use crate::input::{Export, Part, stdin};
use crate::media::Folder;
use crate::output::hash;

/// What to collect before names are replaced.
pub struct Before {
    filters: Vec<Asked>,
    /// The number of messages that the filters removed.
    pub left_out: usize,
    files: usize,
    missing: Vec<String>,
}

/// A filter, with the people that it names as positions in the list of people.
struct Asked {
    option: &'static str,
    values: Vec<Value>,
}

enum Value {
    /// A value that reveals nothing about the export.
    Plain(String),
    /// A value that may reveal what is removed.
    Telling(String),
    Person(usize),
}

impl Before {
    /// Records the filters of an archive.
    pub fn of(archive: &Archive, options: &Options, left_out: usize) -> Self {
        Self {
            filters: asked(&options.filter, &archive.transcript().people),
            left_out,
            files: 0,
            missing: Vec::new(),
        }
    }

    /// Counts the files of the messages, and the missing ones.
    pub fn count(mut self, transcript: &Transcript, media: &Folder) -> Self {
        let messages = transcript.messages.iter();
        let files = messages.flat_map(|message| {
            let forwarded = message.message_snapshots.iter();
            let forwarded = forwarded.flat_map(|snapshot| &snapshot.attachments);
            message.attachments.iter().chain(forwarded)
        });
        for file in files {
            self.files += 1;
            if media.find(&file.url).is_err() {
                let named = [&file.filename, &file.url].into_iter();
                let named = named
                    .map(|name| name.to_string())
                    .find(|name| !name.is_empty());
                self.missing.push(named.unwrap_or_default());
            }
        }
        self
    }

    /// The provenance of the messages that are shown, with the names that are shown. Sources and
    /// warnings are added later.
    pub fn provenance(
        self,
        selection: &Selection,
        volume: Option<&str>,
        publisher: &Publisher,
    ) -> Provenance {
        let transcript = &selection.transcript;
        let formatter = selection.formatter();
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let people = people(transcript, formatter);
        let zone = formatter.zone.name();
        let messages = &transcript.messages;
        let times = messages.iter().filter_map(|message| message.timestamp);
        let edited = messages.iter().filter(|m| m.is_edited());
        Provenance {
            exporter: match transcript.source {
                Source::DiscordChatExporter => "DiscordChatExporter",
                Source::DiscordApi => "Discord API",
            },
            exported: transcript.exported_at.map(|at| formatter.iso(at)),
            server: transcript.guild.as_ref().map(|guild| Place {
                id: guild.id.to_string(),
                name: barred(&guild.name),
            }),
            channel: transcript.channel.as_ref().map(|channel| Channel {
                id: channel.id.to_string(),
                name: barred(&channel.name),
                kind: channel.kind.map(|kind| {
                    let name = kind.name().map(Into::into);
                    name.unwrap_or_else(|| format!("type_{}", kind.0))
                }),
                parent: given(&barred(&channel.parent)),
                topic: given(&barred(&channel.topic)),
            }),
            volume: volume.map(Into::into),
            period: period(times, formatter).map(|(first, last)| Period { first, last }),
            zone: given(&zone),
            anonymized: transcript.anonymized,
            counts: Counts {
                messages: messages.len(),
                people: people.len(),
                edited: edited.count(),
                files: self.files,
                missing_files: self.missing.len(),
            },
            missing: if publisher.takes_out() {
                Vec::new()
            } else {
                self.missing
            },
            filters: self
                .filters
                .into_iter()
                .map(|asked| asked.shown(&transcript.people, publisher))
                .collect(),
            left_out: self.left_out,
            people,
            ..Provenance::default()
        }
    }
}

impl Asked {
    /// The filter, with the names that are shown.
    fn shown(self, people: &[Person], publisher: &Publisher) -> Filter {
        let values = self.values.into_iter().map(|value| match value {
            Value::Plain(value) => Some(value),
            Value::Telling(value) => (!publisher.takes_out()).then_some(value),
            Value::Person(index) => people.get(index).map(|person| barred(&person.display)),
        });
        Filter {
            option: self.option,
            values: values.collect(),
        }
    }
}

fn asked(filter: &filter::Filter, people: &[Person]) -> Vec<Asked> {
    let mut all = Vec::new();
    let mut add = |option, values: Vec<Value>| {
        if !values.is_empty() {
            all.push(Asked { option, values });
        }
    };
    let plain = |value: &Option<String>| value.iter().cloned().map(Value::Plain).collect();
    let telling = |values: &[String]| values.iter().cloned().map(Value::Telling).collect();
    let named = |names: &[String]| -> Vec<Value> {
        let found = names.iter().flat_map(|name| filter::named(name, people));
        found.map(Value::Person).collect()
    };
    let has = |parts: &[Has]| {
        parts
            .iter()
            .map(|part| Value::Plain(name_of(*part)))
            .collect()
    };
    add("after", plain(&filter.after));
    add("before", plain(&filter.before));
    add("from-id", telling(filter.from_id.as_slice()));
    add("to-id", telling(filter.to_id.as_slice()));
    add("author", named(&filter.author));
    add("not-author", named(&filter.not_author));
    add("mentions", named(&filter.mentions));
    add("text", telling(&filter.text));
    add("not-text", telling(&filter.not_text));
    let pinned = filter.pinned.map(|pinned| Value::Plain(pinned.to_string()));
    add("pinned-only", pinned.into_iter().collect());
    add("has", has(&filter.has));
    add("has-not", has(&filter.has_not));
    add("reaction", telling(&filter.reaction));
    all
}

/// The name of a part in the value of `--has`.
fn name_of(part: Has) -> String {
    // Parts are serialised by name.
    match serde_json::to_value(part) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// The first and last of some times.
fn period(
    times: impl Iterator<Item = Timestamp>,
    formatter: &Formatter,
) -> Option<(String, String)> {
    let (mut first, mut last): (Option<Timestamp>, Option<Timestamp>) = (None, None);
    for time in times {
        if first.is_none_or(|first| time.ms < first.ms) {
            first = Some(time);
        }
        if last.is_none_or(|last| time.ms > last.ms) {
            last = Some(time);
        }
    }
    Some((formatter.iso(first?), formatter.iso(last?)))
}

/// The authors, those with most messages first.
fn people(transcript: &Transcript, formatter: &Formatter) -> Vec<Writer> {
    #[derive(Clone, Default)]
    struct Wrote {
        messages: usize,
        times: Option<(Timestamp, Timestamp)>,
    }
    let mut wrote = vec![Wrote::default(); transcript.people.len()];
    for message in &transcript.messages {
        let author = message
            .author
            .and_then(|author| wrote.get_mut(author.index()));
        let Some(wrote) = author else { continue };
        wrote.messages += 1;
        if let Some(time) = message.timestamp {
            let (first, last) = wrote.times.get_or_insert((time, time));
            if time.ms < first.ms {
                *first = time;
            }
            if time.ms > last.ms {
                *last = time;
            }
        }
    }
    let people = transcript.people.iter().zip(wrote);
    let mut people: Vec<Writer> = people
        .filter(|(_, wrote)| wrote.messages > 0)
        .map(|(person, wrote)| Writer {
            id: person.id.to_string(),
            name: barred(&person.display),
            username: (!person.username.is_empty() && person.username != person.display)
                .then(|| barred(&person.username)),
            bot: person.bot,
            messages: wrote.messages,
            first: wrote.times.map(|(first, _)| formatter.iso(first)),
            last: wrote.times.map(|(_, last)| formatter.iso(last)),
        })
        .collect();
    people.sort_by_key(|person| std::cmp::Reverse(person.messages));
    people
}

/// The files of an export, with their hashes. `bytes` are the contents of its parts.
///
/// # Errors
/// [`Failure::Output`] when one can't be read again.
pub fn sources(
    export: &Export,
    bytes: &[&[u8]],
    publisher: &Publisher,
) -> Result<Vec<SourceFile>, Failure> {
    let mut sources = Vec::new();
    let mut archives: Vec<&Path> = Vec::new();
    for (index, part) in export.parts.iter().enumerate() {
        // Streamed files aren't in memory.
        let bytes = bytes.get(index).copied();
        let (name, path) = match part {
            Part::Stdin => (None, None),
            Part::File(path) => (path.file_name(), Some(path)),
            Part::Packed { archive: path, .. } | Part::Channel { database: path, .. } => {
                if archives.contains(&path.as_path()) {
                    continue;
                }
                archives.push(path);
                (path.file_name(), Some(path))
            }
        };
        let hashed = match (path, bytes) {
            (None, _) => hash::reader(&mut stdin::open()),
            // The content of a compressed file differs from the file.
            (Some(path), Some(bytes)) if is_long(path, bytes.len()) => Ok(hash::bytes(bytes)),
            (Some(path), _) => hash::file(path),
        };
        let (length, sha256) = hashed.map_err(|error| {
            Failure::output(
                format!("cannot read `{}` again: {error}", part.shown()),
                "don't change exports while they are read",
            )
        })?;
        sources.push(SourceFile {
            name: match name.filter(|_| !publisher.anonymizes()) {
                Some(name) => Some(
                    publisher
                        .redacted(&name.to_string_lossy())
                        .map_err(|error| Failure::option(&error))?,
                ),
                None => None,
            },
            bytes: length,
            sha256,
        });
    }
    Ok(sources)
}

fn is_long(path: &Path, length: usize) -> bool {
    path.metadata()
        .is_ok_and(|file| file.len() == length as u64)
}
