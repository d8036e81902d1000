//! A JSON value that borrows its strings, and a scanner that finds values in
//! a text that may stop short.

pub mod scan;
mod value;

pub use value::Json;
