//! What can end a run, and its exit code.

use std::process::ExitCode;

use crate::terminal;

/// Why a run ended early.
#[derive(Debug)]
pub enum Failure {
    /// The document has errors, which have been printed. Exit code 1.
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

    /// Prints the failure to standard error, unless that has been done.
    pub fn report(&self) {
        match self {
            Self::Diagnosed => {}
            Self::Output(message) | Self::Usage(message) => terminal::print(message),
        }
    }

    /// The exit code, as documented in `--help`.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Diagnosed | Self::Output(_) => ExitCode::from(1),
            Self::Usage(_) => ExitCode::from(2),
        }
    }
}
