//! The documents that are measured: conversations that are the same on every
//! machine, and as uneven as real ones.

use std::fs;
use std::io;
use std::path::Path;

use serde::Serialize;

use super::measure::Run;

/// Which document is made of a conversation.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One `block` a message, with nothing but its text.
    Floor,
    /// A chat with the default theme and display.
    Chat,
    /// The same, every eighth message a part of the reference sheet.
    Mixed,
}

/// Both read their texts the same way, on the same page and in the same font, so
/// that what differs is the chat.
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

/// Writes a document of `size` messages, and its messages.
pub fn write(folder: &Path, kind: Kind, size: usize) -> io::Result<Run> {
    fs::create_dir_all(folder)?;
    let data = format!("messages-{size}.json");
    fs::write(folder.join(&data), serde_json::to_string(&messages(size))?)?;
    let (name, source) = match kind {
        Kind::Floor => ("floor", FLOOR),
        Kind::Chat => ("chat", CHAT),
        Kind::Mixed => ("mixed", MIXED),
    };
    let name = format!("{name}-{size}");
    let input = folder.join(format!("{name}.typ"));
    fs::write(&input, source.replace("MESSAGES", &data))?;
    Ok(Run {
        name,
        input,
        options: Vec::new(),
    })
}

/// Common words, so that lines break as they do in real text.
const WORDS: [&str; 64] = [
    "the",
    "a",
    "and",
    "to",
    "of",
    "it",
    "is",
    "that",
    "in",
    "we",
    "you",
    "I",
    "was",
    "for",
    "on",
    "not",
    "have",
    "this",
    "with",
    "are",
    "just",
    "but",
    "so",
    "what",
    "can",
    "like",
    "do",
    "if",
    "time",
    "really",
    "people",
    "would",
    "know",
    "about",
    "there",
    "think",
    "server",
    "message",
    "yesterday",
    "someone",
    "release",
    "problem",
    "tomorrow",
    "actually",
    "version",
    "everything",
    "channel",
    "question",
    "between",
    "probably",
    "different",
    "documentation",
    "deploy",
    "tests",
    "meeting",
    "coffee",
    "weekend",
    "maybe",
    "thanks",
    "sure",
    "wait",
    "great",
    "see",
    "why",
];

/// A conversation of `size` messages; a longer one begins like a shorter one.
fn messages(size: usize) -> Vec<Message> {
    let mut dice = Dice(20_260_101);
    let mut user = 0;
    let mut minute = 0;
    (0..size)
        .map(|_| {
            // Two in five times somebody else takes over, mostly after a while.
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

/// Numbers that look like chance and are the same each time (Knuth's MMIX
/// generator).
struct Dice(u64);

impl Dice {
    /// A number below `sides`.
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
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
