//! Writes to standard error, in colour if the terminal has it.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use typst_kit::diagnostics::termcolor::{
    Color, ColorChoice, ColorSpec, StandardStream, WriteColor,
};

use crate::engine::sanitize::printable;
use crate::failure::{Failure, Message};

/// Standard error, in colour if it is a terminal and `NO_COLOR` isn't set.
pub fn stderr() -> StandardStream {
    let choice = if io::stderr().is_terminal() {
        ColorChoice::Auto
    } else {
        ColorChoice::Never
    };
    StandardStream::stderr(choice)
}

/// Prints `error: …` and a `hint: …` line each.
pub fn print(message: &Message) {
    labelled("error", Color::Red, message);
}

/// Prints `warning: …` and a `hint: …` line each.
pub fn warn(message: &Message) {
    labelled("warning", Color::Yellow, message);
}

/// Prints `note: …` and a `hint: …` line each.
pub fn note(message: &Message) {
    labelled("note", Color::Green, message);
}

/// Whether standard error is a terminal.
pub fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Prints a line without a label.
pub fn say(text: &str) {
    // If standard error is closed, there is nowhere left to report it.
    let _ = writeln!(stderr(), "{}", printable(text));
}

/// Prints a failure, unless it was printed already.
pub fn report(failure: &Failure) {
    match failure {
        Failure::Diagnosed => {}
        Failure::Output(message) | Failure::Usage(message) => print(message),
    }
}

/// Prints the failures, and returns the exit code of the worst.
pub fn end(failures: &[Failure]) -> ExitCode {
    for failure in failures {
        report(failure);
    }
    ExitCode::from(failures.iter().map(Failure::exit_code).max().unwrap_or(0))
}

fn labelled(label: &str, color: Color, message: &Message) {
    let mut out = stderr();
    // If standard error is closed, there is nowhere left to report it.
    let _ = line(&mut out, label, color, &message.error);
    for hint in &message.hints {
        let _ = line(&mut out, "hint", Color::Cyan, hint);
    }
}

/// Prints one `label: text` line, with the text escaped for the terminal.
fn line(out: &mut StandardStream, label: &str, color: Color, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_fg(Some(color)).set_bold(true))?;
    write!(out, "{label}")?;
    out.reset()?;
    writeln!(out, ": {}", printable(text))
}
