//! The marks that the package leaves on the page for the program: metadata whose
//! value begins with `scrollback:` (see the package's `src/export/items.typ`).

use typst::foundations::{Content, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point, Transform};

/// What marks and the program's own links begin with.
pub const SCHEME: &str = "scrollback:";

/// A mark on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// Where a run of messages may begin, with this one.
    Cut(usize),
    /// A message's place.
    Message(usize),
    /// The place of a file in the list of them.
    Exhibit(usize),
    /// Both: a message's place, where a run may begin with it.
    Start(usize),
    /// In a heading: it is the name of a thread that comes after its channel.
    Thread,
    /// In a heading: it is the name of a thread under the message that it started from.
    Nested,
    /// What comes from here on is not of the document.
    End,
}

impl Mark {
    /// The mark that an element is.
    pub fn of(element: &Content) -> Option<Self> {
        let metadata = element.to_packed::<MetadataElem>()?;
        let Value::Str(value) = &metadata.value else {
            return None;
        };
        let mark = value.strip_prefix(SCHEME)?;
        match mark.split_once('/') {
            None => match mark {
                "thread" => Some(Self::Thread),
                "nested" => Some(Self::Nested),
                "end" => Some(Self::End),
                _ => None,
            },
            Some(("cut", number)) => number.parse().ok().map(Self::Cut),
            Some(("message", number)) => number.parse().ok().map(Self::Message),
            Some(("exhibit", number)) => number.parse().ok().map(Self::Exhibit),
            Some(("start", number)) => number.parse().ok().map(Self::Start),
            Some(_) => None,
        }
    }

    /// The message that a run may begin with here.
    pub fn cut(self) -> Option<usize> {
        match self {
            Self::Cut(number) | Self::Start(number) => Some(number),
            Self::Message(_) | Self::Exhibit(_) | Self::Thread | Self::Nested | Self::End => None,
        }
    }

    /// The message that has its place here.
    pub fn message(self) -> Option<usize> {
        match self {
            Self::Message(number) | Self::Start(number) => Some(number),
            Self::Cut(_) | Self::Exhibit(_) | Self::Thread | Self::Nested | Self::End => None,
        }
    }
}

/// A mark, and where it was found.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// What it says.
    pub mark: Mark,
    /// The element's location.
    pub location: Location,
    /// Its place on the page.
    pub point: Point,
}

/// The marks on a page, in order.
pub fn find(page: &Frame) -> Vec<Found> {
    let mut found = Vec::new();
    visit(page, Transform::identity(), &mut |tag, transform, point| {
        if let Tag::Start(element, _) = tag
            && let Some(mark) = Mark::of(element)
        {
            found.push(Found {
                mark,
                location: tag.location(),
                point: point.transform(transform),
            });
        }
    });
    found
}

/// Calls `on_tag` for every tag of a frame, in order.
pub fn visit(frame: &Frame, transform: Transform, on_tag: &mut impl FnMut(&Tag, Transform, Point)) {
    for (point, item) in frame.items() {
        match item {
            FrameItem::Group(group) => {
                let moved = transform
                    .pre_concat(Transform::translate(point.x, point.y))
                    .pre_concat(group.transform);
                visit(&group.frame, moved, on_tag);
            }
            FrameItem::Tag(tag) => on_tag(tag, transform, *point),
            _ => {}
        }
    }
}
