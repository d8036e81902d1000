//! Exports of other chats, which are told so: their messages have other fields, and would
//! come out empty.

/// Tells whether a message has a key.
type Has<'h> = &'h dyn Fn(&str) -> bool;

/// A chat whose exports look like none of Discord's.
struct Foreign {
    /// What it is called.
    name: &'static str,
    /// Whether a message has these keys.
    fits: fn(Has) -> bool,
}

const FOREIGN: [Foreign; 6] = [
    Foreign {
        name: "Slack",
        fits: |has| has("ts") && has("text"),
    },
    Foreign {
        name: "Telegram",
        fits: |has| {
            let told = has("from_id") || has("actor_id") || has("date_unixtime");
            has("text") && (told || has("from") && has("date"))
        },
    },
    Foreign {
        name: "Facebook Messenger or Instagram",
        fits: |has| has("sender_name") && has("timestamp_ms"),
    },
    Foreign {
        name: "Matrix",
        fits: |has| has("event_id") && has("sender"),
    },
    Foreign {
        name: "Google Chat",
        fits: |has| has("creator") && has("created_date"),
    },
    Foreign {
        name: "Signal",
        fits: |has| has("conversationId") && has("sent_at"),
    },
];

/// The chat that a message with these keys is from, where that isn't Discord.
pub fn chat<'k>(keys: impl Iterator<Item = &'k str> + Clone) -> Option<&'static str> {
    let has = |wanted: &str| keys.clone().any(|key| key == wanted);
    // What Discord's own messages have, and their copies in other programs.
    if has("author") || has("channel_id") || has("embeds") {
        return None;
    }
    let found = FOREIGN.iter().find(|foreign| (foreign.fits)(&has));
    found.map(|foreign| foreign.name)
}

/// Whether a text begins as WhatsApp writes a conversation: `12/03/2024, 10:15 - Ada: Hi` or
/// `[12.03.24, 10:15:00] Ada: Hi`.
pub fn is_whatsapp(text: &str) -> bool {
    let text = text.trim_start_matches(['\u{200e}', '\u{feff}', '[']);
    let line = text.lines().next().unwrap_or_default();
    let mut rest = line;
    for last in [false, false, true] {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if !(1..=4).contains(&digits) {
            return false;
        }
        rest = &rest[digits..];
        let separator = if last { &[','][..] } else { &['.', '/', '-'] };
        let Some(after) = rest.strip_prefix(separator) else {
            return false;
        };
        rest = after;
    }
    rest.contains(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_chats_are_told_apart() {
        let cases = [
            ("type user text ts reactions", Some("Slack")),
            (
                "id type date date_unixtime from from_id text",
                Some("Telegram"),
            ),
            (
                "sender_name timestamp_ms content",
                Some("Facebook Messenger or Instagram"),
            ),
            (
                "type event_id sender content origin_server_ts",
                Some("Matrix"),
            ),
            ("id type content author timestamp ts text", None),
            ("id content timestamp", None),
            ("id type date from text", Some("Telegram")),
        ];
        for (keys, expected) in cases {
            assert_eq!(chat(keys.split(' ')), expected, "{keys}");
        }
    }

    #[test]
    fn conversations_of_whatsapp_are_told_from_lists() {
        for text in [
            "12/03/2024, 10:15 - Ada: Hi",
            "[12.03.24, 10:15:00] Ada: Hi",
            "\u{200e}[2024-03-12, 10:15:00] Ada: Hi",
        ] {
            assert!(is_whatsapp(text), "{text}");
        }
        for text in ["[1.5, 2]", "[1, 2, 3]", "12 monkeys: a film", "{}", ""] {
            assert!(!is_whatsapp(text), "{text}");
        }
    }
}
