//! Objects that several parts of a document have alike: pictures, icons, colour profiles.

use std::collections::HashMap;
use std::io::{self, Write};

use typst_utils::hash128;

use super::file::Object;
use super::output::Output;
use super::part::Part;
use super::syntax;

/// The objects that others may use, by what they hold.
#[derive(Default)]
pub struct Shared {
    known: HashMap<u128, u32>,
}

impl Shared {
    /// The new numbers of a part's objects, by the old ones, which grow by `base`. What
    /// pages are drawn with has the number of what is alike in a part before.
    pub fn numbers(&mut self, part: &Part, base: u32) -> Vec<u32> {
        let mut new = vec![0; part.file.len() as usize + 1];
        for page in &part.pages {
            let resources = syntax::get(part.value(*page), "Resources");
            for number in resources.map(references).unwrap_or_default() {
                // Each page has its own, which may be changed.
                for number in references(part.value(number)) {
                    self.visit(part, base, number, &mut new);
                }
            }
        }
        let catalog = part.value(part.roots.catalog);
        if let Some(intents) = syntax::get(catalog, "OutputIntents") {
            for number in references(intents) {
                self.visit(part, base, number, &mut new);
            }
        }
        for (old, new) in (0..).zip(&mut new) {
            if *new == 0 {
                *new = base + old;
            }
        }
        new
    }

    /// Gives an object, and all that it uses, their new numbers.
    pub fn visit(&mut self, part: &Part, base: u32, number: u32, new: &mut [u32]) {
        let (Some(object), Some(0)) = (part.file.object(number), new.get(number as usize)) else {
            return;
        };
        new[number as usize] = base + number;
        for used in references(object.value) {
            self.visit(part, base, used, new);
        }
        let mut value = Vec::new();
        syntax::renumber(object.value, &mut value, |old| new[old as usize]);
        let alike = self.known.entry(hash128(&(value, object.data)));
        new[number as usize] = *alike.or_insert(base + number);
    }
}

/// Writes the objects that were visited and aren't alike to others.
pub fn write_visited<W: Write>(
    part: &Part,
    base: u32,
    new: &[u32],
    output: &mut Output<W>,
) -> io::Result<()> {
    for number in 1..=part.file.len() {
        if new[number as usize] == base + number
            && let Some(object) = part.file.object(number)
        {
            let mut value = Vec::new();
            syntax::renumber(object.value, &mut value, |old| new[old as usize]);
            let value = &value;
            output.object(base + number, Object { value, ..object })?;
        }
    }
    Ok(())
}

/// The objects that a value refers to.
pub fn references(value: &[u8]) -> Vec<u32> {
    let found = std::cell::RefCell::new(Vec::new());
    syntax::renumber(value, &mut Vec::new(), |number| {
        found.borrow_mut().push(number);
        number
    });
    found.into_inner()
}
