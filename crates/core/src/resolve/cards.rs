//! Cards that Discord packs into the fields of an embed: results of polls
//! and reports of AutoMod.

use crate::model::{AutoMod, Blank, Embed, Emoji, Message, MessageType, PollResult};
use crate::text::Text;

/// Takes the card of a message out of its first embed. An embed with fields
/// of other names keeps those.
pub fn take(message: &mut Message) {
    let kind = message.kind;
    if kind != MessageType::POLL_RESULT && kind != MessageType::AUTO_MODERATION {
        return;
    }
    let Some(embed) = message.embeds.first_mut() else {
        return;
    };
    if kind == MessageType::POLL_RESULT {
        message.poll_result = poll_result(embed).map(Box::new);
    } else {
        message.automod = automod(embed).map(Box::new);
    }
    let taken = message.poll_result.is_some() || message.automod.is_some();
    if taken && embed.fields.is_empty() && embed.description.is_blank() && embed.extra.is_empty() {
        message.embeds.remove(0);
    }
}

/// Takes a field's value; numbers only when they are ones.
fn value<'a>(embed: &mut Embed<'a>, name: &str, number: bool) -> Option<Text<'a>> {
    let at = embed.fields.iter().position(|field| {
        &*field.name == name && (!number || field.value.parse::<u64>().is_ok())
    })?;
    Some(embed.fields.remove(at).value)
}

fn poll_result<'a>(embed: &mut Embed<'a>) -> Option<PollResult<'a>> {
    let question = value(embed, "poll_question_text", false)?;
    let mut number = |name| value(embed, name, true).and_then(|text| text.parse().ok());
    let total_votes = number("total_votes").unwrap_or_default();
    let votes = number("victor_answer_votes").unwrap_or_default();
    let answer_id = number("victor_answer_id");
    let text = value(embed, "victor_answer_text", false).unwrap_or_default();
    let id = value(embed, "victor_answer_emoji_id", false);
    let name = value(embed, "victor_answer_emoji_name", false);
    let animated = value(embed, "victor_answer_emoji_animated", false);
    let emoji = (id.is_some() || name.is_some()).then(|| Emoji {
        id: id.unwrap_or_default(),
        name: name.unwrap_or_default(),
        animated: animated.is_some_and(|text| text.eq_ignore_ascii_case("true")),
        ..Emoji::default()
    });
    let extra = Vec::new();
    Some(PollResult {
        question,
        total_votes,
        answer_id,
        votes,
        text,
        emoji,
        extra,
    })
}

fn automod<'a>(embed: &mut Embed<'a>) -> Option<AutoMod<'a>> {
    embed.fields.iter().find(|field| {
        matches!(
            &*field.name,
            "rule_name" | "keyword" | "decision_id" | "flagged_message_id"
        )
    })?;
    let mut take = |name| value(embed, name, false).unwrap_or_default();
    let mut automod = AutoMod {
        rule_name: take("rule_name"),
        keyword: take("keyword"),
        matched: take("keyword_matched_content"),
        channel_id: take("channel_id"),
        flagged_message_id: take("flagged_message_id"),
        timeout_duration: take("timeout_duration"),
        decision_id: take("decision_id"),
        decision_outcome: take("decision_outcome"),
        decision_reason: take("decision_reason"),
        ..AutoMod::default()
    };
    automod.content = std::mem::take(&mut embed.description);
    Some(automod)
}
