//! Messages as written by `toJSON()` of discord.js: camelCase, times in milliseconds, people
//! only by id.

use super::Members;
use super::members::{id_text, object};
use super::place::place;
use crate::json::Json;

/// Whether an object with these keys is such a message.
pub fn has_keys(keys: &[&str]) -> bool {
    keys.contains(&"createdTimestamp") || (keys.contains(&"authorId") && keys.contains(&"content"))
}

/// Whether an object is such a message.
pub fn fits(message: &Members) -> bool {
    message.any(|key| matches!(key, "createdTimestamp" | "authorId"))
        && (message.has("createdTimestamp") || message.has("content"))
}

/// Renames fields that aren't simply the API's in camelCase, and makes objects of people's
/// ids.
pub fn convert(message: &mut Members) {
    message.rename("createdTimestamp", "timestamp");
    message.rename("reference", "message_reference");
    if let Some(id) = message.take("authorId").as_ref().and_then(id_text)
        && !message.has("author")
    {
        message.set("author", object("id", id));
    }
    // Fields that are derived from others, or don't concern the message.
    message.drop_all(&[
        "cleanContent",
        "groupActivityApplicationId",
        "system",
        "partial",
        "hasThread",
        "url",
    ]);
    place(message);
    mentions(message);
    message.within("author", &person);
    message.within("member", &|member| {
        member.rename("nickname", "nick");
        member.drop_all(&[
            "guildId",
            "userId",
            "displayName",
            "displayAvatarURL",
            "joinedTimestamp",
        ]);
    });
    message.within("interaction", &|interaction| {
        interaction.rename("commandName", "name")
    });
    message.within("poll", &|poll| {
        poll.rename("expiresTimestamp", "expiry");
        if let Some(is_final) = poll.take("resultsFinalized") {
            let results = Members::new(vec![("is_finalized".into(), is_final)]);
            poll.set("results", results.into_json());
        }
        without_ids(poll, "answers");
        answers(poll);
    });
    // Ids of missing objects.
    without_ids(message, "messageSnapshots");
    without_ids(message, "message_snapshots");
    if let Some(Json::Array(stickers)) = message.get_mut("stickers") {
        for sticker in stickers.iter_mut() {
            if let Some(id) = id_text(sticker) {
                *sticker = object("id", id);
            }
        }
    }
    for (key, noise) in NOISE {
        message.each(key, &|one| one.drop_all(noise));
    }
    message.each("reactions", &|reaction| {
        reaction.within("emoji", &|emoji| {
            emoji.rename("imageURL", "imageUrl");
            emoji.drop_all(&["createdTimestamp", "identifier", "url"]);
        });
    });
    message.within("thread", &|thread| {
        thread.drop_all(&THREAD_NOISE);
    });
    message.each("attachments", &|attachment| {
        attachment.rename("name", "filename");
        attachment.rename("attachment", "url");
        attachment.rename("duration", "duration_secs");
        if let Some(Json::Bool(true)) = attachment.take("spoiler") {
            attachment.set("flags", Json::Int(8));
        }
    });
    // A list of ids only says that there are files.
    if let Some(Json::Array(items)) = message.get_mut("attachments") {
        for item in items.iter_mut() {
            if let Some(id) = id_text(item) {
                *item = object("id", id);
            }
        }
    }
}

/// Internal fields of discord.js.
const NOISE: [(&str, &[&str]); 2] = [
    (
        "stickers",
        &[
            "type",
            "available",
            "guildId",
            "packId",
            "sortValue",
            "tags",
            "createdTimestamp",
        ],
    ),
    ("attachments", &["attachment"]),
];
const THREAD_NOISE: [&str; 5] = [
    "locked",
    "archived",
    "autoArchiveDuration",
    "archiveTimestamp",
    "createdTimestamp",
];

/// Derived fields of a user.
fn person(person: &mut Members) {
    person.rename("avatarURL", "avatarUrl");
    person.drop_all(&[
        "avatarURL",
        "displayAvatarURL",
        "defaultAvatarURL",
        "bannerURL",
        "hexAccentColor",
        "tag",
        "createdTimestamp",
        "avatarDecoration",
    ]);
}

/// Answers of a poll, which have their words and votes in themselves.
fn answers(poll: &mut Members) {
    let mut counts = Vec::new();
    if let Some(Json::Array(answers)) = poll.get_mut("answers") {
        for answer in answers {
            let Json::Object(members) = answer else {
                continue;
            };
            let mut members = Members::new(std::mem::take(members));
            members.rename("id", "answer_id");
            let mut media = Members::new(Vec::new());
            for key in ["text", "emoji"] {
                if let Some(value) = members.take(key) {
                    media.set(key, value);
                }
            }
            if !members.has("poll_media") && !members.has("pollMedia") {
                members.set("poll_media", media.into_json());
            }
            if let (Some(id), Some(votes)) = (members.get("answer_id"), members.get("voteCount")) {
                let mut count = Members::new(vec![("id".into(), id.clone())]);
                count.set("count", votes.clone());
                counts.push(count.into_json());
            }
            members.take("voteCount");
            *answer = members.into_json();
        }
    }
    if counts.is_empty() {
        return;
    }
    let mut results = match poll.take("results") {
        Some(Json::Object(results)) => Members::new(results),
        _ => Members::new(Vec::new()),
    };
    if !results.has("answer_counts") && !results.has("answerCounts") {
        results.set("answer_counts", Json::Array(counts));
    }
    poll.set("results", results.into_json());
}

/// Removes ids from a list of objects.
fn without_ids(members: &mut Members, key: &str) {
    if let Some(Json::Array(items)) = members.get_mut(key) {
        items.retain(|item| id_text(item).is_none());
    }
}

/// discord.js groups mentions: `{everyone, users, roles, …}`.
fn mentions(message: &mut Members) {
    if !matches!(message.get("mentions"), Some(Json::Object(_))) {
        return;
    }
    let Some(Json::Object(groups)) = message.take("mentions") else {
        return;
    };
    let mut groups = Members::new(groups);
    if let Some(everyone) = groups.take("everyone") {
        message.set("mention_everyone", everyone);
    }
    if let Some(Json::Array(mut roles)) = groups.take("roles") {
        without_objects(&mut roles);
        message.set("mention_roles", Json::Array(roles));
    }
    if let Some(Json::Array(mut channels)) = groups.take("channels") {
        channels.retain(|channel| matches!(channel, Json::Object(_)));
        if let Some(Json::Array(known)) = message.get_mut("mention_channels") {
            known.append(&mut channels);
        } else if !channels.is_empty() {
            message.set("mention_channels", Json::Array(channels));
        }
    }
    let users = match groups.take("users") {
        Some(Json::Array(users)) => users,
        _ => Vec::new(),
    };
    let users = users.into_iter().filter_map(|user| match id_text(&user) {
        Some(id) => Some(object("id", id)),
        None => matches!(user, Json::Object(_)).then_some(user),
    });
    message.set("mentions", Json::Array(users.collect()));
}

/// Reduces the objects of a list to their ids.
fn without_objects(items: &mut [Json]) {
    for item in items {
        if let Some(id) = item.get("id").and_then(id_text) {
            *item = id;
        }
    }
}
