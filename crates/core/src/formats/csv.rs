//! Writes CSV (RFC 4180), with one row per message.

use std::fmt::Write as _;

use super::lines;
use super::parts::whole;
use super::scene::{Scene, type_name};
use crate::markdown::Variant;
use crate::model::Message;
use crate::words::plain;

/// The names of the columns.
const COLUMNS: [&str; 22] = [
    "id",
    "time",
    "edited",
    "type",
    "author_id",
    "author",
    "username",
    "bot",
    "text",
    "system",
    "reply_to",
    "attachments",
    "embeds",
    "stickers",
    "reactions",
    "pinned",
    "channel_id",
    "channel",
    "server_id",
    "server",
    "command",
    "more",
];

/// Writes a transcript as a table.
pub fn write(scene: &Scene) -> String {
    let mut out = COLUMNS.join(",");
    out.push_str("\r\n");
    for message in &scene.transcript.messages {
        let cells = cells(scene, message);
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            put(cell, &mut out);
        }
        out.push_str("\r\n");
    }
    out
}

fn cells(scene: &Scene, message: &Message) -> [String; COLUMNS.len()] {
    let whole = whole(message);
    let by = scene.author(message);
    let author = by.and_then(|author| scene.person(author));
    let channel = scene.transcript.channel.as_ref();
    let guild = scene.transcript.guild.as_ref();
    let yes = |is: bool| if is { "true" } else { "" }.to_owned();
    let iso = |time| scene.formatter.iso(time);
    let lines = |lines: Vec<String>| lines.join("\n");
    let own_channel = if message.channel_id.is_empty() {
        channel.map_or("", |channel| &*channel.id)
    } else {
        &*message.channel_id
    };
    let channel_name = scene.channel_by_id(own_channel).or(channel);
    [
        message.id.to_string(),
        message.timestamp.map(iso).unwrap_or_default(),
        message
            .edited_timestamp
            .map_or_else(|| yes(message.edited), iso),
        type_name(message).into_owned(),
        author.map_or_else(String::new, |author| author.id.to_string()),
        scene.name(by).into_owned(),
        author.map_or_else(String::new, |author| author.username.to_string()),
        yes(author.is_some_and(|author| author.bot)),
        scene.typed(scene.cell(message), Variant::Full).into_owned(),
        message
            .system
            .as_ref()
            .map_or_else(String::new, |system| plain(&scene.sentence(system))),
        message
            .reply
            .as_ref()
            .map_or_else(String::new, |reply| reply.id.to_string()),
        lines(
            whole
                .attachments
                .iter()
                .map(|file| {
                    if file.url.is_empty() {
                        &file.filename
                    } else {
                        &file.url
                    }
                })
                .map(ToString::to_string)
                .collect(),
        ),
        lines(whole.embeds.iter().map(embed).collect()),
        lines(
            whole
                .sticker_items
                .iter()
                .map(|one| one.name.to_string())
                .collect(),
        ),
        lines(
            whole
                .reactions
                .iter()
                .map(|one| match one.count {
                    Some(count) => format!("{} {count}", scene.emoji(&one.emoji)),
                    None => scene.emoji(&one.emoji).into_owned(),
                })
                .collect(),
        ),
        yes(message.pinned),
        own_channel.to_owned(),
        channel_name.map_or_else(String::new, |channel| channel.name.to_string()),
        guild.map_or_else(String::new, |guild| guild.id.to_string()),
        guild.map_or_else(String::new, |guild| guild.name.to_string()),
        scene.command(message).unwrap_or_default(),
        lines(lines::listed(scene, &scene.apart(message))),
    ]
}

/// An embed on one line: its title and link.
fn embed(embed: &crate::model::Embed) -> String {
    let author = embed.author.as_ref().map_or("", |author| &*author.name);
    let mut line = String::new();
    for part in [&*embed.title, author, &*embed.description] {
        if !part.is_empty() {
            line.push_str(&part.split_whitespace().collect::<Vec<_>>().join(" "));
            break;
        }
    }
    if !embed.url.is_empty() {
        let gap = if line.is_empty() { "" } else { " " };
        // Writing to a string doesn't fail.
        let _ = write!(line, "{gap}{}", embed.url);
    }
    line
}

/// Writes a cell. Text that a spreadsheet would treat as a formula gets a leading
/// apostrophe, which marks it as text.
fn put(cell: &str, out: &mut String) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if !formula && !cell.contains(['"', ',', '\n', '\r']) {
        out.push_str(cell);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    for c in cell.chars() {
        if c == '"' {
            out.push('"');
        }
        out.push(c);
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_no_formulas() {
        let written = |cell: &str| {
            let mut out = String::new();
            put(cell, &mut out);
            out
        };
        assert_eq!(written("a b"), "a b");
        assert_eq!(written(""), "");
        assert_eq!(written("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
        for sign in ["=", "+", "-", "@", "\t", "\n", "＝"] {
            let cell = format!("{sign}HYPERLINK(\"x\")");
            let doubled = cell.replace('"', "\"\"");
            assert_eq!(written(&cell), format!("\"'{doubled}\""));
        }
        assert_eq!(written("a=1"), "a=1");
    }
}
