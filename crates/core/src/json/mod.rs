//! A JSON value that borrows its strings, and a scanner that finds values in
//! a text that may stop short.

mod parse;
pub mod scan;
mod value;

pub use parse::{Fault, OUT_OF_RANGE, parse, parse_next};
pub use value::Json;
