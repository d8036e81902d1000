//! What all records of the model share: they are read leniently from JSON,
//! written without their empty fields, and can be walked text by text.

use serde::Serialize;
use serde::ser::SerializeMap;

use super::fields::{Write, read_list};
use crate::cbor::{Unwritable, Writer};
use crate::import::Reader;
use crate::json::Json;
use crate::text::Text;

/// Members of an input object that the model has no name for, and values
/// that could not be read as expected. In the order of the input.
pub type Extra<'a> = Vec<(Text<'a>, Json<'a>)>;

/// A value that can be made from JSON.
pub(crate) trait Read<'a>: Sized {
    /// What is expected, for messages: "text", "a list"…
    const EXPECTED: &'static str;

    /// Makes the value, or hands the JSON back.
    fn read(json: Json<'a>, reader: &mut Reader<'a>) -> Result<Self, Json<'a>>;

    /// Reads into a value that is there, which spares moving large ones.
    fn fill(&mut self, json: Json<'a>, reader: &mut Reader<'a>) -> Result<(), Json<'a>> {
        *self = Self::read(json, reader)?;
        Ok(())
    }
}

/// A value that can say that it holds nothing worth writing.
pub trait Blank {
    /// True when the value needs not be written.
    fn is_blank(&self) -> bool;
}

/// The record and field a text stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Name of the record, such as `Attachment`.
    pub record: &'static str,
    /// Name of the field as it is written.
    pub field: &'static str,
}

/// Something done to every text of a transcript.
pub trait Visit<'a> {
    /// Called for each text.
    fn text(&mut self, spot: Spot, text: &mut Text<'a>);
    /// Called for each list of unknown fields.
    fn extra(&mut self, extra: &mut Extra<'a>);
    /// Called for each value kept as plain JSON.
    fn json(&mut self, json: &mut Json<'a>);
}

/// A value whose texts can be visited.
pub trait Walk<'a> {
    /// Calls `visit` for every text within.
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>);
}

macro_rules! plain {
    ($($ty:ty: $blank:expr;)*) => {$(
        impl Blank for $ty {
            fn is_blank(&self) -> bool {
                let blank: fn(&$ty) -> bool = $blank;
                blank(self)
            }
        }
        impl<'a> Walk<'a> for $ty {
            fn walk(&mut self, _: Spot, _: &mut dyn Visit<'a>) {}
        }
        impl $crate::model::fields::Write for $ty {
            fn write(
                &mut self,
                out: &mut $crate::cbor::Writer,
            ) -> Result<(), $crate::cbor::Unwritable> {
                serde::Serialize::serialize(self, out)
            }
        }
    )*};
}
pub(crate) use plain;

/// Types of fields that are computed, and never read.
macro_rules! computed {
    ($($ty:ty),*) => {$(
        impl<'a> $crate::model::record::Read<'a> for $ty {
            const EXPECTED: &'static str = "nothing";
            fn read(
                json: $crate::json::Json<'a>,
                _: &mut $crate::import::Reader<'a>,
            ) -> Result<Self, $crate::json::Json<'a>> {
                Err(json)
            }
        }
    )*};
}
pub(crate) use computed;

computed! { u8 }

plain! {
    bool: |v| !*v;
    u64: |v| *v == 0;
    u32: |v| *v == 0;
    i64: |v| *v == 0;
    u8: |_| false;
    f64: |v| *v == 0.0;
}

impl<'a> Read<'a> for bool {
    const EXPECTED: &'static str = "`true` or `false`";
    fn read(json: Json<'a>, _: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        match json {
            Json::Bool(value) => Ok(value),
            other => Err(other),
        }
    }
}

impl<'a> Read<'a> for u64 {
    const EXPECTED: &'static str = "a whole number, not negative";
    fn read(json: Json<'a>, _: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        match &json {
            Json::Int(n) => u64::try_from(*n).map_err(|_| json),
            Json::UInt(n) => Ok(*n),
            Json::Str(s) => s.parse().map_err(|_| json),
            _ => Err(json),
        }
    }
}

impl<'a> Read<'a> for i64 {
    const EXPECTED: &'static str = "a whole number";
    fn read(json: Json<'a>, _: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        match json {
            Json::Int(n) => Ok(n),
            other => Err(other),
        }
    }
}

impl<'a> Read<'a> for u32 {
    const EXPECTED: &'static str = "a whole number below 2^32";
    fn read(json: Json<'a>, reader: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        let value = u64::read(json, reader)?;
        u32::try_from(value).map_err(|_| Json::UInt(value))
    }
}

impl<'a> Read<'a> for f64 {
    const EXPECTED: &'static str = "a number";
    fn read(json: Json<'a>, _: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        match json {
            #[expect(clippy::cast_precision_loss, reason = "durations and sizes are small")]
            Json::Int(n) => Ok(n as f64),
            Json::Float(n) => Ok(n),
            other => Err(other),
        }
    }
}

impl<'a> Read<'a> for Text<'a> {
    const EXPECTED: &'static str = "text";
    fn read(json: Json<'a>, _: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        match json {
            Json::Str(text) => Ok(text),
            // Some tools write ids as numbers.
            Json::Int(n) => Ok(n.to_string().into()),
            Json::UInt(n) => Ok(n.to_string().into()),
            other => Err(other),
        }
    }
}

impl Write for Text<'_> {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        self.serialize(out)
    }
}

impl Blank for Text<'_> {
    fn is_blank(&self) -> bool {
        self.is_empty()
    }
}

impl<'a> Walk<'a> for Text<'a> {
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>) {
        visit.text(spot, self);
    }
}

impl<'a> Read<'a> for Json<'a> {
    const EXPECTED: &'static str = "anything";
    fn read(json: Json<'a>, _: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        Ok(json)
    }
}

impl Write for Json<'_> {
    fn write(&mut self, out: &mut Writer) -> Result<(), Unwritable> {
        self.serialize(out)
    }
}

impl Blank for Json<'_> {
    fn is_blank(&self) -> bool {
        match self {
            Json::Null => true,
            Json::Array(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            _ => false,
        }
    }
}

impl<'a> Walk<'a> for Json<'a> {
    fn walk(&mut self, _: Spot, visit: &mut dyn Visit<'a>) {
        visit.json(self);
    }
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn read(json: Json<'a>, reader: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        T::read(json, reader).map(Some)
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
    fn read(json: Json<'a>, reader: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        let mut value = Self::default();
        T::fill(&mut value, json, reader)?;
        Ok(value)
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
    fn read(json: Json<'a>, reader: &mut Reader<'a>) -> Result<Self, Json<'a>> {
        let mut list = Vec::new();
        read_list(&mut list, json, reader)?;
        Ok(list)
    }

    fn fill(&mut self, json: Json<'a>, reader: &mut Reader<'a>) -> Result<(), Json<'a>> {
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

/// Writes a field, if it holds something.
#[inline(never)]
pub(crate) fn entry<M: SerializeMap, T: Serialize + Blank>(
    map: &mut M,
    key: &'static str,
    value: &T,
) -> Result<(), M::Error> {
    if value.is_blank() {
        Ok(())
    } else {
        map.serialize_entry(key, value)
    }
}

/// Wraps unknown fields for writing: an object, not a list of pairs.
pub(crate) struct ExtraObject<'e, 'a>(pub &'e Extra<'a>);

impl Serialize for ExtraObject<'_, '_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(k, v)| (&**k, v)))
    }
}

/// Defines a record of the model: a struct with reading, writing and walking.
///
/// Each field names the key it is written as, then other keys it is read
/// from. Fields after `computed` are never read.
macro_rules! record {
    (
        $(#[$meta:meta])*
        $name:ident {
            $($(#[$fmeta:meta])* $field:ident: $ty:ty = $key:literal $(| $alias:literal)*,)*
        }
        $(computed {
            $($(#[$cmeta:meta])* $cfield:ident: $cty:ty = $ckey:literal,)*
        })?
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name<'a> {
            $($(#[$fmeta])* pub $field: $ty,)*
            $($($(#[$cmeta])* pub $cfield: $cty,)*)?
            /// Fields of the input that have no name above.
            pub extra: $crate::model::Extra<'a>,
        }

        impl Default for $name<'_> {
            // Out of line, as it is long and used in many places.
            #[inline(never)]
            fn default() -> Self {
                Self {
                    $($field: Default::default(),)*
                    $($($cfield: Default::default(),)*)?
                    extra: Vec::new(),
                }
            }
        }

        impl<'a> $crate::model::record::Read<'a> for $name<'a> {
            const EXPECTED: &'static str = "an object";

            fn read(
                json: $crate::json::Json<'a>,
                reader: &mut $crate::import::Reader<'a>,
            ) -> Result<Self, $crate::json::Json<'a>> {
                let mut record = Self::default();
                $crate::model::record::Read::fill(&mut record, json, reader)?;
                Ok(record)
            }

            fn fill(
                &mut self,
                json: $crate::json::Json<'a>,
                reader: &mut $crate::import::Reader<'a>,
            ) -> Result<(), $crate::json::Json<'a>> {
                $crate::model::fields::read_fields(self, json, reader)
            }
        }

        impl<'a> $crate::model::fields::Fields<'a> for $name<'a> {
            fn shape(&self) -> &'static $crate::model::fields::Shape {
                #[allow(dead_code, non_camel_case_types, reason = "fields are numbered by name")]
                enum Index {
                    $($field,)*
                    /// Where the computed ones begin.
                    computed_fields,
                }
                static SHAPE: $crate::model::fields::Shape = $crate::model::fields::Shape {
                    name: stringify!($name),
                    keys: &[$($key,)* $($($ckey,)*)?],
                    readable: Index::computed_fields as usize,
                    aliases: &[$($(($alias, Index::$field as usize),)*)*],
                };
                &SHAPE
            }

            #[allow(non_upper_case_globals, reason = "as fields are called")]
            fn at(&mut self, index: usize) -> Option<&mut dyn $crate::model::fields::Slot<'a>> {
                #[allow(dead_code, non_camel_case_types, reason = "fields are numbered by name")]
                enum Index {
                    $($field,)*
                    $($($cfield,)*)?
                }
                $(const $field: usize = Index::$field as usize;)*
                $($(const $cfield: usize = Index::$cfield as usize;)*)?
                match index {
                    $($field => Some(&mut self.$field),)*
                    $($($cfield => Some(&mut self.$cfield),)*)?
                    _ => None,
                }
            }

            fn extra(&mut self) -> &mut $crate::model::Extra<'a> {
                &mut self.extra
            }
        }

        impl serde::Serialize for $name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                // Counting the fields that hold something first would cost as much code again.
                let mut map = serializer.serialize_map(None)?;
                $($crate::model::record::entry(&mut map, $key, &self.$field)?;)*
                $($($crate::model::record::entry(&mut map, $ckey, &self.$cfield)?;)*)?
                if !self.extra.is_empty() {
                    map.serialize_entry("extra", &$crate::model::record::ExtraObject(&self.extra))?;
                }
                map.end()
            }
        }

        impl $crate::model::fields::Write for $name<'_> {
            fn write(
                &mut self,
                out: &mut $crate::cbor::Writer,
            ) -> Result<(), $crate::cbor::Unwritable> {
                $crate::model::fields::write_fields(self, out)
            }
        }

        impl $crate::model::Blank for $name<'_> {
            fn is_blank(&self) -> bool {
                false
            }
        }

        impl<'a> $crate::model::Walk<'a> for $name<'a> {
            fn walk(
                &mut self,
                _: $crate::model::Spot,
                visit: &mut dyn $crate::model::Visit<'a>,
            ) {
                $crate::model::fields::walk_fields(self, visit);
            }
        }
    };
}
pub(crate) use record;
