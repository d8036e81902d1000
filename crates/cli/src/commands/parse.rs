//! `scrollback parse`: the tree of a text in Discord Markdown.

use std::io::{self, Read, Write};

use scrollback_core::markdown;

use crate::args::ParseArgs;
use crate::failure::Failure;

/// Prints the tree of a text as JSON.
///
/// # Errors
/// [`Failure::Output`] when standard input can't be read or standard output can't be
/// written to.
pub fn parse(args: &ParseArgs) -> Result<(), Failure> {
    let text = match args.text.as_deref() {
        None | Some("-") => stdin()?,
        Some(text) => text.to_owned(),
    };
    let tree = markdown::parse(&text, args.standing.into());
    let json = if args.compact {
        serde_json::to_string(&tree)
    } else {
        serde_json::to_string_pretty(&tree)
    };
    json.map_err(io::Error::from)
        .and_then(|json| writeln!(io::stdout().lock(), "{json}"))
        .map_err(|error| Failure::stdout(&error))
}

fn stdin() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| {
            Failure::output(
                format!("cannot read standard input: {error}"),
                "pass the text as an argument",
            )
        })?;
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    // The final line break comes from the terminal or editor, not from the message.
    if text.ends_with('\n') {
        text.pop();
    }
    Ok(text)
}
