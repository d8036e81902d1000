//! What can end a run, and its exit code.

use std::process::ExitCode;

use crate::input::Export;
use crate::{terminal, warnings};

/// Why a run ended early.
#[derive(Debug)]
pub enum Failure {
    /// What went wrong has been printed, or nobody is there to read it. Exit code 1.
    Diagnosed,
    /// The output could not be made. Exit code 1.
    Output(Message),
    /// The command line asks for something that isn't there or can't be. Exit code 2.
    Usage(Message),
}

/// One sentence on what is wrong, and hints at what to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    /// What is wrong.
    pub error: String,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Message {
    /// A message with one hint.
    pub fn new(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            error: error.into(),
            hints: vec![hint.into()],
        }
    }
}

impl Failure {
    /// A failure of the command line.
    pub fn usage(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Usage(Message::new(error, hint))
    }

    /// A failure to make the output.
    pub fn output(error: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Output(Message::new(error, hint))
    }

    /// The importer's failure: of an option, or of a place in an export.
    pub fn import(error: &scrollback_core::Error, export: &Export) -> Self {
        match &error.place {
            Some(place) => Self::Output(Message {
                error: format!("{}: {}", warnings::place(export, place), error.message),
                hints: Vec::new(),
            }),
            None => Self::option(error),
        }
    }

    /// The importer's failure to make sense of an option.
    pub fn option(error: &scrollback_core::Error) -> Self {
        Self::Usage(Message {
            error: option_words(&error.message),
            hints: Vec::new(),
        })
    }

    /// Prints the failure to standard error, unless that has been done.
    pub fn report(&self) {
        match self {
            Self::Diagnosed => {}
            Self::Output(message) | Self::Usage(message) => terminal::print(message),
        }
    }

    /// A failure to print. A reader that has had enough, such as `head`, is none to
    /// talk about.
    pub fn stdout(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::Diagnosed;
        }
        Self::output(
            format!("cannot write to standard output: {error}"),
            "check what reads it, such as the command behind a `|`",
        )
    }

    /// The exit code, as documented in `--help`.
    fn exit_code(&self) -> u8 {
        match self {
            Self::Diagnosed | Self::Output(_) => 1,
            Self::Usage(_) => 2,
        }
    }
}

/// Prints what went wrong, and makes the exit code of it: that of the worst.
pub fn end(failures: &[Failure]) -> ExitCode {
    for failure in failures {
        failure.report();
    }
    ExitCode::from(failures.iter().map(Failure::exit_code).max().unwrap_or(0))
}

/// The importer names its options by their path; here they are flags.
fn option_words(message: &str) -> String {
    match message
        .strip_prefix("option `")
        .and_then(|rest| rest.split_once('`'))
    {
        Some((path, rest)) => {
            let name = path.rsplit('.').next().unwrap_or(path);
            format!("`--{name}`{rest}")
        }
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_named_as_flags() {
        assert_eq!(
            option_words("option `filter.from-id`: no"),
            "`--from-id`: no"
        );
        assert_eq!(option_words("option `timezone`: no"), "`--timezone`: no");
        assert_eq!(option_words("else"), "else");
    }
}
