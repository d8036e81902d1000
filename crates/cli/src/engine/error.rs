//! Errors in turning a transcript into a document.

/// An error, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Whether the options are at fault, rather than the input or the compilation.
    pub is_option: bool,
    /// What went wrong.
    pub message: String,
    /// What to do about it.
    pub hints: Vec<String>,
}

impl Error {
    /// An option is wrong.
    pub fn option(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            is_option: true,
            message: message.into(),
            hints: vec![hint.into()],
        }
    }

    /// A document can't be made.
    pub fn document(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            is_option: false,
            ..Self::option(message, hint)
        }
    }
}
