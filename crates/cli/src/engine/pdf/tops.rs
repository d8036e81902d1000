//! The tops of the trees of pages, bookmarks and tags, which all parts have in common.

use std::io::{self, Write};

use super::file::Object;
use super::join::{Changes, Following, Join};
use super::metadata::{self, set};
use super::part::unknown;
use super::syntax::{self, push_number};

/// The most objects that a PDF/A file may have.
const MOST_OBJECTS: u32 = 8_388_607;

impl<W: Write> Join<'_, W> {
    /// Lets the objects on top of a part's trees lead to those of the whole document.
    pub(super) fn top(
        &mut self,
        changes: &mut Changes,
        base: u32,
        before: Following,
    ) -> io::Result<Following> {
        let part = changes.part;
        let root = part.roots.pages;
        push_reference(&mut self.done.page_trees, base + root);
        let parent = ("Parent", format!("{} 0 R", self.roots.pages));
        changes.entries.entry(root).or_default().push(parent);
        if let Some(root) = part.roots.outlines {
            changes.new[root as usize] = self.roots.outlines;
        }
        let catalog = part.value(part.roots.catalog);
        let language = syntax::get(catalog, "Lang").map(<[u8]>::to_vec);
        let namespaces = match part.roots.tags {
            None => before.namespaces,
            Some((root, document)) => {
                let other = language.clone().filter(|language| {
                    before
                        .language
                        .as_ref()
                        .is_some_and(|before| before != language)
                });
                let namespaces = self.tags(changes, (root, document), before.namespaces)?;
                self.elements(changes, document, other);
                namespaces
            }
        };
        Ok(Following {
            namespaces,
            language: before.language.or(language),
        })
    }

    /// Joins what the root of a part's tags holds.
    fn tags(
        &mut self,
        changes: &mut Changes,
        (root, document): (u32, u32),
        before: Vec<u32>,
    ) -> io::Result<Vec<u32>> {
        let part = changes.part;
        changes.new[root as usize] = self.roots.tags;
        changes.new[document as usize] = self.roots.document;
        let value = part.value(root);
        // The namespaces are the same in all parts.
        let own = part.references(root, "Namespaces");
        for (own, before) in own.iter().zip(&before) {
            changes.new[*own as usize] = *before;
        }
        let namespaces = own.iter().map(|own| changes.new[*own as usize]).collect();
        for (role, kind) in syntax::get(value, "RoleMap")
            .into_iter()
            .flat_map(syntax::entries)
        {
            if !self.done.roles.iter().any(|(known, _)| known == role) {
                self.done.roles.push((role.to_vec(), kind.to_vec()));
            }
        }
        if self.done.tags.is_empty() {
            self.done.tags = changes.renumbered(value);
            self.done.document = changes.renumbered(part.value(document));
        }
        let Some(parents) = syntax::get(value, "ParentTree") else {
            return Ok(namespaces);
        };
        let lists = syntax::get(parents, "Nums").ok_or(unknown("its tags are divided"))?;
        let places: Vec<_> = syntax::items(lists);
        let start = self.done.parent_count;
        let mut leaf = Vec::new();
        let mut next = 0;
        for pair in places.chunks_exact(2) {
            let place = syntax::number(&lists[pair[0].clone()]);
            let place = place.ok_or(unknown("its tags are in no order"))?;
            next = place + 1;
            leaf.extend_from_slice(format!("{} ", start + place).as_bytes());
            syntax::renumber(&lists[pair[1].clone()], &mut leaf, |old| {
                changes.new[old as usize]
            });
            leaf.push(b' ');
        }
        if next > 0 {
            let number = self.output.allocate(1);
            let mut value = format!("<</Limits[{start} {}]/Nums[", start + next - 1).into_bytes();
            value.extend_from_slice(&leaf);
            value.extend_from_slice(b"]>>");
            let value = &value;
            self.output.object(number, Object { value, data: None })?;
            push_reference(&mut self.done.parents, number);
        }
        changes.parents = next;
        Ok(namespaces)
    }

    /// Joins the elements on top of a part's tags to those before, with their language
    /// where that is another one.
    fn elements(&mut self, changes: &mut Changes, document: u32, language: Option<Vec<u8>>) {
        let part = changes.part;
        let value = part.value(document);
        let elements = syntax::get(value, "K").unwrap_or_default();
        let page = syntax::get(value, "Pg").unwrap_or_default();
        for item in syntax::items(elements) {
            let item = &elements[item];
            let out = &mut self.done.elements;
            if syntax::number(item).is_some() {
                // Content that stands under no other element: of its page.
                out.extend_from_slice(b"<</Type/MCR/Pg ");
                out.extend_from_slice(&changes.renumbered(page));
                out.extend_from_slice(b"/MCID ");
                out.extend_from_slice(item);
                out.extend_from_slice(b">>");
                continue;
            }
            out.extend_from_slice(&changes.renumbered(item));
            out.push(b' ');
            if let Some(language) = &language
                && let Some(number) = syntax::reference(item)
                && syntax::get(part.value(number), "Lang").is_none()
            {
                let language = String::from_utf8_lossy(language).into_owned();
                let entries = changes.entries.entry(number).or_default();
                entries.push(("Lang", language));
            }
        }
    }

    /// Writes the tops of all trees, and ends the file.
    pub(super) fn finish(mut self, limited: bool) -> io::Result<W> {
        let roots = &self.roots;
        let done = std::mem::take(&mut self.done);
        let count = self.pages.len();
        let mut pages = format!("<</Type/Pages/Count {count}/Kids[").into_bytes();
        pages.extend_from_slice(&done.page_trees);
        pages.extend_from_slice(b"]>>");
        let mut tops = vec![(roots.pages, pages)];
        if let Some((first, last)) = done.bookmarks {
            let count = done.bookmark_count;
            let value =
                format!("<</Type/Outlines/First {first} 0 R/Last {last} 0 R/Count {count}>>");
            tops.push((roots.outlines, value.into_bytes()));
        } else {
            tops.push((roots.outlines, b"<</Type/Outlines/Count 0>>".to_vec()));
        }
        if !done.tags.is_empty() {
            let array = |items: &[u8]| format!("[{}]", String::from_utf8_lossy(items));
            let tags = set(&done.tags, "K", &format!("[{} 0 R]", roots.document));
            let parents = format!("<</Kids{}>>", array(&done.parents));
            let tags = set(&tags, "ParentTree", &parents);
            let mut tags = set(&tags, "ParentTreeNextKey", &done.parent_count.to_string());
            if !done.roles.is_empty() {
                let roles = done
                    .roles
                    .iter()
                    .map(|(role, kind)| [role.as_slice(), b" ", kind].concat());
                let roles = roles.collect::<Vec<_>>().concat();
                tags = set(
                    &tags,
                    "RoleMap",
                    &format!("<<{}>>", String::from_utf8_lossy(&roles)),
                );
            }
            tops.push((roots.tags, tags));
            let document = set(&done.document, "K", &array(&done.elements));
            tops.push((roots.document, without(&document, "Pg")));
        }
        let identity = metadata::identity(&done.identity);
        for (number, value, data) in done.last {
            let mut value = value;
            let reference = |number| format!("{number} 0 R");
            let mut data = data;
            if syntax::get(&value, "Type") == Some(b"/Catalog") {
                value = set(&value, "Pages", &reference(roots.pages));
                value = set(&value, "Outlines", &reference(roots.outlines));
            } else if let Some(xmp) = &data {
                let xmp = metadata::joined_xmp(xmp, count, &identity);
                value = set(&value, "Length", &xmp.len().to_string());
                data = Some(xmp);
            }
            let (value, data) = (&value, data.as_deref());
            self.output.object(number, Object { value, data })?;
        }
        for (number, value) in tops {
            let value = &value;
            self.output.object(number, Object { value, data: None })?;
        }
        if limited && self.output.allocate(0) > MOST_OBJECTS {
            return Err(io::Error::other(format!(
                "PDF/A allows for {MOST_OBJECTS} objects, and the document has more"
            )));
        }
        self.output
            .finish(&metadata::with_identity(&done.trailer, &identity))
    }
}

/// A dictionary without a key.
fn without(dictionary: &[u8], key: &str) -> Vec<u8> {
    let mut out = b"<<".to_vec();
    for (name, value) in syntax::entries(dictionary) {
        if name.strip_prefix(b"/") != Some(key.as_bytes()) {
            out.extend_from_slice(name);
            out.push(b' ');
            out.extend_from_slice(value);
        }
    }
    out.extend_from_slice(b">>");
    out
}

/// Appends a reference to a list of them.
fn push_reference(out: &mut Vec<u8>, number: u32) {
    push_number(out, number);
    out.extend_from_slice(b" 0 R ");
}
