//! Writes CBOR into memory.
//!
//! It supports only what this crate writes: no tags, no integers beyond 64 bits. A single
//! concrete serializer with infallible output keeps the plugin small, and can embed bytes
//! that are CBOR already (see [`Encoded`]).

use std::fmt;

use crate::text::showable;
use serde::ser::{
    Impossible, Serialize, SerializeMap, SerializeSeq, SerializeStruct, SerializeTuple, Serializer,
};

/// Major types, in the three high bits of a head (section 3.1).
const UNSIGNED: u8 = 0x00;
const NEGATIVE: u8 = 0x20;
const BYTES: u8 = 0x40;
const TEXT: u8 = 0x60;
const ARRAY: u8 = 0x80;
const MAP: u8 = 0xa0;

/// The name that marks bytes that are CBOR already.
const ENCODED: &str = "\0scrollback-cbor";

/// Bytes that are one CBOR item: written unchanged here, and as bytes by other writers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Encoded(pub Vec<u8>);

impl Serialize for Encoded {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(ENCODED, &Bytes(&self.0))
    }
}

struct Bytes<'b>(&'b [u8]);

impl Serialize for Bytes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0)
    }
}

/// Something that this writer doesn't support; no type of this crate contains it.
#[derive(Debug)]
pub struct Unwritable;

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("expected a value that can be written as CBOR")
    }
}

impl std::error::Error for Unwritable {}

impl serde::ser::Error for Unwritable {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unwritable
    }
}

/// Appends a value to `bytes`.
///
/// # Errors
/// When the value has an unsupported type: an enum with fields, a tuple struct or a 128-bit
/// integer.
pub fn write<T: Serialize + ?Sized>(value: &T, bytes: &mut Vec<u8>) -> Result<(), Unwritable> {
    let mut writer = Writer::new(std::mem::take(bytes));
    let result = value.serialize(&mut writer);
    *bytes = writer.finish();
    result
}

/// An array of `count` items, which are given as CBOR.
#[must_use]
pub fn array_of(count: usize, items: &[u8]) -> Vec<u8> {
    let mut writer = Writer::new(Vec::with_capacity(items.len() + 9));
    writer.head(ARRAY, count as u64);
    writer.bytes.extend_from_slice(items);
    writer.bytes
}

/// A writer into memory; a [`Serializer`].
#[derive(Debug)]
pub struct Writer {
    bytes: Vec<u8>,
    /// The next bytes are CBOR.
    verbatim: bool,
}

impl Writer {
    /// A writer that appends to `bytes`.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Writer {
            bytes,
            verbatim: false,
        }
    }

    /// The bytes written so far.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// The number of bytes written so far.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Begins an array.
    pub(crate) fn array(&mut self) -> Items<'_> {
        self.open(ARRAY)
    }

    /// Begins a map.
    pub(crate) fn map(&mut self) -> Items<'_> {
        self.open(MAP)
    }

    #[inline(never)]
    fn head(&mut self, major: u8, value: u64) {
        let bytes = value.to_be_bytes();
        match value {
            0..=23 => self.bytes.push(major | bytes[7]),
            24..=0xff => self.bytes.extend_from_slice(&[major | 24, bytes[7]]),
            0x100..=0xffff => self.long_head(major | 25, &bytes[6..]),
            0x1_0000..=0xffff_ffff => self.long_head(major | 26, &bytes[4..]),
            _ => self.long_head(major | 27, &bytes),
        }
    }

    #[inline(never)]
    fn long_head(&mut self, first: u8, value: &[u8]) {
        self.bytes.push(first);
        self.bytes.extend_from_slice(value);
    }

    #[inline(never)]
    fn string(&mut self, major: u8, string: &[u8]) {
        self.head(major, string.len() as u64);
        self.bytes.extend_from_slice(string);
    }

    /// Begins an array or map, whose head is completed by [`Items::close`].
    #[inline(never)]
    fn open(&mut self, major: u8) -> Items<'_> {
        let start = self.bytes.len();
        self.bytes.push(major);
        Items {
            writer: self,
            start,
            count: 0,
        }
    }
}

/// An array or map being written; it must be closed.
#[derive(Debug)]
pub struct Items<'w> {
    writer: &'w mut Writer,
    start: usize,
    /// Items or pairs so far.
    count: u64,
}

impl Items<'_> {
    /// The writer for the next element of an array.
    pub(crate) fn item(&mut self) -> &mut Writer {
        self.count += 1;
        self.writer
    }

    /// Writes a key of a map; returns the writer for its value.
    #[inline(never)]
    pub(crate) fn key(&mut self, key: &str) -> &mut Writer {
        self.count += 1;
        self.writer.string(TEXT, key.as_bytes());
        self.writer
    }

    /// Ends the array or map.
    #[inline(never)]
    pub(crate) fn close(self) {
        let bytes = &mut self.writer.bytes;
        let major = bytes[self.start];
        if self.count < 24 {
            bytes[self.start] = major | self.count.to_be_bytes()[7];
            return;
        }
        // Rare: the head needs more than the one byte that is reserved for it.
        let items = bytes.split_off(self.start + 1);
        bytes.truncate(self.start);
        self.writer.head(major, self.count);
        self.writer.bytes.extend_from_slice(&items);
    }
}

impl<'w> Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Items<'w>;
    type SerializeTuple = Items<'w>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Items<'w>;
    type SerializeStruct = Items<'w>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    fn serialize_bool(self, value: bool) -> Result<(), Unwritable> {
        self.bytes.push(0xf4 | u8::from(value));
        Ok(())
    }
    fn serialize_i8(self, value: i8) -> Result<(), Unwritable> {
        self.serialize_i64(value.into())
    }
    fn serialize_i16(self, value: i16) -> Result<(), Unwritable> {
        self.serialize_i64(value.into())
    }
    fn serialize_i32(self, value: i32) -> Result<(), Unwritable> {
        self.serialize_i64(value.into())
    }
    fn serialize_i64(self, value: i64) -> Result<(), Unwritable> {
        // A negative number -1-n is written as n (section 3.1).
        match u64::try_from(value) {
            Ok(value) => self.head(UNSIGNED, value),
            Err(_) => self.head(NEGATIVE, !value as u64),
        }
        Ok(())
    }
    fn serialize_u8(self, value: u8) -> Result<(), Unwritable> {
        self.serialize_u64(value.into())
    }
    fn serialize_u16(self, value: u16) -> Result<(), Unwritable> {
        self.serialize_u64(value.into())
    }
    fn serialize_u32(self, value: u32) -> Result<(), Unwritable> {
        self.serialize_u64(value.into())
    }
    fn serialize_u64(self, value: u64) -> Result<(), Unwritable> {
        self.head(UNSIGNED, value);
        Ok(())
    }
    fn serialize_f32(self, value: f32) -> Result<(), Unwritable> {
        self.serialize_f64(value.into())
    }
    fn serialize_f64(self, value: f64) -> Result<(), Unwritable> {
        self.long_head(0xfb, &value.to_bits().to_be_bytes());
        Ok(())
    }
    fn serialize_char(self, value: char) -> Result<(), Unwritable> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }
    fn serialize_str(self, value: &str) -> Result<(), Unwritable> {
        // Typst refuses HTML that contains control characters.
        match showable(value, false) {
            None => self.string(TEXT, value.as_bytes()),
            Some((shown, _)) => self.string(TEXT, shown.as_bytes()),
        }
        Ok(())
    }
    fn serialize_bytes(self, value: &[u8]) -> Result<(), Unwritable> {
        if std::mem::take(&mut self.verbatim) {
            self.bytes.extend_from_slice(value);
        } else {
            self.string(BYTES, value);
        }
        Ok(())
    }
    fn serialize_none(self) -> Result<(), Unwritable> {
        self.serialize_unit()
    }
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }
    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.bytes.push(0xf6);
        Ok(())
    }
    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Unwritable> {
        self.serialize_unit()
    }
    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
    ) -> Result<(), Unwritable> {
        self.serialize_str(variant)
    }
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        self.verbatim = name == ENCODED;
        value.serialize(self)
    }
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Result<(), Unwritable> {
        Err(Unwritable)
    }
    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'w>, Unwritable> {
        Ok(self.open(ARRAY))
    }
    fn serialize_tuple(self, _: usize) -> Result<Items<'w>, Unwritable> {
        Ok(self.open(ARRAY))
    }
    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct, Unwritable> {
        Err(Unwritable)
    }
    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Unwritable> {
        Err(Unwritable)
    }
    fn serialize_map(self, _: Option<usize>) -> Result<Items<'w>, Unwritable> {
        Ok(self.open(MAP))
    }
    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Items<'w>, Unwritable> {
        Ok(self.open(MAP))
    }
    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Unwritable> {
        Err(Unwritable)
    }
    fn is_human_readable(&self) -> bool {
        false
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self.item())
    }
    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}

impl SerializeTuple for Items<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self.item())
    }
    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        key.serialize(self.item())
    }
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        value.serialize(&mut *self.writer)
    }
    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}

impl SerializeStruct for Items<'_> {
    type Ok = ();
    type Error = Unwritable;
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        value.serialize(self.key(key))
    }
    fn end(self) -> Result<(), Unwritable> {
        self.close();
        Ok(())
    }
}
