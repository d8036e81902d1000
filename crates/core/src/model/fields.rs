//! The fields of records by number, so that one loop reads all records, one walks
//! them and one writes them: code for each of forty kinds made the plugin large.

use serde::Serialize;

use super::record::{Blank, Extra, ExtraObject, Read, Spot, Visit, Walk};
use crate::cbor::{Unwritable, Writer};
use crate::import::Reader;
use crate::json::Json;

/// A value that can be written as CBOR for Typst.
pub(crate) trait Write {
    /// Appends the value. Takes it mutably, as fields are only reached so.
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable>;
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

/// A field of a record, whatever its type.
pub(crate) trait Slot<'a> {
    /// What is expected, as [`Read::EXPECTED`].
    fn expected(&self) -> &'static str;
    /// [`Read::fill`].
    fn fill(&mut self, json: Json<'a>, reader: &mut Reader<'a>) -> Result<(), Json<'a>>;
    /// [`Blank::is_blank`].
    fn is_blank(&self) -> bool;
    /// [`Walk::walk`].
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>);
    /// [`Write::write`].
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable>;
}

impl<'a, T: Read<'a> + Blank + Walk<'a> + Write> Slot<'a> for T {
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }
    fn fill(&mut self, json: Json<'a>, reader: &mut Reader<'a>) -> Result<(), Json<'a>> {
        Read::fill(self, json, reader)
    }
    fn is_blank(&self) -> bool {
        Blank::is_blank(self)
    }
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>) {
        Walk::walk(self, spot, visit);
    }
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        Write::write(self, out)
    }
}

/// The fields of a kind of record.
pub(crate) struct Shape {
    /// Name of the record, such as `Attachment`.
    pub name: &'static str,
    /// The keys that the fields are written as, in order.
    pub keys: &'static [&'static str],
    /// How many of them, from the first, can be read; the others are computed.
    pub readable: usize,
    /// Other keys that fields are read from.
    pub aliases: &'static [(&'static str, usize)],
}

/// A record whose fields are reached by number.
pub(crate) trait Fields<'a> {
    /// What the fields are called.
    fn shape(&self) -> &'static Shape;
    /// The field at this index of [`Shape::keys`].
    fn at(&mut self, index: usize) -> Option<&mut dyn Slot<'a>>;
    /// Where everything else goes.
    fn extra(&mut self) -> &mut Extra<'a>;
}

/// Reads the members of an object into the fields of a record; what can't be
/// read is kept. Anything but an object is handed back.
pub(crate) fn read_fields<'a>(
    record: &mut dyn Fields<'a>,
    json: Json<'a>,
    reader: &mut Reader<'a>,
) -> Result<(), Json<'a>> {
    let members = match json {
        Json::Object(members) => members,
        other => return Err(other),
    };
    let shape = record.shape();
    for (key, value) in members {
        if matches!(value, Json::Null) {
            continue;
        }
        let keys = &shape.keys[..shape.readable];
        let index = keys.iter().position(|name| *name == &*key).or_else(|| {
            let alias = shape.aliases.iter().find(|(alias, _)| *alias == &*key);
            alias.map(|(_, index)| *index)
        });
        let Some((index, slot)) = index.and_then(|index| Some((index, record.at(index)?))) else {
            reader.unknown(shape.name, &key);
            record.extra().push((key, value));
            continue;
        };
        let name = shape.keys[index];
        reader.enter(name);
        if let Err(value) = slot.fill(value, reader) {
            reader.mismatch(slot.expected(), shape.name, name, &value);
            record.extra().push((key, value));
        }
        reader.leave();
    }
    Ok(())
}

/// Calls `visit` for every text within the fields.
pub(crate) fn walk_fields<'a>(record: &mut dyn Fields<'a>, visit: &mut dyn Visit<'a>) {
    let shape = record.shape();
    for (index, key) in shape.keys.iter().enumerate() {
        if let Some(slot) = record.at(index) {
            let spot = Spot {
                record: shape.name,
                field: key,
            };
            slot.walk(spot, visit);
        }
    }
    visit.extra(record.extra());
}

/// Writes the fields that hold something: the same as `Serialize` does.
pub(crate) fn write_fields(
    record: &mut dyn Fields<'_>,
    out: &mut Writer,
) -> Result<(), Unwritable> {
    let mut map = out.map();
    for (index, key) in record.shape().keys.iter().enumerate() {
        if let Some(slot) = record.at(index).filter(|slot| !slot.is_blank()) {
            slot.write(map.key(key))?;
        }
    }
    if !record.extra().is_empty() {
        ExtraObject(record.extra()).serialize(map.key("extra"))?;
    }
    map.close();
    Ok(())
}

/// A list while it is read, whatever the type of its elements.
pub(crate) trait List<'a> {
    /// What is expected of an element.
    fn expected(&self) -> &'static str;
    /// Empties the list, and makes room.
    fn begin(&mut self, count: usize);
    /// Reads another element, or hands the JSON back.
    fn add(&mut self, json: Json<'a>, reader: &mut Reader<'a>) -> Result<(), Json<'a>>;
}

impl<'a, T: Read<'a> + Default> List<'a> for Vec<T> {
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    fn begin(&mut self, count: usize) {
        *self = Vec::with_capacity(count);
    }

    fn add(&mut self, json: Json<'a>, reader: &mut Reader<'a>) -> Result<(), Json<'a>> {
        let at = self.len();
        self.push(T::default());
        let result = T::fill(&mut self[at], json, reader);
        if result.is_err() {
            self.pop();
        }
        result
    }
}

/// Reads an array into a list; elements that can't be read are kept as lost.
pub(crate) fn read_list<'a>(
    list: &mut dyn List<'a>,
    json: Json<'a>,
    reader: &mut Reader<'a>,
) -> Result<(), Json<'a>> {
    let items = match json {
        Json::Array(items) => items,
        // A single object stands for a list of one: exporters disagree
        // about forwarded messages.
        object @ Json::Object(_) => vec![object],
        other => return Err(other),
    };
    list.begin(items.len());
    for (index, item) in items.into_iter().enumerate() {
        if let Err(item) = list.add(item, reader) {
            reader.lose_item(list.expected(), index, item);
        }
    }
    Ok(())
}
