//! Objects that are the same in several parts of a document: pictures, icons, colour profiles.

use std::collections::HashMap;
use std::io::{self, Write};

use hayro_syntax::object::Object;
use pdf_writer::Ref;
use typst_utils::hash128;

use super::output::Output;
use super::part::Part;
use super::value::{New, Own, references, write_object, written};

/// The new numbers of a part's objects, by the old ones.
pub struct Numbers(Vec<Option<Ref>>);

impl Numbers {
    /// No object has a new number yet.
    pub fn none(part: &Part) -> Self {
        Self(vec![None; part.file.len() as usize + 1])
    }

    /// The new number of an object.
    pub fn get(&self, old: i32) -> Option<Ref> {
        *self.0.get(usize::try_from(old).ok()?)?
    }

    /// Sets the new number of an object.
    pub fn set(&mut self, old: i32, new: Ref) {
        if let Some(number) = usize::try_from(old)
            .ok()
            .and_then(|old| self.0.get_mut(old))
        {
            *number = Some(new);
        }
    }
}

/// The objects that parts may share, by the hash of their content.
#[derive(Default)]
pub struct Shared {
    known: HashMap<u128, Ref>,
}

impl Shared {
    /// The new numbers of a part's objects, which are increased by `base`. A resource that an
    /// earlier part has, too, gets that one's number.
    pub fn numbers(&mut self, part: &Part, base: i32) -> io::Result<Numbers> {
        let mut new = Numbers::none(part);
        self.visit_resources(part, base, &mut new)?;
        let catalog = part.dict(part.roots.catalog)?;
        if let Some(intents) = catalog.get::<Object>("OutputIntents") {
            for number in references(&intents) {
                self.visit(part, base, number, &mut new)?;
            }
        }
        for old in 1..=part.file.len() {
            if new.get(old).is_none() {
                new.set(old, Ref::new(base + old));
            }
        }
        Ok(new)
    }

    /// Sets the new numbers of the resources of a part's pages.
    pub fn visit_resources(&mut self, part: &Part, base: i32, new: &mut Numbers) -> io::Result<()> {
        for page in &part.pages {
            for used in references(&Object::Dict(part.resources(*page)?)) {
                self.visit(part, base, used, new)?;
            }
        }
        Ok(())
    }

    /// Sets the new numbers of an object and of everything that it refers to.
    fn visit(&mut self, part: &Part, base: i32, number: i32, new: &mut Numbers) -> io::Result<()> {
        if new.get(number).is_some() {
            return Ok(());
        }
        let object = part.file.object(number)?;
        let own = Ref::new(base + number);
        new.set(number, own);
        for used in references(&object) {
            self.visit(part, base, used, new)?;
        }
        let value = written(|out| write_object(&object, out, &|old| new.get(old)));
        let data = match &object {
            Object::Stream(stream) => Some(stream.raw_data()),
            _ => None,
        };
        new.set(
            number,
            *self.known.entry(hash128(&(value, data))).or_insert(own),
        );
        Ok(())
    }
}

/// Writes the objects that were visited, except those that an earlier part has.
pub fn write_visited<W: Write>(
    part: &Part,
    base: i32,
    new: &Numbers,
    output: &mut Output<W>,
) -> io::Result<()> {
    let numbers: New = &|old| new.get(old);
    for number in 1..=part.file.len() {
        let own = Ref::new(base + number);
        if new.get(number) == Some(own) {
            let object = part.file.object(number)?;
            output.copy(own, &object, numbers, &Own::default())?;
        }
    }
    Ok(())
}
