//! Finds and segments emoji of Unicode 17, and names them with Discord's shortcodes.
//!
//! ```
//! use scrollback_core::emoji;
//!
//! let found = emoji::at("👍🏽!").expect("a thumb");
//! assert_eq!((found.text, found.name().as_str()), ("👍🏽", "thumbsup_tone3"));
//! assert_eq!(emoji::from_shortcode("thinking").as_deref(), Some("🤔"));
//! ```
//!
//! The table (`table.txt`, one sequence a line: the sequence without U+FE0F, how many skin tones it takes, its
//! names) is written by `examples/emoji-table.rs`, which says where the data come from.

mod segment;
mod shortcode;
mod table;

pub use segment::{Emoji, at};
pub use shortcode::from_shortcode;

/// Whether `text` is an emoji that Discord draws as text: ™, © and ®.
///
/// Source: the desktop client, which has pictures for these three but doesn't use them in messages.
#[must_use]
pub fn is_text_style(text: &str) -> bool {
    matches!(text.trim_end_matches('\u{FE0F}'), "™" | "©" | "®")
}
