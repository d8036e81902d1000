//! Which pictures a page can show.

use std::collections::HashSet;

use crate::json::Json;
use crate::model::{Extra, Spot, Transcript, Visit, Walk};
use crate::text::Text;

#[derive(Default)]
struct List {
    seen: HashSet<String>,
    urls: Vec<String>,
}

/// Fields that name pictures, by record.
fn is_picture(spot: Spot) -> bool {
    matches!(
        (spot.record, spot.field),
        ("Attachment" | "EmbedMedia" | "Media" | "Sticker", "url")
            | ("EmbedAuthor" | "EmbedFooter" | "Guild" | "Channel", "icon_url")
            | ("Emoji", "image_url")
            | ("Person", "avatar_url")
    )
}

impl<'a> Visit<'a> for List {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        if is_picture(spot) && !text.is_empty() && !self.seen.contains(&**text) {
            self.seen.insert(text.to_string());
            self.urls.push(text.to_string());
        }
    }
    fn extra(&mut self, _: &mut Extra<'a>) {}
    fn json(&mut self, _: &mut Json<'a>) {}
}

/// URLs and paths of pictures in the order of the transcript, each once.
pub(super) fn list(transcript: &mut Transcript) -> Vec<String> {
    let mut list = List::default();
    let spot = Spot {
        record: "Transcript",
        field: "",
    };
    transcript.walk(spot, &mut list);
    list.urls
}
