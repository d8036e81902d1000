//! Failures that end a run, with their exit codes.

use crate::engine;

/// A failure that ends a run.
#[derive(Debug)]
pub enum Failure {
    /// The error is already printed, or there is nobody to read it. Exit code 1.
    Diagnosed,
    /// The output could not be made. Exit code 1.
    Output(Message),
    /// The command line asks for something missing or impossible. Exit code 2.
    Usage(Message),
}

/// An error in one sentence, with hints.
#[derive(Debug, PartialEq, Eq)]
pub struct Message {
    /// The error.
    pub error: String,
    /// The hints.
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

    /// The failure for `what` when a bug in the program caused a panic.
    pub fn stopped(what: &str, words: &str) -> Self {
        Self::output(
            format!("{what}: {words}"),
            "this is a fault of scrollback or Typst; please report it with these words",
        )
    }

    /// The failure for an option that the importer rejects.
    pub fn option(error: &scrollback_core::Error) -> Self {
        Self::Usage(Message {
            error: option_words(&error.message),
            hints: Vec::new(),
        })
    }

    /// A failure to print. A closed pipe, as from `head`, isn't reported.
    pub fn stdout(error: &std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::BrokenPipe {
            return Self::Diagnosed;
        }
        Self::output(
            format!("cannot write to standard output: {error}"),
            "check the command that reads it, after the `|`",
        )
    }

    /// The exit code, as documented in `--help`.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Diagnosed | Self::Output(_) => 1,
            Self::Usage(_) => 2,
        }
    }
}

impl From<engine::Error> for Failure {
    fn from(error: engine::Error) -> Self {
        let message = Message {
            error: error.message,
            hints: error.hints,
        };
        if error.is_option {
            Self::Usage(message)
        } else {
            Self::Output(message)
        }
    }
}

/// The importer's options have paths; here they are flags.
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
