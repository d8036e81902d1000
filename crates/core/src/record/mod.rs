//! The common behaviour of all records of the model: they are read leniently from JSON,
//! written without empty fields, and can be visited text by text.

mod containers;
mod fields;
mod read;
mod scalars;
mod walk;
mod write;

pub(crate) use fields::{Fields, Order, Shape, Slot, read_fields, walk_fields, write_fields};
pub(crate) use read::{Read, ReadContext};
pub(crate) use scalars::{computed, plain};
pub use walk::{Extra, Spot, Visit, Walk};
pub use write::Blank;
pub(crate) use write::{ExtraObject, Write, entry};

/// Defines a record of the model: a struct with code for reading, writing and visiting.
///
/// Each field lists the key that it is written as, then other keys that it is read from.
/// Fields after `computed` are never read.
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
            /// Fields of the input that aren't listed above.
            pub extra: $crate::record::Extra<'a>,
        }

        impl Default for $name<'_> {
            // Not inlined, because it is long and used in many places.
            #[inline(never)]
            fn default() -> Self {
                Self {
                    $($field: Default::default(),)*
                    $($($cfield: Default::default(),)*)?
                    extra: Vec::new(),
                }
            }
        }

        impl<'a> $crate::record::Read<'a> for $name<'a> {
            const EXPECTED: &'static str = "an object";

            fn read(
                json: $crate::json::Json<'a>,
                reader: &mut dyn $crate::record::ReadContext<'a>,
            ) -> Result<Self, $crate::json::Json<'a>> {
                let mut record = Self::default();
                $crate::record::Read::fill(&mut record, json, reader)?;
                Ok(record)
            }

            fn fill(
                &mut self,
                json: $crate::json::Json<'a>,
                reader: &mut dyn $crate::record::ReadContext<'a>,
            ) -> Result<(), $crate::json::Json<'a>> {
                $crate::record::read_fields(self, json, reader)
            }
        }

        impl<'a> $crate::record::Fields<'a> for $name<'a> {
            fn shape(&self) -> &'static $crate::record::Shape {
                #[allow(dead_code, non_camel_case_types, reason = "fields are numbered by name")]
                enum Index {
                    $($field,)*
                    /// Where the computed ones begin.
                    computed_fields,
                }
                // What was read is remembered in a bit for each.
                const { assert!(Index::computed_fields as usize <= 64) }
                static SHAPE: $crate::record::Shape = $crate::record::Shape {
                    name: stringify!($name),
                    keys: &[$($key,)* $($($ckey,)*)?],
                    readable: Index::computed_fields as usize,
                    aliases: &[$($(($alias, Index::$field as usize),)*)*],
                    order: $crate::record::Order::new(),
                };
                &SHAPE
            }

            #[allow(non_upper_case_globals, reason = "as fields are called")]
            fn at(&mut self, index: usize) -> Option<&mut dyn $crate::record::Slot<'a>> {
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

            fn extra(&mut self) -> &mut $crate::record::Extra<'a> {
                &mut self.extra
            }
        }

        impl serde::Serialize for $name<'_> {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                // Counting the non-empty fields beforehand would need as much code again.
                let mut map = serializer.serialize_map(None)?;
                $($crate::record::entry(&mut map, $key, &self.$field)?;)*
                $($($crate::record::entry(&mut map, $ckey, &self.$cfield)?;)*)?
                if !self.extra.is_empty() {
                    map.serialize_entry("extra", &$crate::record::ExtraObject(&self.extra))?;
                }
                map.end()
            }
        }

        impl $crate::record::Write for $name<'_> {
            fn write(
                &mut self,
                out: &mut $crate::cbor::Writer,
            ) -> Result<(), $crate::cbor::Unwritable> {
                $crate::record::write_fields(self, out)
            }
        }

        impl $crate::record::Blank for $name<'_> {
            fn is_blank(&self) -> bool {
                false
            }
        }

        impl<'a> $crate::record::Walk<'a> for $name<'a> {
            fn walk(
                &mut self,
                _: $crate::record::Spot,
                visit: &mut dyn $crate::record::Visit<'a>,
            ) {
                $crate::record::walk_fields(self, visit);
            }
        }
    };
}
pub(crate) use record;
