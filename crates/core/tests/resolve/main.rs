//! What is derived from messages after reading.

#[path = "../../testing/locale.rs"]
mod locale;

mod messages;
mod previews;
mod system;
