//! Writes Markdown for GitHub and Obsidian. Text without special meaning in Discord has none
//! here either, because it is escaped.

use super::markup::{address, dressed, escape, escaped, in_line, listed, markdown, masked, quoted};
use super::parts::{Dress, Line, Part, whole};
use super::scene::{Scene, one_line};
use crate::markdown::Variant;
use crate::model::Message;
use crate::text::shows_nothing;
use crate::words::PieceStyle;

/// Writes a transcript as Markdown: days are headings, and the author is in bold above each
/// message.
pub fn write(scene: &Scene) -> String {
    let mut out = String::with_capacity(scene.transcript.messages.len() * 160);
    let heading = scene.heading();
    if !heading.is_empty() {
        out.push_str(&format!("# {}\n\n", escaped(&heading)));
    }
    let channel = scene.transcript.channel.as_ref();
    if let Some(topic) = channel
        .map(|channel| &channel.topic)
        .filter(|t| !t.is_empty())
    {
        out.push_str(&markdown(scene, topic, Variant::Full));
        out.push_str("\n\n");
    }
    for note in scene.setting.notes {
        out.push_str(&format!("*{}*\n\n", escaped(&one_line(note))));
    }
    let mut day = "";
    for message in &scene.transcript.messages {
        let today = message.time.as_ref().map_or("", |time| &*time.day);
        if !today.is_empty() && today != day {
            day = today;
            out.push_str(&format!("## {}\n\n", escaped(&one_line(day))));
        }
        write_message(scene, message, &mut out);
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn write_message(scene: &Scene, message: &Message, out: &mut String) {
    let mut blocks: Vec<String> = Vec::new();
    let mut head = String::new();
    if let Some(system) = &message.system {
        for piece in scene.sentence(system) {
            let words = one_line(&piece.text);
            match piece.style {
                PieceStyle::Plain => escape(&words, &mut head),
                PieceStyle::Strong => head.push_str(&dressed(&escaped(&words), "**", "b")),
                // Names in it could be taken for Markdown, so the text itself is converted.
                PieceStyle::Markdown => head.push_str(&in_line(scene, &system.text)),
            }
        }
    } else {
        head.push_str(&dressed(
            &escaped(&scene.full_name(scene.author(message))),
            "**",
            "b",
        ));
    }
    let time = message.time.as_ref().map_or("", |time| &*time.header);
    let mut after = Vec::new();
    if !time.is_empty() {
        after.push(escaped(&one_line(time)));
    }
    after.extend(scene.elsewhere(message).map(|channel| escaped(&channel)));
    if scene.setting.ids && !message.id.is_empty() {
        after.push(escaped(&one_line(&message.id)));
    }
    after.extend(
        scene
            .edited(message, false)
            .map(|edited| escaped(&one_line(&edited))),
    );
    after.extend(message.pinned.then(|| escaped(&scene.pinned())));
    for part in after {
        head.push_str(" · ");
        head.push_str(&part);
    }
    blocks.push(head);
    if let Some(before) = scene.before(message) {
        blocks.push(quoted(&escaped(&one_line(&before))));
    }
    let text = scene.text(message);
    let parts = scene.under(message);
    if !shows_nothing(text) {
        blocks.push(markdown(scene, text, Variant::Full));
    } else if message.system.is_none() && parts.is_empty() {
        blocks.push(format!("*{}*", escaped(scene.nothing(message))));
    }
    let mut after_item = false;
    for part in &parts {
        let item = matches!(part, Part::Item(_));
        let block = match part {
            Part::Item(line) => listed(&worded(scene, line)),
            Part::Card(lines) => card(scene, lines),
        };
        match blocks.last_mut() {
            Some(list) if item && after_item => {
                list.push('\n');
                list.push_str(&block);
            }
            _ => blocks.push(block),
        }
        after_item = item;
    }
    let reactions = &whole(message).reactions;
    if !reactions.is_empty() {
        let reactions = reactions.iter();
        let reactions: Vec<_> = reactions.map(|one| escaped(&scene.reaction(one))).collect();
        blocks.push(reactions.join(" · "));
    }
    for block in blocks.iter().filter(|block| !block.trim().is_empty()) {
        out.push_str(block);
        out.push_str("\n\n");
    }
}

/// A block of lines, as a quote.
fn card(scene: &Scene, lines: &[Line]) -> String {
    let mut inner = String::new();
    let mut after_item = false;
    for line in lines {
        let words = worded(scene, line);
        if words.trim().is_empty() {
            continue;
        }
        let item = line.dress == Dress::Item;
        if !inner.is_empty() {
            inner.push_str(if item && after_item { "\n" } else { "\n\n" });
        }
        inner.push_str(&if item { listed(&words) } else { words });
        after_item = item;
    }
    quoted(&inner)
}

/// A line of a part: its formatted text, link and suffix.
fn worded(scene: &Scene, line: &Line) -> String {
    let words = match line.dress {
        Dress::Markdown(variant) => markdown(scene, &line.words, variant),
        _ => escaped(&line.words),
    };
    let mut worded = match &line.link {
        // Links can't be nested.
        Some(link) if line.dress == Dress::Plain && *link == line.words => address(link),
        Some(link) if !words.contains("](") && !words.contains(['\n', '<']) => masked(&words, link),
        Some(link) => format!("{words} {}", address(link)),
        None => words,
    };
    worded = match line.dress {
        Dress::Strong => dressed(&worded, "**", "b"),
        Dress::Emphasis => dressed(&worded, "*", "i"),
        _ => worded,
    };
    escape(&line.after, &mut worded);
    worded
}
