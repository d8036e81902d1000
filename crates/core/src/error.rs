//! Errors of reading exports.

use std::fmt;

use crate::warning::InputPlace;

/// An error: the inputs could not be read at all, or an option is invalid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// The position; `None` if an option is at fault.
    pub place: Option<InputPlace>,
    /// What was expected, what came, and how to fix it.
    pub message: String,
}

impl Error {
    pub(crate) fn at(place: InputPlace, message: impl Into<String>) -> Self {
        Error {
            place: Some(place),
            message: message.into(),
        }
    }

    pub(crate) fn option(name: &str, message: impl fmt::Display) -> Self {
        Error {
            place: None,
            message: format!("option `{name}`: {message}"),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
