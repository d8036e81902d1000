//! The roots of the trees of pages, bookmarks and tags, which all parts share.

use std::io::{self, Write};

use hayro_syntax::object::{
    Array, Dict, FromBytes, MaybeRef, Name as Word, Object, String as Text,
};
use pdf_writer::writers::{MarkedRef, NumberTree};
use pdf_writer::{Name, Ref, Str};

use super::file::unknown;
use super::join::{Changes, Following, Join};
use super::metadata;
use super::output::Output;
use super::part::references;
use super::value::{New, Own, Value, same, write, write_object, written};

/// The most objects that a PDF/A file may have.
const MOST_OBJECTS: i32 = 8_388_607;

impl<W: Write> Join<'_, W> {
    /// Connects the roots of a part's trees to those of the whole document.
    pub(super) fn top(
        &mut self,
        changes: &mut Changes,
        base: i32,
        before: Following,
    ) -> io::Result<Following> {
        let part = changes.part;
        let root = part.roots.pages;
        self.done.page_trees.push(Ref::new(base + root));
        let own = changes.entries.entry(root).or_default();
        own.pair("Parent", self.roots.pages);
        if let Some(root) = part.roots.outlines {
            changes.new.set(root, self.roots.outlines);
        }
        let catalog = part.dict(part.roots.catalog)?;
        let language = catalog
            .get::<Text>("Lang")
            .map(|language| language.to_vec());
        let namespaces = match part.roots.tags {
            None => before.namespaces,
            Some((root, document)) => {
                let other = language
                    .clone()
                    .filter(|own| before.language.as_ref().is_some_and(|before| before != own));
                let namespaces = self.tags(changes, (root, document), before.namespaces)?;
                self.elements(changes, document, other)?;
                namespaces
            }
        };
        Ok(Following {
            namespaces,
            language: before.language.or(language),
        })
    }

    /// Joins the root of a part's tags.
    fn tags(
        &mut self,
        changes: &mut Changes,
        (root, document): (i32, i32),
        before: Vec<Ref>,
    ) -> io::Result<Vec<Ref>> {
        let part = changes.part;
        changes.new.set(root, self.roots.tags);
        changes.new.set(document, self.roots.document);
        let root = part.dict(root)?;
        // The namespaces are the same in all parts.
        let own = references(Some(&root), "Namespaces");
        for (own, before) in own.iter().zip(before) {
            changes.new.set(*own, before);
        }
        let namespaces = own.iter().filter_map(|own| changes.new.get(*own)).collect();
        let roles = root.get::<Dict>("RoleMap").unwrap_or_default();
        for role in roles.keys() {
            let is_known = self.done.roles.iter().any(|(known, _)| *known == *role);
            if !is_known && let Some(kind) = roles.get::<Word>(&role) {
                self.done.roles.push((role.to_vec(), kind.to_vec()));
            }
        }
        let new: New = &|old| changes.new.get(old);
        if self.done.tags.is_none() {
            let document = Object::Dict(part.dict(document)?);
            self.done.tags = Some((
                written(|out| write_object(&Object::Dict(root.clone()), out, new)),
                written(|out| write_object(&document, out, new)),
            ));
        }
        let Some(parents) = root.get::<Dict>("ParentTree") else {
            return Ok(namespaces);
        };
        let lists = parents
            .get::<Array>("Nums")
            .ok_or(unknown("its tags are divided"))?;
        let places = lists.raw_iter().step_by(2).map(|place| match place {
            MaybeRef::NotRef(place) => place.into_i32(),
            MaybeRef::Ref(_) => None,
        });
        let places: Option<Vec<i32>> = places.collect();
        let places = places.ok_or(unknown("its tags are in no order"))?;
        let next = places.last().map_or(0, |last| last + 1);
        if next > 0 {
            let start = self.done.parent_count;
            let id = self.output.one();
            self.output.object(id, |chunk, id| {
                let mut out = chunk.indirect(id).dict();
                out.insert(Name(b"Limits"))
                    .array()
                    .items([start, start + next - 1]);
                let mut out = out.insert(Name(b"Nums")).array();
                let lists = lists.raw_iter().skip(1).step_by(2);
                for (place, list) in places.iter().zip(lists) {
                    out.item(start + place);
                    write(&list, out.push(), new);
                }
            })?;
            self.done.parents.push(id);
        }
        changes.parents = next;
        Ok(namespaces)
    }

    /// Joins the top elements of a part's tags to those of earlier parts, with their language if it
    /// differs.
    fn elements(
        &mut self,
        changes: &mut Changes,
        document: i32,
        language: Option<Vec<u8>>,
    ) -> io::Result<()> {
        let part = changes.part;
        let document = part.dict(document)?;
        let elements: Vec<Value> = match document.get_raw("K") {
            Some(MaybeRef::NotRef(Object::Array(elements))) => elements.raw_iter().collect(),
            only => only.into_iter().collect(),
        };
        let page = document.get_ref("Pg");
        let page = page.and_then(|page| changes.new.get(page.obj_number));
        let new: New = &|old| changes.new.get(old);
        self.done.elements.push(written(|out| {
            let mut out = out.array();
            for element in &elements {
                match (element, page) {
                    // Content outside of all other elements is identified by its page.
                    (MaybeRef::NotRef(Object::Number(content)), Some(page)) => {
                        let mut out = out.push().start::<MarkedRef>();
                        out.page(page).marked_content_id(content.as_i64() as i32);
                    }
                    _ => write(element, out.push(), new),
                }
            }
        }));
        for element in elements.iter().filter_map(|element| element.as_obj_ref()) {
            if let Some(language) = &language
                && !part.dict(element.obj_number)?.contains_key("Lang")
            {
                let language = language.clone();
                let own = changes.entries.entry(element.obj_number).or_default();
                own.set("Lang", move |out| out.primitive(Str(&language)));
            }
        }
        Ok(())
    }

    /// Writes the roots of all trees, and finishes the file.
    pub(super) fn finish(mut self, limited: bool) -> io::Result<W> {
        let roots = &self.roots;
        let done = std::mem::take(&mut self.done);
        let count = self.pages.len() as i32;
        let output = &mut self.output;
        let identity = metadata::identity(done.identity.as_bytes());
        if let Some((id, xmp)) = done.xmp {
            let xmp = metadata::joined_xmp(&xmp, self.pages.len(), &identity);
            output.loose(id, |chunk, id| drop(chunk.metadata(id, xmp.as_bytes())))?;
        }
        output.loose(roots.pages, |chunk, id| {
            chunk.pages(id).count(count).kids(done.page_trees);
        })?;
        output.object(roots.outlines, |chunk, id| {
            let mut out = chunk.outline(id);
            if let Some((first, last)) = done.bookmarks {
                out.first(first).last(last);
            }
            out.count(done.bookmark_count as i32);
        })?;
        if let Some((tags, document)) = &done.tags {
            let mut own = Own::default();
            own.set("K", |out| {
                out.array().item(roots.document);
            });
            own.set("ParentTree", |out| {
                let parents = done.parents.iter().copied();
                out.start::<NumberTree<Ref>>().kids().items(parents);
            });
            own.pair("ParentTreeNextKey", done.parent_count);
            if !done.roles.is_empty() {
                own.set("RoleMap", |out| {
                    let roles = done.roles.iter();
                    out.dict()
                        .pairs(roles.map(|(role, kind)| (Name(role), Name(kind))));
                });
            }
            copy(output, roots.tags, tags, &own)?;
            let mut own = Own::default();
            own.drop("Pg");
            own.set("K", |out| {
                let mut out = out.array();
                let arrays = done
                    .elements
                    .iter()
                    .filter_map(|kids| Array::from_bytes(kids));
                for element in arrays.flat_map(|kids| kids.raw_iter()) {
                    write(&element, out.push(), &same);
                }
            });
            copy(output, roots.document, document, &own)?;
        }
        if limited && output.allocate(0) > MOST_OBJECTS {
            return Err(io::Error::other(format!(
                "PDF/A allows at most {MOST_OBJECTS} objects, and the document has more"
            )));
        }
        let mut trailer = done.trailer.ok_or(unknown("it has no metadata"))?;
        let document = trailer.id.map(|(document, _)| document);
        trailer.id = Some((document.unwrap_or_default(), identity.into_bytes()));
        self.output.finish(&trailer)
    }
}

/// Writes a dictionary that has its new numbers already, with changed entries.
fn copy<W: Write>(output: &mut Output<W>, id: Ref, dict: &[u8], own: &Own) -> io::Result<()> {
    let dict = Object::from_bytes(dict).ok_or_else(|| unknown("its tags are broken"))?;
    output.copy(id, &dict, &same, own)
}
