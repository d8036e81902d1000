//! The facts of an archive as a whole.

use std::collections::{BTreeSet, HashMap};

use super::survey::Surveyed;
use crate::engine::Locale;
use crate::engine::facts::{Contained, Counts, Facts, Period, Writer};
use crate::engine::sanitize::title as sanitized;

/// The combined facts of all channels. `left_out` is the number of messages that the filters
/// removed from channels of which nothing is shown.
pub fn total(found: &[Surveyed], left_out: usize) -> Facts {
    let mut all = Facts {
        left_out,
        ..Facts::default()
    };
    let mut servers = Vec::new();
    let mut zones = BTreeSet::new();
    let (mut first, mut last) = (None, None);
    for one in found {
        let facts = &one.facts;
        for source in &facts.sources {
            if !all.sources.contains(source) {
                all.sources.push(source.clone());
            }
        }
        all.exporter = facts.exporter;
        all.exported = all.exported.max(facts.exported.clone());
        if !servers.contains(&facts.server) {
            servers.push(facts.server.clone());
        }
        zones.insert(facts.zone.clone());
        all.anonymized |= facts.anonymized;
        add(&mut all.counts, facts.counts);
        all.missing.extend(facts.missing.iter().cloned());
        all.left_out += facts.left_out;
        if all.filters.is_empty() {
            all.filters.clone_from(&facts.filters);
        }
        let (earliest, latest) = (ends(one, true), ends(one, false));
        if earliest.is_some() && (first.is_none() || earliest < first) {
            first = earliest;
        }
        last = last.max(latest);
        all.channels.push(Contained {
            channel: facts.channel.clone(),
            server: facts.server.clone(),
            period: facts.period.clone(),
            counts: facts.counts,
            left_out: facts.left_out,
        });
    }
    all.people = people(found);
    all.counts.people = all.people.len();
    if let [server] = &mut servers[..] {
        all.server = server.take();
    }
    if zones.len() == 1 {
        all.zone = zones.pop_first().flatten();
    }
    all.period = first
        .zip(last)
        .map(|((_, first), (_, last))| Period { first, last });
    all
}

/// The first or last time of a channel, for comparison and as text.
fn ends(one: &Surveyed, first: bool) -> Option<(i64, String)> {
    let (start, end) = one.times.as_ref()?;
    let period = one.facts.period.as_ref()?;
    Some(if first {
        (start.0, period.first.clone())
    } else {
        (end.0, period.last.clone())
    })
}

fn add(all: &mut Counts, one: Counts) {
    all.messages += one.messages;
    all.edited += one.edited;
    all.files += one.files;
    all.missing_files += one.missing_files;
}

/// The authors of all channels, those with most messages first.
fn people(found: &[Surveyed]) -> Vec<Writer> {
    let mut all: Vec<Writer> = Vec::new();
    let mut known: HashMap<(&str, &str), usize> = HashMap::new();
    for writer in found.iter().flat_map(|one| &one.facts.people) {
        // People without an id are distinguished by name.
        let key = if writer.id.is_empty() {
            ("", writer.name.as_str())
        } else {
            (writer.id.as_str(), "")
        };
        match known.get(&key) {
            None => {
                known.insert(key, all.len());
                all.push(writer.clone());
            }
            Some(&at) => {
                let person = &mut all[at];
                person.messages += writer.messages;
                if writer.first.is_some() {
                    let earlier = person
                        .first
                        .take()
                        .filter(|first| Some(first) < writer.first.as_ref());
                    person.first = earlier.or_else(|| writer.first.clone());
                }
                person.last = person.last.take().max(writer.last.clone());
            }
        }
    }
    all.sort_by_key(|person| std::cmp::Reverse(person.messages));
    all
}

/// The title of an archive: its servers.
pub fn title(all: &Facts, lang: &Locale) -> String {
    let mut names: Vec<String> = Vec::new();
    for one in &all.channels {
        let name = match &one.server {
            Some(server) => sanitized(&server.name),
            None => lang.text("direct-messages").to_owned(),
        };
        if !name.is_empty() && !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(", ")
}
