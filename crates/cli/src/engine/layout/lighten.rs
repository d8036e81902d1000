//! Taking from finished pages what only layout needed.

use typst::foundations::Content;
use typst::introspection::Tag;
use typst::layout::{Frame, FrameItem, GridCell, GridElem, PlaceElem};
use typst::model::{EmphElem, LinkElem, LinkMarker, ParElem, StrongElem};
use typst::pdf::ArtifactElem;
use typst::text::{HighlightElem, StrikeElem};
use typst_layout::Page;

/// Lets go of the content that elements on pages were made of: of most, a PDF tells
/// only the kind. It takes more memory than the pages themselves.
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

/// Takes the body out of an element.
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
