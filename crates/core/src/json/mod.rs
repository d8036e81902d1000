//! A JSON value that borrows its strings, and a scanner that finds values in
//! a text that may stop short.

mod deserialize;
pub mod scan;
mod value;

pub use deserialize::Mismatch;
pub use value::Json;
