//! Links between messages, which are resolved once all messages are laid out.

use std::collections::HashMap;

use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem};
use typst::model::{Destination, LinkMarker};
use typst_layout::Page;

use crate::engine::layout::marks::{self, Mark, SCHEME};

/// The prefix of the id of the message that a reply links to.
const REPLY: &str = "reply/";
/// The prefix of a message's section and number.
pub const MESSAGE: &str = "message/";
/// The prefix of a file's number in the list of exhibits.
pub const EXHIBIT: &str = "exhibit/";

/// Resolves the links of replies on `pages` to the messages with these ids. A link to a
/// missing message is removed, and its words stay. `before` pages come before these in the
/// document. `words` is the alternative text of a link, in which `{page}` stands for the
/// page number.
pub fn resolve(pages: &mut [Page], ids: &[String], before: usize, words: &str) {
    let numbers = numbers(ids);
    let targets = targets(pages, before, Mark::message);
    let target = |address: &str| targets.get(numbers.get(replied_to(address)?)?).copied();
    let is_own = |address: &str| replied_to(address).is_some();
    for page in pages {
        rewrite(&mut page.frame, &is_own, &target, words);
    }
}

/// Links the labels of files on the first pages to the list of exhibits, which begins on
/// page `annex`, and the list back to the messages with these ids. `before` pages come
/// before all of these.
pub fn resolve_exhibits(
    pages: &mut [Page],
    annex: usize,
    ids: &[String],
    before: usize,
    words: &str,
) {
    let numbers = numbers(ids);
    let exhibits = targets(pages, before, |mark| match mark {
        Mark::Exhibit(number) => Some(number),
        _ => None,
    });
    let messages = targets(&pages[..annex], before, Mark::message);
    let target = |address: &str| match exhibit(address) {
        Some(number) => exhibits.get(&number).copied(),
        None => messages.get(numbers.get(replied_to(address)?)?).copied(),
    };
    let is_label = |address: &str| exhibit(address).is_some();
    let is_back = |address: &str| replied_to(address).is_some();
    let (drawn, list) = pages.split_at_mut(annex);
    for page in drawn {
        rewrite(&mut page.frame, &is_label, &target, words);
    }
    for page in list {
        rewrite(&mut page.frame, &is_back, &target, words);
    }
}

/// The position of the first mark of each number, for marks that `number` returns one for.
fn targets(
    pages: &[Page],
    before: usize,
    number: impl Fn(Mark) -> Option<usize>,
) -> HashMap<usize, Target> {
    let mut targets = HashMap::new();
    for (index, page) in pages.iter().enumerate() {
        for found in marks::find(&page.frame) {
            if let Some(number) = number(found.mark) {
                targets.entry(number).or_insert(Target {
                    location: found.location,
                    page: before + index + 1,
                });
            }
        }
    }
    targets
}

/// The number of the file that an address links to, if it is a label's.
fn exhibit(address: &str) -> Option<usize> {
    let number = address.strip_prefix(SCHEME)?.strip_prefix(EXHIBIT)?;
    number.parse().ok()
}

/// The numbers of messages by id; of several with one id, the first.
pub fn numbers(ids: &[String]) -> HashMap<&str, usize> {
    let mut numbers = HashMap::new();
    for (number, id) in ids.iter().enumerate() {
        numbers.entry(id.as_str()).or_insert(number);
    }
    numbers
}

/// The alternative text of a link to a page, counted from 1.
pub fn page_words(words: &str, page: usize) -> String {
    words.replace("{page}", &page.to_string())
}

/// The position of a message.
#[derive(Clone, Copy)]
struct Target {
    location: Location,
    page: usize,
}

/// The id of the message that an address links to, if it is a reply's.
pub fn replied_to(address: &str) -> Option<&str> {
    address.strip_prefix(SCHEME)?.strip_prefix(REPLY)
}

/// Whether a frame has links to resolve. Other frames aren't changed, so that they stay
/// shared with Typst's caches.
fn has_own(frame: &Frame, is_own: &impl Fn(&str) -> bool) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => has_own(&group.frame, is_own),
        FrameItem::Link(Destination::Url(url), _) => is_own(url),
        FrameItem::Tag(Tag::Start(element, _)) => element
            .to_packed::<LinkMarker>()
            .and_then(|marker| marker.alt.as_deref())
            .is_some_and(is_own),
        _ => false,
    })
}

fn rewrite(
    frame: &mut Frame,
    is_own: &impl Fn(&str) -> bool,
    target: &impl Fn(&str) -> Option<Target>,
    words: &str,
) {
    if !has_own(frame, is_own) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => rewrite(&mut group.frame, is_own, target, words),
            FrameItem::Link(link, _) => {
                if let Destination::Url(url) = link
                    && is_own(url)
                {
                    let Some(target) = target(url) else {
                        return false;
                    };
                    *link = Destination::Location(target.location);
                }
            }
            // Replaces the alternative text, for which Typst took the address.
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(marker) = element.to_packed_mut::<LinkMarker>()
                    && let Some(own) = marker.alt.as_deref().filter(|alt| is_own(alt))
                {
                    let target = target(own);
                    marker.alt = target.map(|target| page_words(words, target.page).into());
                }
            }
            _ => {}
        }
        true
    });
}
