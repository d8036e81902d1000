//! Why a transcript can't be made into a document.

/// What went wrong, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Whether the options are at fault; otherwise the input, or what it takes to
    /// make a document of it.
    pub is_option: bool,
    /// What is wrong.
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
