//! Turns the messages of an export into the bytes of a document: a Typst [`World`] over the
//! bundled package and fonts, the look of a transcript, and its layout in runs.
//!
//! This module knows nothing of the terminal, file paths, the command line or exit codes, and
//! uses nothing of the rest of the program, so that it can become a library. A test
//! (`tests/modules.rs`) enforces that.

mod error;
mod exhibit;
mod files;
pub mod fonts;
pub mod guard;
mod jobs;
mod layout;
mod locale;
mod look;
pub mod order;
pub mod package;
mod pdf;
mod pdf_page;
mod picture;
pub mod provenance;
pub mod sanitize;
#[cfg(test)]
pub mod stops;
mod world;
mod write;

pub use error::Error;
pub use exhibit::Exhibit;
pub use files::TranscriptFiles;
pub use jobs::{Jobs, Pool, Progress, deep};
pub use layout::{
    Binder, Chapter, Layout, LayoutWarnings, Opening, Place, Register, Section, Unwritten, Writing,
    answer,
};
pub use locale::{Locale, codes};
pub use look::Look;
pub use pdf::Store;
pub use pdf_page::first_pdf_page;
pub use picture::{MOST_BYTES as MOST_PICTURE_BYTES, Picture, Unfit};
pub use world::{Files, Settings, World};
pub use write::{Pdf, Undrawn, html, pdf, pdf_options, png, svg};
