//! Headers and footers, which are added once the number of pages is known.

use ecow::EcoString;
use serde::Serialize;
use typst::layout::{Abs, Axes, FrameItem, GroupItem, Point};
use typst_layout::Page;

use crate::engine::layout::Layout;
use crate::engine::layout::frames::glyphs;
use crate::engine::{Error, World};

/// The content of `/pages.json`, which `edges.typ` reads.
#[derive(Serialize)]
struct Edges<'e> {
    /// The number of pages before these.
    before: usize,
    /// The total number of pages.
    count: usize,
    /// The width and height of each page, in points, and its chapter.
    sizes: Vec<(f64, f64, Option<&'e str>)>,
}

/// A page that gets a header and a footer: its size, and its chapter.
pub type Edged = (Axes<Abs>, Option<EcoString>);

impl Layout<'_> {
    /// Adds headers and footers to all pages of the document.
    /// `chapter` returns the chapter of a page.
    pub(in crate::engine::layout) fn add_edges<'c>(
        &self,
        world: &mut World,
        pages: &mut [Page],
        chapter: impl Fn(usize) -> Option<&'c str>,
    ) -> Result<(), Error> {
        if !self.look.header && !self.look.footer {
            return Ok(());
        }
        let edged: Vec<Edged> = pages
            .iter()
            .enumerate()
            .map(|(index, page)| (page.frame.size(), chapter(index).map(Into::into)))
            .collect();
        let edges = self.edges(world, &edged, 0, edged.len())?;
        for (page, edge) in pages.iter_mut().zip(edges) {
            let group = FrameItem::Group(GroupItem::new(edge.frame));
            page.frame.push(Point::zero(), group);
        }
        Ok(())
    }

    /// Headers and footers of these pages, which come after `before` others, out of `count` in
    /// total.
    pub(in crate::engine::layout) fn edges(
        &self,
        world: &mut World,
        sizes: &[Edged],
        before: usize,
        count: usize,
    ) -> Result<Vec<Page>, Error> {
        let mut files = self.files.clone();
        let pages = Edges {
            before,
            count,
            sizes: sizes
                .iter()
                .map(|(size, chapter)| (size.x.to_pt(), size.y.to_pt(), chapter.as_deref()))
                .collect(),
        };
        files.json("/pages.json", &pages)?;
        let edges = glyphs::pages(self, self.compile(world, "/edges.typ", files)?);
        if edges.len() != sizes.len() {
            let (edges, pages) = (edges.len(), sizes.len());
            return Err(Error::document(
                format!("made headers and footers for {edges} pages, but there are {pages}"),
                "pass `--no-header --no-footer`, and please report this",
            ));
        }
        Ok(edges)
    }
}
