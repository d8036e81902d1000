//! Transcripts in the text formats of the program, and their words.

#[path = "../../testing/locale.rs"]
mod locale;
#[path = "../../testing/mutation.rs"]
mod mutation;

mod complete;
mod texts;
mod words;
