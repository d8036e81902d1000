//! The files of messages, as a record lists them.

use serde::Serialize;

/// A file of a message. Unknown values are absent.
#[derive(Debug, Clone, Serialize)]
pub struct Exhibit {
    /// Its number among all files.
    pub exhibit: u64,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its MIME type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mime: Option<String>,
    /// Its size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bytes: Option<u64>,
    /// Its SHA-256 in hexadecimal digits; absent if the file is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
    /// The number of its message, as printed.
    pub message: String,
    /// The id of its message, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The alternative text of the picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The path of its picture in the document, if it can be drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The path of the file in the document, if it is attached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}
