//! The provenance of an archive, combined from that of its channels.

use std::collections::{BTreeSet, HashMap};

use super::survey::Surveyed;
use crate::engine::Locale;
use crate::engine::provenance::{Contained, Counts, Period, Provenance, Writer};
use crate::engine::sanitize::title as sanitized;

/// The provenance of all channels together. `left_out` is the number of messages that the filters
/// removed from channels of which nothing is shown.
pub fn combined(found: &[Surveyed], left_out: usize) -> Provenance {
    let mut all = Provenance {
        left_out,
        ..Provenance::default()
    };
    let mut servers = Vec::new();
    let mut zones = BTreeSet::new();
    let (mut first, mut last) = (None, None);
    for one in found {
        let provenance = &one.provenance;
        for source in &provenance.sources {
            if !all.sources.contains(source) {
                all.sources.push(source.clone());
            }
        }
        all.exporter = provenance.exporter;
        all.exported = all.exported.max(provenance.exported.clone());
        if !servers.contains(&provenance.server) {
            servers.push(provenance.server.clone());
        }
        zones.insert(provenance.zone.clone());
        all.anonymized |= provenance.anonymized;
        add(&mut all.counts, provenance.counts);
        all.missing.extend(provenance.missing.iter().cloned());
        all.left_out += provenance.left_out;
        if all.filters.is_empty() {
            all.filters.clone_from(&provenance.filters);
        }
        let (earliest, latest) = (ends(one, true), ends(one, false));
        if earliest.is_some() && (first.is_none() || earliest < first) {
            first = earliest;
        }
        last = last.max(latest);
        all.channels.push(Contained {
            channel: provenance.channel.clone(),
            server: provenance.server.clone(),
            period: provenance.period.clone(),
            counts: provenance.counts,
            left_out: provenance.left_out,
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
    let period = one.provenance.period.as_ref()?;
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
    for writer in found.iter().flat_map(|one| &one.provenance.people) {
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
pub fn title(all: &Provenance, lang: &Locale) -> String {
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
