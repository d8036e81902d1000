//! The table of days, which needs to know the pages that they are on.

use std::collections::HashMap;
use std::num::NonZeroUsize;

use typst::foundations::StyleChain;
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Transform};
use typst::model::{Destination, HeadingElem};
use typst_layout::Page;

use super::marks::{self, Mark};
use super::{Layout, cut};
use crate::engine::{Error, World};

/// A heading of the first level.
struct Heading {
    words: String,
    location: Location,
}

/// The headings of a page.
fn headings(page: &Frame) -> Vec<Heading> {
    let mut found = Vec::new();
    marks::visit(page, Transform::identity(), &mut |tag, _, _| {
        if let Tag::Start(element, _) = tag
            && let Some(heading) = element.to_packed::<HeadingElem>()
            && heading.resolve_level(StyleChain::default()) == NonZeroUsize::MIN
        {
            found.push(Heading {
                words: heading.body.plain_text().into(),
                location: tag.location(),
            });
        }
    });
    found
}

/// Lets links lead elsewhere.
fn redirect(frame: &mut Frame, real: &HashMap<Location, Location>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => redirect(&mut group.frame, real),
            FrameItem::Link(Destination::Location(location), _) => {
                if let Some(real) = real.get(location) {
                    *location = *real;
                }
            }
            _ => {}
        }
        true
    });
}

impl Layout<'_> {
    /// The pages of the table of what is on `pages`.
    pub(super) fn contents(&self, world: &mut World, pages: &[Page]) -> Result<Vec<Page>, Error> {
        let real: Vec<_> = pages.iter().map(|page| headings(&page.frame)).collect();
        let words: Vec<Vec<&str>> = real
            .iter()
            .map(|headings| headings.iter().map(|heading| &*heading.words).collect())
            .collect();
        let mut files = self.files.clone();
        files.json("/headings.json", &words)?;
        let document = self.compile(world, "/contents.typ", files)?;
        let mut laid_out = document.pages().to_vec();
        let own = laid_out
            .iter()
            .position(|page| {
                let marks = marks::find(&page.frame);
                marks.iter().any(|found| found.mark == Mark::End)
            })
            .map_or(laid_out.len(), |index| index + 1);
        let stand_ins = laid_out[own..]
            .iter()
            .flat_map(|page| headings(&page.frame));
        let pairs: HashMap<_, _> = stand_ins
            .zip(real.iter().flatten())
            .map(|(stand_in, heading)| (stand_in.location, heading.location))
            .collect();
        cut::keep_first(&mut laid_out, own);
        for page in &mut laid_out {
            redirect(&mut page.frame, &pairs);
        }
        Ok(laid_out)
    }
}
