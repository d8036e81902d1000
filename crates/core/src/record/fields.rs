//! Accesses the fields of records by index, so that one loop reads, one visits and one writes
//! all records: separate code for each of forty types made the plugin large.

use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

use serde::Serialize;

use super::read::{Read, ReadContext};
use super::walk::{Extra, Spot, Visit, Walk};
use super::write::{Blank, ExtraObject, Write};
use crate::cbor::{Unwritable, Writer};
use crate::json::Json;

/// A field of a record, whatever its type.
pub(crate) trait Slot<'a> {
    /// What is expected, as [`Read::EXPECTED`].
    fn expected(&self) -> &'static str;
    /// [`Read::fill`].
    fn fill(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>>;
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
    fn fill(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>> {
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
    /// The number of fields that are read; the remaining ones are computed.
    pub readable: usize,
    /// Other keys that fields are read from.
    pub aliases: &'static [(&'static str, usize)],
    /// The order of fields in the last object.
    pub order: Order,
}

/// The order of fields in objects. It is the same for all objects of one program, so that of
/// the last one is tried first.
pub(crate) struct Order([AtomicU8; 24]);

impl Order {
    pub const fn new() -> Self {
        Self([const { AtomicU8::new(0) }; 24])
    }
}

impl Shape {
    /// The field that is read from this key, which is at this position of an object.
    fn index_of(&self, key: &str, place: usize) -> Option<usize> {
        let last = self.order.0.get(place);
        if let Some(last) = last.map(|last| usize::from(last.load(Relaxed)))
            && last < self.readable
            && self.is_read_from(last, key)
        {
            return Some(last);
        }
        let index = self.find(key)?;
        if let (Some(last), Ok(index)) = (last, u8::try_from(index)) {
            last.store(index, Relaxed);
        }
        Some(index)
    }

    /// Whether the field is read from this key.
    fn is_read_from(&self, index: usize, key: &str) -> bool {
        let mut aliases = self.aliases.iter();
        self.keys[index] == key || aliases.any(|&(alias, of)| of == index && alias == key)
    }

    fn find(&self, key: &str) -> Option<usize> {
        let keys = &self.keys[..self.readable];
        keys.iter().position(|name| *name == key).or_else(|| {
            let alias = self.aliases.iter().find(|(alias, _)| *alias == key);
            alias.map(|(_, index)| *index)
        })
    }
}

/// Converts a camelCase key to the API's form: `proxyURL` becomes `proxy_url`. `None` if it
/// has no capitals.
fn snake_case(key: &str) -> Option<String> {
    if !key.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let mut snake = String::with_capacity(key.len() + 4);
    let mut within_word = false;
    for letter in key.chars() {
        if letter.is_ascii_uppercase() && within_word {
            snake.push('_');
        }
        within_word = letter.is_ascii_lowercase() || letter.is_ascii_digit();
        snake.push(letter.to_ascii_lowercase());
    }
    Some(snake)
}

/// A record whose fields are accessed by index.
pub(crate) trait Fields<'a> {
    /// The names of the fields.
    fn shape(&self) -> &'static Shape;
    /// The field at this index of [`Shape::keys`].
    fn at(&mut self, index: usize) -> Option<&mut dyn Slot<'a>>;
    /// The members that have no field.
    fn extra(&mut self) -> &mut Extra<'a>;
}

/// Reads the members of an object into the fields of a record, and keeps values that can't be
/// read. Returns anything but an object.
pub(crate) fn read_fields<'a>(
    record: &mut dyn Fields<'a>,
    json: Json<'a>,
    reader: &mut dyn ReadContext<'a>,
) -> Result<(), Json<'a>> {
    let mut members = match json {
        Json::Object(members) => members,
        other => return Err(other),
    };
    let shape = record.shape();
    // A bit for each field that was read.
    #[cfg(feature = "all-formats")]
    let mut filled = 0_u64;
    for place in 0..members.len() {
        let value = std::mem::take(&mut members[place].1);
        if matches!(value, Json::Null) {
            continue;
        }
        let key = &members[place].0;
        // Programs that write camelCase mean the same fields.
        let index = shape
            .index_of(key, place)
            .or_else(|| shape.find(&snake_case(key)?));
        let Some((index, slot)) = index.and_then(|index| Some((index, record.at(index)?))) else {
            reader.unknown(shape.name, key);
            record
                .extra()
                .push((std::mem::take(&mut members[place].0), value));
            continue;
        };
        let name = shape.keys[index];
        #[cfg(feature = "all-formats")]
        {
            // Several names of a field may stand side by side, but each only once.
            let earlier = &members[..place];
            if filled >> index & 1 == 1 && earlier.iter().any(|(before, _)| before == key) {
                reader.repeated(shape.name, key);
            }
            filled |= 1 << index;
        }
        reader.enter(name);
        // Programs write missing values in many ways, and nothing is lost with them.
        if let Err(value) = slot.fill(value, reader)
            && !says_nothing(&value)
        {
            let key = &members[place].0;
            reader.mismatch(slot.expected(), shape.name, key, &value);
            record
                .extra()
                .push((std::mem::take(&mut members[place].0), value));
        }
        reader.leave();
    }
    Ok(())
}

/// Whether a value is empty.
fn says_nothing(value: &Json) -> bool {
    match value {
        Json::Null => true,
        Json::Str(text) => text.is_empty(),
        Json::Array(items) => items.iter().all(says_nothing),
        Json::Object(members) => members.is_empty(),
        _ => false,
    }
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

/// Writes the fields that aren't empty, like `Serialize`.
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

#[cfg(test)]
mod tests {
    use super::snake_case;

    #[test]
    fn camel_case_is_read_as_the_api_writes_it() {
        let cases = [
            ("customId", Some("custom_id")),
            ("proxyURL", Some("proxy_url")),
            ("iconURL", Some("icon_url")),
            ("minValues2Max", Some("min_values2_max")),
            ("custom_id", None),
        ];
        for (key, snake) in cases {
            assert_eq!(snake_case(key).as_deref(), snake, "{key}");
        }
    }
}
