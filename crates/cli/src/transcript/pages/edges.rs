//! Headers and footers, which need to know how many pages there are.

use typst::layout::{FrameItem, GroupItem, Point};
use typst_layout::Page;

use super::Layout;
use crate::failure::Failure;
use crate::world::DocumentWorld;

impl Layout<'_> {
    /// Adds headers and footers to all pages of the document.
    pub(super) fn add_edges(
        &self,
        world: &mut DocumentWorld,
        pages: &mut [Page],
    ) -> Result<(), Failure> {
        if !self.drawing.header && !self.drawing.footer {
            return Ok(());
        }
        let sizes: Vec<_> = pages
            .iter()
            .map(|page| page.frame.size())
            .map(|size| (size.x.to_pt(), size.y.to_pt()))
            .collect();
        let mut files = self.files.clone();
        files.json("/pages.json", &sizes)?;
        let edges = self.compile(world, "/edges.typ", files)?;
        assert_eq!(edges.pages().len(), pages.len(), "a page for each page");
        for (page, edge) in pages.iter_mut().zip(edges.pages()) {
            let group = FrameItem::Group(GroupItem::new(edge.frame.clone()));
            page.frame.push(Point::zero(), group);
        }
        Ok(())
    }
}
