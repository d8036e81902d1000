//! Headers and footers, which need to know how many pages there are.

use typst::layout::{FrameItem, GroupItem, Point};
use typst_layout::Page;

use super::Layout;
use crate::engine::{Error, World};

impl Layout<'_> {
    /// Adds headers and footers to all pages of the document.
    /// `chapter` gives what a page stands under.
    pub(super) fn add_edges<'c>(
        &self,
        world: &mut World,
        pages: &mut [Page],
        chapter: impl Fn(usize) -> Option<&'c str>,
    ) -> Result<(), Error> {
        if !self.look.header && !self.look.footer {
            return Ok(());
        }
        let sizes: Vec<_> = pages
            .iter()
            .map(|page| page.frame.size())
            .enumerate()
            .map(|(index, size)| (size.x.to_pt(), size.y.to_pt(), chapter(index)))
            .collect();
        let mut files = self.files.clone();
        files.json("/pages.json", &sizes)?;
        let edges = self.compile(world, "/edges.typ", files)?;
        if edges.pages().len() != pages.len() {
            let (edges, pages) = (edges.pages().len(), pages.len());
            return Err(Error::document(
                format!("made headers and footers for {edges} pages, but there are {pages}"),
                "pass `--no-header --no-footer`, and please report this",
            ));
        }
        for (page, edge) in pages.iter_mut().zip(edges.pages()) {
            let group = FrameItem::Group(GroupItem::new(edge.frame.clone()));
            page.frame.push(Point::zero(), group);
        }
        Ok(())
    }
}
