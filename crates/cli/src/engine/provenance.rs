//! Where an output comes from and what it contains besides messages: its sources, its counts,
//! and what was left out. The record style draws them on its cover, and `--manifest` writes them.

use serde::Serialize;

/// The provenance of one output. Unknown texts are absent; times are ISO 8601, in the
/// transcript's time zone. Names are those that the output shows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Provenance {
    /// The program that made the output.
    pub program: Program,
    /// Its sources, in order.
    pub sources: Vec<SourceFile>,
    /// The program that wrote them: `DiscordChatExporter`, or `Discord API` for messages as
    /// Discord's API returns them.
    pub exporter: &'static str,
    /// When they were exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exported: Option<String>,
    /// The server; absent for direct messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Place>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The channels of an archive, each with its own provenance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Contained>,
    /// The volume, if there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    /// When the first and the last message were sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The time zone of all times: an IANA name, or `UTC+02:00`; absent if each time keeps
    /// the zone of the export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Whether names and ids are replaced by pseudonyms.
    pub anonymized: bool,
    /// How much there is.
    pub counts: Counts,
    /// The names of files that aren't in the media folder.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The active filters; empty if every message of the sources was kept.
    pub filters: Vec<Filter>,
    /// How many messages of the sources the filters left out.
    pub left_out: usize,
    /// The authors, those with most messages first.
    pub people: Vec<Writer>,
    /// The warnings, each once; absent where they could quote what was taken out of the export.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub warnings: Option<Vec<String>>,
}

/// A channel of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contained {
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Its server; absent for direct messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Place>,
    /// When its first and last message were sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// How much there is in it.
    pub counts: Counts,
    /// How many of its messages the filters left out.
    pub left_out: usize,
}

/// A program and its version.
#[derive(Debug, Clone, Serialize)]
pub struct Program {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

impl Default for Program {
    fn default() -> Self {
        Self {
            name: env!("CARGO_PKG_NAME"),
            version: env!("CARGO_PKG_VERSION"),
        }
    }
}

/// A source of an output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// Its name without folders; absent if names are replaced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal digits, as `sha256sum` prints it.
    pub sha256: String,
}

/// Something with an id and a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Its id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A channel, thread or direct message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Channel {
    /// Its id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Its name.
    pub name: String,
    /// Discord's type in lower case, such as `guild_text`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The category, or the channel of a thread.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The topic, in Discord's Markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
}

/// A span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its start.
    pub first: String,
    /// Its end.
    pub last: String,
}

/// The counts of an output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Messages.
    pub messages: usize,
    /// People who wrote them.
    pub people: usize,
    /// Messages that were edited.
    pub edited: usize,
    /// Files that were sent with them.
    pub files: usize,
    /// Files that are missing from the media folder.
    pub missing_files: usize,
}

/// An active filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// The option, without leading dashes: `author`.
    pub option: &'static str,
    /// Its value; absent if it would reveal what was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}

/// An author.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Writer {
    /// The id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// The user name, if it differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Whether it is an app.
    pub bot: bool,
    /// Messages written.
    pub messages: usize,
    /// When the first of them was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// When the last of them was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}
