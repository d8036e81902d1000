//! A synthetic export: a lively channel in which people write all that Discord's
//! Markdown has, the same messages each time. Most are plain words; the others have
//! marks, quotes, lists, code, headings, mentions, emoji and moments, one in ten is
//! reacted to, one in twelve is a reply.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::dice::{Dice, WORDS};

const NAMES: [&str; 10] = [
    "ada", "brook", "chidi", "dana", "emre", "farah", "goro", "hana", "ines", "jonas",
];

/// Colours of roles; one in six has none.
const COLORS: [Option<&str>; 6] = [
    None,
    Some("#E91E63"),
    Some("#3498DB"),
    Some("#2ECC71"),
    Some("#F1C40F"),
    Some("#9B59B6"),
];

const EMOJI: [(&str, &str); 5] = [
    ("👍", "thumbsup"),
    ("🚀", "rocket"),
    ("😂", "joy"),
    ("❤️", "heart"),
    ("🎉", "tada"),
];

/// The id of the first message; each next one is greater.
const FIRST_ID: u64 = 1_190_000_000_000_000_000;

/// When the first message was written, in seconds since 1970: 2024-01-01, 9 o'clock.
const START: u64 = 1_704_099_600;

/// Writes an export of DiscordChatExporter with `size` messages.
pub fn write(size: usize, mut out: impl Write) -> io::Result<()> {
    let head = json!({
        "guild": {
            "id": "300000000000000001",
            "name": "Sample Server",
            "iconUrl": "https://cdn.discordapp.com/embed/avatars/0.png",
        },
        "channel": {
            "id": "300000000000000002",
            "type": "GuildTextChat",
            "categoryId": "300000000000000003",
            "category": "Text channels",
            "name": "releases",
            "topic": "All about **releases**",
        },
        "dateRange": { "after": null, "before": null },
        "exportedAt": "2026-01-01T00:00:00.000+00:00",
        "messageCount": size,
    });
    // The messages one by one, since an export can be far larger than one likes to hold.
    let head = serde_json::to_string_pretty(&head)?;
    let head = head.trim_end().trim_end_matches('}').trim_end();
    write!(out, "{head},\n  \"messages\": [")?;
    let mut channel = Channel {
        dice: Dice::new(77),
        seconds: START,
        author: 0,
    };
    for index in 0..size {
        let message = serde_json::to_string_pretty(&channel.message(index))?;
        let comma = if index == 0 { "" } else { "," };
        write!(out, "{comma}\n{message}")?;
    }
    out.write_all(b"\n  ]\n}\n")
}

/// The state from message to message.
struct Channel {
    dice: Dice,
    /// When the last message was written, in seconds since 1970.
    seconds: u64,
    /// Who wrote it.
    author: usize,
}

impl Channel {
    fn message(&mut self, index: usize) -> Value {
        if self.dice.chance(45) {
            self.author = self.dice.below(NAMES.len());
        }
        // Minutes between most, and a night now and then.
        self.seconds += if self.dice.chance(97) {
            (self.dice.below(180)) as u64
        } else {
            3_600 * (2 + self.dice.below(18)) as u64
        };
        let sent = timestamp(self.seconds);
        let content = self.text();
        let joins = self.dice.chance(1);
        let mentions: Vec<Value> = (0..NAMES.len())
            .filter(|&index| content.contains(&format!("<@{}>", user_id(index))))
            .map(user)
            .collect();
        let mut message = json!({
            "id": (FIRST_ID + index as u64).to_string(),
            "type": if joins { "GuildMemberJoin" } else { "Default" },
            "timestamp": sent,
            "timestampEdited": if self.dice.chance(5) { Some(&sent) } else { None },
            "callEndedTimestamp": null,
            "isPinned": self.dice.chance(1),
            "content": if joins { "Joined the server." } else { &content },
            "author": user(self.author),
            "attachments": self.attachments(index),
            "embeds": self.embeds(),
            "stickers": [],
            "reactions": self.reactions(),
            "mentions": mentions,
            "inlineEmojis": [],
        });
        if !joins && index > 5 && self.dice.chance(8) {
            message["type"] = "Reply".into();
            message["reference"] = json!({
                "type": "Default",
                "messageId": (FIRST_ID + (index - 1 - self.dice.below(5)) as u64).to_string(),
                "channelId": "300000000000000002",
                "guildId": "300000000000000001",
            });
        }
        message
    }

    /// Some words, from `least` to `most` of them.
    fn words(&mut self, least: usize, most: usize) -> String {
        let count = least + self.dice.below(most - least + 1);
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn word(&mut self) -> &'static str {
        WORDS[self.dice.below(WORDS.len())]
    }

    fn text(&mut self) -> String {
        match self.dice.below(100) {
            0..55 => self.words(2, 25),
            55..65 => format!(
                "{} **{}** and *{}* with `{}()` ~~{}~~ __{}__",
                self.words(1, 5),
                self.words(1, 4),
                self.words(1, 3),
                self.word(),
                self.word(),
                self.word()
            ),
            65..72 => format!("> {}\n{}", self.words(3, 12), self.words(2, 10)),
            72..78 => {
                let count = 2 + self.dice.below(4);
                let lines: Vec<String> = (0..count)
                    .map(|_| format!("- {}", self.words(2, 8)))
                    .collect();
                lines.join("\n")
            }
            78..83 => format!(
                "```python\ndef f(x):\n    # {}\n    return x + 1\n```",
                self.words(2, 5)
            ),
            83..87 => format!(
                "# {}\n{}\n-# {}",
                self.words(2, 5),
                self.words(10, 40),
                self.words(3, 6)
            ),
            87..92 => format!(
                "<@{}> see https://example.com/{} and [{}](https://example.org) ||{}||",
                user_id(self.dice.below(NAMES.len())),
                self.word(),
                self.word(),
                self.words(1, 4)
            ),
            92..96 => format!(
                "{} {} <t:{}:R>",
                self.words(1, 6),
                EMOJI[self.dice.below(EMOJI.len())].0,
                START + self.dice.below(10_000_000) as u64
            ),
            _ => self.words(60, 160),
        }
    }

    /// Rarely a file.
    fn attachments(&mut self, index: usize) -> Value {
        if !self.dice.chance(3) {
            return json!([]);
        }
        json!([{
            "id": (FIRST_ID + 500_000_000 + index as u64).to_string(),
            "url": format!("https://cdn.discordapp.com/attachments/1/{index}/log.txt"),
            "fileName": "log.txt",
            "fileSizeBytes": 100 + self.dice.below(1_000_000),
        }])
    }

    /// Rarely an embed.
    fn embeds(&mut self) -> Value {
        if !self.dice.chance(3) {
            return json!([]);
        }
        let fields: Vec<Value> = (0..3)
            .map(|_| json!({ "name": self.word(), "value": self.words(1, 5), "isInline": true }))
            .collect();
        json!([{
            "title": self.words(2, 5),
            "url": "https://example.com",
            "timestamp": null,
            "description": self.words(5, 40),
            "color": "#5865F2",
            "author": { "name": self.word(), "url": null },
            "footer": { "text": self.words(1, 3) },
            "images": [],
            "inlineEmojis": [],
            "fields": fields,
        }])
    }

    /// Up to three reactions under one message in ten.
    fn reactions(&mut self) -> Value {
        if !self.dice.chance(10) {
            return json!([]);
        }
        let first = self.dice.below(EMOJI.len());
        let count = 1 + self.dice.below(3);
        let reactions: Vec<Value> = (0..count)
            .map(|step| {
                let (name, code) = EMOJI[(first + step) % EMOJI.len()];
                json!({
                    "emoji": {
                        "id": "", "name": name, "code": code, "isAnimated": false, "imageUrl": "",
                    },
                    "count": 1 + self.dice.below(9),
                    "users": [],
                })
            })
            .collect();
        reactions.into()
    }
}

fn user_id(index: usize) -> u64 {
    100_000_000_000_000_000 + index as u64
}

fn user(index: usize) -> Value {
    let name = NAMES[index];
    let color = COLORS[index % COLORS.len()];
    json!({
        "id": user_id(index).to_string(),
        "name": name,
        "discriminator": "0000",
        "nickname": name[..1].to_uppercase() + &name[1..],
        "color": color,
        "isBot": index == 9,
        "roles": [{
            "id": (200 + index).to_string(), "name": "Core", "color": color, "position": 1,
        }],
        "avatarUrl": format!("https://cdn.discordapp.com/embed/avatars/{}.png", index % 6),
    })
}

/// Seconds since 1970 as ISO 8601 has them (after Howard Hinnant's `civil_from_days`).
fn timestamp(seconds: u64) -> String {
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Years that begin in March, so that a leap day is the last.
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = if month < 10 {
        (era * 400 + year, month + 3)
    } else {
        (era * 400 + year + 1, month - 9)
    };
    let (hour, minute, second) = (second / 3_600, second / 60 % 60, second % 60);
    format!("{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.000+00:00")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn export(size: usize) -> Value {
        let mut text = Vec::new();
        write(size, &mut text).expect("memory can be written to");
        serde_json::from_slice(&text).expect("an export is JSON")
    }

    #[test]
    fn exports_are_of_the_size_asked_for_and_repeat() {
        let export_of_50 = export(50);
        assert_eq!(export_of_50["messages"].as_array().map(Vec::len), Some(50));
        assert_eq!(export(0)["messages"].as_array().map(Vec::len), Some(0));
        assert_eq!(export_of_50, export(50));
    }

    #[test]
    fn times_are_those_of_the_calendar() {
        assert_eq!(timestamp(START), "2024-01-01T09:00:00.000+00:00");
        assert_eq!(timestamp(1_709_210_096), "2024-02-29T12:34:56.000+00:00");
        assert_eq!(timestamp(1_735_689_599), "2024-12-31T23:59:59.000+00:00");
    }

    #[test]
    fn everything_is_among_the_messages() {
        let export = export(1_000);
        let messages = export["messages"].as_array().expect("a list");
        for (what, least) in [("attachments", 10), ("embeds", 10), ("reactions", 50)] {
            let count = messages
                .iter()
                .filter(|message| message[what] != json!([]))
                .count();
            assert!(count >= least, "{count} messages have {what}");
        }
        for sign in ["**", "> ", "- ", "```", "# ", "<@", "<t:"] {
            let has = |message: &Value| {
                let content = message["content"].as_str();
                content.is_some_and(|content| content.contains(sign))
            };
            assert!(messages.iter().any(has), "no message has {sign}");
        }
        for kind in ["Reply", "GuildMemberJoin"] {
            assert!(messages.iter().any(|message| message["type"] == kind));
        }
    }
}
