//! Lists, boxes and values that may be absent.

use serde::Serialize;

use super::read::{Read, ReadContext};
use super::walk::{Spot, Visit, Walk};
use super::write::{Blank, Write};
use crate::cbor::{Unwritable, Writer};
use crate::json::Json;

/// A list that is being read, independent of the type of its elements.
pub(crate) trait List<'a> {
    /// What is expected of an element.
    fn expected(&self) -> &'static str;
    /// Clears the list, and reserves capacity.
    fn begin(&mut self, count: usize);
    /// Reads another element, or returns the JSON.
    fn add(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>>;
}

impl<'a, T: Read<'a> + Default> List<'a> for Vec<T> {
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn begin(&mut self, count: usize) {
        *self = Vec::with_capacity(count);
    }

    fn add(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>> {
        let at = self.len();
        self.push(T::default());
        let result = T::fill(&mut self[at], json, reader);
        if result.is_err() {
            self.pop();
        }
        result
    }
}

/// Reads an array into a list; elements that can't be read are recorded as lost.
pub(crate) fn read_list<'a>(
    list: &mut dyn List<'a>,
    json: Json<'a>,
    reader: &mut dyn ReadContext<'a>,
) -> Result<(), Json<'a>> {
    let items = match json {
        Json::Array(items) => items,
        // A single object counts as a list of one: exporters disagree about forwarded messages.
        object @ Json::Object(_) => vec![object],
        other => return Err(other),
    };
    list.begin(items.len());
    for (index, item) in items.into_iter().enumerate() {
        match list.add(item, reader) {
            Ok(()) => {}
            // A nested list is flattened.
            Err(Json::Array(inner)) => {
                for item in inner {
                    if let Err(item) = list.add(item, reader) {
                        reader.lose_item(list.expected(), index, item);
                    }
                }
            }
            Err(item) => reader.lose_item(list.expected(), index, item),
        }
    }
    Ok(())
}

impl<'a, T: Read<'a> + Default> Read<'a> for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn read(json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let mut value = None;
        Self::fill(&mut value, json, reader)?;
        Ok(value)
    }

    fn fill(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>> {
        let was_there = self.is_some();
        let result = T::fill(self.get_or_insert_default(), json, reader);
        if result.is_err() && !was_there {
            *self = None;
        }
        result
    }
}

impl<T> Blank for Option<T> {
    fn is_blank(&self) -> bool {
        self.is_none()
    }
}

impl<'a, T: Walk<'a>> Walk<'a> for Option<T> {
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>) {
        if let Some(value) = self {
            value.walk(spot, visit);
        }
    }
}

impl<'a, T: Read<'a> + Default> Read<'a> for Box<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn read(json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let mut value = Self::default();
        T::fill(&mut value, json, reader)?;
        Ok(value)
    }

    fn fill(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>> {
        T::fill(self, json, reader)
    }
}

impl<T: Blank> Blank for Box<T> {
    fn is_blank(&self) -> bool {
        (**self).is_blank()
    }
}

impl<'a, T: Walk<'a>> Walk<'a> for Box<T> {
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>) {
        (**self).walk(spot, visit);
    }
}

impl<'a, T: Read<'a> + Default> Read<'a> for Vec<T> {
    const EXPECTED: &'static str = "a list";
    fn read(json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let mut list = Vec::new();
        read_list(&mut list, json, reader)?;
        Ok(list)
    }

    fn fill(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>> {
        read_list(self, json, reader)
    }
}

impl<T> Blank for Vec<T> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<'a, T: Walk<'a>> Walk<'a> for Vec<T> {
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>) {
        for item in self {
            item.walk(spot, visit);
        }
    }
}

impl<T: Write> Write for Option<T> {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        match self {
            Some(value) => value.write(out),
            None => ().serialize(out),
        }
    }
}

impl<T: Write> Write for Box<T> {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        (**self).write(out)
    }
}

impl<T: Write> Write for Vec<T> {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        let mut array = out.array();
        for item in self {
            item.write(array.item())?;
        }
        array.close();
        Ok(())
    }
}
