//! Changes single fields of exports to whatever a field may hold by others' mistakes, and on
//! purpose. The same number makes the same change each time.

#![allow(dead_code, reason = "not every test needs everything")]

use serde_json::{Map, Value, json};

/// What a field may hold instead.
pub fn replacements() -> Vec<Value> {
    let nested = (0..200).fold(json!("deep"), |inner, _| json!([inner]));
    let nest = (0..200).fold(json!("deep"), |inner, _| json!({"components": [inner]}));
    vec![
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1),
        json!(19),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(9_223_372_036_854_775_808_u64),
        json!(u64::MAX),
        json!(1e300),
        json!(-0.5),
        json!(""),
        json!(" \t\u{a0}"),
        json!("x"),
        json!("7"),
        json!("-7"),
        json!("18446744073709551616"),
        json!("2024-02-30T25:61:61+99:99"),
        json!("9999-12-31T23:59:59.999999999-18:00"),
        json!("\u{0}\u{b}\u{1b}[31m\u{7f}\u{85}\u{202e}\u{fdd0}\u{ffff}\u{10ffff}"),
        json!("𝓶\u{301}\u{301}\u{200d}🏳\u{fe0f}\u{200d}🌈**_~~||`<@1>"),
        json!("a".repeat(10_000)),
        json!("[".repeat(2_000)),
        json!([]),
        json!({}),
        json!([null]),
        json!([1, "x", {}, [], true]),
        json!({"id": 5, "name": [], "url": {}, "type": "x"}),
        nested,
        nest,
    ]
}

/// All places of a value: the keys and indices that lead there.
pub fn places(value: &Value) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    add_places(value, &mut Vec::new(), &mut found);
    found
}

fn add_places(value: &Value, path: &mut Vec<String>, found: &mut Vec<Vec<String>>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(k, v)| (k.clone(), v)).collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            // The items of a list are alike.
            .take(2)
            .map(|(at, v)| (at.to_string(), v))
            .collect(),
        _ => return,
    };
    for (key, inner) in members {
        path.push(key);
        found.push(path.clone());
        add_places(inner, path, found);
        path.pop();
    }
}

/// The value at a place.
pub fn at<'v>(value: &'v Value, path: &[String]) -> Option<&'v Value> {
    path.iter().try_fold(value, |value, key| match value {
        Value::Object(members) => members.get(key),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        _ => None,
    })
}

/// The value with something else at a place, or with nothing there.
pub fn changed(value: &Value, path: &[String], by: Option<&Value>) -> Value {
    let Some((key, rest)) = path.split_first() else {
        return by.cloned().unwrap_or_default();
    };
    let leave_out = rest.is_empty() && by.is_none();
    match value {
        Value::Object(members) => {
            let mut members = members.clone();
            if leave_out {
                members.remove(key);
            } else if let Some(inner) = members.get_mut(key) {
                *inner = changed(inner, rest, by);
            }
            Value::Object(members)
        }
        Value::Array(items) => {
            let mut items = items.clone();
            let at: usize = key.parse().expect("it is an index");
            if leave_out {
                items.remove(at);
            } else {
                items[at] = changed(&items[at], rest, by);
            }
            Value::Array(items)
        }
        other => other.clone(),
    }
}

/// A generator of pseudo-random numbers (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below an end.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.number() % end.max(1) as u64).unwrap_or_default()
    }

    /// One of several.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }
}

/// Words that fields know, and words like them.
const WORDS: [&str; 40] = [
    "Default",
    "Reply",
    "Call",
    "ChannelPinnedMessage",
    "GuildMemberJoin",
    "ThreadCreated",
    "RecipientRemove",
    "Forward",
    "rich",
    "image",
    "video",
    "gifv",
    "article",
    "link",
    "poll_result",
    "Lottie",
    "Apng",
    "GIF",
    "GuildForum",
    "GuildPublicThread",
    "DirectTextChat",
    "Started a call that lasted 99,999,999,999 minutes.",
    "Removed x from the group.",
    "image/png",
    "audio/ogg",
    "video/mp4",
    "text/plain",
    "SPOILER_.png",
    "voice-message.ogg",
    "attachment://x",
    "https://discord.com/channels/1/2/3",
    "https://x.test/%00?\u{202e}#<b>",
    "javascript:alert(1)",
    "#ff00ff",
    "#FFF",
    "0",
    "0001",
    "1215721409347584001",
    "AQIDBAUGBwgJCgsMDQ4PEA==",
    "flagged",
];

/// Pieces of Markdown that are odd together.
const MARKUP: [&str; 30] = [
    "*",
    "**",
    "_",
    "__",
    "~~",
    "||",
    "`",
    "```",
    "\n",
    "> ",
    ">>> ",
    "# ",
    "-# ",
    "- ",
    "1. ",
    "[",
    "](https://x.test)",
    "<@1>",
    "<@&2>",
    "<#3>",
    "<:a:4>",
    "<t:99999999999999:R>",
    "</a b:5>",
    "@everyone",
    "\\",
    "a",
    "שלום",
    " ",
    "👩‍👩‍👧",
    "\u{301}",
];

fn text(random: &mut Random) -> String {
    let length = 1 + random.below(24);
    match random.below(4) {
        0 => (*random.pick(&WORDS)).into(),
        1 => (0..length * 2).map(|_| *random.pick(&MARKUP)).collect(),
        // Any code points, from common blocks and from all there are.
        2 => (0..length)
            .filter_map(|_| char::from_u32(u32::try_from(random.below(0x3000)).ok()?))
            .collect(),
        _ => (0..length)
            .filter_map(|_| char::from_u32(u32::try_from(random.below(0x11_0000)).ok()?))
            .collect(),
    }
}

fn number(random: &mut Random) -> Value {
    match random.below(4) {
        0 => json!(random.below(80)),
        1 => json!(1_u64 << random.below(64)),
        2 => json!(-(1_i64 << random.below(63))),
        _ => json!((random.below(2_000) as f64 - 1_000.0) / 7.0),
    }
}

/// What stands in a value's place instead; nothing where it is left out. `others` are
/// values of other fields.
fn replacement(
    random: &mut Random,
    value: &Value,
    fixed: &[Value],
    others: &[Value],
) -> Option<Value> {
    Some(match random.below(12) {
        0 => return None,
        1..=3 => random.pick(fixed).clone(),
        4 => number(random),
        5 | 6 => json!(text(random)),
        7 | 8 => random.pick(others).clone(),
        9 => json!([value]),
        10 => json!({ "value": value, "id": value, "name": value }),
        _ => match value {
            Value::String(text) => json!(text.repeat(1 + 4_000 / text.len().max(40))),
            Value::Array(items) => {
                let times = 1 + 40 / items.len().max(1);
                items
                    .iter()
                    .cycle()
                    .take(items.len() * times)
                    .cloned()
                    .collect()
            }
            Value::Number(number) => json!(number.as_f64().unwrap_or_default() * 1e3),
            Value::Object(members) => members.values().cloned().collect(),
            other => other.clone(),
        },
    })
}

/// Makes mutations of messages.
pub struct Mutations {
    messages: Vec<Value>,
    places: Vec<Vec<Vec<String>>>,
    fixed: Vec<Value>,
    others: Vec<Value>,
}

impl Mutations {
    /// Mutations of these messages; fields may get values of all fields there are in
    /// them.
    pub fn new(messages: &[Value]) -> Self {
        let places: Vec<_> = messages.iter().map(places).collect();
        let others = messages
            .iter()
            .zip(&places)
            .flat_map(|(message, places)| places.iter().filter_map(|place| at(message, place)))
            .filter(|value| value.to_string().len() < 3_000)
            .cloned()
            .collect();
        Self {
            messages: messages.to_vec(),
            places,
            fixed: replacements(),
            others,
        }
    }

    /// A message with a changed field, sometimes two, and what was changed.
    pub fn message(&self, random: &mut Random) -> (Value, String) {
        let which = random.below(self.messages.len());
        let mut message = self.messages[which].clone();
        let mut what = String::new();
        let several = 1 + usize::from(random.below(4) == 0);
        for _ in 0..several {
            let place = random.pick(&self.places[which]);
            // The first change may have taken it away.
            let Some(value) = at(&message, place) else {
                continue;
            };
            let by = replacement(random, value, &self.fixed, &self.others);
            what += &format!("{} = {}; ", place.join("."), shown(by.as_ref()));
            message = changed(&message, place, by.as_ref());
        }
        (message, what)
    }
}

/// A value, shortened.
pub fn shown(value: Option<&Value>) -> String {
    let text = value.map_or_else(|| "nothing".to_owned(), Value::to_string);
    text.chars().take(80).collect()
}

/// The samples of messages as DiscordChatExporter and as Discord's API write them.
pub fn samples() -> Vec<Map<String, Value>> {
    [
        include_str!("../../../examples/exports/server-channel.json"),
        include_str!("../../../examples/exports/direct-message.json"),
        include_str!("../../../examples/exports/thread.json"),
        include_str!("../../../examples/exports/api-messages.json"),
        include_str!("../tests/data/default-dialect.json"),
        include_str!("../tests/data/firing-log.json"),
        include_str!("../tests/data/every-field.json"),
    ]
    .map(|text| serde_json::from_str(text).expect("samples are objects"))
    .into()
}
