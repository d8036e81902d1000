//! Reads and changes pages that are laid out.

pub mod crop;
pub mod cut;
pub mod even;
pub mod glyphs;
pub mod lighten;
pub mod outlines;
