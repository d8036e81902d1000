//! Parses Discord Markdown into trees.
//!
//! [`parse`] turns any text into a [`Document`]; nothing is an error, since what isn't markup is text. The rules are
//! those of the desktop client: an ordered list, tried at every position, of inline and block constructs together (so
//! a heading may be within bold text); a construct's content is parsed separately, up to its end.
//!
//! The parser guarantees:
//! - **Linear time** for any input. Ends of constructs are looked up in tables of delimiter runs
//!   (`parser::runs`) instead of searched; work that may be thrown away (link texts) has a budget.
//! - **Bounded recursion**: below [`MAX_DEPTH`] nested constructs, and below [`MAX_LIST_DEPTH`] nested lists, the
//!   rest is text.
//! - **Nothing disappears**: every node has the range of the input that it was parsed from. Ranges nest, the
//!   outermost tile the input, and the rest of a node's range beside its children's is its markup. Only marks that no
//!   language stacks on a character are left out of what is shown ([`bounded_marks`]).

pub mod ansi;
pub mod ast;
mod direction;
mod discord_url;
mod escape;
mod jumbo;
mod marks;
mod parser;
mod reply;
mod serialize;
mod variant;

pub use ast::Direction;
pub use ast::Document;
pub use direction::first_strong;
pub(crate) use direction::is_mark;
pub use escape::escape;
pub use jumbo::{MAX_JUMBO, is_emoji_only};
pub use marks::bounded_marks;
pub use parser::{MAX_DEPTH, MAX_LIST_DEPTH};
pub use variant::Variant;

/// Parses `text`, with as much of Markdown as `variant` allows.
#[must_use]
pub fn parse(text: &str, variant: Variant) -> Document<'_> {
    parse_counted(text, variant).0
}

/// [`parse`], which also returns the number of steps, for the tests of linear time.
#[doc(hidden)]
#[must_use]
pub fn parse_counted(text: &str, variant: Variant) -> (Document<'_>, u64) {
    let (mut children, steps) = parser::parse(text, variant);
    if variant == Variant::Reply {
        children = reply::flatten(children);
    }
    (Document { children }, steps)
}
