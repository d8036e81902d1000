//! What is known of an output besides its messages: where it came from, what it holds, and
//! what was left out. A record draws it as its cover, and `--manifest` writes it.

use serde::Serialize;

/// The facts of one output. Texts that aren't known are absent; moments are ISO 8601, in
/// the zone of the transcript. Names are those that the output shows.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Facts {
    /// What made the output.
    pub program: Program,
    /// The files that it was made of, in order.
    pub sources: Vec<SourceFile>,
    /// What wrote them: `DiscordChatExporter`, or `Discord API` for messages as
    /// Discord's API gives them.
    pub exporter: &'static str,
    /// When they were exported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exported: Option<String>,
    /// The server; none of direct messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<Place>,
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// The channels of an archive, each with what is known of it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub channels: Vec<Contained>,
    /// The volume, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub volume: Option<String>,
    /// When the first and the last message were sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// The zone of all times: an IANA name, or `UTC+02:00`; absent where each time is in
    /// the zone that the export has it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<String>,
    /// Names and ids are replaced by made-up ones.
    pub anonymized: bool,
    /// How much there is.
    pub counts: Counts,
    /// The names of files that aren't in the media folder.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
    /// The filters in force; none where every message of the sources was kept.
    pub filters: Vec<Filter>,
    /// How many messages of the sources the filters left out.
    pub left_out: usize,
    /// Everybody who wrote one of the messages, most messages first.
    pub people: Vec<Writer>,
    /// What was odd while the output was made, each once.
    pub warnings: Vec<String>,
}

/// A channel of an archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Contained {
    /// The channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
    /// Its server; none of direct messages.
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

/// A file that an output was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceFile {
    /// Its name without folders; absent where names are replaced.
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
    /// Its first moment.
    pub first: String,
    /// Its last moment.
    pub last: String,
}

/// How much there is in an output.
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
    /// Those of the files that aren't in the media folder.
    pub missing_files: usize,
}

/// A filter in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// The option, without dashes in front: `author`.
    pub option: &'static str,
    /// What it was given; absent where that would tell what was to be taken out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<String>>,
}

/// Somebody who wrote messages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Writer {
    /// The id.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// The user name, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// An app.
    pub bot: bool,
    /// How many of the messages.
    pub messages: usize,
    /// When the first of them was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// When the last of them was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
}
