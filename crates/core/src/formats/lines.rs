//! Writes plain text, one line per message, for reading and for diffs. Continuation lines
//! are indented, so that each line at the margin is a message.

use super::parts::{Dress, Line, Part, whole};
use super::scene::{Scene, one_line};
use crate::markdown::Variant;
use crate::model::Message;
use crate::text::shows_nothing;
use crate::words::plain;

/// The indentation of continuation lines.
const INDENT: &str = "    ";

/// Writes a transcript as plain text.
pub fn write(scene: &Scene) -> String {
    let mut out = String::with_capacity(scene.transcript.messages.len() * 128);
    // These aren't messages, so they have a sign of their own.
    let heading = scene.heading();
    for line in std::iter::once(&heading).chain(scene.setting.notes) {
        if !line.is_empty() {
            out.push_str(&format!("# {}\n", one_line(line)));
        }
    }
    for message in &scene.transcript.messages {
        write_message(scene, message, &mut out);
    }
    out
}

fn write_message(scene: &Scene, message: &Message, out: &mut String) {
    if let Some(time) = message.timestamp {
        out.push('[');
        out.push_str(&one_line(&scene.formatter.sortable(time)));
        out.push_str("] ");
    }
    if scene.setting.ids && !message.id.is_empty() {
        out.push_str(&format!("#{} ", one_line(&message.id)));
    }
    if let Some(channel) = scene.elsewhere(message) {
        out.push_str(&channel);
        out.push(' ');
    }
    let mut lines: Vec<String> = Vec::new();
    if let Some(system) = &message.system {
        let sentence = plain(&scene.sentence(system));
        lines.push(format!("* {}", one_line(&sentence)));
    } else {
        out.push_str(&scene.full_name(scene.author(message)));
        out.push(':');
    }
    let text = scene.typed(scene.text(message), Variant::Full);
    if !shows_nothing(&text) {
        lines.extend(text.lines().map(Into::into));
    }
    lines.extend(listed(scene, &scene.under(message)));
    if lines.is_empty() {
        lines.push(scene.nothing(message).to_owned());
    }
    let pinned = message.pinned.then(|| scene.pinned());
    if let Some(last) = lines.last_mut() {
        for remark in scene.edited(message, true).into_iter().chain(pinned) {
            last.push(' ');
            last.push_str(&remark);
        }
    }
    if let Some(before) = scene.before(message) {
        lines.push(format!("({before})"));
    }
    if !whole(message).reactions.is_empty() {
        let reactions = whole(message)
            .reactions
            .iter()
            .map(|one| scene.reaction(one));
        lines.push(reactions.collect::<Vec<_>>().join("  "));
    }
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim_end();
        match at {
            0 if line.starts_with("* ") && message.system.is_some() => out.push_str(line),
            0 if line.is_empty() => {}
            0 => {
                out.push(' ');
                out.push_str(line);
            }
            _ if line.is_empty() => {}
            _ => {
                out.push_str(INDENT);
                out.push_str(line);
            }
        }
        out.push('\n');
    }
}

/// The lines of parts: those of a card have a bar before them.
pub fn listed(scene: &Scene, parts: &[Part]) -> Vec<String> {
    let mut lines = Vec::new();
    for part in parts {
        match part {
            Part::Item(line) => lines.push(worded(scene, line)),
            Part::Card(card) => {
                for line in card {
                    lines.extend(worded(scene, line).lines().map(|line| format!("| {line}")));
                }
            }
        }
    }
    lines
}

/// A line of a part, with a dash before an item.
fn worded(scene: &Scene, line: &Line) -> String {
    match line.dress {
        Dress::Item => format!("- {}", said(scene, line)),
        _ => said(scene, line),
    }
}

/// The text of a line, its suffix and its link.
pub fn said(scene: &Scene, line: &Line) -> String {
    let mut words = match line.dress {
        Dress::Markdown(variant) => scene.typed(&line.words, variant).into_owned(),
        _ => line.words.clone(),
    };
    words.push_str(&line.after);
    if let Some(link) = &line.link
        && *link != line.words
    {
        words.push_str(&format!(" <{}>", one_line(link)));
    }
    words
}
