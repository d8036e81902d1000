//! The documents that are measured: conversations that are the same on every machine, and as
//! irregular as real ones.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::channel;
use super::dice::{Dice, WORDS};

/// A bare document of the same texts: one `block` a message. It reads them as the chats
/// do, on the same page and in the same font, so that what differs is the chat.
const FLOOR: &str = r#"
#set text(font: "Noto Sans", size: 12pt)
#for message in json("MESSAGES") { block(message.text) }
"#;

/// A plain chat: names, avatars, times, and texts as strings.
const CHAT: &str = r#"
#import "@preview/scrollback:0.1.0": *
#let users = range(8).map(i => user(name: "Member " + "ABCDEFGH".at(i)))
#discord.chat(..json("MESSAGES").map(it => message(
  left, users.at(it.user), it.text, time: it.time,
)))
"#;

/// A busy server's chat: embeds, polls, reactions, system messages and all else
/// that the reference sheet shows, in place of every eighth message.
const MIXED: &str = r#"
#import "/lib.typ": discord, message, user
#import "/examples/parts/frame.typ": frame-parts
#import "/examples/parts/inline.typ": inline-parts
#import "/examples/parts/media.typ": media-parts
#import "/examples/parts/polls.typ": polls-parts
#import "/examples/parts/system.typ": system-parts
#let parts = (frame-parts + inline-parts + media-parts + polls-parts + system-parts).flatten()
#let users = range(8).map(i => user(name: "Member " + "ABCDEFGH".at(i)))
#discord.chat(..json("MESSAGES").enumerate().map(((n, it)) => if calc.rem(n, 8) == 7 {
  parts.at(calc.rem(calc.quo(n, 8), parts.len()))
} else {
  message(left, users.at(it.user), it.text, time: it.time)
}))
"#;

/// A message as the documents read it.
#[derive(Debug, Serialize, PartialEq, Eq)]
struct Message {
    /// Who speaks, from 0 to 7.
    user: usize,
    time: String,
    text: String,
}

/// What an author would write by hand for an export: the floor that a render is held to.
const LOOKALIKE: &str = include_str!("lookalike.typ");

/// A bare document of an export's texts, for start-up.
const BARE: &str = r#"
#set page(margin: 15mm)
#set text(font: "Noto Sans", size: 10pt)
#for message in json("EXPORT").messages { block(message.content) }
"#;

/// An export as a document of the package, which reads it with the plugin.
const PACKAGE: &str = r#"
#import "/lib.typ": discord
#set page(margin: 15mm)
#discord.transcript(read("EXPORT", encoding: none), size: 10pt)
"#;

/// The part of the plugin in that.
const READING: &str = r#"
#import "/lib.typ": discord
#let _ = discord.read-transcript(read("EXPORT", encoding: none))
"#;

/// A document of written messages.
#[derive(Debug, Clone, Copy)]
pub enum Written {
    /// The bare document.
    Floor,
    /// A chat with the default theme and display.
    Chat,
    /// The same, every eighth message a part of the reference sheet.
    Mixed,
}

/// A document of an export.
#[derive(Debug, Clone, Copy)]
pub enum Exported {
    /// The one that looks alike and is written by hand.
    Lookalike,
    /// The bare document.
    Bare,
    /// The transcript of the package.
    Package,
    /// One that reads the export with the plugin and draws nothing.
    Reading,
}

/// Writes a document of `size` written messages, and the messages.
pub fn write(folder: &Path, kind: Written, size: usize) -> io::Result<PathBuf> {
    let (name, source) = match kind {
        Written::Floor => ("floor", FLOOR),
        Written::Chat => ("chat", CHAT),
        Written::Mixed => ("mixed", MIXED),
    };
    let data = format!("messages-{size}.json");
    fs::write(folder.join(&data), serde_json::to_string(&messages(size))?)?;
    let path = folder.join(format!("{name}-{size}.typ"));
    fs::write(&path, source.replace("MESSAGES", &data))?;
    Ok(path)
}

/// Writes an export of `size` messages.
pub fn write_export(folder: &Path, size: usize) -> io::Result<PathBuf> {
    let path = folder.join(export_name(size));
    let mut file = BufWriter::new(File::create(&path)?);
    channel::write(size, &mut file)?;
    file.flush()?;
    Ok(path)
}

/// Writes a document of an export that was [written](write_export).
pub fn write_around(folder: &Path, kind: Exported, size: usize) -> io::Result<PathBuf> {
    let (name, source) = match kind {
        Exported::Lookalike => ("lookalike", LOOKALIKE),
        Exported::Bare => ("bare", BARE),
        Exported::Package => ("package", PACKAGE),
        Exported::Reading => ("reading", READING),
    };
    let path = folder.join(format!("{name}-{size}.typ"));
    fs::write(&path, source.replace("EXPORT", &export_name(size)))?;
    Ok(path)
}

fn export_name(size: usize) -> String {
    format!("export-{size}.json")
}

/// A conversation of `size` messages; a longer one begins like a shorter one.
fn messages(size: usize) -> Vec<Message> {
    let mut dice = Dice::new(20_260_101);
    let mut user = 0;
    let mut minute = 0;
    (0..size)
        .map(|_| {
            // In two of five cases, somebody else takes over, mostly after a while.
            if dice.below(5) < 2 {
                user = (user + 1 + dice.below(7)) % 8;
                minute += dice.below(30);
            } else {
                minute += dice.below(3);
            }
            let (hour, minute) = (minute / 60 % 24, minute % 60);
            Message {
                user,
                time: format!("{hour:02}:{minute:02}"),
                text: text(&mut dice),
            }
        })
        .collect()
}

/// A text: mostly a few words, sometimes a paragraph, seldom two.
fn text(dice: &mut Dice) -> String {
    let lengths = match dice.below(20) {
        0 => vec![40 + dice.below(40), 10 + dice.below(30)],
        1..=4 => vec![20 + dice.below(30)],
        _ => vec![1 + dice.below(14)],
    };
    let paragraphs = lengths.into_iter().map(|length| {
        let words: Vec<&str> = (0..length)
            .map(|_| WORDS[dice.below(WORDS.len())])
            .collect();
        words.join(" ") + ["", ".", "?", "!"][dice.below(4)]
    });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversations_repeat_and_grow() {
        assert_eq!(messages(100), messages(100));
        assert_eq!(messages(200)[..100], messages(100)[..]);
    }

    #[test]
    fn conversations_are_uneven() {
        let messages = messages(2_000);
        let words: Vec<usize> = messages
            .iter()
            .map(|message| message.text.split_whitespace().count())
            .collect();
        assert!(words.contains(&1) && words.iter().any(|&words| words > 60));
        assert!((0..8).all(|user| messages.iter().any(|message| message.user == user)));
        let runs = messages
            .windows(2)
            .filter(|pair| pair[0].user == pair[1].user)
            .count();
        assert!((800..1600).contains(&runs), "{runs} messages go on");
    }
}
