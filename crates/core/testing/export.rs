//! Makes exports of any size, the same each time: text lengths, and shares of
//! replies, reactions, embeds and attachments, as in a lively server.

use std::fmt::Write;

/// A generator of pseudo-random numbers (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// True in `percent` of 100 cases.
    fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[usize::try_from(self.next() % from.len() as u64).unwrap_or_default()]
    }
}

const WORDS: [&str; 48] = [
    "the",
    "a",
    "and",
    "but",
    "is",
    "was",
    "not",
    "it",
    "you",
    "we",
    "they",
    "build",
    "release",
    "today",
    "tomorrow",
    "bug",
    "crash",
    "really",
    "think",
    "maybe",
    "lol",
    "wait",
    "what",
    "**bold**",
    "*so*",
    "`cargo test`",
    "~~nope~~",
    "https://example.org/a/b?c=d",
    "screenshot",
    "server",
    "again",
    "works",
    "here",
    "thanks",
    "sounds",
    "good",
    "ok",
    "nice",
    "café",
    "naïve",
    "😂",
    "🎉",
    "<@100000000000000003>",
    "<:blob:200000000000000001>",
    "never",
    "later",
    "shader",
    "texture",
];
/// Who writes; as nicknames they end in `!`.
pub const NAMES: [&str; 12] = [
    "ada", "brook", "chidi", "dana", "emre", "farah", "goro", "hana", "ines", "jonas", "kira",
    "lev",
];
const EMOJI: [&str; 6] = ["👍", "😂", "❤️", "🎉", "👀", "🔥"];

/// Id of the first message; each next one is later.
const FIRST_ID: u64 = 1_190_000_000_000_000_000;

/// An export of DiscordChatExporter with so many messages, about 1 kB each.
pub fn export(messages: usize) -> String {
    let mut random = Random(7);
    let mut out = String::with_capacity(messages * 1200 + 1000);
    out.push_str(HEAD);
    let mut id = FIRST_ID;
    let mut author = 0;
    for index in 0..messages {
        let previous = id;
        // Between a second and twenty minutes.
        id += ((1 + random.below(1200)) * 1000) << 22;
        if random.chance(60) {
            author = random.below(NAMES.len() as u64);
        }
        if index > 0 {
            out.push(',');
        }
        message(&mut out, &mut random, id, previous, author);
    }
    let _ = write!(out, "\n  ],\n  \"messageCount\": {messages}\n}}\n");
    out
}

const HEAD: &str = r#"{
  "guild": {
    "id": "300000000000000001",
    "name": "Sample Server",
    "iconUrl": "https://cdn.discordapp.com/icons/300000000000000001/aa.png?size=512"
  },
  "channel": {
    "id": "300000000000000002",
    "type": "GuildTextChat",
    "categoryId": "300000000000000003",
    "category": "Text channels",
    "name": "general",
    "topic": "Anything goes"
  },
  "dateRange": {
    "after": null,
    "before": null
  },
  "exportedAt": "2024-06-01T12:00:00.1234567+00:00",
  "messages": ["#;

fn message(out: &mut String, random: &mut Random, id: u64, previous: u64, author: u64) {
    let is_reply = random.chance(18);
    let kind = if is_reply { "Reply" } else { "Default" };
    let time = time(id);
    let text = text(random);
    let _ = write!(
        out,
        r#"
    {{
      "id": "{id}",
      "type": "{kind}",
      "timestamp": "{time}",
      "timestampEdited": null,
      "callEndedTimestamp": null,
      "isPinned": false,
      "content": "{text}",
      "author": {{{}
      }},
      "attachments": ["#,
        user(author, true, "        ")
    );
    if random.chance(8) {
        let _ = write!(
            out,
            r#"
        {{
          "id": "{}",
          "url": "https://cdn.discordapp.com/attachments/300000000000000002/{id}/image.png?ex=66a&is=665&hm=0123456789abcdef",
          "fileName": "image.png",
          "fileSizeBytes": {}
        }}
      "#,
            id + 1,
            random.below(3_000_000)
        );
    }
    out.push_str("],\n      \"embeds\": [");
    if random.chance(6) {
        embed(out, random);
    }
    out.push_str("],\n      \"stickers\": [],\n      \"reactions\": [");
    if random.chance(10) {
        reaction(out, random, author);
    }
    out.push_str("],\n      \"mentions\": [");
    if text.contains("<@") {
        let user = user(3, true, "          ");
        let _ = write!(out, "\n        {{{user}\n        }}\n      ");
    }
    out.push(']');
    if is_reply {
        let _ = write!(
            out,
            r#",
      "reference": {{
        "type": "Default",
        "messageId": "{previous}",
        "channelId": "300000000000000002",
        "guildId": "300000000000000001"
      }}"#
        );
    }
    out.push_str(",\n      \"inlineEmojis\": []\n    }");
}

/// A link with a preview.
fn embed(out: &mut String, random: &mut Random) {
    let _ = write!(
        out,
        r##"
        {{
          "title": "An article about {}",
          "url": "https://example.org/articles/{}",
          "timestamp": null,
          "description": "{}",
          "color": "#5865F2",
          "thumbnail": {{
            "url": "https://images-ext-1.discordapp.net/external/abc/https/example.org/t.png",
            "canonicalUrl": "https://example.org/t.png",
            "width": 1200,
            "height": 630
          }},
          "images": [],
          "fields": [],
          "inlineEmojis": []
        }}
      "##,
        random.pick(&WORDS[11..16]),
        random.below(100_000),
        self::text(random)
    );
}

/// A reaction of the author and of others.
fn reaction(out: &mut String, random: &mut Random, author: u64) {
    let emoji = random.pick(&EMOJI);
    let count = 1 + random.below(4);
    let _ = write!(
        out,
        r#"
        {{
          "emoji": {{
            "id": "",
            "name": "{emoji}",
            "code": "emoji",
            "isAnimated": false,
            "imageUrl": "https://cdn.jsdelivr.net/gh/twitter/twemoji@latest/assets/svg/1f44d.svg"
          }},
          "count": {count},
          "users": ["#
    );
    for n in 0..count {
        let comma = if n > 0 { "," } else { "" };
        let user = user((author + n) % NAMES.len() as u64, false, "              ");
        let _ = write!(out, "{comma}\n            {{{user}\n            }}");
    }
    out.push_str("\n          ]\n        }\n      ");
}

fn user(index: u64, with_roles: bool, indent: &str) -> String {
    let name = NAMES[usize::try_from(index).unwrap_or_default() % NAMES.len()];
    let id = 100_000_000_000_000_000 + index;
    let mut user = format!(
        "\n{indent}\"id\": \"{id}\",\n{indent}\"name\": \"{name}\",\n\
         {indent}\"discriminator\": \"0000\",\n{indent}\"nickname\": \"{name}!\",\n\
         {indent}\"color\": \"#3498DB\",\n{indent}\"isBot\": false,"
    );
    if with_roles {
        let _ = write!(
            user,
            "\n{indent}\"roles\": [\n{indent}  {{\n{indent}    \"id\": \"40000000000000000{}\",\n\
             {indent}    \"name\": \"Regular\",\n{indent}    \"color\": \"#3498DB\",\n\
             {indent}    \"position\": {}\n{indent}  }}\n{indent}],",
            index % 3,
            1 + index % 3
        );
    }
    let _ = write!(
        user,
        "\n{indent}\"avatarUrl\": \"https://cdn.discordapp.com/avatars/{id}/0123456789abcdef.png?size=512\""
    );
    user
}

/// One to forty words, mostly few; one in ten has several lines.
fn text(random: &mut Random) -> String {
    let most = if random.chance(15) { 40 } else { 12 };
    let mut text = String::new();
    for n in 0..1 + random.below(most) {
        if n > 0 {
            text.push_str(if random.chance(3) { "\\n" } else { " " });
        }
        text.push_str(random.pick(&WORDS));
    }
    text
}

/// The time of an id, as the exporter writes it.
fn time(id: u64) -> String {
    let ms = (id >> 22) + 1_420_070_400_000;
    let civil = scrollback_core::time::Civil::from_seconds((ms / 1000).cast_signed());
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}+00:00",
        civil.year,
        civil.month,
        civil.day,
        civil.hour,
        civil.minute,
        civil.second,
        ms % 1000
    )
}
