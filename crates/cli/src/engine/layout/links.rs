//! Links between messages, which lead somewhere only when all messages are laid out.

use std::collections::HashMap;

use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, LinkMarker};
use typst_layout::Page;

use super::marks::{self, Mark, SCHEME};

/// What comes before the id of the message that a reply leads to.
const REPLY: &str = "reply/";
/// What comes before the section of a message and its number in it.
pub const MESSAGE: &str = "message/";

/// Lets the links of replies on `pages` lead to the messages with these ids, by their
/// number. A link to a message that isn't there is taken away; its words stay.
/// `before` pages come before these in the document. `words` are read of a link to those
/// who can't see it, with the page's number in the place of `{page}`.
pub fn resolve(pages: &mut [Page], ids: &[String], before: usize, words: &str) {
    let numbers = numbers(ids);
    let mut targets = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        for found in marks::find(&page.frame) {
            if let Mark::Message(number) = found.mark {
                targets.entry(number).or_insert(Target {
                    location: found.location,
                    page: before + index + 1,
                });
            }
        }
    }
    let target = |id: &str| targets.get(numbers.get(id)?).copied();
    for page in pages {
        rewrite(&mut page.frame, &target, words);
    }
}

/// The numbers of messages with these ids: of the first one, where several have the same.
pub fn numbers(ids: &[String]) -> HashMap<&str, usize> {
    let mut numbers = HashMap::new();
    for (number, id) in ids.iter().enumerate() {
        numbers.entry(id.as_str()).or_insert(number);
    }
    numbers
}

/// What is read of a link to a page, counted from 1.
pub fn page_words(words: &str, page: usize) -> String {
    words.replace("{page}", &page.to_string())
}

/// Where a message is.
#[derive(Clone, Copy)]
struct Target {
    location: Location,
    page: usize,
}

/// The id of the message that an address leads to, where it is a reply's.
pub fn replied_to(address: &str) -> Option<&str> {
    address.strip_prefix(SCHEME)?.strip_prefix(REPLY)
}

/// Whether a frame has something to rewrite: others stay shared with Typst's caches.
fn has_replies(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_replies(&group.frame),
        FrameItem::Link(Destination::Url(url), _) => replied_to(url).is_some(),
        FrameItem::Tag(Tag::Start(element, _)) => element
            .to_packed::<LinkMarker>()
            .and_then(|marker| marker.alt.as_deref())
            .is_some_and(|alt| replied_to(alt).is_some()),
        _ => false,
    })
}

fn rewrite(frame: &mut Frame, target: &impl Fn(&str) -> Option<Target>, words: &str) {
    if !has_replies(frame) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => rewrite(&mut group.frame, target, words),
            FrameItem::Link(link, _) => {
                if let Destination::Url(url) = link
                    && let Some(id) = replied_to(url)
                {
                    let Some(target) = target(id) else {
                        return false;
                    };
                    *link = Destination::Location(target.location);
                }
            }
            // What is read to those who can't see it: Typst took the address.
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(marker) = element.to_packed_mut::<LinkMarker>()
                    && let Some(id) = marker.alt.as_deref().and_then(replied_to)
                {
                    marker.alt = target(id).map(|target| page_words(words, target.page).into());
                }
            }
            _ => {}
        }
        true
    });
}
