//! The figures of an export for people to read.

use std::fmt::Display;
use std::io::{self, Write};

use super::summary::Summary;
use crate::engine::harmless::printable;

/// The column that values start in.
const COLUMN: usize = 12;
/// How many missing files are named.
const MOST_NAMED: usize = 5;

/// Prints a summary.
pub fn print(summary: &Summary, out: &mut impl Write) -> io::Result<()> {
    let mut line = |label: &str, value: &dyn Display| {
        writeln!(out, "{label:COLUMN$}{}", printable(&value.to_string()))
    };
    line("files", &summary.files.join(", "))?;
    if let Some(server) = &summary.server {
        line("server", server)?;
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
    line("channel", &name)?;
    if let Some(topic) = &channel.topic {
        line("topic", topic)?;
    }
    let exported = summary.exported.as_ref().map(|time| format!(", {time}"));
    line(
        "source",
        &format!("{}{}", summary.source, exported.unwrap_or_default()),
    )?;
    let left_out = match summary.filtered_out {
        0 => String::new(),
        count => format!(" ({count} left out by the filter)"),
    };
    line(
        "messages",
        &format!("{} on {} days{left_out}", summary.messages, summary.days),
    )?;
    if let (Some(first), Some(last)) = (&summary.first, &summary.last) {
        line("dates", &format!("{first} to {last}"))?;
    }
    for (index, person) in summary.people.iter().enumerate() {
        let label = if index == 0 { "people" } else { "" };
        let bot = if person.bot { " (app)" } else { "" };
        line(
            label,
            &format!("{:>6}  {}{bot}", person.messages, person.name),
        )?;
    }
    let list = |counts: Vec<(&str, usize)>| {
        let list: Vec<_> = counts
            .iter()
            .map(|(name, count)| format!("{count} {name}"))
            .collect();
        list.join(", ")
    };
    line(
        "kinds",
        &list(
            summary
                .kinds
                .iter()
                .map(|(name, count)| (name.as_str(), *count))
                .collect(),
        ),
    )?;
    if !summary.parts.is_empty() {
        line(
            "parts",
            &list(
                summary
                    .parts
                    .iter()
                    .map(|(name, count)| (*name, *count))
                    .collect(),
            ),
        )?;
    }
    let media = &summary.media;
    let figures = [
        ("in the media folder", media.found),
        ("on the network", media.remote),
        ("missing", media.missing.len()),
        ("refused", media.refused.len()),
    ];
    let figures: Vec<_> = figures
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .collect();
    if !figures.is_empty() {
        line("media", &list(figures))?;
    }
    for (label, urls) in [("missing", &media.missing), ("refused", &media.refused)] {
        for (index, url) in urls.iter().take(MOST_NAMED).enumerate() {
            line(if index == 0 { label } else { "" }, url)?;
        }
        if urls.len() > MOST_NAMED {
            line(
                "",
                &format!("and {} more (see --json)", urls.len() - MOST_NAMED),
            )?;
        }
    }
    Ok(())
}
