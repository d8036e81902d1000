//! Reports of AutoMod, which Discord packs into the fields of an embed.

use super::cards::{value, whole};
use crate::model::{Blank, Embed, EmbedField, Message, Notice, System, SystemVariant};
use crate::text::Text;
use crate::time::parse_iso;

/// The id that AutoMod itself writes under.
const AUTOMOD: &str = "1008776202191634432";

/// Moves AutoMod's facts from the message's first embed to the facts of the message. Fields
/// without a counterpart stay there. `called` returns people's names by id.
pub fn report<'a>(
    message: &mut Message<'a>,
    author: &str,
    system: &mut System<'a>,
    called: impl Fn(&str) -> Option<Text<'a>> + Copy,
) {
    system.variant = SystemVariant("acted");
    if author == AUTOMOD {
        system.user = None;
    }
    let Some(embed) = message.embeds.first_mut() else {
        return;
    };
    if is_alert(embed) {
        // The author is the channel's owner or AutoMod, not the person concerned.
        system.user = None;
        let is_blank = alert(embed, system, called);
        if is_blank {
            message.embeds.remove(0);
        }
        return;
    }
    if !is_report(embed) {
        return;
    }
    let mut take = |name| value(embed, name, false).unwrap_or_default();
    system.rule = take("rule_name");
    system.keyword = take("keyword");
    system.matched = take("keyword_matched_content");
    system.reason = take("decision_reason");
    system.channel_id = take("channel_id");
    system.message_id = take("flagged_message_id");
    let outcome = take("decision_outcome");
    // A dead id is useless.
    take("decision_id");
    system.duration = value(embed, "timeout_duration", true).and_then(|text| whole(&text));
    system.text = std::mem::take(&mut embed.description);
    let quarantined = embed
        .fields
        .iter()
        .any(|field| field.name.starts_with("quarantine"));
    system.variant = SystemVariant(match &*outcome {
        _ if quarantined => "quarantined",
        "blocked" => "blocked",
        "flagged" => "flagged",
        // A blocked message doesn't exist, so there is no link to it.
        _ if !system.message_id.is_blank() => "flagged",
        _ => "acted",
    });
    if embed.fields.is_empty() && embed.extra.is_empty() {
        message.embeds.remove(0);
    } else {
        put_in_words(embed, called);
    }
}

/// Makes a readable embed of the remaining fields, which have names for programs.
fn put_in_words<'a>(embed: &mut Embed<'a>, called: impl Fn(&str) -> Option<Text<'a>>) {
    // Discord's internal name for such an embed.
    embed.kind = "rich".into();
    for field in &mut embed.fields {
        let mut name = &*field.name;
        if let Some(stem) = name.strip_suffix("_id")
            && let Some(called) = called(field.value.trim())
        {
            field.value = called;
            name = stem;
        }
        let named = in_words(name).map(|words| {
            let mut letters = words.chars();
            let first = letters.next().map(|letter| letter.to_ascii_uppercase());
            first.into_iter().chain(letters).collect::<String>()
        });
        if let Some(named) = named {
            field.name = named.into();
        }
        if field.value.contains('_')
            && let Some(value) = in_words(&field.value)
        {
            field.value = value.into();
        }
    }
}

/// A readable form of a name for programs, such as `quarantine_user`; `None` for other text.
fn in_words(name: &str) -> Option<String> {
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_'))
        && name.starts_with(|first: char| first.is_ascii_alphabetic());
    is_name.then(|| name.replace('_', " ").trim().to_ascii_lowercase())
}

/// Moves the facts of an alert, and returns whether its embed is then empty.
fn alert<'a>(
    embed: &mut Embed<'a>,
    system: &mut System<'a>,
    called: impl Fn(&str) -> Option<Text<'a>>,
) -> bool {
    let is_raid = embed.fields.iter().any(is_of_raid);
    system.variant = SystemVariant(if is_raid { "raid" } else { "alert" });
    // A dead id is useless.
    embed.fields.retain(|field| &*field.name != "decision_id");
    embed.fields.retain(|field| {
        let notice = notice(&field.name, &field.value, &called);
        let is_known = notice.is_some();
        system.notices.extend(notice);
        // The sentence says this.
        !(is_known || (&*field.name == "notification_type" && is_of_raid(field)))
    });
    put_in_words(embed, called);
    embed.fields.is_empty()
        && embed.title.is_blank()
        && embed.description.is_blank()
        && embed.extra.is_empty()
}

/// The fact in a field of an alert, if its value can be read.
fn notice<'a>(
    field: &str,
    value: &str,
    called: impl Fn(&str) -> Option<Text<'a>>,
) -> Option<Notice<'a>> {
    let said = |name, value: Text<'a>| {
        Some(Notice {
            name: SystemVariant(name),
            value,
            ..Notice::default()
        })
    };
    let moment = |name| {
        Some(Notice {
            name: SystemVariant(name),
            at: Some(parse_iso(value.trim())?),
            ..Notice::default()
        })
    };
    let number = |name| said(name, whole(value)?.to_string().into());
    match field {
        "raid_type" => match value.to_ascii_uppercase().as_str() {
            "JOIN_RAID" => said("join", Text::default()),
            "MENTION_RAID" => said("mention", Text::default()),
            _ => None,
        },
        "raid_datetime" => moment("time"),
        "suspicious_mention_activity_until" => moment("until"),
        "join_attempts" => number("attempts"),
        "dms_sent" => number("sent"),
        "resolved_reason" if !value.trim().is_empty() => {
            said("resolved", value.to_lowercase().replace('_', " ").into())
        }
        "action_by_user_id" => said("by", called(value.trim())?),
        _ => None,
    }
}

fn is_alert(embed: &Embed) -> bool {
    let is_notification = |field: &EmbedField| &*field.name == "notification_type";
    embed
        .fields
        .iter()
        .any(|field| is_of_raid(field) || is_notification(field))
}

/// Whether a field belongs to a raid alert.
fn is_of_raid(field: &EmbedField) -> bool {
    match &*field.name {
        "raid_type" | "raid_datetime" | "join_attempts" => true,
        "notification_type" => matches!(&*field.value, "raid" | "mention_raid"),
        _ => false,
    }
}

fn is_report(embed: &Embed) -> bool {
    embed.fields.iter().any(|field| {
        matches!(
            &*field.name,
            "rule_name" | "keyword" | "decision_id" | "decision_outcome" | "flagged_message_id"
        )
    })
}
