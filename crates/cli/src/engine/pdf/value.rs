//! Copies values from hayro-syntax, which reads PDFs, to pdf-writer.

use hayro_syntax::object::{Dict, MaybeRef, Object};
use pdf_writer::{Chunk, Name, Null, Obj, Primitive, Ref, Settings, Str};

/// A value in an array or a dictionary: an object, or a reference to one.
pub type Value<'f> = MaybeRef<Object<'f>>;

/// Returns the new number of an object for its old one; `None` for a missing object.
pub type New<'n> = &'n dyn Fn(i32) -> Option<Ref>;

/// Without white space for human readers.
pub const COMPACT: Settings = Settings { pretty: false };

/// The start and end that pdf-writer writes for object 1.
const AROUND: (&[u8], &[u8]) = (b"1 0 obj\n", b"\nendobj\n");

/// Every object keeps its number.
pub fn same(number: i32) -> Option<Ref> {
    (number > 0).then(|| Ref::new(number))
}

/// Writes a value with the new numbers.
pub fn write(value: &Value, out: Obj, new: New) {
    match value {
        MaybeRef::NotRef(object) => write_object(object, out, new),
        MaybeRef::Ref(old) => match new(old.obj_number) {
            Some(new) => out.primitive(new),
            None => out.primitive(Null),
        },
    }
}

/// Writes an object with the new numbers; only the dictionary of a stream.
pub fn write_object(object: &Object, out: Obj, new: New) {
    match object {
        Object::Null(_) => out.primitive(Null),
        Object::Boolean(is) => out.primitive(*is),
        Object::Number(number) => {
            let number = number.as_f64();
            let whole = number as i32;
            if f64::from(whole) == number {
                out.primitive(whole);
            } else {
                out.primitive(number as f32);
            }
        }
        Object::String(text) => out.primitive(Str(text)),
        Object::Name(name) => out.primitive(Name(name)),
        Object::Array(array) => {
            let mut out = out.array();
            for item in array.raw_iter() {
                write(&item, out.push(), new);
            }
        }
        Object::Dict(dict) => write_entries(dict, &mut out.dict(), new, &Own::default()),
        Object::Stream(stream) => write_object(&Object::Dict(stream.dict().clone()), out, new),
    }
}

/// A function that writes the value of an entry.
type Write<'e> = Box<dyn Fn(Obj) + 'e>;

/// Changes to the entries of a dictionary.
#[derive(Default)]
pub struct Own<'e> {
    entries: Vec<(&'static str, Write<'e>)>,
    dropped: Option<&'static str>,
}

impl<'e> Own<'e> {
    /// Sets an entry.
    pub fn set(&mut self, key: &'static str, write: impl Fn(Obj) + 'e) {
        self.entries.push((key, Box::new(write)));
    }

    /// Removes an entry.
    pub fn drop(&mut self, key: &'static str) {
        self.dropped = Some(key);
    }

    /// Whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.dropped.is_none()
    }

    fn has(&self, key: &[u8]) -> bool {
        let mut keys = self.entries.iter().map(|(own, _)| *own).chain(self.dropped);
        keys.any(|own| own.as_bytes() == key)
    }

    /// Sets an entry to a number, a name or the like.
    pub fn pair(&mut self, key: &'static str, value: impl Primitive + Copy + 'e) {
        self.set(key, move |out| out.primitive(value));
    }

    /// Increases the number in an entry, if the dictionary has it.
    pub fn shift(&mut self, dict: &Dict, key: &'static str, by: i32) {
        if let Some(number) = dict.get::<i32>(key) {
            self.pair(key, number + by);
        }
    }
}

/// Writes the entries of a dictionary with the new numbers and the changes.
pub fn write_entries(dict: &Dict, out: &mut pdf_writer::Dict, new: New, own: &Own) {
    for (key, value) in dict.entries() {
        if !own.has(&key) {
            write(&value, out.insert(Name(&key)), new);
        }
    }
    for (key, write) in &own.entries {
        write(out.insert(Name(key.as_bytes())));
    }
}

/// A value in PDF's syntax.
pub fn written(write: impl FnOnce(Obj)) -> Vec<u8> {
    let mut chunk = chunk();
    write(chunk.indirect(Ref::new(1)));
    inner(&chunk).to_vec()
}

/// A buffer for objects.
pub fn chunk() -> Chunk {
    Chunk::with_settings_and_capacity(COMPACT, 256)
}

/// The value of object 1, the only one in a chunk.
pub fn inner(chunk: &Chunk) -> &[u8] {
    let object = chunk.as_bytes().strip_prefix(AROUND.0);
    let value = object.and_then(|object| object.strip_suffix(AROUND.1));
    value.expect("pdf-writer writes one object")
}

/// The objects that an object refers to.
pub fn references(object: &Object) -> Vec<i32> {
    let mut found = Vec::new();
    find_references(object, &mut found);
    found
}

fn find_references(object: &Object, found: &mut Vec<i32>) {
    let mut add = |value: &Value| match value {
        MaybeRef::Ref(number) => found.push(number.obj_number),
        MaybeRef::NotRef(object) => find_references(object, found),
    };
    match object {
        Object::Array(array) => array.raw_iter().for_each(|value| add(&value)),
        Object::Dict(dict) => dict.entries().for_each(|(_, value)| add(&value)),
        Object::Stream(stream) => stream.dict().entries().for_each(|(_, value)| add(&value)),
        _ => {}
    }
}

/// Whether a dictionary is of one of these types.
pub fn is_a(dict: &Dict, kinds: &[&str]) -> bool {
    let own = dict.get::<hayro_syntax::object::Name>("Type");
    own.is_some_and(|own| kinds.contains(&own.as_str()))
}

#[cfg(test)]
mod tests {
    use hayro_syntax::object::FromBytes;

    use super::*;

    #[test]
    fn values_are_copied_with_other_numbers() {
        for (value, expected) in [
            ("[1 0 R 2 0 R]", "[101 0 R 102 0 R]"),
            ("[1 0 2 0 R]", "[1 0 102 0 R]"),
            (
                "<</D[3 0 R/XYZ 0 1.5 -.25]/K[0 <</P 7 0 R>>]>>",
                "<</D[103 0 R/XYZ 0 1.5 -0.25]/K[0<</P 107 0 R>>]>>",
            ),
            ("[9 0 R null true]", "[null null true]"),
            (
                r"[(1 0 R) (\) 1 0 R (2 0 R) \\)<10AF>/A#20#2F]",
                r"[(1 0 R)(\) 1 0 R \(2 0 R\) \\)<10AF>/A#20#2F]",
            ),
        ] {
            let object = Object::from_bytes(value.as_bytes()).unwrap();
            let new = |number| (number != 9).then(|| Ref::new(number + 100));
            let copy = written(|out| write_object(&object, out, &new));
            assert_eq!(String::from_utf8(copy).unwrap(), expected);
        }
    }

    #[test]
    fn objects_are_found_in_what_refers_to_them() {
        let value = b"<</A[1 0 R (2 0 R)<</B 3 0 R>>]/C 4 0 R/D 5>>";
        assert_eq!(references(&Object::from_bytes(value).unwrap()), [1, 3, 4]);
    }
}
