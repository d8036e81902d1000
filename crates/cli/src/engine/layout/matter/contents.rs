//! The table of days, which is made once their pages are known.

use std::collections::HashMap;
use std::ops::ControlFlow;

use ecow::EcoString;
use serde::{Deserialize, Serialize};
use typst::foundations::{Content, StyleChain};
use typst::introspection::{Location, Tag};
use typst::layout::{Frame, FrameItem, Transform};
use typst::model::{Destination, HeadingElem};
use typst_layout::Page;

use crate::engine::layout::Layout;
use crate::engine::layout::frames::{cut, glyphs};
use crate::engine::layout::marks::{self, Mark};
use crate::engine::{Error, World};

/// The prefix of a heading's number in an internal address.
pub const HEADING: &str = "heading/";

/// What a heading introduces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Over {
    /// A day, or something else at the same level.
    Day,
    /// A thread after its channel: the following days are the thread's.
    Thread,
    /// A thread under the message that it started from: the following days are the channel's.
    Nested,
}

impl Over {
    /// What a heading introduces, as the package's mark in it says.
    pub fn of(body: &Content) -> Self {
        let found = body.traverse(&mut |element| match Mark::of(&element) {
            Some(Mark::Thread) => ControlFlow::Break(Self::Thread),
            Some(Mark::Nested) => ControlFlow::Break(Self::Nested),
            _ => ControlFlow::Continue(()),
        });
        found.break_value().unwrap_or(Self::Day)
    }
}

/// A heading.
pub struct Heading {
    pub words: EcoString,
    /// Its level, counted from 1.
    pub level: usize,
    pub over: Over,
    pub location: Location,
}

/// The headings of a page.
pub fn headings(page: &Frame) -> Vec<Heading> {
    let mut found = Vec::new();
    marks::visit(page, Transform::identity(), &mut |tag, _, _| {
        if let Tag::Start(element, _) = tag
            && let Some(heading) = element.to_packed::<HeadingElem>()
        {
            found.push(Heading {
                words: heading.body.plain_text(),
                level: heading.resolve_level(StyleChain::default()).get(),
                over: Over::of(&heading.body),
                location: tag.location(),
            });
        }
    });
    found
}

/// Redirects links.
fn redirect(frame: &mut Frame, real: &HashMap<Location, Destination>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => redirect(&mut group.frame, real),
            FrameItem::Link(link, _) => {
                if let Destination::Location(location) = link
                    && let Some(real) = real.get(location)
                {
                    *link = real.clone();
                }
            }
            _ => {}
        }
        true
    });
}

impl Layout<'_> {
    /// The pages of the table of contents, which follow `before` pages. `headings` has a list of
    /// headings with levels for each page after it; `real` are the positions that the lines link
    /// to, in order.
    pub(in crate::engine::layout) fn contents(
        &self,
        world: &mut World,
        before: usize,
        headings: &[Vec<(EcoString, usize)>],
        real: impl Iterator<Item = Destination>,
    ) -> Result<Vec<Page>, Error> {
        let mut files = self.files.clone();
        files.json("/headings.json", &(before, headings))?;
        let document = self.compile(world, "/contents.typ", files)?;
        let mut laid_out = glyphs::pages(self, document);
        let own = laid_out
            .iter()
            .position(|page| {
                let marks = marks::find(&page.frame);
                marks.iter().any(|found| found.mark == Mark::End)
            })
            .map_or(laid_out.len(), |index| index + 1);
        let stand_ins = laid_out[own..]
            .iter()
            .flat_map(|page| self::headings(&page.frame));
        let pairs: HashMap<_, _> = stand_ins
            .zip(real)
            .map(|(stand_in, real)| (stand_in.location, real))
            .collect();
        cut::keep_first(&mut laid_out, own);
        for page in &mut laid_out {
            redirect(&mut page.frame, &pairs);
        }
        if self.look.cropped {
            self.crop(laid_out.last_mut());
        }
        Ok(laid_out)
    }
}
