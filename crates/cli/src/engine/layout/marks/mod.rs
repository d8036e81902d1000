//! The marks that the package leaves on the page for the program: metadata whose
//! value begins with `scrollback:` (see the package's `src/export/items.typ`).

pub mod links;
pub mod register;

use typst::foundations::{Content, Value};
use typst::introspection::{Location, MetadataElem, Tag};
use typst::layout::{Frame, FrameItem, Point, Transform};

/// The prefix of marks and internal links.
pub const SCHEME: &str = "scrollback:";

/// A mark on a page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Mark {
    /// A run of messages may begin here, with this message.
    Cut(usize),
    /// The position of a message.
    Message(usize),
    /// The position of a file in the list of exhibits.
    Exhibit(usize),
    /// Both: the position of a message that may begin a run.
    Start(usize),
    /// In a heading: the name of a thread that comes after its channel.
    Thread,
    /// In a heading: the name of a thread under the message that it started from.
    Nested,
    /// What follows doesn't belong to the document.
    End,
}

impl Mark {
    /// The mark of an element, if it is one.
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

/// A mark, with its position.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    /// The mark.
    pub mark: Mark,
    /// The element's location.
    pub location: Location,
    /// Its position on the page.
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
