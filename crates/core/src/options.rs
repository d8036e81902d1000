//! The options of reading and selecting.

use serde::{Deserialize, Serialize};

use crate::filter::Filter;
use crate::import::Dialect;
use crate::time::{Clock, Coarse, TimeWords};

/// The options of a transcript. All have defaults.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Options {
    /// Zone of all times: an IANA name (`Europe/Berlin`), an offset
    /// (`+02:00`) or `UTC`. Without it, each time is in the offset it was
    /// written with.
    pub timezone: Option<String>,
    /// 12 or 24 hours; without it, what the language of `times` uses.
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
    /// The language of times; without it, they are in ISO 8601.
    pub times: TimeWords,
    /// Reduces times to the hour or the day.
    pub coarse_times: Option<Coarse>,
    /// The format of message times: a CLDR pattern such as `y-MM-dd HH:mm:ss xxx`, or `iso`.
    /// Without it, what the language uses.
    pub time_format: Option<String>,
    /// Shows seconds in message times.
    pub seconds: bool,
    /// Shows the zone of message times.
    pub show_zone: bool,
    /// Blacks out these words, in any spelling, and these kinds of passages: `email`, `phone`,
    /// `ip`, `token`.
    pub redact: Vec<String>,
    /// Reveals spoilers in previews of replies, too.
    pub open_spoilers: bool,
    /// Where to place messages of threads that are read along with those of their channel.
    pub threads: Threads,
    /// Numbers the messages from this number on, and their files from 1 on.
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
