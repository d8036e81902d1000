//! Formats times: zones, clocks and Discord's styles. The system clock is never used; the
//! caller supplies "now".

mod civil;
mod days;
mod format;
mod iso;
mod plural;
mod posix;
mod relative;
#[cfg(feature = "all-formats")]
mod spelled;
mod timestamp;
mod words;
mod zone;

pub use civil::Civil;
pub(crate) use days::Days;
pub(crate) use format::check_pattern;
pub use format::{Formatter, ISO, Style};
pub use iso::parse_iso;
pub(crate) use iso::parse_moment;
#[cfg(feature = "all-formats")]
pub(crate) use iso::parse_spelled;
pub use plural::Plurals;
pub(crate) use relative::lasted;
pub use timestamp::{Clock, Coarse, Timestamp};
pub use words::{Forms, TimeWords, Units};
pub use zone::Zone;
