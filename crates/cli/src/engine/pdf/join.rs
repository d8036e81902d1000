//! Joins the parts of a document, each written as its own PDF, into one.
//!
//! Typst needs all pages in memory to write a document, so a long one is written in parts, and
//! each part is freed once it is joined. Objects that are the same in several parts (pictures,
//! icons, colour profiles) are written once. The trees of pages, tags and bookmarks are joined at
//! their roots. Links between parts, which are addresses of the program's own until then, get
//! their destinations.

use std::collections::HashMap;
use std::io::{self, Write};

use hayro_syntax::object::{Dict, Object, String as Text};
use pdf_writer::writers::Destination;
use pdf_writer::{Name, Ref, TextStr};

use super::boxes;
use super::edges::Edges;
use super::file::{Trailer, unknown};
use super::metadata;
use super::output::Output;
use super::part::Part;
use super::shared::{Numbers, Shared};
use super::value::{New, Own, is_a};
use super::waiting::{Store, Waiting};

/// The number of heading levels in PDF 1.7.
const MOST_LEVELS: usize = 6;

/// The destination of a link, and its alternative text, unless it has one already.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The page, from 0.
    pub page: usize,
    /// The distance from the page's left side, in points.
    pub x: f32,
    /// The distance from its bottom.
    pub y: f32,
    /// The alternative text.
    pub words: Option<String>,
}

/// A bookmark, and its destination.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// Its title.
    pub title: String,
    /// Its depth; 0 is the top level.
    pub level: usize,
    /// The page, from 0.
    pub page: usize,
    /// The distance from the page's left side, in points.
    pub x: f32,
    /// The distance from its bottom.
    pub y: f32,
}

/// A document in parts.
pub struct Whole<'w> {
    /// The parts, in order.
    pub parts: Vec<Waiting>,
    /// The store for parts that aren't in memory.
    pub store: Option<&'w dyn Store>,
    /// The part whose metadata and attached files the document gets.
    pub main: usize,
    /// The headers and footers: as many pages, in separate parts.
    pub edges: Vec<Waiting>,
    /// The prefix of the program's own addresses.
    pub scheme: &'w str,
    /// Returns the destination of such an address, given without the prefix.
    pub link: &'w dyn Fn(&str) -> Option<Link>,
    /// Whether a standard limits the number of objects.
    pub limited: bool,
    /// The producer in the metadata.
    pub producer: &'w str,
    /// The bookmarks, which replace those of the parts.
    pub outline: Vec<Bookmark>,
}

impl Whole<'_> {
    /// Writes the document.
    ///
    /// # Errors
    /// When the file can't be written, or a part isn't structured as Typst structures PDFs.
    pub fn write<W: Write>(self, out: W) -> io::Result<W> {
        let Some(first) = self.parts.first() else {
            return Err(unknown("there are none"));
        };
        let mut output = Output::new(out, first.version)?;
        let bases: Vec<i32> = self
            .parts
            .iter()
            .map(|part| output.allocate(part.count) - 1)
            .collect();
        let pages = self.parts.iter().zip(&bases);
        let pages: Vec<Ref> = pages
            .flat_map(|(part, base)| part.pages.iter().map(move |page| Ref::new(base + page)))
            .collect();
        let mut join = Join {
            roots: NewRoots::allocate(&mut output),
            output,
            shared: Shared::default(),
            edges: Edges::default(),
            scheme: self.scheme,
            link: self.link,
            producer: self.producer,
            pages,
            done: Done::default(),
        };
        for part in self.edges {
            let part = part.part(None)?;
            join.edges.add(&part, &mut join.shared, &mut join.output)?;
        }
        let mut following = Following::default();
        let mut first_page = 0;
        for (index, (mut part, base)) in self.parts.into_iter().zip(bases).enumerate() {
            let levels = std::mem::take(&mut part.levels);
            let part = part.part(self.store)?;
            let is_main = index == self.main;
            if !is_main {
                part.check_follows()?;
            }
            let changes = Changes::new(
                &part,
                &levels,
                first_page,
                join.shared.numbers(&part, base)?,
            );
            first_page += part.pages.len();
            following = join.part(changes, base, is_main, following)?;
        }
        join.outline(&self.outline)?;
        join.finish(self.limited)
    }
}

/// The numbers of the objects that the whole document has only once.
pub(super) struct NewRoots {
    pub pages: Ref,
    pub outlines: Ref,
    pub tags: Ref,
    pub document: Ref,
}

impl NewRoots {
    fn allocate<W: Write>(output: &mut Output<W>) -> Self {
        Self {
            pages: output.one(),
            outlines: output.one(),
            tags: output.one(),
            document: output.one(),
        }
    }
}

/// The data of earlier parts that a part needs.
#[derive(Default)]
pub(super) struct Following {
    /// The namespaces of the tags.
    pub namespaces: Vec<Ref>,
    /// The language of the document.
    pub language: Option<Vec<u8>>,
}

/// The data for the roots of the trees, collected from part to part.
#[derive(Default)]
pub(super) struct Done {
    /// The XMP metadata, with its object number.
    pub xmp: Option<(Ref, String)>,
    pub trailer: Option<Trailer>,
    /// The roots of the parts' page trees.
    pub page_trees: Vec<Ref>,
    /// The first and the last bookmark, and their number.
    pub bookmarks: Option<(Ref, Ref)>,
    pub bookmark_count: usize,
    /// The root of the first part's tags, and the element that contains all others.
    pub tags: Option<(Vec<u8>, Vec<u8>)>,
    /// The roles that the parts' tags define.
    pub roles: Vec<(Vec<u8>, Vec<u8>)>,
    /// The top elements: an array for each part.
    pub elements: Vec<Vec<u8>>,
    /// The nodes of the parent tree, which leads from pages and links to tags.
    pub parents: Vec<Ref>,
    /// The number of their entries.
    pub parent_count: i32,
    /// The text that the document's identifier is computed from.
    pub identity: String,
}

pub(super) struct Join<'w, W> {
    pub output: Output<W>,
    pub roots: NewRoots,
    pub shared: Shared,
    pub edges: Edges,
    pub scheme: &'w str,
    pub link: &'w dyn Fn(&str) -> Option<Link>,
    pub producer: &'w str,
    /// The new numbers of all pages.
    pub pages: Vec<Ref>,
    pub done: Done,
}

/// The changes to the objects of a part.
pub(super) struct Changes<'p> {
    pub part: &'p Part,
    pub new: Numbers,
    /// The index of each page in the document, by its old number.
    pages: HashMap<i32, usize>,
    /// The new entries of some objects.
    pub entries: HashMap<i32, Own<'p>>,
    /// The number of its entries in the parent tree.
    pub parents: i32,
}

impl<'p> Changes<'p> {
    /// The changes to a part, given the index of its first page and the levels of its headings.
    fn new(part: &'p Part, levels: &[usize], first_page: usize, new: Numbers) -> Self {
        let mut changes = Self {
            new,
            entries: HashMap::new(),
            pages: part.pages.iter().copied().zip(first_page..).collect(),
            part,
            parents: 0,
        };
        if levels.iter().any(|level| *level != 1) {
            changes.set_levels(levels);
        }
        changes
    }

    /// Sets the levels of the headings, unless the part has another number of headings than was
    /// found in its layout: they would get wrong ones.
    fn set_levels(&mut self, levels: &[usize]) {
        let headings = self.part.headings();
        if headings.len() != levels.len() {
            return;
        }
        for (number, level) in headings.into_iter().zip(levels) {
            let kind = format!("H{}", level.min(&MOST_LEVELS));
            let own = self.entries.entry(number).or_default();
            own.set("S", move |out| out.primitive(Name(kind.as_bytes())));
        }
    }
}

impl<W: Write> Join<'_, W> {
    /// Writes the objects of a part, whose numbers are increased by `base`. The document gets the
    /// metadata of the main part.
    fn part(
        &mut self,
        mut changes: Changes,
        base: i32,
        is_main: bool,
        before: Following,
    ) -> io::Result<Following> {
        let following = self.top(&mut changes, base, before)?;
        let part = changes.part;
        let roots = &part.roots;
        let mut left_out = part.bookmarks();
        left_out.extend(roots.outlines);
        left_out.extend(roots.tags.iter().flat_map(|(root, all)| [*root, *all]));
        if !is_main {
            left_out.insert(roots.catalog);
            left_out.extend(roots.info);
        }
        for number in 1..=part.file.len() {
            // The same object of an earlier part is used.
            let is_alike = changes.new.get(number) != Some(Ref::new(base + number));
            if is_alike || left_out.contains(&number) {
                continue;
            }
            match part.file.object(number)? {
                Object::Stream(xmp) if roots.xmp == Some(number) => {
                    let xmp = metadata::xmp(&xmp, self.producer)?;
                    self.done.identity.push_str(&xmp);
                    if is_main {
                        self.done.xmp = Some((Ref::new(base + number), xmp));
                    }
                }
                object => self.object(&mut changes, number, &object)?,
            }
        }
        self.done.parent_count += changes.parents;
        if is_main {
            let own = part.file.trailer.clone();
            self.done.trailer = Some(Trailer {
                root: Ref::new(base + own.root.get()),
                info: own.info.map(|info| Ref::new(base + info.get())),
                ..own
            });
        }
        Ok(following)
    }

    /// Writes an object of a part with its changes.
    fn object(&mut self, changes: &mut Changes, number: i32, object: &Object) -> io::Result<()> {
        let new: New = &|old| changes.new.get(old);
        let mut own = changes.entries.remove(&number).unwrap_or_default();
        if let Object::Dict(dict) = object {
            let roots = &changes.part.roots;
            if let Some(page) = changes.pages.get(&number) {
                boxes::bleed(dict, new, &mut own);
                own.shift(dict, "StructParents", self.done.parent_count);
                if let Some(over) = self.edges.over(dict, *page, &mut self.output)? {
                    over.draw(dict, new, &mut own);
                }
            } else if number == roots.catalog {
                own.pair("Pages", self.roots.pages);
                own.pair("Outlines", self.roots.outlines);
            } else if roots.info == Some(number) {
                metadata::produced_by(self.producer, dict, &mut own);
            } else if is_a(dict, &["Annot"]) {
                own.shift(dict, "StructParent", self.done.parent_count);
                self.link(dict, &mut own);
            }
        }
        match changes.new.get(number) {
            Some(id) => self.output.copy(id, object, new, &own),
            None => Ok(()),
        }
    }

    /// Replaces one of the program's own addresses by its destination.
    fn link(&self, link: &Dict, own: &mut Own) {
        let action = link.get::<Dict>("A");
        let address = action.and_then(|action| action.get::<Text>("URI"));
        let target = address.and_then(|address| {
            let address = std::str::from_utf8(&address).ok()?;
            (self.link)(address.strip_prefix(self.scheme)?)
        });
        if let Some(Link { page, x, y, words }) = target
            && let Some(page) = self.pages.get(page).copied()
        {
            own.drop("A");
            own.set("Dest", move |out| {
                out.start::<Destination>().page(page).xyz(x, y, None);
            });
            if let Some(words) = words {
                own.set("Contents", move |out| out.primitive(TextStr(&words)));
            }
        }
    }
}
