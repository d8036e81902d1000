//! Discord Markdown, export importers and the transcript model.
//!
//! No files, no network, no clock, no `unsafe`, no panics on input.

pub mod address;
pub mod anonymize;
mod archive;
pub mod cbor;
pub mod emoji;
mod error;
pub mod filter;
pub mod formats;
mod import;
mod index;
pub mod json;
pub mod markdown;
pub mod model;
mod offsets;
mod options;
mod order;
mod packed;
mod record;
mod resolve;
pub mod settings;
pub mod snowflake;
mod text;
pub mod time;
pub mod typeset;
pub mod warning;
pub mod words;

pub use archive::{
    Archive, Input, Selection, bytes_read, formatter, read, read_in_pieces, transcript,
};
pub use error::Error;
pub use import::{
    Dialect, Looks, comes_in_pieces, in_utf8, legible, looks_like, stands_beside, utf8,
};
pub use options::{Names, Options, Threads};
pub use text::Text;
pub use time::Clock;
pub use typeset::{Pieces, Typeset, typeset};
pub use warning::{InputPlace, Warning};
