//! Writes `src/emoji/table.txt` from published data sets.
//!
//! ```sh
//! npm pack emojibase-data@17.0.0 discord-emoji@2.5.3   # then unpack both
//! cargo run -p scrollback-core --example emoji-table -- \
//!     emojibase-data/package/en/data.json discord-emoji/package/esm/mod.js \
//!     > crates/core/src/emoji/table.txt
//! ```
//!
//! The first gives every sequence of Unicode 17 with its tones (MIT, Miles Johnson); the second gives
//! Discord's own shortcodes (MIT, Samuel Voeller and Marek Kulik). Emoji newer than the second are named after
//! their CLDR label, as Discord has done for every release since Unicode 13.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;

/// The variation selector that asks for emoji style; sequences are stored without it.
const EMOJI_STYLE: char = '\u{FE0F}';

/// What the table says of one sequence.
#[derive(Default)]
struct Entry {
    tones: usize,
    text_style: bool,
    /// The one character that a spelled-out pair is toned from.
    pair_of: Option<String>,
    names: Vec<String>,
}

fn is_tone(c: char) -> bool {
    ('\u{1F3FB}'..='\u{1F3FF}').contains(&c)
}

fn bare(sequence: &str) -> String {
    sequence.chars().filter(|&c| c != EMOJI_STYLE).collect()
}

fn untoned(sequence: &str) -> String {
    sequence
        .chars()
        .filter(|&c| c != EMOJI_STYLE && !is_tone(c))
        .collect()
}

/// `flag: Sark` -> `flag_sark`, the way Discord makes names of labels.
fn name_of_label(label: &str) -> String {
    let words = label
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

fn main() -> Result<(), Box<dyn Error>> {
    let usage = "usage: emoji-table <emojibase data.json> <discord-emoji mod.js>";
    let mut args = std::env::args().skip(1);
    let data = fs::read_to_string(args.next().ok_or(usage)?)?;
    let names = fs::read_to_string(args.next().ok_or(usage)?)?;
    let data: Vec<serde_json::Value> = serde_json::from_str(&data)?;

    let mut entries = BTreeMap::<String, Entry>::new();
    let mut labels = BTreeMap::new();
    for emoji in &data {
        let sequence = emoji["emoji"].as_str().ok_or("an emoji without `emoji`")?;
        labels.insert(
            bare(sequence),
            emoji["label"].as_str().unwrap_or_default().to_owned(),
        );
        // `type` 0 is what Unicode draws as text unless U+FE0F follows.
        entries.entry(bare(sequence)).or_default().text_style = emoji["type"] == 0;
        for skin in emoji["skins"].as_array().into_iter().flatten() {
            let skin = skin["emoji"].as_str().ok_or("a skin without `emoji`")?;
            let tones = skin.chars().filter(|&c| is_tone(c)).count();
            // A mixed-tone pair may spell out two people where the untoned emoji is one character, so the toned
            // form's own skeleton is listed too.
            for key in [bare(sequence), untoned(skin)] {
                let entry = entries.entry(key.clone()).or_default();
                entry.tones = entry.tones.max(tones);
                if key != bare(sequence) {
                    entry.pair_of.get_or_insert_with(|| bare(sequence));
                }
            }
        }
    }
    for line in names.lines() {
        let Some((name, emoji)) = line.trim().trim_end_matches(',').split_once("\": \"") else {
            continue;
        };
        let (name, emoji) = (name.trim_start_matches('"'), emoji.trim_end_matches('"'));
        // Toned names are the plain name and a suffix; `shortcode` puts them together.
        if emoji.chars().count() > 1 && emoji.chars().any(is_tone) {
            continue;
        }
        let entry = entries.entry(bare(emoji)).or_default();
        if !entry.names.iter().any(|n| n == name) {
            entry.names.push(name.to_owned());
        }
    }
    for (sequence, entry) in &entries {
        let mut names = entry.names.clone();
        if names.is_empty() {
            let label = labels
                .get(sequence)
                .map(|l| name_of_label(l))
                .unwrap_or_default();
            let pair = entry
                .pair_of
                .as_ref()
                .and_then(|p| entries.get(p)?.names.first().cloned());
            names.push(pair.unwrap_or(label));
        }
        let pair = entry.names.is_empty() && entry.pair_of.is_some();
        let style = if pair {
            "p"
        } else if entry.text_style {
            "v"
        } else {
            ""
        };
        println!("{sequence} {}{style} {}", entry.tones, names.join(" "));
    }
    Ok(())
}
