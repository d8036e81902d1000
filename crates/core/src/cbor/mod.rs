//! CBOR (RFC 8949), the format of data between Typst and the plugin.

mod read;
mod write;

pub use read::{read, read_written};
pub use write::{Encoded, Unwritable, Writer, array_of, write};
