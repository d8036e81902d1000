//! A part of a document, written as a PDF of its own.

use std::collections::HashSet;
use std::io;

use super::file::File;
use super::syntax;

/// What an array of the catalog means that parts have no more than one of.
const OF_THE_WHOLE: [&str; 2] = ["PageLabels", "Names"];

/// A part of a document, written as a PDF of its own.
pub struct Part {
    pub(super) file: File,
    /// The numbers of its pages.
    pub(super) pages: Vec<u32>,
    pub(super) roots: Roots,
}

/// The objects of a part that the whole document has in their place.
#[derive(Debug, Default)]
pub(super) struct Roots {
    pub catalog: u32,
    pub info: Option<u32>,
    pub xmp: Option<u32>,
    /// The tree of pages.
    pub pages: u32,
    /// The bookmarks.
    pub outlines: Option<u32>,
    /// The tree of tags, and the element in it that holds all others.
    pub tags: Option<(u32, u32)>,
}

impl Part {
    /// Reads a PDF that Typst has written.
    ///
    /// # Errors
    /// Where it is built otherwise.
    pub fn read(pdf: Vec<u8>) -> io::Result<Self> {
        let file = File::read(pdf).map_err(|_| unknown("it has no table of objects"))?;
        let catalog = file
            .of_trailer("Root")
            .ok_or(unknown("it has no catalog"))?;
        let of_catalog = |key| file.of_catalog(key);
        let pages = of_catalog("Pages").ok_or(unknown("it has no pages"))?;
        let tags = match of_catalog("StructTreeRoot") {
            None => None,
            Some(root) => {
                let document = list(&file, root, "K").and_then(|kids| match kids[..] {
                    [document] => Some(document),
                    _ => None,
                });
                Some((
                    root,
                    document.ok_or(unknown("it has several trees of tags"))?,
                ))
            }
        };
        let roots = Roots {
            catalog,
            info: file.of_trailer("Info"),
            xmp: of_catalog("Metadata"),
            pages,
            outlines: of_catalog("Outlines"),
            tags,
        };
        let pages = list(&file, pages, "Kids").ok_or(unknown("it has no pages"))?;
        Ok(Self { file, pages, roots })
    }

    /// Finds out whether it can follow another part.
    ///
    /// # Errors
    /// Where it has what only the first part may have.
    pub(super) fn check_follows(&self) -> io::Result<()> {
        let catalog = self.value(self.roots.catalog);
        if OF_THE_WHOLE
            .iter()
            .any(|key| syntax::get(catalog, key).is_some())
        {
            return Err(unknown("a part has names or labels of its own"));
        }
        match self.roots.tags {
            Some((root, _)) if syntax::get(self.value(root), "IDTree").is_some() => {
                Err(unknown("its tags have names"))
            }
            _ => Ok(()),
        }
    }

    /// The objects of its bookmarks.
    pub(super) fn bookmarks(&self) -> HashSet<u32> {
        let mut found = HashSet::new();
        let mut waiting: Vec<u32> = self.roots.outlines.into_iter().collect();
        while let Some(number) = waiting.pop() {
            let value = self.value(number);
            for key in ["First", "Next"] {
                let next = syntax::get(value, key).and_then(syntax::reference);
                waiting.extend(next.filter(|next| found.insert(*next)));
            }
        }
        found
    }

    /// The tags that are headings, in the order in which they are read.
    pub(super) fn headings(&self) -> Vec<u32> {
        let mut found = Vec::new();
        let mut waiting: Vec<u32> = self
            .roots
            .tags
            .iter()
            .map(|(_, document)| *document)
            .collect();
        while let Some(number) = waiting.pop() {
            let value = self.value(number);
            if is_heading(syntax::get(value, "S").unwrap_or_default()) {
                found.push(number);
                continue;
            }
            waiting.extend(self.references(number, "K").into_iter().rev());
        }
        found
    }

    /// The objects that an entry of an object refers to: one, or those in an array.
    pub(super) fn references(&self, number: u32, key: &str) -> Vec<u32> {
        let entry = syntax::get(self.value(number), key).unwrap_or_default();
        if let Some(only) = syntax::reference(entry) {
            return vec![only];
        }
        let items = syntax::items(entry).into_iter();
        let references = items.filter_map(|item| syntax::reference(&entry[item]));
        references.collect()
    }

    /// The value of an object; nothing where there is none.
    pub(super) fn value(&self, number: u32) -> &[u8] {
        self.file.object(number).map_or(b"", |object| object.value)
    }
}

/// Whether this is the name of a heading: `/H1`.
fn is_heading(name: &[u8]) -> bool {
    matches!(name, [b'/', b'H', level] if level.is_ascii_digit())
}

/// The objects that an array refers to, which is the value of a key.
fn list(file: &File, number: u32, key: &str) -> Option<Vec<u32>> {
    let array = syntax::get(file.object(number)?.value, key)?;
    syntax::items(array)
        .into_iter()
        .map(|item| syntax::reference(&array[item]))
        .collect()
}

/// The error of a PDF that isn't built as Typst builds them.
pub(super) fn unknown(what: &str) -> io::Error {
    io::Error::other(format!(
        "cannot join the parts of the PDF: {what}; please report this"
    ))
}
