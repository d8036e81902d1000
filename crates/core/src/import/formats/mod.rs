//! Converts other programs' files to the format of Discord's API.
//!
//! A format is a file in this folder and a line in [`MESSAGES`] or [`FILES`]. It is
//! recognised by the keys of an object. Members that it doesn't know stay in the object, and
//! are reported as unknown fields. Formats that documents hardly ever read are left out of
//! the plugin (`all-formats`).

mod bot_log;
mod csv;
mod data_package;
mod discord_js;
mod envelope;
mod exporter_fork;
mod foreign;
#[cfg(feature = "all-formats")]
mod har;
mod history_tracker;
#[cfg(feature = "all-formats")]
mod history_viewer;
#[cfg(feature = "all-formats")]
mod loose;
mod members;
mod place;
#[cfg(feature = "all-formats")]
mod quotes;
mod shorthand;

pub(super) use csv::{Row, Table, is_csv};
pub(super) use exporter_fork::Tables;
pub(super) use foreign::chat;
pub(super) use members::{Members, id_text};

use crate::json::Json;

/// A format of single messages.
struct MessageFormat {
    /// Whether an object with these members is such a message.
    fits: fn(&Members) -> bool,
    /// Converts the members to the API's.
    convert: fn(&mut Members),
}

/// A format of whole files, which are one object.
struct FileFormat {
    /// Whether an object with these keys is such a file. Also gets the keys of its first
    /// message if it has a list of them, or of the object that contains everything.
    fits: fn(&[&str], &[&str]) -> bool,
    /// The exports in it, each with `messages` and related objects.
    convert: for<'a> fn(Members<'a>) -> Vec<Json<'a>>,
    /// What a message needs from tables beside the messages.
    complete: for<'a> fn(&Tables<'a>, &mut Members<'a>),
    /// The error for a file without any export.
    empty: Option<&'static str>,
}

/// Formats of messages, asked in this order; a message may fit several.
const MESSAGES: &[MessageFormat] = &[
    #[cfg(feature = "all-formats")]
    MessageFormat {
        fits: history_viewer::fits,
        convert: history_viewer::convert,
    },
    MessageFormat {
        fits: data_package::fits,
        convert: data_package::convert,
    },
    MessageFormat {
        fits: exporter_fork::fits,
        convert: exporter_fork::convert,
    },
    MessageFormat {
        fits: discord_js::fits,
        convert: discord_js::convert,
    },
    MessageFormat {
        fits: bot_log::fits,
        convert: bot_log::convert,
    },
];

/// Formats of whole files.
const FILES: &[FileFormat] = &[
    #[cfg(feature = "all-formats")]
    FileFormat {
        fits: har::fits,
        convert: har::convert,
        complete: |_, _| {},
        empty: Some(har::EMPTY),
    },
    #[cfg(feature = "all-formats")]
    FileFormat {
        fits: history_viewer::fits_file,
        convert: history_viewer::convert_file,
        complete: |_, _| {},
        empty: None,
    },
    FileFormat {
        fits: history_tracker::fits,
        convert: history_tracker::convert,
        complete: |_, _| {},
        empty: None,
    },
    FileFormat {
        fits: bot_log::fits_file,
        convert: bot_log::convert_file,
        complete: |_, _| {},
        empty: None,
    },
    FileFormat {
        fits: exporter_fork::fits_file,
        convert: exporter_fork::convert_file,
        complete: |tables, message| tables.fill(message),
        empty: None,
    },
];

/// The message in an object, converted to the API's format: removed from its envelope, with
/// its fields renamed. Objects of the API stay unchanged.
pub(super) fn message(json: Json) -> Json {
    let mut members = match envelope::open(json) {
        Json::Object(members) => Members::new(members),
        other => return other,
    };
    #[cfg(feature = "all-formats")]
    loose::name(&mut members);
    for format in MESSAGES {
        if (format.fits)(&members) {
            (format.convert)(&mut members);
        }
    }
    // Libraries name them by words, whatever else they write.
    members.each("components", &exporter_fork::component);
    #[cfg(feature = "all-formats")]
    loose::open(&mut members);
    shorthand::open(&mut members);
    members.into_json()
}

/// A format of whole files, by its index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileKind(usize);

impl FileKind {
    /// The format of an object with these keys, and these of its first message.
    pub fn find(keys: &[&str], message: &[&str]) -> Option<Self> {
        let at = FILES
            .iter()
            .position(|format| (format.fits)(keys, message))?;
        Some(Self(at))
    }

    /// The exports in such a file.
    pub fn convert<'a>(self, file: Json<'a>) -> Vec<Json<'a>> {
        let Json::Object(members) = file else {
            return Vec::new();
        };
        (FILES[self.0].convert)(Members::new(members))
    }

    /// The error for such a file without any export.
    pub fn empty(self) -> Option<&'static str> {
        FILES[self.0].empty
    }

    /// A message, completed from the tables beside it.
    pub fn complete<'a>(self, tables: &Tables<'a>, message: Json<'a>) -> Json<'a> {
        let Json::Object(members) = message else {
            return message;
        };
        let mut members = Members::new(members);
        (FILES[self.0].complete)(tables, &mut members);
        members.into_json()
    }
}

/// Whether an object with these keys is an envelope around messages.
pub(super) fn is_envelope(keys: &[&str]) -> bool {
    envelope::fits(keys)
}

/// The messages in an envelope: one, several, or none.
pub(super) fn open(json: Json) -> Vec<Json> {
    match envelope::open(json) {
        Json::Array(items) => items,
        Json::Null => Vec::new(),
        one => vec![one],
    }
}

/// Whether an object with these keys is a message of one of the formats.
pub(super) fn is_message(keys: &[&str]) -> bool {
    #[cfg(feature = "all-formats")]
    if history_viewer::has_keys(keys) {
        return true;
    }
    data_package::has_keys(keys) || discord_js::has_keys(keys) || bot_log::has_keys(keys)
}
