//! Discord Markdown, export importers and the transcript model.
//!
//! No I/O, no `unsafe`, no panics on input.

pub mod emoji;
pub mod markdown;
