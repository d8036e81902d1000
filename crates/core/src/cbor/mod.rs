//! CBOR (RFC 8949), the language between Typst and the plugin.

mod read;
mod write;

pub use read::read;
pub(crate) use write::array_of;
pub use write::{Encoded, Unwritable, Writer, write};
