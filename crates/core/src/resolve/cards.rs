//! Results of polls, which Discord packs into the fields of an embed.

use crate::model::{Blank, Embed, Emoji, Message, MessageType, PollResult};
use crate::text::Text;

/// Moves the result of a poll out of the message's first embed. An embed with other fields
/// keeps those.
pub fn take(message: &mut Message) {
    if message.kind != MessageType::POLL_RESULT {
        return;
    }
    let Some(embed) = message.embeds.first_mut() else {
        return;
    };
    message.poll_result = poll_result(embed).map(Box::new);
    if message.poll_result.is_some()
        && embed.fields.is_empty()
        && embed.description.is_blank()
        && embed.extra.is_empty()
    {
        message.embeds.remove(0);
    }
}

/// An integer in Typst's range.
pub(super) fn whole(text: &str) -> Option<u64> {
    let number: u64 = text.trim().parse().ok()?;
    i64::try_from(number).is_ok().then_some(number)
}

/// Takes a field's value; numbers only if they are valid.
pub(super) fn value<'a>(embed: &mut Embed<'a>, name: &str, number: bool) -> Option<Text<'a>> {
    let at = embed
        .fields
        .iter()
        .position(|field| &*field.name == name && (!number || whole(&field.value).is_some()))?;
    Some(embed.fields.remove(at).value)
}

fn poll_result<'a>(embed: &mut Embed<'a>) -> Option<PollResult<'a>> {
    let question = value(embed, "poll_question_text", false)?;
    let mut number = |name| value(embed, name, true).and_then(|text| whole(&text));
    let total_votes = number("total_votes");
    let votes = number("victor_answer_votes");
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
