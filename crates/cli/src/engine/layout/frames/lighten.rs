//! Frees what finished pages no longer need.

use typst::foundations::Content;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, GridCell, GridElem, PlaceElem};
use typst::model::{EmphElem, LinkElem, LinkMarker, ParElem, StrongElem};
use typst::pdf::ArtifactElem;
use typst::text::{HighlightElem, StrikeElem};
use typst_layout::Page;

/// Drops the content of elements on the pages: for most, a PDF needs only their kind. The
/// content takes more memory than the pages themselves.
pub fn lighten(pages: &mut [Page]) {
    for page in pages {
        lighten_frame(&mut page.frame);
    }
}

fn lighten_frame(frame: &mut Frame) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => lighten_frame(&mut group.frame),
            FrameItem::Tag(Tag::Start(element, _)) => empty(element),
            _ => {}
        }
        true
    });
}

/// Removes the body of an element.
fn empty(element: &mut Content) {
    if let Some(grid) = element.to_packed_mut::<GridElem>() {
        grid.children.clear();
        return;
    }
    macro_rules! empty {
        ($($kind:ty),*) => {
            $(if let Some(element) = element.to_packed_mut::<$kind>() {
                element.body = Content::empty();
                return;
            })*
        };
    }
    empty!(
        ParElem,
        PlaceElem,
        ArtifactElem,
        LinkMarker,
        LinkElem,
        GridCell,
        HighlightElem,
        StrikeElem,
        StrongElem,
        EmphElem
    );
}
