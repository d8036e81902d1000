//! Imports the bytes of exports into the transcript model.

mod decode;
mod dialect;
mod document;
mod formats;
mod legible;
mod lines;
mod looks;
mod merge;
mod message;
mod nothing;
mod outline;
mod path;
mod people;
mod reader;
mod repair;
mod sieve;
mod stream;
mod take;
mod utf16;
mod walk;

pub use dialect::Dialect;
pub(crate) use dialect::recover;
pub(crate) use document::Document;
pub use legible::legible;
pub use looks::{Looks, looks_like};
pub(crate) use merge::merge;
pub use outline::{comes_in_pieces, stands_beside};
pub(crate) use path::use_slashes;
pub(crate) use people::People;
pub use reader::Reader;
pub(crate) use sieve::Left;
pub use stream::Source;
pub(crate) use stream::{Sieved, sieve};
pub use utf16::{in_utf8, utf8};
pub(crate) use walk::read_document;
