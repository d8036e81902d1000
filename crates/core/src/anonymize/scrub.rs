//! Replaces collected names, and blacks out passages.

use std::cmp::Ordering;
use std::ops::Range;

use super::field::{Field, Ids, file_name};
use super::fold::{Folded, Folds};
use super::kind::Kind;
use super::learn::{key, untagged};
use super::names::Found;
use super::pseudonyms::Pseudonyms;
use super::redact::{MARK, Redaction};
use super::report::Report;
use super::scan::{Shape, Span, scan};
use super::{NOWHERE, facts, named};
use crate::json::Json;
use crate::model::{Extra, Person, Spot, Transcript, Visit, Walk};
use crate::order::sort_by;
use crate::text::Text;

/// Replaces names and ids by those of `known`, if any, and blacks out passages.
pub fn scrub(
    transcript: &mut Transcript,
    known: Option<&Pseudonyms>,
    redaction: &Redaction,
    folds: &Folds,
) -> Report {
    let mut scrubber = Scrubber::new(known, redaction, folds);
    if let Some(known) = known {
        for system in transcript.messages.iter_mut().flat_map(facts) {
            if let Some((kind, key)) = named(system)
                && let Some(alias) = scrubber.alias(known.find(kind, key))
            {
                system.name = alias.to_owned().into();
            }
        }
    }
    let people = known.map(|_| std::mem::take(&mut transcript.people));
    transcript.walk(NOWHERE, &mut scrubber);
    if let (Some(known), Some(people)) = (known, people) {
        transcript.people = people
            .iter()
            .map(|person| scrubber.stranger(known, person))
            .collect();
        transcript.anonymized = true;
    }
    scrubber.report
}

/// A text with its passages blacked out, if it has any.
pub fn redacted(text: &str, redaction: &Redaction, folds: &Folds) -> Option<String> {
    Scrubber::new(None, redaction, folds).clean(text)
}

struct Scrubber<'s> {
    known: Option<&'s Pseudonyms>,
    redaction: &'s Redaction<'s>,
    folds: &'s Folds,
    ids: Ids,
    report: Report,
    // Buffers that are reused from text to text.
    folded: Vec<Folded>,
    found: Vec<Found>,
    spans: Vec<Span>,
    cuts: Vec<Cut>,
    joined: Vec<Cut>,
}

/// A passage to replace.
#[derive(Clone, Debug)]
struct Cut {
    start: usize,
    end: usize,
    /// Its priority among overlapping passages: the lowest wins, then the longest.
    rank: (u8, usize),
    with: With,
    /// Whether it is in an address.
    in_address: bool,
}

/// The replacement of a passage.
#[derive(Clone, Copy, Debug)]
enum With {
    /// The pseudonym of this number.
    Alias(u32),
    /// The number for the id at this position.
    Id(usize, usize),
    /// A bar.
    Bar,
    /// The suffix that disables an address.
    Nowhere,
}

impl<'a> Visit<'a> for Scrubber<'_> {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        let Some(field) = self.ids.field(spot, text) else {
            return;
        };
        let Some(known) = self.known else {
            if !matches!(field, Field::Id | Field::Fixed) {
                let is_address = spot.field == "url" || spot.field.ends_with("_url");
                if let Some(clean) = self.clean(text) {
                    // A partial address is useless, and the rest may identify people.
                    *text = if is_address {
                        Text::default()
                    } else {
                        clean.into()
                    };
                }
            }
            return;
        };
        match field {
            Field::Id => {
                self.report.ids += 1;
                *text = known.id(text).into();
            }
            Field::Dropped => *text = Text::default(),
            Field::Name(Kind::Emoji) if !self.ids.is_custom(spot, text) => {}
            Field::Name(kind) => {
                let alias = self.alias(known.find(kind, self.ids.key(spot, kind, text)));
                let alias = alias.unwrap_or_default();
                *text = match kind {
                    Kind::File => file_name(text, alias),
                    _ => alias.to_owned(),
                }
                .into();
            }
            Field::Written => {
                let alias = self.alias(known.find_written(text)).unwrap_or_default();
                *text = alias.to_owned().into();
            }
            Field::Text => {
                if let Some(clean) = self.clean(text) {
                    *text = clean.into();
                }
            }
            Field::Fixed => {}
        }
    }

    fn extra(&mut self, extra: &mut Extra<'a>) {
        if self.known.is_some() {
            extra.clear();
        } else {
            extra.iter_mut().for_each(|(_, json)| self.json(json));
        }
    }

    fn json(&mut self, json: &mut Json<'a>) {
        match json {
            Json::Str(text) if self.known.is_none() => {
                if let Some(clean) = self.clean(text) {
                    *text = clean.into();
                }
            }
            // In raw JSON, numbers may stay, but not names.
            Json::Str(_) | Json::UInt(_) => *json = Json::Null,
            Json::Int(number) if *number > 1_000_000_000 => *json = Json::Null,
            Json::Array(items) => items.iter_mut().for_each(|item| self.json(item)),
            Json::Object(members) => members.iter_mut().for_each(|(_, value)| self.json(value)),
            _ => {}
        }
    }
}

impl<'s> Scrubber<'s> {
    fn new(known: Option<&'s Pseudonyms>, redaction: &'s Redaction<'s>, folds: &'s Folds) -> Self {
        Self {
            known,
            redaction,
            folds,
            ids: Ids::default(),
            report: Report::default(),
            folded: Vec::new(),
            found: Vec::new(),
            spans: Vec::new(),
            cuts: Vec::new(),
            joined: Vec::new(),
        }
    }

    /// A pseudonym, counted.
    fn alias(&mut self, found: Option<u32>) -> Option<&'s str> {
        let entity = self.known?.entities.get(found? as usize)?;
        self.report.replaced[entity.kind() as usize] += 1;
        Some(entity.alias())
    }

    /// A person, reduced to a pseudonym and what messages show.
    fn stranger<'a>(&mut self, known: &Pseudonyms, person: &Person<'a>) -> Person<'a> {
        let alias = self.alias(known.find_person(person)).unwrap_or_default();
        let name = Text::from(alias.to_owned());
        Person {
            id: known.id(&person.id).into(),
            username: name.clone(),
            display: name,
            color: person.color,
            colors: person.colors.clone(),
            bot: person.bot,
            system: person.system,
            webhook: person.webhook,
            ..Person::default()
        }
    }

    /// A text with everything replaced, if there is anything.
    fn clean(&mut self, text: &str) -> Option<String> {
        self.cuts.clear();
        self.spans.clear();
        self.folds.fold(text, &mut self.folded);
        if !self.redaction.is_empty() {
            self.redact(text);
            self.join();
            std::mem::swap(&mut self.cuts, &mut self.joined);
        }
        if self.known.is_some() || !self.redaction.is_empty() {
            scan(text, &mut self.spans);
            self.shapes(text);
        }
        if let Some(known) = self.known {
            self.found.clear();
            known.names.find(text, &self.folded, &mut self.found);
            for found in &self.found {
                if found.stays {
                    self.report.stay(found.target);
                    continue;
                }
                self.cuts.push(Cut {
                    start: found.start,
                    end: found.end,
                    rank: (NAME, usize::MAX - 1 - (found.end - found.start) * 2),
                    with: With::Alias(found.target),
                    in_address: false,
                });
            }
        }
        if self.cuts.is_empty() {
            return None;
        }
        self.join();
        self.divert();
        Some(self.write(text))
    }

    /// Records passages to black out.
    fn redact(&mut self, text: &str) {
        let cuts = &mut self.cuts;
        let mut cut = |start: usize, end: usize| {
            if start < end && text.is_char_boundary(start) && text.is_char_boundary(end) {
                cuts.push(Cut {
                    start,
                    end,
                    rank: (BARS, 0),
                    with: With::Bar,
                    in_address: false,
                });
            }
        };
        // The marker in the original text would be mistaken for a bar.
        for (at, mark) in text.match_indices(MARK) {
            cut(at, at + mark.len());
        }
        self.found.clear();
        self.redaction
            .words()
            .find(text, &self.folded, &mut self.found);
        for found in &self.found {
            cut(found.start, found.end);
        }
        self.redaction.find(text, &mut |at| cut(at.start, at.end));
    }

    /// Whether something in this range is blacked out: that applies to the first `bars`
    /// passages, which are sorted.
    fn is_barred(&self, bars: usize, at: &Range<usize>) -> bool {
        let before = self.cuts[..bars].partition_point(|bar| bar.start < at.end);
        before > 0 && self.cuts[before - 1].end > at.start
    }

    /// Records what is recognised by its shape.
    fn shapes(&mut self, text: &str) {
        let bars = self.cuts.len();
        for span in &self.spans {
            let at = span.at.clone();
            let shown = &text[at.clone()];
            // An emoji or command token can't be blacked out by half.
            let token = match span.shape {
                Shape::Emoji(_) | Shape::Command if self.is_barred(bars, &at) => {
                    let start = text[..at.start].rfind('<').unwrap_or(at.start);
                    let end = text[at.end..]
                        .find('>')
                        .map_or(at.end, |end| at.end + end + 1);
                    Some(start..end)
                }
                _ => None,
            };
            if token.is_some() || self.redaction.takes(&span.shape) {
                let at = token.unwrap_or(at);
                self.cuts.push(Cut {
                    start: at.start,
                    end: at.end,
                    rank: (BARS, 0),
                    with: With::Bar,
                    in_address: false,
                });
                continue;
            }
            let Some(known) = self.known else { continue };
            let (rank, length, with) = match &span.shape {
                Shape::Url(_) => continue,
                Shape::Id => (SHAPE, 0, Some(With::Id(at.start, at.end))),
                Shape::Emoji(id) => {
                    let found = known.find(Kind::Emoji, &text[id.clone()]);
                    (SHAPE, 0, found.map(With::Alias))
                }
                Shape::Handle => (NAME, at.len(), known.find_written(shown).map(With::Alias)),
                Shape::Tag => {
                    let name = untagged(shown);
                    (NAME, name.len(), known.find_written(name).map(With::Alias))
                }
                other => {
                    let found = other
                        .kind()
                        .and_then(|kind| known.find(kind, &key(kind, shown)));
                    (SHAPE, 0, found.map(With::Alias))
                }
            };
            if let Some(with) = with {
                self.cuts.push(Cut {
                    start: at.start,
                    end: at.end,
                    rank: (rank, usize::MAX - length * 2),
                    with,
                    in_address: false,
                });
            }
        }
    }

    /// Merges overlapping passages, so that nothing of any is left.
    fn join(&mut self) {
        let mut cuts = std::mem::take(&mut self.cuts);
        sort_by(&mut cuts, by_place);
        self.joined.clear();
        for cut in cuts.drain(..) {
            match self.joined.last_mut().filter(|last| cut.start < last.end) {
                Some(last) => {
                    last.end = last.end.max(cut.end);
                    if cut.rank < last.rank {
                        (last.rank, last.with) = (cut.rank, cut.with);
                    }
                }
                None => self.joined.push(cut),
            }
        }
        self.cuts = cuts;
    }

    /// Disables addresses in which a name was replaced: with another name, an address may be
    /// somebody else's.
    fn divert(&mut self) {
        let mut next = 0;
        let mut diverted = Vec::new();
        for span in &self.spans {
            let Shape::Url(host) = span.shape else {
                continue;
            };
            while self
                .joined
                .get(next)
                .is_some_and(|cut| cut.end <= span.at.start)
            {
                next += 1;
            }
            let mut changed = false;
            let mut at = host;
            while let Some(cut) = self
                .joined
                .get_mut(next)
                .filter(|cut| cut.start < span.at.end)
            {
                cut.in_address = true;
                changed |= matches!(cut.with, With::Alias(target) if self.known.is_some_and(|known| {
                    known.entities[target as usize].kind() != Kind::File
                }));
                if cut.start < host {
                    at = at.max(cut.end);
                }
                next += 1;
            }
            if changed {
                diverted.push(Cut {
                    start: at,
                    end: at,
                    rank: (NAME, 0),
                    with: With::Nowhere,
                    in_address: true,
                });
            }
        }
        if !diverted.is_empty() {
            self.joined.append(&mut diverted);
            // After passages that end there.
            sort_by(&mut self.joined, by_place);
        }
    }

    fn write(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for cut in std::mem::take(&mut self.joined) {
            out.push_str(&text[done..cut.start]);
            done = cut.end;
            let shown = &text[cut.start..cut.end];
            match cut.with {
                With::Nowhere => out.push_str(NOWHERE_HOST),
                With::Bar => {
                    self.report.redacted += 1;
                    out.push(MARK);
                }
                With::Id(start, end) => {
                    self.report.ids += 1;
                    let id = self.known.map(|known| known.id(&text[start..end]));
                    out.push_str(&id.unwrap_or_default());
                }
                With::Alias(target) => {
                    let alias = self.alias(Some(target)).unwrap_or_default();
                    let entity = self.known.map(|known| &known.entities[target as usize]);
                    if entity.is_some_and(|entity| entity.kind() == Kind::File) {
                        out.push_str(&file_name(
                            shown.split('?').next().unwrap_or_default(),
                            alias,
                        ));
                    } else if cut.in_address {
                        let letters = alias.chars().map(|c| c.to_ascii_lowercase());
                        out.extend(letters.map(|c| if c == ' ' { '-' } else { c }));
                    } else {
                        out.push_str(alias);
                    }
                }
            }
            marks(shown, &mut out);
        }
        out.push_str(&text[done..]);
        out
    }
}

/// The order of passages; an empty one comes after a passage that ends there.
fn by_place(a: &Cut, b: &Cut) -> Ordering {
    (a.start, a.end).cmp(&(b.start, b.end))
}

/// Ranks of passages.
const BARS: u8 = 0;
const SHAPE: u8 = 1;
const NAME: u8 = 2;

/// Appended to the host of an address with a pseudonym, so that it belongs to nobody.
const NOWHERE_HOST: &str = ".example";

/// Keeps the Markdown marks within a passage, because they have partners outside.
fn marks(shown: &str, out: &mut String) {
    if !shown.contains(['*', '~', '|', '`', '_']) {
        return;
    }
    let mut rest = shown;
    while let Some(at) = rest.find(['*', '~', '|', '`', '_']) {
        let mark = rest.as_bytes()[at];
        let length = rest[at..].bytes().take_while(|b| *b == mark).count();
        // One underscore is part of a name.
        if mark != b'_' || length > 1 {
            out.push_str(&rest[at..at + length]);
        }
        rest = &rest[at + length..];
    }
}
