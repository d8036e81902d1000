//! What the caller may ask for.

use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::import::Dialect;
use crate::time::{Clock, Coarse, TimeWords};

/// How a transcript is made. Everything has a default.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Zone of all times: an IANA name (`Europe/Berlin`), an offset
    /// (`+02:00`) or `UTC`. Without it, each time is in the offset it was
    /// written with.
    pub timezone: Option<String>,
    /// 12 or 24 hours; without it, as the language of `times` has it.
    pub clock: Option<Clock>,
    /// "Now", for `Today at …` and `3 days ago`: ISO 8601 or seconds of Unix
    /// time. Without it, all times are absolute.
    pub now: Option<String>,
    /// How the exporter wrote `content`.
    pub dialect: Dialect,
    /// Which name of people is shown.
    pub names: Names,
    /// Which messages are kept.
    pub filter: Filter,
    /// Newest message first.
    pub newest_first: bool,
    /// Replaces names and ids.
    pub anonymize: bool,
    /// What times are worded with; without it, they are those of ISO 8601.
    pub times: TimeWords,
    /// Times tell the hour or the day alone.
    pub coarse_times: Option<Coarse>,
    /// What the times of messages look like: a pattern of CLDR such as
    /// `y-MM-dd HH:mm:ss xxx`, or `iso`. Without it, as the language has them.
    pub time_format: Option<String>,
    /// The times of messages have seconds.
    pub seconds: bool,
    /// The times of messages say which zone they are in.
    pub show_zone: bool,
    /// Blackens these words, in any spelling, and kinds of passages:
    /// `email`, `phone`, `ip`, `token`.
    pub redact: Vec<String>,
    /// Spoilers are open in the lines above answers, too.
    pub open_spoilers: bool,
    /// Where messages of threads stand that are read with those of their channel.
    pub threads: Threads,
    /// Numbers the messages, the first one so, and their files from 1 on.
    pub numbers: Option<usize>,
}

/// Where messages of threads stand that are read with those of their channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Threads {
    /// Among the others, by time.
    #[default]
    Mixed,
    /// Under the message that the thread started from.
    Under,
    /// After the messages of the channel.
    After,
}

/// Which name of people is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Names {
    /// Nickname, else display name, else user name, as Discord does.
    #[default]
    Display,
    /// User name.
    Username,
}
