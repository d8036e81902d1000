//! What is taken out of a transcript before it is published.

#[path = "../../testing/named.rs"]
mod named;

mod anonymize;
mod redact;
