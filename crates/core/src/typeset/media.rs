//! Collects the pictures that a page can show.

use crate::index::Index;
use crate::json::Json;
use crate::model::{Extra, Message, PersonRef, Spot, Transcript, Visit, Walk};
use crate::text::Text;

#[derive(Default)]
struct List {
    seen: Index<'static>,
    urls: Vec<String>,
}

/// Fields with pictures that a page shows, by record. Icons of servers and channels aren't
/// drawn; avatars are drawn for some people.
fn is_picture(spot: Spot) -> bool {
    matches!(
        (spot.record, spot.field),
        ("Attachment" | "EmbedMedia" | "Media" | "Sticker", "url")
            | ("EmbedAuthor" | "EmbedFooter", "icon_url")
            | ("Emoji", "image_url")
    )
}

impl<'a> Visit<'a> for List {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        if is_picture(spot) {
            self.add(text);
        }
    }
    fn extra(&mut self, _: &mut Extra<'a>) {}
    fn json(&mut self, _: &mut Json<'a>) {}
}

impl List {
    fn add(&mut self, url: &Text) {
        if !url.is_empty() && !self.seen.contains_key(&**url) {
            self.seen.insert(url.clone().into_owned(), self.urls.len());
            self.urls.push(url.to_string());
        }
    }
}

/// People whose avatars are drawn: authors of messages and of those that they reply to, and
/// users of commands, but not people who reacted or are mentioned.
fn portrayed(message: &Message) -> impl Iterator<Item = PersonRef> {
    let answered = [&message.reply, &message.starter]
        .into_iter()
        .flatten()
        .filter_map(|reply| reply.author);
    let users = [&message.interaction, &message.interaction_metadata]
        .into_iter()
        .flatten()
        .filter_map(|interaction| interaction.user);
    message.author.into_iter().chain(answered).chain(users)
}

/// URLs and paths of pictures in the order of the transcript, each once.
pub(super) fn list(transcript: &mut Transcript) -> Vec<String> {
    let mut list = List::default();
    let mut portraits = vec![false; transcript.people.len()];
    for person in transcript.messages.iter().flat_map(portrayed) {
        if let Some(portrait) = portraits.get_mut(person.index()) {
            *portrait = true;
        }
    }
    for (person, _) in transcript
        .people
        .iter()
        .zip(portraits)
        .filter(|(_, is)| *is)
    {
        list.add(&person.avatar_url);
    }
    let spot = Spot {
        record: "Transcript",
        field: "",
    };
    transcript.walk(spot, &mut list);
    list.urls
}
