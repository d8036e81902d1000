//! The context that all exports of a run share for publication: pseudonyms, and passages to
//! black out.

mod keyed;

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Mutex, OnceLock};

use regex::Regex;
use scrollback_core::anonymize::{
    Entity, Kind, NAMED, Naming, Pattern, Pseudonyms, Publishing, Report, check_redactions,
    is_expression, redacted,
};
use scrollback_core::filter::Filter;
use scrollback_core::{Archive, Error, Options, Selection};
use serde::Serialize;

use crate::args::RenderArgs;
use crate::failure::{Failure, Message};
use crate::input::{Bytes, Export, Pieces};
use crate::output;
use crate::report::Warnings;
use keyed::Keyed;

/// The name of outputs whose own name would give something away.
const NEUTRAL: &str = "transcript";

/// What is removed from the exports of a run.
#[derive(Default)]
pub struct Publisher {
    anonymizes: bool,
    /// Several exports are anonymised, so their names are collected beforehand.
    is_one_of_several: bool,
    pseudonyms: OnceLock<Pseudonyms>,
    /// The names of a run's only export are collected when it is read.
    untaught: Mutex<Option<Pseudonyms>>,
    words: Vec<String>,
    patterns: Vec<Box<dyn Pattern>>,
    map: Option<PathBuf>,
    /// The exports by display name, and the suffixes that distinguish outputs of the same
    /// channel, or of none.
    places: Vec<(String, Option<usize>)>,
    /// What was removed; nothing until an export is read.
    report: Mutex<Option<Report>>,
}

impl Publisher {
    /// Checks the options.
    ///
    /// # Errors
    /// [`Failure::Usage`] for options that need `--anonymize`, a key that can't be read or is
    /// too short, and invalid passages.
    pub fn check(args: &RenderArgs) -> Result<(), Failure> {
        let args = &args.publish;
        let needs_names = [("--key", &args.key), ("--map", &args.map)];
        for (option, given) in needs_names {
            if given.is_some() && !args.anonymize {
                return Err(Failure::usage(
                    format!("`{option}` needs `--anonymize`, which is not set"),
                    format!("add `--anonymize`, or leave out `{option}`"),
                ));
            }
        }
        if let Some(path) = &args.key {
            Keyed::read(path)?;
        }
        redactions(&args.redact).map(|_| ())
    }

    /// Reads all exports of a run, so that they share their pseudonyms. Exports that can't be
    /// read are reported when they are rendered.
    ///
    /// # Errors
    /// As [`Publisher::check`].
    pub fn new<'e>(
        args: &RenderArgs,
        options: &Options,
        exports: impl Iterator<Item = &'e Export>,
    ) -> Result<Self, Failure> {
        let (words, patterns) = redactions(&args.publish.redact)?;
        let mut publisher = Self {
            words,
            patterns,
            map: args.publish.map.clone(),
            ..Self::default()
        };
        if !args.publish.anonymize {
            if publisher.takes_out() {
                publisher.tell_apart(exports);
            }
            return Ok(publisher);
        }
        let key = args.publish.key.as_deref().map(Keyed::read).transpose()?;
        let naming = key.map(|key| Box::new(key) as Box<dyn Naming>);
        let mut pseudonyms = Pseudonyms::new(naming);
        publisher.anonymizes = true;
        let exports: Vec<&Export> = exports.collect();
        if exports.len() == 1 {
            publisher.untaught = Mutex::new(Some(pseudonyms));
            return Ok(publisher);
        }
        publisher.is_one_of_several = true;
        let mut channels: Vec<String> = Vec::new();
        for export in exports {
            let bytes;
            let archive = match Pieces::of(export).filter(|_| options.filter != Filter::default()) {
                Some(pieces) => pieces.read(options, &|_| true),
                None => {
                    bytes = Bytes::read(export).unwrap_or_default();
                    bytes.archive(options)
                }
            };
            let Ok(mut archive) = archive else {
                continue;
            };
            archive.teach(&mut pseudonyms);
            let channel = archive.transcript().channel.as_ref();
            let key = channel.map(|channel| format!("{}\0{}", channel.id, channel.name));
            let key = key.unwrap_or_default();
            let before = channels.iter().filter(|known| **known == key).count();
            channels.push(key);
            publisher
                .places
                .push((export.shown(), (before > 0).then_some(before + 1)));
        }
        pseudonyms.finish();
        publisher.pseudonyms = OnceLock::from(pseudonyms);
        Ok(publisher)
    }

    /// Numbers exports whose names are the same once passages are redacted.
    fn tell_apart<'e>(&mut self, exports: impl Iterator<Item = &'e Export>) {
        let mut names: Vec<String> = Vec::new();
        for export in exports {
            let name = self.redacted_name(export);
            let before = names.iter().filter(|known| **known == name).count();
            if name != export.name && before > 0 {
                self.places.push((export.shown(), Some(before + 1)));
            }
            names.push(name);
        }
    }

    /// The name of an export's files with passages redacted.
    fn redacted_name(&self, export: &Export) -> String {
        // Invalid passages were reported before anything was read.
        self.redacted(&export.name)
            .unwrap_or_else(|_| NEUTRAL.to_owned())
    }

    /// Checks that the names of an export are known, or will be once it is read.
    ///
    /// # Errors
    /// [`Failure::Usage`] if one of several exports couldn't be read beforehand.
    pub fn check_names(&self, export: &Export) -> Result<(), Failure> {
        // The names of a single export are collected while it is rendered.
        let is_known = !self.is_one_of_several
            || self
                .places
                .iter()
                .any(|(shown, _)| *shown == export.shown());
        if is_known {
            return Ok(());
        }
        Err(Failure::usage(
            format!(
                "the names in `{}` could not be learnt together with those of the other exports",
                export.shown()
            ),
            "check it with `scrollback inspect`, or anonymize it alone",
        ))
    }

    /// Collects the names of a run's only export.
    pub fn learn(&self, archive: &mut Archive) {
        let Ok(()) = self.learn_from(|pseudonyms| {
            archive.teach(pseudonyms);
            Ok::<(), std::convert::Infallible>(())
        });
    }

    /// Collects the names of a run's only export, volume by volume: `teach` is called with the
    /// collector.
    ///
    /// # Errors
    /// When `teach` fails.
    pub fn learn_from<E>(
        &self,
        teach: impl FnOnce(&mut Pseudonyms) -> Result<(), E>,
    ) -> Result<(), E> {
        let untaught = self.untaught.lock().expect("no panic while held").take();
        if let Some(mut pseudonyms) = untaught {
            teach(&mut pseudonyms)?;
            pseudonyms.finish();
            // There are no other names.
            let _ = self.pseudonyms.set(pseudonyms);
        }
        Ok(())
    }

    /// Whether names are replaced.
    pub fn anonymizes(&self) -> bool {
        self.anonymizes
    }

    /// Whether anything is removed at all.
    pub fn takes_out(&self) -> bool {
        self.anonymizes || !self.words.is_empty() || !self.patterns.is_empty()
    }

    /// The texts of warnings, which quote the export; `None` if anything is removed.
    pub fn quoted(&self, warnings: &Warnings) -> Option<Vec<String>> {
        (!self.takes_out()).then(|| warnings.texts())
    }

    /// Removes everything from a selection.
    ///
    /// # Errors
    /// When a passage is invalid.
    pub fn publish(&self, selection: &mut Selection) -> Result<(), Error> {
        let report = selection.publish(&Publishing {
            pseudonyms: self.pseudonyms.get(),
            redact: &self.words,
            patterns: &self.patterns,
        })?;
        self.report
            .lock()
            .expect("no panic while held")
            .get_or_insert_default()
            .add(&report);
        Ok(())
    }

    /// A text beside a transcript, with passages blacked out.
    ///
    /// # Errors
    /// When a passage is invalid.
    pub fn redacted(&self, text: &str) -> Result<String, Error> {
        redacted(
            text,
            &Publishing {
                redact: &self.words,
                patterns: &self.patterns,
                ..Publishing::default()
            },
        )
    }

    /// Resets the counts before the exports are read again.
    pub fn forget_report(&self) {
        *self.report.lock().expect("no panic while held") = None;
    }

    /// Writes the file of `--map`, if requested.
    ///
    /// # Errors
    /// [`Failure::Output`] when the file can't be written.
    pub fn write_map(&self) -> Result<(), Failure> {
        let (Some(path), Some(pseudonyms)) = (&self.map, self.pseudonyms.get()) else {
            return Ok(());
        };
        let rows: Vec<Row> = pseudonyms
            .entities()
            .map(|entity| Row::of(entity, pseudonyms))
            .collect();
        let mut json = output::json(&rows, "who is who")?;
        json.push(b'\n');
        output::commit(vec![output::stage_private(path, json)?])
    }

    /// The name of an export's outputs: the file's own name with passages redacted, or the
    /// channel's pseudonym.
    pub fn name<'n>(&self, export: &'n Export, channel: &str) -> Cow<'n, str> {
        if !self.takes_out() {
            return Cow::Borrowed(&export.name);
        }
        let name = match channel {
            _ if !self.anonymizes => self.redacted_name(export),
            "" => NEUTRAL.to_owned(),
            channel => channel.to_owned(),
        };
        let shown = export.shown();
        let place = self.places.iter().find(|(known, _)| *known == shown);
        Cow::Owned(match place {
            Some((_, Some(place))) => format!("{name} ({place})"),
            _ => name,
        })
    }

    /// The report on what was removed, and what to check before publishing. A run that could
    /// read no export has none.
    pub fn notes(&self) -> Vec<Message> {
        let report = self.report.lock().expect("no panic while held");
        let Some(report) = &*report else {
            return Vec::new();
        };
        let mut notes = Vec::new();
        if !self.words.is_empty() || !self.patterns.is_empty() {
            let (note, hint) = match report.redacted {
                0 => (
                    "redacted nothing: nothing matches `--redact`".into(),
                    // The names of kinds have no other spelling: it would be a word.
                    (!only_kinds(&self.words) || !self.patterns.is_empty())
                        .then_some("check how it is spelt"),
                ),
                1 => ("redacted 1 passage".into(), None),
                count => (format!("redacted {count} passages"), None),
            };
            notes.push(Message {
                error: note,
                hints: hint.into_iter().map(Into::into).collect(),
            });
        }
        let Some(pseudonyms) = self.pseudonyms.get() else {
            return notes;
        };
        let counts: Vec<String> = Kind::ALL
            .iter()
            .map(|kind| (report.replaced(*kind), *kind))
            .filter(|(count, _)| *count > 0)
            .map(|(count, kind)| format!("{count} {}", names_of(kind, count)))
            .chain((report.ids > 0).then(|| format!("{} ids", report.ids)))
            .collect();
        let mut hints = vec![
            "check what is left: nicknames that appear in no field, places, employers, and what only \
             one person would say"
                .to_owned(),
        ];
        let stayed = report.stayed(pseudonyms);
        if !stayed.is_empty() {
            let words: Vec<String> = stayed
                .iter()
                .take(MOST_WORDS)
                .map(|(name, times)| format!("“{name}” {times}×"))
                .collect();
            let more = match stayed.len() - words.len() {
                0 => String::new(),
                more => format!(" and {more} others"),
            };
            hints.push(format!(
                "names that are also words were kept where no `@` or `#` precedes them: \
                 {}{more}; `--redact` blacks them out",
                words.join(", ")
            ));
        }
        notes.push(Message {
            error: format!("replaced {}", listed(&counts, "nothing")),
            hints,
        });
        notes
    }
}

/// The number of names that are listed for checking.
const MOST_WORDS: usize = 12;

/// A list as text, or the text for an empty one.
fn listed(things: &[String], none: &str) -> String {
    match things {
        [] => none.to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// The label of a kind in the report.
fn names_of(kind: Kind, count: usize) -> &'static str {
    let (one, several) = match kind {
        Kind::Person => ("name of a person", "names of people"),
        Kind::Guild => ("name of a server", "names of servers"),
        Kind::Channel | Kind::Direct => ("name of a channel", "names of channels"),
        Kind::Category => ("name of a category", "names of categories"),
        Kind::Thread => ("name of a thread", "names of threads"),
        Kind::Role => ("name of a role", "names of roles"),
        Kind::Emoji => ("name of an emoji", "names of emoji"),
        Kind::Sticker => ("name of a sticker", "names of stickers"),
        Kind::Command => ("name of a command", "names of commands"),
        Kind::Title => ("title", "titles"),
        Kind::File => ("file name", "file names"),
        Kind::Mail => ("e-mail address", "e-mail addresses"),
        Kind::Phone => ("telephone number", "telephone numbers"),
        Kind::Ip => ("IP address", "IP addresses"),
        Kind::Invite => ("invitation", "invitations"),
    };
    if count == 1 { one } else { several }
}

/// An entry in the file of `--map`.
#[derive(Serialize)]
struct Row<'e> {
    kind: &'static str,
    pseudonym: &'e str,
    names: &'e [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'e str>,
    /// The id's replacement.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
}

impl<'e> Row<'e> {
    fn of(entity: &'e Entity, pseudonyms: &Pseudonyms) -> Self {
        Self {
            kind: entity.kind().name(),
            pseudonym: entity.alias(),
            names: entity.names(),
            id: entity.id(),
            number: entity.id().map(|id| pseudonyms.id(id)),
        }
    }
}

/// A regular expression of `--redact`.
struct Expression(Regex);

impl Pattern for Expression {
    fn find(&self, text: &str, found: &mut dyn FnMut(Range<usize>)) {
        for passage in self.0.find_iter(text) {
            found(passage.range());
        }
    }
}

/// Whether all of these are kinds of passages, such as `email`, and none is a word.
fn only_kinds(words: &[String]) -> bool {
    words.iter().all(|word| NAMED.contains(&&**word))
}

/// Words and names of kinds of passages, and regular expressions.
type Redactions = (Vec<String>, Vec<Box<dyn Pattern>>);

fn redactions(asked: &[String]) -> Result<Redactions, Failure> {
    let mut words = Vec::new();
    let mut patterns: Vec<Box<dyn Pattern>> = Vec::new();
    for asked in asked {
        if !is_expression(asked) {
            words.push(asked.clone());
            continue;
        }
        let expression = &asked[1..asked.len() - 1];
        let regex = Regex::new(expression).map_err(|error| {
            let reason = error.to_string();
            let reason = reason
                .lines()
                .last()
                .unwrap_or_default()
                .trim_start_matches("error: ")
                .to_owned();
            Failure::usage(
                format!("`--redact` can't read the regular expression `{asked}`: {reason}"),
                "use the syntax of the Rust crate `regex`; `(?i)` at the start ignores case",
            )
        })?;
        if regex.is_match("") {
            return Err(Failure::usage(
                format!("the regular expression `{asked}` of `--redact` also matches empty text"),
                "write one that matches at least one character, for example with `+` instead of `*`",
            ));
        }
        patterns.push(Box::new(Expression(regex)));
    }
    check_redactions(&words).map_err(|error| {
        let message = Failure::option(&error);
        match message {
            Failure::Usage(mut message) => {
                message.hints.push(format!(
                    "write words, `/REGEX/`, or one of {}",
                    NAMED.map(|name| format!("`{name}`")).join(", ")
                ));
                Failure::Usage(message)
            }
            other => other,
        }
    })?;
    Ok((words, patterns))
}
