//! What can end a run, and its exit code.

use crate::engine;

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

    /// What was done for `what` stopped because of a fault in the program.
    pub fn stopped(what: &str, words: &str) -> Self {
        Self::output(
            format!("{what}: {words}"),
            "this is a fault of scrollback or Typst; please report it with these words",
        )
    }

    /// The importer's failure to make sense of an option.
    pub fn option(error: &scrollback_core::Error) -> Self {
        Self::Usage(Message {
            error: option_words(&error.message),
            hints: Vec::new(),
        })
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
