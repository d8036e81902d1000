//! Takes names and ids out of a transcript.
//!
//! People get pseudonyms in the order of the messages, everywhere that their
//! names stand: in texts too, where names are found as whole words in any
//! case. Ids become small numbers, the same one for the same id. Pictures,
//! addresses of files and unknown fields go, as they can't be told harmless.
//! Times and role colours stay.

mod ids;
mod names;
mod pseudonym;

use crate::index::Index;
use crate::json::Json;
use crate::model::{Blank, Extra, Person, PersonRef, Spot, Transcript, Visit, Walk};
use crate::text::Text;
use ids::Ids;
use names::Names;

/// Replaces names and ids.
pub(crate) fn anonymize(transcript: &mut Transcript) {
    let order = order(transcript);
    let taken: Index = transcript
        .people
        .iter()
        .flat_map(|p| [&p.username, &p.nick, &p.global_name])
        .map(|name| (name.to_lowercase().into(), 0))
        .collect();
    let mut pseudonyms = pseudonym::pseudonyms(&taken);
    let mut given = vec![String::new(); transcript.people.len()];
    let mut names = Names::default();
    for &at in &order {
        let person = &transcript.people[at];
        let pseudonym = pseudonyms.next().unwrap_or_default();
        for name in [&person.nick, &person.global_name, &person.username] {
            names.add(name, &pseudonym);
        }
        given[at] = pseudonym;
    }
    let direct = transcript
        .channel
        .as_ref()
        .and_then(|channel| channel.kind)
        .is_some_and(|kind| kind.is_direct());
    if let Some(guild) = &mut transcript.guild {
        names.add(&guild.name, "the server");
        guild.name = "Server".into();
    }
    if let Some(channel) = transcript.channel.as_mut().filter(|_| direct) {
        // Names of people who never wrote would stay.
        channel.name = "Direct message".into();
        channel.topic = Text::default();
    }
    names.finish();
    let mut ids = Ids::default();
    transcript.walk(NOWHERE, &mut CollectIds(&mut ids));
    // The sentences of system messages and times hold no texts of their own.
    let mut scrub = Scrub {
        names,
        ids,
        files: 0,
    };
    let people = std::mem::take(&mut transcript.people);
    transcript.walk(NOWHERE, &mut scrub);
    transcript.people = people
        .into_iter()
        .zip(given)
        .map(|(person, name)| stranger(&person, name, &mut scrub.ids))
        .collect();
    transcript.anonymized = true;
}

const NOWHERE: Spot = Spot {
    record: "",
    field: "",
};

/// Indices of people in the order of their first message, then the others.
fn order(transcript: &Transcript) -> Vec<usize> {
    let mut seen = vec![false; transcript.people.len()];
    let mut order = Vec::with_capacity(seen.len());
    let authors = transcript
        .messages
        .iter()
        .filter_map(|message| message.author);
    for person in authors.map(PersonRef::index).chain(0..seen.len()) {
        if let Some(seen) = seen.get_mut(person).filter(|seen| !**seen) {
            *seen = true;
            order.push(person);
        }
    }
    order
}

/// Someone with nothing left but a pseudonym and what shows on messages.
fn stranger<'a>(person: &Person<'a>, name: String, ids: &mut Ids) -> Person<'a> {
    let name = Text::from(name);
    Person {
        id: ids.of(&person.id).into(),
        username: name.clone(),
        display: name,
        color: person.color,
        colors: person.colors.clone(),
        bot: person.bot,
        system: person.system,
        webhook: person.webhook,
        ..Person::default()
    }
}

/// Whether a field holds an id.
fn is_id(spot: Spot) -> bool {
    let field = spot.field;
    field == "id"
        || field.ends_with("_id")
        || matches!(
            (spot.record, field),
            ("Message" | "Snapshot", "mention_roles")
                | ("Emoji" | "Member", "roles")
                | ("Segment", "target")
                | ("Channel", "applied_tags")
        )
}

/// Whether a field holds something that can't be kept: addresses, hashes of
/// pictures, what apps put in.
fn is_dropped(spot: Spot) -> bool {
    let Spot { record, field } = spot;
    match field {
        "url" => !matches!(
            record,
            "Embed" | "EmbedAuthor" | "EmbedProvider" | "Component"
        ),
        "avatar" | "icon" | "banner" | "badge" | "tag" | "placeholder" => {
            record != "System" && (record, field) != ("Component", "placeholder")
        }
        "nonce"
        | "custom_id"
        | "permissions"
        | "discriminator"
        | "joined_at"
        | "premium_since"
        | "communication_disabled_until" => true,
        _ => field.ends_with("_url"),
    }
}

/// Whether a field holds only words of this program's own.
fn is_ours(spot: Spot) -> bool {
    spot.record == "Times"
        || matches!(
            (spot.record, spot.field),
            ("System", "icon")
                | ("Segment", "link")
                | ("Transcript", "timezone" | "exported")
                | ("DateRange", _)
                | ("Embed", "time")
                | ("Poll", "closes")
        )
}

struct CollectIds<'i>(&'i mut Ids);

impl<'a> Visit<'a> for CollectIds<'_> {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        if is_id(spot) && !text.is_blank() {
            self.0.of(text);
        }
    }
    fn extra(&mut self, _: &mut Extra<'a>) {}
    fn json(&mut self, _: &mut Json<'a>) {}
}

struct Scrub {
    names: Names,
    ids: Ids,
    files: usize,
}

impl<'a> Visit<'a> for Scrub {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        if text.is_blank() {
            return;
        }
        if is_id(spot) {
            *text = self.ids.of(text).into();
        } else if is_dropped(spot) {
            *text = Text::default();
        } else if (spot.record, spot.field) == ("Attachment", "filename") {
            self.files += 1;
            *text = file_name(text, self.files).into();
        } else if !is_ours(spot) {
            let named = self.names.replace(text);
            *text = self.ids.replace(&named).into();
        }
    }

    fn extra(&mut self, extra: &mut Extra<'a>) {
        extra.clear();
    }

    fn json(&mut self, json: &mut Json<'a>) {
        *json = Json::Null;
    }
}

/// `file-3.png`: a number and the ending, if it looks like one. A spoiler
/// stays one.
fn file_name(name: &str, number: usize) -> String {
    let spoiler = if name.starts_with("SPOILER_") {
        "SPOILER_"
    } else {
        ""
    };
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase())
        .filter(|ending| ENDINGS.contains(&&**ending));
    match ending {
        Some(ending) => format!("{spoiler}file-{number}.{ending}"),
        None => format!("{spoiler}file-{number}"),
    }
}

/// Endings that say what kind of file it is, and nothing else.
const ENDINGS: [&str; 40] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "heic", "bmp", "svg", "mp4", "mov", "webm", "mkv",
    "mp3", "ogg", "wav", "flac", "m4a", "pdf", "txt", "md", "log", "json", "csv", "xml", "html",
    "css", "js", "ts", "py", "rs", "c", "zip", "gz", "rar", "docx", "xlsx", "pptx", "odt", "typ",
];
