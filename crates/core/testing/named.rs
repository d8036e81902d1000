//! Makes an export with names in every field that there is, in every spelling, and says
//! which words of it nobody may find again.

#![allow(dead_code, reason = "not every test needs everything")]

use serde_json::{Value, json};

/// Words that only names, addresses and ids of the export have: what tells somebody.
pub const SECRETS: [&str; 19] = [
    "zofia",
    "quimby",
    "przybylski",
    "wexford",
    "ostrander",
    "kilnhaven",
    "glazewright",
    "blobquimby",
    "firelord",
    "thornbury",
    "yarrowby",
    "okonkwo",
    "민수",
    "田中太郎",
    "vandermeer",
    "plumtree",
    "holloway",
    "stickleback",
    "mudslinger",
];

/// Digits that tell somebody: a telephone number, IP addresses, a tag.
pub const NUMBERS: [&str; 5] = [
    "600700801",
    "4155550",
    "203.0.113.77",
    "2001:db8:77",
    "#4821",
];

/// Codes that lead to somebody.
pub const CODES: [&str; 3] = ["kH7nVn2", "1f2e3d4c5b6a7988", "214900000004194405"];

/// A name with its last word first.
fn turned(name: &str, between: &str) -> String {
    match name.split_once(' ') {
        Some((first, last)) => format!("{last}{between}{first}"),
        None => name.to_owned(),
    }
}

/// A name as people write it in other ways.
pub fn spellings(name: &str) -> Vec<String> {
    let map = |f: fn(char) -> String| name.chars().map(f).collect::<String>();
    let shifted = |c: char, upper: u32, lower: u32| match c {
        'A'..='Z' => char::from_u32(upper + c as u32 - 'A' as u32),
        'a'..='z' => char::from_u32(lower + c as u32 - 'a' as u32),
        c => Some(c),
    };
    let styled = |upper, lower| {
        name.chars()
            .filter_map(|c| shifted(c, upper, lower))
            .collect::<String>()
    };
    let half = name.char_indices().nth(2).map_or(0, |(at, _)| at);
    let (head, tail) = name.split_at(half);
    vec![
        name.to_owned(),
        name.to_uppercase(),
        name.to_lowercase(),
        // Bold script, Fraktur, monospace, full width.
        styled(0x1D4D0, 0x1D4EA),
        styled(0x1D56C, 0x1D586),
        styled(0x1D670, 0x1D68A),
        styled(0xFF21, 0xFF41),
        format!("**{head}**{tail}"),
        format!("{head}||{tail}||"),
        format!("~~{head}~~{tail}"),
        format!("{head}\u{200b}{tail}"),
        format!("{head}\u{ad}{tail}"),
        format!("{head}.{tail}"),
        format!("{head}-{tail}"),
        format!("{name}’s"),
        format!("@{name}"),
        format!("#{name}"),
        format!(":{}:", name.replace(' ', "_")),
        format!("https://example.com/{}?x=1", name.replace(' ', "-")),
        format!("[here](https://example.com/{})", name.replace(' ', "%20")),
        format!("`{name}`"),
        format!("```\n{name}\n```"),
        // Accents, composed or not.
        map(|c| format!("{c}{}", if c == 'i' { "\u{301}" } else { "" })),
        name.replace('o', "ö"),
        map(|c| format!("{c} ")).trim_end().to_owned(),
        // As addresses, HTML and JSON write characters.
        map(|c| format!("%{:02X}", u32::from(c))),
        map(|c| format!("&#{};", u32::from(c))),
        map(|c| format!("&#x{:x};", u32::from(c))),
        map(|c| format!("\\u{:04x}", u32::from(c))),
        name.replace(' ', "&nbsp;"),
        // Joined and turned round.
        name.replace(' ', ""),
        name.replace(' ', "_"),
        name.replace(' ', "\n"),
        turned(name, " "),
        turned(name, ", "),
        turned(name, ""),
        // Letters of other scripts that look the same, in circles, and struck out.
        name.replace('o', "\u{43e}").replace('i', "\u{456}"),
        styled(0x24B6, 0x24D0),
        map(|c| format!("{c}\u{336}")),
    ]
}

fn user(id: &str, username: &str, global: &str) -> Value {
    json!({
        "id": id, "username": username, "global_name": global, "discriminator": "4821",
        "avatar": "1f2e3d4c5b6a7988", "banner": "1f2e3d4c5b6a7988", "public_flags": 0,
        "primary_guild": {"identity_guild_id": "600000000000000777", "identity_enabled": true,
            "tag": "MUDSLINGER", "badge": "1f2e3d4c5b6a7988"},
        "avatar_decoration_data": {"asset": "mudslinger", "sku_id": "600000000000000778"},
        "collectibles": {"nameplate": {"label": "mudslinger"}}
    })
}

/// Everything that a message can hold, with this text wherever there is one.
fn message(id: u64, text: &str) -> Value {
    let zofia = user("214900000004194405", "zofia.quimby", "Zofia Quimby");
    let other = user("214900000004194406", "thornbury_o", "Ostrander");
    let emoji = json!({"id": "630000000000000001", "name": "blobquimby", "animated": false,
        "user": other, "roles": ["610000000000000003"]});
    let media = json!({"url": "https://cdn.discordapp.com/attachments/1/2/zofia-quimby.png",
        "proxy_url": "https://media.discordapp.net/attachments/1/2/zofia-quimby.png", "width": 8, "height": 8,
        "content_type": "image/png", "placeholder": "1f2e3d4c5b6a7988"});
    let file = json!({"id": "650000000000000001", "filename": "SPOILER_zofia quimby.png", "title": "Zofia Quimby",
        "description": text, "size": 9, "url": media["url"], "proxy_url": media["url"], "width": 8, "height": 8,
        "content_type": "image/png"});
    let embed = json!({"type": "rich", "title": text, "description": text,
        "url": "https://example.com/zofia/quimby", "color": 1,
        "author": {"name": "Plumtree", "url": "https://example.com/@plumtree", "icon_url": media["url"]},
        "provider": {"name": text, "url": "https://plumtree.example/"},
        "thumbnail": media, "image": media, "video": media,
        "footer": {"text": text, "icon_url": media["url"]},
        "fields": [{"name": text, "value": text, "inline": true}], "timestamp": "2024-05-10T14:57:10+00:00"});
    let components = json!([
        {"type": 17, "components": [
            {"type": 10, "content": text},
            {"type": 9, "components": [{"type": 10, "content": text}],
                "accessory": {"type": 11, "media": media, "description": text}},
            {"type": 12, "items": [{"media": media, "description": text}]},
            {"type": 13, "file": media, "name": "zofia-quimby.pdf", "size": 3},
            {"type": 14}]},
        {"type": 1, "components": [
            {"type": 2, "style": 1, "label": text, "custom_id": "quimby", "emoji": emoji},
            {"type": 2, "style": 5, "label": text, "url": "https://example.com/quimby"}]},
        {"type": 1, "components": [{"type": 3, "custom_id": "zofia", "placeholder": text,
            "options": [{"label": text, "value": "quimby", "description": text, "emoji": emoji}]}]},
        {"type": 1, "components": [{"type": 5, "custom_id": "zofia",
            "default_values": [{"id": "214900000004194405", "type": "user"}]}]},
    ]);
    json!({
        "id": id.to_string(), "type": 0, "timestamp": "2024-05-10T14:57:10+00:00",
        "edited_timestamp": "2024-05-10T14:58:10+00:00", "channel_id": "620000000000000004",
        "content": text, "author": zofia, "nonce": "214900000004194405",
        "member": {"nick": "Okonkwo", "avatar": "1f2e3d4c5b6a7988", "roles": ["610000000000000003"],
            "joined_at": "2020-01-01T00:00:00+00:00"},
        "mentions": [other], "mention_roles": ["610000000000000003"],
        "mention_channels": [{"id": "620000000000000009", "guild_id": "600000000000000777", "type": 0,
            "name": "yarrowby"}],
        "attachments": [file], "embeds": [embed], "components": components,
        "sticker_items": [{"id": "640000000000000003", "name": "Stickleback", "format_type": 1}],
        "reactions": [{"emoji": emoji, "count": 2, "me": false, "users": [other]}],
        "poll": {"question": {"text": text}, "answers": [{"answer_id": 1,
            "poll_media": {"text": text, "emoji": emoji}}], "layout_type": 1},
        "interaction": {"id": "660000000000000001", "type": 2, "name": "firelord", "user": other},
        "thread": {"id": id.to_string(), "type": 11, "name": "Holloway", "owner_id": "214900000004194405",
            "message_count": 3, "member_count": 2},
        "activity": {"type": 1, "party_id": "zofia"},
        "application": {"id": "670000000000000001", "name": "Vandermeer", "description": "of Zofia"},
        "unheard_of": {"by": text}
    })
}

/// System messages with ids from `next`; some refer to the message `first`.
fn system_messages(first: u64, next: u64) -> Vec<Value> {
    let system = |offset: u64, kind: u64, content: &str, more: Value| {
        let mut message = json!({"id": (next + offset).to_string(), "type": kind, "content": content,
            "timestamp": "2024-05-10T15:57:10+00:00", "author": user("214900000004194405", "zofia.quimby", "Zofia Quimby"),
            "mentions": [user("214900000004194406", "thornbury_o", "Ostrander")]});
        for (key, value) in more.as_object().into_iter().flatten() {
            message[key] = value.clone();
        }
        message
    };
    let reference = json!({"message_reference": {"message_id": first.to_string(), "channel_id": "620000000000000004",
        "guild_id": "600000000000000001"}});
    let automod = json!({"embeds": [{"type": "auto_moderation_message", "description": "Zofia said quimby",
        "fields": [{"name": "rule_name", "value": "Mudslinger"}, {"name": "keyword", "value": "quimby"},
            {"name": "keyword_matched_content", "value": "quimby"}, {"name": "channel_id", "value": "620000000000000004"},
            {"name": "decision_reason", "value": "Zofia"}]}]});
    vec![
        system(0, 1, "", json!({})),
        system(1, 2, "", json!({})),
        system(2, 4, "Holloway", json!({})),
        system(3, 6, "", reference.clone()),
        system(4, 8, "3", json!({})),
        system(5, 9, "", json!({})),
        system(6, 12, "Mudslinger #yarrowby", json!({})),
        system(7, 18, "Holloway", reference.clone()),
        system(8, 24, "", automod),
        system(
            9,
            25,
            "",
            json!({"role_subscription_data": {"tier_name": "Mudslinger", "total_months_subscribed": 3,
            "is_renewal": true}}),
        ),
        system(10, 27, "Mudslinger", json!({})),
        system(11, 31, "Zofia Quimby", json!({})),
        system(12, 32, "", json!({"application": {"name": "Vandermeer"}})),
        system(13, 38, "", json!({})),
        system(
            14,
            44,
            "",
            json!({"purchase_notification": {"guild_product_purchase": {"product_name": "Mudslinger"}}}),
        ),
        system(
            15,
            46,
            "",
            json!({"embeds": [{"type": "poll_result", "fields": [
            {"name": "poll_question_text", "value": "Zofia?"}, {"name": "victor_answer_text", "value": "Quimby"},
            {"name": "victor_answer_votes", "value": "3"}, {"name": "total_votes", "value": "4"}]}]}),
        ),
        system(16, 19, "of course, Zofia", reference),
        system(
            17,
            0,
            "",
            json!({"message_reference": {"type": 1, "message_id": "5"}, "message_snapshots": [
            {"message": {"content": "Zofia Quimby wrote", "timestamp": "2024-05-10T14:57:10+00:00",
                "attachments": [{"id": "650000000000000005", "filename": "quimby.txt", "size": 3,
                    "url": "https://cdn.discordapp.com/attachments/1/2/quimby.txt"}],
                "embeds": [{"description": "by Quimby"}]}}]}),
        ),
    ]
}

/// The export: messages of Discord's API with a server.
pub fn export() -> String {
    let names = [
        "Zofia Quimby",
        "Zofia",
        "Quimby",
        "zofia.quimby",
        "Ostrander",
        "Thornbury",
        "Okonkwo",
        "Kilnhaven",
        "wexford",
        "Glazewright",
        "blobquimby",
        "firelord",
        "Holloway",
        "Stickleback",
        "Plumtree",
        "Przybylski",
    ];
    let mut texts: Vec<String> = Vec::new();
    for name in names {
        let spellings = spellings(name);
        texts.extend(spellings.chunks(8).map(|some| some.join(", and ")));
    }
    for text in [
        "민수가 왔다, 田中太郎さん; @przybylski and przybylski#4821, @Yarrowby",
        "write to zofia.quimby+kiln@quimby.example or <zofia@quimby.example>, call +48 600 700 801 or (415) 555-0123",
        "the server is at 203.0.113.77:25565 and [2001:db8:77::1]:443",
        "join https://discord.gg/kH7nVn2 or discord.com/invite/kH7nVn2, see https://github.com/thornbury/kiln",
        "<@214900000004194405> <@!214900000004194406> <@&610000000000000003> <#620000000000000004> \
         <:blobquimby:630000000000000001> <a:blobquimby:630000000000000001> </firelord burn:680000000000000001>",
        "https://discord.com/channels/600000000000000001/620000000000000004/1238505117050880000 \
         https://cdn.discordapp.com/attachments/620000000000000004/650000000000000009/zofia-quimby.pdf?ex=1&is=2",
        "Z%6Ffia%20Quimby, https://quimby.example/Zofia#quimby, zofiaQuimby87, Quimbys, Quimbym",
    ] {
        texts.push(text.into());
    }
    let first = 1_238_505_117_050_880_000;
    let mut messages: Vec<Value> = (first..)
        .zip(&texts)
        .map(|(id, text)| message(id, text))
        .collect();
    messages.extend(system_messages(first, first + texts.len() as u64));
    let guild = json!({"id": "600000000000000001", "name": "Kilnhaven", "icon": "1f2e3d4c5b6a7988",
        "description": "Zofia's Kilnhaven", "roles": [
            {"id": "600000000000000001", "name": "@everyone"},
            {"id": "610000000000000003", "name": "Glazewright", "color": 1_752_220, "icon": "1f2e3d4c5b6a7988"}]});
    let channel = json!({"id": "620000000000000004", "type": 0, "name": "wexford", "parent": "Przybylski's corner",
        "topic": "Zofia Quimby's own, https://discord.gg/kH7nVn2", "parent_id": "620000000000000000",
        "guild_id": "600000000000000001"});
    let silent = [
        user("214900000004194407", "okonkwo", "Okonkwo"),
        user("214900000004194408", "minsu", "민수"),
        user("214900000004194409", "taro", "田中太郎"),
    ];
    json!({"guild": guild, "channel": channel, "users": silent, "messages": messages}).to_string()
}

/// A text as a searcher sees it who knows that names can be spelt in other ways: its
/// letters and digits without accents, case and style. Not the program's own folding, which
/// is put to the test.
pub fn letters(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let alike = |c: char| match c {
        '\u{43e}' => 'o',
        '\u{456}' => 'i',
        c => c,
    };
    decoded(text)
        .nfkd()
        .flat_map(char::to_lowercase)
        .map(alike)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// A text whose characters aren't written in the ways of addresses, HTML and JSON.
fn decoded(text: &str) -> String {
    let number = |text: &str, radix| char::from_u32(u32::from_str_radix(text, radix).ok()?);
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let entity = rest.strip_prefix("&#").and_then(|rest| {
            let (code, _) = rest.split_once(';').filter(|(code, _)| code.len() < 8)?;
            let c = match code.strip_prefix('x') {
                Some(hex) => number(hex, 16)?,
                None => number(code, 10)?,
            };
            Some((c, code.len() + 3))
        });
        let escape = rest
            .strip_prefix("\\u")
            .and_then(|rest| Some((number(rest.get(..4)?, 16)?, 6)));
        let byte = rest
            .strip_prefix('%')
            .and_then(|rest| u8::from_str_radix(rest.get(..2)?, 16).ok());
        if let Some(byte) = byte {
            bytes.push(byte);
            rest = &rest[3..];
            continue;
        }
        let (c, length) = entity.or(escape).unwrap_or((c, c.len_utf8()));
        bytes.extend(c.to_string().into_bytes());
        rest = &rest[length..];
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Which of the words and codes stand in a text or in data that has numbers of its own.
pub fn words(text: &str) -> Vec<&'static str> {
    let folded = letters(text);
    let words = SECRETS
        .iter()
        .filter(|secret| folded.contains(&letters(secret)));
    let codes = CODES.iter().filter(|code| text.contains(**code));
    words.chain(codes).copied().collect()
}

/// What of the secrets a text still tells.
pub fn leaks(text: &str) -> Vec<&'static str> {
    let folded = letters(text);
    let secret = |secret: &&&str| folded.contains(&letters(secret));
    let mut leaks: Vec<_> = SECRETS
        .iter()
        .chain(&NUMBERS[..2])
        .filter(secret)
        .copied()
        .collect();
    leaks.extend(
        NUMBERS[2..]
            .iter()
            .chain(&CODES)
            .filter(|code| text.contains(**code))
            .copied(),
    );
    leaks
}
