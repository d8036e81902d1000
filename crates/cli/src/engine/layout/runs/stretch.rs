//! Consecutive pages, of which some are already written as a part of a PDF and dropped.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use ecow::{EcoString, EcoVec};
use serde::{Deserialize, Serialize};
use typst::diag::SourceDiagnostic;
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Axes, Frame, FrameItem};
use typst::model::{Destination, DocumentInfo, LinkMarker};
use typst_layout::{Page, PagedDocument};
use typst_pdf::PdfOptions;

use crate::engine::layout::marks::links::{MESSAGE, replied_to};
use crate::engine::layout::marks::register::Register;
use crate::engine::layout::marks::{self, Mark, SCHEME};
use crate::engine::layout::matter;
use crate::engine::layout::matter::contents::{self, Over};
use crate::engine::pdf::{Store, Waiting};
use crate::engine::{Error, Pdf, write};

/// How far above its target a link leads, in points, as in Typst: otherwise, readers would
/// cut off the first line.
const ABOVE: f64 = 10.0;

/// Consecutive pages.
pub enum Stretch {
    /// Pages as they were laid out.
    Pages(Vec<Page>),
    /// Pages that are written.
    Written(Box<Written>),
}

/// Pages that are written as a part of a PDF.
pub struct Written {
    /// The PDF.
    pub part: Waiting,
    /// The width and height of each page.
    pub sizes: Vec<Axes<Abs>>,
    /// The positions of messages, by number.
    pub messages: Vec<(usize, Spot)>,
    /// The positions of files in the list of exhibits, by number.
    pub exhibits: Vec<(usize, Spot)>,
    /// The headings of each page.
    pub headings: Vec<Vec<Headed>>,
}

/// A heading on a page of a stretch.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Headed {
    /// Its text.
    pub words: EcoString,
    /// Its level as it was drawn, counted from 1.
    pub level: usize,
    /// What it introduces.
    pub over: Over,
    /// Its position.
    pub spot: Spot,
}

/// A position on a page of a stretch.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Spot {
    /// The page, counted from 0.
    pub page: usize,
    /// The distance from its left side.
    pub x: f32,
    /// The distance from its bottom.
    pub y: f32,
}

impl Spot {
    /// The same position, after `pages` more pages.
    pub fn after(self, pages: usize) -> Self {
        Self {
            page: pages + self.page,
            ..self
        }
    }
}

/// Reasons why a document can't be written.
#[derive(Debug)]
pub enum Unwritten {
    /// It can't be compiled.
    Error(Error),
    /// Typst's error: it violates a PDF standard.
    Faults(EcoVec<SourceDiagnostic>),
    /// The file can't be written to, or has an unexpected structure.
    File(io::Error),
}

impl From<Error> for Unwritten {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<Unwritten> for Error {
    fn from(unwritten: Unwritten) -> Self {
        let words = match unwritten {
            Unwritten::Error(error) => return error,
            Unwritten::Faults(faults) => faults.first().map(|fault| fault.message.to_string()),
            Unwritten::File(error) => Some(error.to_string()),
        };
        let words = words.unwrap_or_default();
        Self::document(
            format!("cannot write the document: {words}"),
            "please report this",
        )
    }
}

impl From<io::Error> for Unwritten {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

/// Writes the pages of a section.
pub struct Writer<'w> {
    /// The settings of the PDF.
    pub pdf: &'w Pdf,
    /// The number of the section.
    pub section: usize,
    /// The numbers of its messages, by id.
    pub numbers: HashMap<&'w str, usize>,
    /// Where parts are stored that shouldn't stay in memory.
    pub store: Option<&'w dyn Store>,
    /// The positions of messages and channels of other sections, if there are any.
    pub register: Option<&'w Register>,
    /// How left pages are mirrored, if they are.
    pub mirror: Option<Mirror>,
}

/// How left pages, which have even numbers, are mirrored.
pub struct Mirror {
    /// The number of pages before the next ones, which come in order.
    pub before: AtomicUsize,
    /// The distance by which their content is moved.
    pub distance: Abs,
}

impl Writer<'_> {
    /// Writes pages as a part of a PDF.
    ///
    /// # Errors
    /// Why they can't be written.
    pub fn write(&self, mut pages: Vec<Page>, info: DocumentInfo) -> Result<Written, Unwritten> {
        if let Some(mirror) = &self.mirror {
            let before = mirror.before.fetch_add(pages.len(), Ordering::Relaxed);
            matter::mirror(&mut pages, before, mirror.distance);
        }
        for page in &mut pages {
            self.readdress(&mut page.frame);
        }
        let document = PagedDocument::new(pages.into(), info);
        written(&document, &self.pdf.options, self.store)
    }

    /// Resolves the links of replies by section and number, since the same message may be in
    /// several sections. Links to missing messages are removed.
    fn readdress(&self, frame: &mut Frame) {
        let address = |address: &str| {
            let Some(id) = replied_to(address) else {
                return self.register?.leads(address);
            };
            let number = self.numbers.get(id);
            let here = number.map(|number| format!("{SCHEME}{MESSAGE}{}/{number}", self.section));
            Some(here.or_else(|| self.register?.message(id)))
        };
        readdress(frame, &address);
    }
}

/// Changes the targets of links; `None` keeps a link, and `Some(None)` removes it.
fn readdress(frame: &mut Frame, address: &impl Fn(&str) -> Option<Option<String>>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => readdress(&mut group.frame, address),
            FrameItem::Link(Destination::Url(url), _) => match address(url.as_str()) {
                Some(Some(other)) => {
                    let Ok(other) = typst::model::Url::new(other) else {
                        return false;
                    };
                    *url = other;
                }
                Some(None) => return false,
                None => {}
            },
            FrameItem::Tag(Tag::Start(element, _)) => {
                if let Some(marker) = element.to_packed_mut::<LinkMarker>()
                    && let Some(other) = marker.alt.as_deref().and_then(address)
                {
                    marker.alt = other.map(Into::into);
                }
            }
            _ => {}
        }
        true
    });
}

/// Writes a document as a part of a PDF, and records the positions of messages and headings.
pub fn written(
    document: &PagedDocument,
    options: &PdfOptions,
    store: Option<&dyn Store>,
) -> Result<Written, Unwritten> {
    let pages = document.pages();
    let sizes: Vec<_> = pages.iter().map(|page| page.frame.size()).collect();
    let spot = |location: Location| {
        let found = document.introspector().position(location)?;
        let page = found.page.get() - 1;
        let y = (found.point.y - Abs::pt(ABOVE)).max(Abs::zero());
        // A page begins where its bleed does.
        let bleed = pages.get(page)?.bleed;
        Some(Spot {
            page,
            x: (bleed.left + found.point.x).to_pt() as f32,
            y: (bleed.bottom + sizes.get(page)?.y - y).to_pt() as f32,
        })
    };
    let (mut messages, mut exhibits) = (Vec::new(), Vec::new());
    let mut headings = Vec::new();
    for page in pages {
        for found in marks::find(&page.frame) {
            let places = match found.mark {
                Mark::Message(number) | Mark::Start(number) => Some((&mut messages, number)),
                Mark::Exhibit(number) => Some((&mut exhibits, number)),
                Mark::Cut(_) | Mark::Thread | Mark::Nested | Mark::End => None,
            };
            if let Some((places, number)) = places
                && let Some(spot) = spot(found.location)
            {
                places.push((number, spot));
            }
        }
        let found = contents::headings(&page.frame).into_iter();
        let found = found.filter_map(|heading| {
            Some(Headed {
                words: heading.words,
                level: heading.level,
                over: heading.over,
                spot: spot(heading.location)?,
            })
        });
        headings.push(found.collect());
    }
    let pdf = write::bare_pdf(document, options).map_err(Unwritten::Faults)?;
    Ok(Written {
        part: Waiting::new(pdf, store)?,
        sizes,
        messages,
        exhibits,
        headings,
    })
}

/// A document as a part of a PDF.
pub fn part(document: &PagedDocument, options: &PdfOptions) -> Result<Waiting, Unwritten> {
    let pdf = write::bare_pdf(document, options).map_err(Unwritten::Faults)?;
    Ok(Waiting::new(pdf, None)?)
}
