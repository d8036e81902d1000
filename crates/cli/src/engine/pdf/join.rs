//! Parts of a document, each written as a PDF of its own, joined into one.
//!
//! Typst needs all pages at once to write them, and so much memory. So a long document
//! is written in parts, which are let go of one by one. What is the same in several
//! parts (pictures, icons, colour profiles) is written once. The trees of pages, tags
//! and bookmarks are joined at their tops; links between parts, which are addresses of
//! the program's own until then, get the places that they lead to.

use std::collections::HashMap;
use std::io::{self, Write};

use super::boxes::bled;
use super::edges::Edges;
use super::file::Object;
use super::metadata::{self, set};
use super::output::Output;
use super::part::{Part, unknown};
use super::shared::Shared;
use super::syntax;
use super::waiting::{Store, Waiting};

/// How many levels of headings PDF 1.7 has.
const MOST_LEVELS: usize = 6;

/// Where a link leads, and what is read of it to those who can't see it, unless that
/// stands there already.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The page, from 0.
    pub page: usize,
    /// The distance from the page's left side, in points.
    pub x: f32,
    /// The distance from its bottom.
    pub y: f32,
    /// What is read.
    pub words: Option<String>,
}

/// A bookmark, and the place that it leads to.
#[derive(Debug, Clone, PartialEq)]
pub struct Bookmark {
    /// Its words.
    pub title: String,
    /// How deep it stands; 0 is on top.
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
    /// Where parts wait that are not in memory.
    pub store: Option<&'w dyn Store>,
    /// The part that the metadata and attached files are of.
    pub main: usize,
    /// What is drawn over the pages: as many pages, in parts of their own.
    pub edges: Vec<Part>,
    /// What the program's own addresses begin with.
    pub scheme: &'w str,
    /// Where such an address leads, without the scheme.
    pub link: &'w dyn Fn(&str) -> Option<Link>,
    /// Whether a standard limits the number of objects.
    pub limited: bool,
    /// What has made the file.
    pub producer: &'w str,
    /// The bookmarks, which stand in the place of those of the parts.
    pub outline: Vec<Bookmark>,
}

impl Whole<'_> {
    /// Writes the document.
    ///
    /// # Errors
    /// When the file can't be written to, or the parts are built otherwise than those
    /// of Typst.
    pub fn write<W: Write>(self, out: W) -> io::Result<W> {
        let Some(first) = self.parts.first() else {
            return Err(unknown("there are none"));
        };
        let mut output = Output::new(out, &first.header, first.may_be_packed)?;
        let bases: Vec<u32> = self
            .parts
            .iter()
            .map(|part| output.allocate(part.count) - 1)
            .collect();
        let pages = self.parts.iter().zip(&bases);
        let pages: Vec<u32> = pages
            .flat_map(|(part, base)| part.pages.iter().map(move |page| base + page))
            .collect();
        let mut join = Join {
            roots: NewRoots::allocate(&mut output),
            output,
            shared: Shared::default(),
            edges: Edges::default(),
            scheme: self.scheme,
            link: self.link,
            pages,
            done: Done::default(),
        };
        let mut before = 0;
        for part in self.edges {
            before += join
                .edges
                .add(&part, before, &mut join.shared, &mut join.output)?;
        }
        let mut following = Following::default();
        for (index, (mut part, base)) in self.parts.into_iter().zip(bases).enumerate() {
            let levels = std::mem::take(&mut part.levels);
            let mut part = part.part(self.store)?;
            let is_main = index == self.main;
            if is_main {
                metadata::add_producer(&mut part.file, self.producer);
            } else {
                part.check_follows()?;
            }
            following = join.part((part, &levels), base, is_main, following)?;
        }
        join.outline(&self.outline)?;
        join.finish(self.limited)
    }
}

/// The numbers of the objects that the whole document has once.
pub(super) struct NewRoots {
    pub pages: u32,
    pub outlines: u32,
    pub tags: u32,
    pub document: u32,
}

impl NewRoots {
    fn allocate<W: Write>(output: &mut Output<W>) -> Self {
        let first = output.allocate(4);
        Self {
            pages: first,
            outlines: first + 1,
            tags: first + 2,
            document: first + 3,
        }
    }
}

/// What a part needs to know of the ones before it.
#[derive(Default)]
pub(super) struct Following {
    /// The namespaces of the tags.
    pub namespaces: Vec<u32>,
    /// The language of the document.
    pub language: Option<Vec<u8>>,
}

/// What is gathered for the ends of trees.
#[derive(Default)]
pub(super) struct Done {
    /// The catalog, and what else is written last, with their numbers.
    pub last: Vec<(u32, Vec<u8>, Option<Vec<u8>>)>,
    /// The trailer's entries.
    pub trailer: Vec<u8>,
    /// The trees of the parts' pages, as references.
    pub page_trees: Vec<u8>,
    /// The first and the last bookmark, and how many there are.
    pub bookmarks: Option<(u32, u32)>,
    pub bookmark_count: usize,
    /// The root of the tags, and the element that holds all others, of the first part.
    pub tags: Vec<u8>,
    pub document: Vec<u8>,
    /// The kinds of tags that parts define.
    pub roles: Vec<(Vec<u8>, Vec<u8>)>,
    /// The elements on top, as references.
    pub elements: Vec<u8>,
    /// The lists that lead from pages and links to tags, as references.
    pub parents: Vec<u8>,
    /// How many entries these have.
    pub parent_count: usize,
    /// Identifies the content.
    pub identity: Vec<u8>,
}

pub(super) struct Join<'w, W> {
    pub output: Output<W>,
    pub roots: NewRoots,
    pub shared: Shared,
    pub edges: Edges,
    pub scheme: &'w str,
    pub link: &'w dyn Fn(&str) -> Option<Link>,
    /// The new numbers of all pages.
    pub pages: Vec<u32>,
    pub done: Done,
}

/// What is changed in the objects of a part.
pub(super) struct Changes<'p> {
    pub part: &'p Part,
    /// The new number of each object, by the old one.
    pub new: Vec<u32>,
    /// The place among the pages of the document, by the old number.
    pub pages: HashMap<u32, usize>,
    /// What other entries some objects get.
    pub entries: HashMap<u32, Vec<(&'static str, String)>>,
    /// How many lists lead from its pages and links to tags.
    pub parents: usize,
}

impl Changes<'_> {
    /// Gives the headings their levels. Not where a page has others than those that were
    /// found on it, which would get wrong ones.
    fn set_levels(&mut self, levels: &[usize]) {
        let headings = self.part.headings();
        if headings.len() != levels.len() {
            return;
        }
        for (number, level) in headings.into_iter().zip(levels) {
            let entry = ("S", format!("/H{}", level.min(&MOST_LEVELS)));
            self.entries.entry(number).or_default().push(entry);
        }
    }

    /// A value with the new numbers.
    pub fn renumbered(&self, value: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(value.len() + 16);
        syntax::renumber(value, &mut out, |old| self.new[old as usize]);
        out
    }
}

impl<W: Write> Join<'_, W> {
    /// Writes the objects of a part, whose numbers grow by `base` and whose headings get these
    /// levels. The metadata of the main part are those of the document.
    fn part(
        &mut self,
        (part, levels): (Part, &[usize]),
        base: u32,
        is_main: bool,
        before: Following,
    ) -> io::Result<Following> {
        let mut changes = Changes {
            new: self.shared.numbers(&part, base),
            entries: HashMap::new(),
            pages: HashMap::new(),
            part: &part,
            parents: 0,
        };
        let first_page = self
            .pages
            .iter()
            .position(|page| *page == base + part.pages[0]);
        let first_page = first_page.ok_or(unknown("a page is missing"))?;
        changes.pages = part.pages.iter().copied().zip(first_page..).collect();
        if levels.iter().any(|level| *level != 1) {
            changes.set_levels(levels);
        }
        let following = self.top(&mut changes, base, before)?;
        let mut last: Vec<u32> = vec![part.roots.catalog];
        last.extend(part.roots.info);
        last.extend(part.roots.xmp);
        let left_out = part.bookmarks();
        for number in 1..=part.file.len() {
            let Some(object) = part.file.object(number) else {
                continue;
            };
            let is_root = Some(number) == part.roots.outlines
                || part
                    .roots
                    .tags
                    .is_some_and(|(root, document)| number == root || number == document);
            // Not what another part has, too.
            let is_alike = changes.new[number as usize] != base + number;
            if is_root || is_alike || left_out.contains(&number) {
                continue;
            }
            if last.contains(&number) {
                if is_main {
                    let value = changes.renumbered(object.value);
                    let data = object.data.map(<[u8]>::to_vec);
                    self.done.last.push((base + number, value, data));
                }
                continue;
            }
            self.object(&changes, number, object)?;
        }
        self.done.parent_count += changes.parents;
        if let Some(xmp) = part.roots.xmp.and_then(|xmp| part.file.object(xmp)?.data) {
            self.done.identity.extend_from_slice(xmp);
        }
        if is_main {
            self.done.trailer =
                metadata::trailer(part.file.trailer(), |old| changes.new[old as usize]);
        }
        Ok(following)
    }

    /// Writes an object of a part.
    fn object(&mut self, changes: &Changes, number: u32, object: Object) -> io::Result<()> {
        let mut value = changes.renumbered(object.value);
        if let Some(entries) = changes.entries.get(&number) {
            for (key, entry) in entries {
                value = set(&value, key, entry);
            }
        }
        if let Some(page) = changes.pages.get(&number) {
            value = bled(&value).unwrap_or(value);
            value = self.shifted(&value, "StructParents");
            if let Some(resources) = syntax::get(object.value, "Resources") {
                let resources = match syntax::reference(resources) {
                    Some(number) => changes.part.value(number),
                    None => resources,
                };
                let resources = changes.renumbered(resources);
                value = self
                    .edges
                    .drawn(value, &resources, *page, &mut self.output)?;
            }
        } else if value.starts_with(b"<</Type/Annot") {
            value = self.shifted(&value, "StructParent");
            value = self.linked(value);
        }
        let new = changes.new[number as usize];
        let value = &value;
        self.output.object(new, Object { value, ..object })
    }

    /// A page or link whose place among the lists of tags moves.
    fn shifted(&self, value: &[u8], key: &str) -> Vec<u8> {
        match syntax::get(value, key).and_then(syntax::number) {
            Some(place) => set(value, key, &(place + self.done.parent_count).to_string()),
            None => value.to_vec(),
        }
    }

    /// An annotation that leads where the program's own address says.
    fn linked(&self, value: Vec<u8>) -> Vec<u8> {
        let address = syntax::get(&value, "A")
            .and_then(|action| syntax::get(action, "URI"))
            .and_then(|address| address.strip_prefix(b"(")?.strip_suffix(b")"))
            .and_then(|address| std::str::from_utf8(address).ok()?.strip_prefix(self.scheme));
        let Some(link) = address.and_then(self.link) else {
            return value;
        };
        let Some(page) = self.pages.get(link.page) else {
            return value;
        };
        let place = format!("[{page} 0 R/XYZ {} {} 0]", link.x, link.y);
        let mut out = b"<<".to_vec();
        for (key, entry) in syntax::entries(&value) {
            match (key, &link.words) {
                (b"/A", _) => out.extend_from_slice(format!("/Dest{place}").as_bytes()),
                (b"/Contents", Some(words)) => {
                    out.extend_from_slice(b"/Contents");
                    out.extend_from_slice(metadata::text(words).as_bytes());
                }
                _ => {
                    out.extend_from_slice(key);
                    out.push(b' ');
                    out.extend_from_slice(entry);
                }
            }
        }
        out.extend_from_slice(b">>");
        out
    }
}
