//! Documents that become parts of another one.

use typst::diag::SourceResult;
use typst::engine::Engine;
use typst::foundations::{Content, Output, StyleChain, Target};
use typst::introspection::{Introspector, Locator};
use typst_layout::{PagedDocument, layout_document_for_bundle};
use typst_utils::hash128;

/// Pages that will share a document with those of other pieces. Their locations are derived
/// from the content of the piece: by themselves, two documents give equal elements the same
/// locations.
pub struct Piece(pub PagedDocument);

impl Output for Piece {
    fn target() -> Target {
        Target::Paged
    }

    fn create(engine: &mut Engine, content: &Content, styles: StyleChain) -> SourceResult<Self> {
        let locator = Locator::root().split().next(&hash128(content));
        layout_document_for_bundle(engine, content, locator, styles).map(Self)
    }

    fn introspector(&self) -> &dyn Introspector {
        Output::introspector(&self.0)
    }
}
