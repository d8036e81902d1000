//! Recognises exports of other chats, to refuse them: their messages have other fields, and
//! would come out empty.

/// Tests whether a message has a key.
type Has<'h> = &'h dyn Fn(&str) -> bool;

/// Another chat, by its exports.
struct Foreign {
    /// Its name.
    name: &'static str,
    /// Whether a message has these keys.
    fits: fn(Has) -> bool,
}

const FOREIGN: &[Foreign] = &[
    Foreign {
        name: "Slack",
        fits: |has| {
            let is_about = has("team_id") || (has("creator") && has("is_archived"));
            (has("ts") && has("text")) || (is_about && has("id"))
        },
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
        fits: |has| has("sender") && (has("event_id") || has("origin_server_ts")),
    },
    Foreign {
        name: "Google Chat",
        fits: |has| has("creator") && has("created_date"),
    },
    Foreign {
        name: "Signal",
        fits: |has| (has("conversationId") && has("sent_at")) || has("backupTimeMs"),
    },
];

/// Chats whose exports are recognised by the program only.
#[cfg(feature = "all-formats")]
const MORE: &[Foreign] = &[
    Foreign {
        name: "Telegram",
        fits: |has| has("about") && has("chats"),
    },
    Foreign {
        name: "WhatsApp",
        fits: |has| has("from_me") || (has("key") && has("messageTimestamp")),
    },
    Foreign {
        name: "Microsoft Teams or Skype",
        fits: |has| has("originalarrivaltime") || (has("exportDate") && has("conversations")),
    },
    Foreign {
        name: "Rocket.Chat",
        fits: |has| has("rid") && has("msg"),
    },
    Foreign {
        name: "Mattermost",
        fits: |has| has("create_at") && has("message") || has("post") && has("type"),
    },
    Foreign {
        name: "Zulip",
        fits: |has| has("sender_full_name"),
    },
    Foreign {
        name: "Guilded",
        fits: |has| has("createdBy") && has("createdAt"),
    },
    Foreign {
        name: "X (Twitter)",
        fits: |has| has("dmConversation"),
    },
    Foreign {
        name: "ChatGPT",
        fits: |has| has("mapping") && has("title"),
    },
    Foreign {
        name: "a language model",
        fits: |has| has("role") && has("content") && !has("id"),
    },
    Foreign {
        name: "Claude",
        fits: |has| has("chat_messages"),
    },
];
#[cfg(not(feature = "all-formats"))]
const MORE: &[Foreign] = &[];

/// The chat that a message with these keys is from, if it isn't Discord.
pub fn chat<'k>(keys: impl Iterator<Item = &'k str> + Clone) -> Option<&'static str> {
    let has = |wanted: &str| keys.clone().any(|key| key == wanted);
    // Keys of Discord's own messages, and of their copies in other programs.
    if has("author") || has("channel_id") || has("embeds") {
        return None;
    }
    let mut known = MORE.iter().chain(FOREIGN);
    let found = known.find(|foreign| (foreign.fits)(&has));
    found.map(|foreign| foreign.name)
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
            ("id created creator is_archived members", Some("Slack")),
            ("about personal_information chats", Some("Telegram")),
            ("from_me timestamp text", Some("WhatsApp")),
            (
                "userId exportDate conversations",
                Some("Microsoft Teams or Skype"),
            ),
            ("_id rid msg ts u", Some("Rocket.Chat")),
            ("type post", Some("Mattermost")),
            ("id sender_full_name content timestamp", Some("Zulip")),
            ("id content createdAt createdBy", Some("Guilded")),
            ("title create_time mapping", Some("ChatGPT")),
            ("uuid name chat_messages", Some("Claude")),
            ("role content", Some("a language model")),
            ("sender content origin_server_ts", Some("Matrix")),
            ("id role content", None),
            ("id type content author timestamp ts text", None),
            ("id content timestamp", None),
            ("id type date from text", Some("Telegram")),
        ];
        for (keys, expected) in cases {
            assert_eq!(chat(keys.split(' ')), expected, "{keys}");
        }
    }
}
