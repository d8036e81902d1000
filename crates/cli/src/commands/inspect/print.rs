//! The summary of an export, as text.

use std::fmt::Display;
use std::io::{self, Write};

use super::summary::{Media, Summary};
use crate::engine::sanitize::printable;

/// The column that values start in.
const COLUMN: usize = 12;
/// The number of missing files that are listed.
const MOST_NAMED: usize = 5;

/// Prints a summary.
pub fn print(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    for (label, value) in lines(summary) {
        writeln!(out, "{label:COLUMN$}{}", printable(&value))?;
    }
    Ok(())
}

/// The lines of a summary, each with its label.
fn lines(summary: &Summary) -> Vec<(&'static str, String)> {
    let mut lines = vec![("files", summary.files.join(", "))];
    lines.extend(origin(summary));
    lines.extend(contents(summary));
    lines.extend(media(&summary.media));
    lines
}

/// Where the messages come from.
fn origin(summary: &Summary) -> Vec<(&'static str, String)> {
    let mut lines = Vec::new();
    if let Some(server) = &summary.server {
        lines.push(("server", server.clone()));
    }
    let channel = &summary.channel;
    let mut name = if channel.name.is_empty() {
        channel.id.clone()
    } else {
        channel.name.clone()
    };
    if let Some(parent) = &channel.parent {
        name = format!("{name} in {parent}");
    }
    if let Some(kind) = &channel.kind {
        name = format!("{name} ({kind})");
    }
    lines.push(("channel", name));
    if let Some(topic) = &channel.topic {
        lines.push(("topic", topic.clone()));
    }
    let exported = summary.exported.as_ref().map(|time| format!(", {time}"));
    let exported = exported.unwrap_or_default();
    lines.push(("source", format!("{}{exported}", summary.source)));
    lines
}

/// Messages, their dates, people, kinds and parts.
fn contents(summary: &Summary) -> Vec<(&'static str, String)> {
    let left_out = match summary.filtered_out {
        0 => String::new(),
        count => format!(" ({count} left out by the filter)"),
    };
    let (messages, days) = (summary.messages, summary.days);
    let mut lines = vec![(
        "messages",
        format!("{messages} on {days} {}{left_out}", plural(days, "day")),
    )];
    if let (Some(first), Some(last)) = (&summary.first, &summary.last) {
        lines.push(("dates", format!("{first} to {last}")));
    }
    for (index, person) in summary.people.iter().enumerate() {
        let label = if index == 0 { "people" } else { "" };
        let bot = if person.bot { " (app)" } else { "" };
        lines.push((
            label,
            format!("{:>6}  {}{bot}", person.messages, person.name),
        ));
    }
    if !summary.kinds.is_empty() {
        lines.push(("kinds", counted(&summary.kinds)));
    }
    if !summary.parts.is_empty() {
        let parts = summary.parts.iter();
        let named: Vec<_> = parts
            .map(|(name, count)| (number(*count, name), count))
            .collect();
        lines.push((
            "parts",
            counted(named.iter().map(|(name, count)| (name, *count))),
        ));
    }
    lines
}

/// The number of pictures that can be drawn, and the first ones that can't.
fn media(media: &Media) -> Vec<(&'static str, String)> {
    let lists = [
        ("missing", &media.missing),
        ("refused", &media.refused),
        ("damaged", &media.damaged),
        ("too large", &media.too_large),
        ("unsupported", &media.unsupported),
    ];
    let figures: Vec<_> = [
        ("in the media folder", media.found),
        ("on the network", media.remote),
    ]
    .into_iter()
    .chain(lists.map(|(name, urls)| (name, urls.len())))
    .filter(|(_, count)| *count > 0)
    .collect();
    let mut lines = Vec::new();
    if !figures.is_empty() {
        lines.push((
            "media",
            counted(figures.iter().map(|(name, count)| (name, count))),
        ));
    }
    for (label, urls) in lists {
        for (index, url) in urls.iter().take(MOST_NAMED).enumerate() {
            lines.push((if index == 0 { label } else { "" }, url.clone()));
        }
        if urls.len() > MOST_NAMED {
            let more = urls.len() - MOST_NAMED;
            lines.push(("", format!("and {more} more (see --json)")));
        }
    }
    lines
}

/// The name of many things, in the singular if there is one.
fn number(count: usize, plural: &str) -> String {
    match plural.strip_suffix("ies") {
        _ if count != 1 => plural.to_owned(),
        Some(stem) => format!("{stem}y"),
        None => plural.strip_suffix('s').unwrap_or(plural).to_owned(),
    }
}

/// A list of counted things, such as `3 replies, 1 poll`.
fn counted<'c, N: Display + 'c>(counts: impl IntoIterator<Item = (&'c N, &'c usize)>) -> String {
    let list: Vec<_> = counts
        .into_iter()
        .map(|(name, count)| format!("{count} {name}"))
        .collect();
    list.join(", ")
}

/// A word, in the plural unless the count is one.
fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        word.to_owned()
    } else {
        format!("{word}s")
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn one_thing_is_named_in_the_singular() {
        assert_eq!(number(1, "replies"), "reply");
        assert_eq!(number(1, "pins"), "pin");
        assert_eq!(number(2, "replies"), "replies");
    }
}
