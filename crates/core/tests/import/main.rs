//! Reading: the files of exporters, of other programs, and damaged ones.

#[path = "../../testing/locale.rs"]
mod locale;
#[path = "../../testing/mutation.rs"]
mod mutation;
#[path = "../../testing/pieces.rs"]
mod pieces;

mod damaged;
mod formats;
mod logs;
mod loose;
mod mutations;
mod properties;
mod quotes;
mod shorthand;
mod stream;
mod unreadable;
