//! Prints a DiscordChatExporter export of so many realistic messages (10 000
//! by default), about 1 kB each; the same each time.
//!
//! ```sh
//! cargo run -p scrollback-core --example generate_export -- 50000 > export.json
//! ```

#[path = "../testing/export.rs"]
mod export;

fn main() {
    let count = std::env::args()
        .nth(1)
        .map_or(Ok(10_000), |count| count.parse());
    match count {
        Ok(count) => print!("{}", export::export(count)),
        Err(error) => eprintln!("expected a number of messages: {error}"),
    }
}
