//! A part of a document, written as its own PDF.

use std::collections::HashSet;
use std::io;

use hayro_syntax::object::{Dict, MaybeRef, Name, Object};

use super::file::{File, unknown};

/// Entries of the catalog that only the first part may have.
const OF_THE_WHOLE: [&str; 2] = ["PageLabels", "Names"];

/// A part of a document, written as its own PDF.
pub struct Part {
    pub(super) file: File,
    /// The numbers of its pages.
    pub(super) pages: Vec<i32>,
    pub(super) roots: Roots,
}

/// The objects of a part that the whole document has replacements for.
#[derive(Debug, Default)]
pub(super) struct Roots {
    pub catalog: i32,
    pub info: Option<i32>,
    pub xmp: Option<i32>,
    /// The root of the page tree.
    pub pages: i32,
    /// The root of the bookmarks.
    pub outlines: Option<i32>,
    /// The root of the tags, and the element that contains all others.
    pub tags: Option<(i32, i32)>,
}

impl Part {
    /// Reads a PDF that Typst has written.
    ///
    /// # Errors
    /// When it has another structure.
    pub fn read(pdf: Vec<u8>) -> io::Result<Self> {
        let file = File::read(pdf).map_err(|_| unknown("it has no table of objects"))?;
        let pages = file.of_catalog("Pages").ok_or(unknown("it has no pages"))?;
        let tags = match file.of_catalog("StructTreeRoot") {
            None => None,
            Some(root) => match references(file.dict(root).as_ref(), "K")[..] {
                [document] => Some((root, document)),
                _ => return Err(unknown("it has several trees of tags")),
            },
        };
        Ok(Self {
            pages: file.pages(),
            roots: Roots {
                catalog: file.trailer.root.get(),
                info: file.trailer.info.map(|info| info.get()),
                xmp: file.of_catalog("Metadata"),
                pages,
                outlines: file.of_catalog("Outlines"),
                tags,
            },
            file,
        })
    }

    /// Checks that it can follow another part.
    ///
    /// # Errors
    /// When it has something that only the first part may have.
    pub(super) fn check_follows(&self) -> io::Result<()> {
        let catalog = self.dict(self.roots.catalog)?;
        if OF_THE_WHOLE.iter().any(|key| catalog.contains_key(key)) {
            return Err(unknown("a part has names or labels of its own"));
        }
        match self.roots.tags {
            Some((root, _)) if self.dict(root)?.contains_key("IDTree") => {
                Err(unknown("its tags have names"))
            }
            _ => Ok(()),
        }
    }

    /// The objects of its bookmarks.
    pub(super) fn bookmarks(&self) -> HashSet<i32> {
        let mut found = HashSet::new();
        let mut waiting: Vec<i32> = self.roots.outlines.into_iter().collect();
        while let Some(number) = waiting.pop() {
            let Some(bookmark) = self.file.dict(number) else {
                continue;
            };
            let next = ["First", "Next"].map(|key| bookmark.get_ref(key));
            let next = next.into_iter().flatten().map(|next| next.obj_number);
            waiting.extend(next.filter(|next| found.insert(*next)));
        }
        found
    }

    /// The tags that are headings, in reading order.
    pub(super) fn headings(&self) -> Vec<i32> {
        let mut found = Vec::new();
        let document = self.roots.tags.map(|(_, document)| document);
        let mut waiting: Vec<i32> = document.into_iter().collect();
        while let Some(number) = waiting.pop() {
            let tag = self.file.dict(number);
            let kind = tag.as_ref().and_then(|tag| tag.get::<Name>("S"));
            if kind.is_some_and(|kind| is_heading(&kind)) {
                found.push(number);
                continue;
            }
            waiting.extend(references(tag.as_ref(), "K").into_iter().rev());
        }
        found
    }

    /// The resources of a page: the fonts, pictures and colours that it is drawn with.
    ///
    /// # Errors
    /// When the page is missing.
    pub(super) fn resources(&self, page: i32) -> io::Result<Dict<'_>> {
        let resources = self.dict(page)?.get("Resources");
        Ok(resources.unwrap_or_default())
    }

    /// A dictionary.
    ///
    /// # Errors
    /// When the object is missing, or isn't a dictionary.
    pub(super) fn dict(&self, number: i32) -> io::Result<Dict<'_>> {
        let dict = self.file.dict(number);
        dict.ok_or_else(|| unknown("an object is missing"))
    }
}

/// Whether a tag is a heading, such as `H1`.
fn is_heading(name: &[u8]) -> bool {
    matches!(name, [b'H', level] if level.is_ascii_digit())
}

/// The objects that an entry of a dictionary refers to: a single one, or those in an array.
pub(super) fn references(dict: Option<&Dict>, key: &str) -> Vec<i32> {
    match dict.and_then(|dict| dict.get_raw::<Object>(key)) {
        Some(MaybeRef::Ref(only)) => vec![only.obj_number],
        Some(MaybeRef::NotRef(Object::Array(array))) => {
            let references = array.raw_iter().filter_map(|item| item.as_obj_ref());
            references.map(|item| item.obj_number).collect()
        }
        _ => Vec::new(),
    }
}
