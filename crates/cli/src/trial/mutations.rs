//! Tests that exports become pages and HTML whatever their fields contain, and that messages
//! are simplified only because of Typst's own limits.
//!
//! A mutation depends only on its number. `SCROLLBACK_MUTATIONS` of them are tried, from
//! `SCROLLBACK_FIRST_MUTATION` on:
//!
//! ```sh
//! SCROLLBACK_MUTATIONS=100000 cargo test -p scrollback --bin scrollback mutated
//! ```

use std::collections::BTreeMap;
use std::env;
use std::ops::Range;

use serde_json::{Map, Value, json};

use super::mutation::{self, Mutations, Random, changed, places, samples, shown};
use super::{Trial, Written};
use crate::engine::LayoutWarnings;

/// The default number of mutations.
const USUAL: usize = 3_000;
/// The number of messages that are laid out together.
const BATCH: usize = 200;
/// One batch in this many also has a mutation outside of its messages.
const AROUND: usize = 4;

/// Typst's errors for its own limits.
const LIMITS: [&str; 1] = ["maximum grouping depth exceeded"];

/// A sample, and the mutations of its messages.
struct Sample {
    head: Map<String, Value>,
    places: Vec<Vec<String>>,
    mutations: Mutations,
}

impl Sample {
    fn new(mut export: Map<String, Value>) -> Self {
        let messages = export.remove("messages").unwrap_or_default();
        export.remove("messageCount");
        Self {
            places: places(&Value::Object(export.clone())),
            head: export,
            mutations: Mutations::new(messages.as_array().expect("a list")),
        }
    }

    /// An export of mutated messages, with the mutation of each.
    fn export(&self, numbers: Range<usize>) -> (Vec<u8>, BTreeMap<String, String>) {
        let mut whats = BTreeMap::new();
        let mut random = Random(numbers.start as u64);
        let mut head = Value::Object(self.head.clone());
        if random.below(AROUND) == 0 {
            let place = random.pick(&self.places).clone();
            let by = random.pick(&mutation::replacements()).clone();
            whats.insert(
                "around".into(),
                format!("{} = {}", place.join("."), shown(Some(&by))),
            );
            head = changed(&head, &place, Some(&by));
        }
        let mut messages = Vec::new();
        for number in numbers {
            // Consecutive seeds must not give similar sequences.
            let mut random = Random(Random(number as u64).number());
            let (mut message, what) = self.mutations.message(&mut random);
            // Gives each message its own id, unless the id is mutated.
            if !what.contains("id = ")
                && let Value::Object(members) = &mut message
                && members.contains_key("id")
            {
                let id = (4_194_304_000_000 + number).to_string();
                members.insert("id".into(), json!(id));
                whats.insert(id, format!("{number}: {what}"));
            } else {
                whats.insert(format!("({number})"), what);
            }
            messages.push(message);
        }
        if let Value::Object(members) = &mut head {
            members.insert("messages".into(), Value::Array(messages));
        }
        let bytes = serde_json::to_vec(&head).expect("it can be written");
        (bytes, whats)
    }
}

impl Sample {
    /// Tries some mutations, and bisects them if no message can be identified as the cause.
    fn try_all(&self, trial: &Trial, numbers: Range<usize>, found: &mut Vec<String>) {
        let (export, whats) = self.export(numbers.clone());
        let (pages, html) = (trial.pages(&export), trial.html(&export));
        if numbers.len() > 1 && (pages.is_err() || html.is_err()) {
            let before = found.len();
            let middle = numbers.start + numbers.len() / 2;
            self.try_all(trial, numbers.start..middle, found);
            self.try_all(trial, middle..numbers.end, found);
            if found.len() > before {
                return;
            }
        }
        if pages.is_err() || html.is_err() {
            eprintln!("{}", String::from_utf8_lossy(&export));
        }
        found.extend(faults("pages", pages, &whats));
        found.extend(faults("html", html, &whats));
    }
}

/// The failures of a batch, as text.
fn faults(
    format: &str,
    result: Result<Written, String>,
    whats: &BTreeMap<String, String>,
) -> Vec<String> {
    let plain = |warnings: LayoutWarnings| -> Vec<String> {
        let excused = |reason: &str| LIMITS.iter().any(|limit| reason.contains(limit));
        let refused = warnings
            .plain
            .iter()
            .filter(|(_, (_, reason))| !excused(reason));
        refused
            .map(|(id, (_, reason))| {
                let what = whats.get(id.as_str()).map_or("?", String::as_str);
                format!("{format}, message {id}: {reason} ({what})")
            })
            .collect()
    };
    match result {
        Ok(written) => plain(written.warnings),
        Err(error) => {
            let whats: Vec<_> = whats.values().map(String::as_str).collect();
            vec![format!("{format}: {error} ({})", whats.join(", "))]
        }
    }
}

fn number(name: &str) -> Option<usize> {
    env::var(name).ok()?.parse().ok()
}

#[test]
fn mutated_messages_become_pages_and_html() {
    let count = number("SCROLLBACK_MUTATIONS").unwrap_or(USUAL);
    let first = number("SCROLLBACK_FIRST_MUTATION").unwrap_or_default();
    let trial = Trial::new();
    let samples: Vec<Sample> = samples().into_iter().map(Sample::new).collect();
    let mut found = Vec::new();
    for start in (first..first + count).step_by(BATCH) {
        let end = (start + BATCH).min(first + count);
        let sample = &samples[start / BATCH % samples.len()];
        let before = found.len();
        sample.try_all(&trial, start..end, &mut found);
        for fault in &found[before..] {
            eprintln!("{fault}");
        }
        if count > USUAL {
            eprintln!("{end} of {}", first + count);
        }
    }
    assert!(
        found.is_empty(),
        "{} of {count} mutations failed:\n{}",
        found.len(),
        found.join("\n")
    );
}
