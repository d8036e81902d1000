//! Lays out the messages of a section in runs, with several workers.

pub mod assignment;
mod breaks;
pub mod compile;
mod pace;
mod piece;
mod refused;
pub mod section;
pub mod stretch;
pub mod writing;
