//! What AutoMod reports, which Discord packs into the fields of an embed.

use super::cards::{value, whole};
use crate::model::{Blank, Embed, Message, System, SystemVariant};

/// The id that AutoMod itself writes under.
const AUTOMOD: &str = "1008776202191634432";

/// Fills in what AutoMod did, out of the message's first embed. What has no place
/// in the facts stays there.
pub fn report<'a>(message: &mut Message<'a>, author: &str, system: &mut System<'a>) {
    system.variant = SystemVariant("acted");
    if author == AUTOMOD {
        system.user = None;
    }
    let Some(embed) = message.embeds.first_mut() else {
        return;
    };
    if notes_a_raid(embed) {
        system.variant = SystemVariant("raid");
        // Who wrote it is the channel's owner or AutoMod, and caught nobody.
        system.user = None;
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
    // An id that leads nowhere says nothing.
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
        // What was blocked is not there to be led to.
        _ if !system.message_id.is_blank() => "flagged",
        _ => "acted",
    });
    if embed.fields.is_empty() && embed.extra.is_empty() {
        message.embeds.remove(0);
    } else {
        // Discord's name for a card of this kind, and nobody's.
        embed.kind = "rich".into();
    }
}

fn notes_a_raid(embed: &Embed) -> bool {
    embed.fields.iter().any(|field| {
        matches!(
            &*field.name,
            "raid_type" | "raid_datetime" | "join_attempts"
        ) || (&*field.name == "notification_type" && &*field.value == "raid")
    })
}

fn is_report(embed: &Embed) -> bool {
    embed.fields.iter().any(|field| {
        matches!(
            &*field.name,
            "rule_name" | "keyword" | "decision_id" | "decision_outcome" | "flagged_message_id"
        )
    })
}
