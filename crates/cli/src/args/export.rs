//! Options for reading and drawing exports.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{ArgAction, ValueEnum, ValueHint};
use scrollback_core::{Clock, Dialect, Names, Options};

use super::size::parse_size;
use super::{FilterArgs, Length};
use crate::engine::{Locale, codes};

/// Where the parts of exports are, and how to interpret them.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Exports")]
pub struct Source {
    /// The folder with pictures and other files of the exports
    /// [default: `EXPORT_Files` next to each export]
    ///
    /// No file outside of it is read, whatever paths an export contains, and the
    /// network is never used.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub media: Option<PathBuf>,

    /// Merge all exports into one transcript, sorted by time
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub merge: bool,

    /// Time zone: a name (Europe/Berlin), an offset (+02:00) or UTC
    /// [default: the zone that each time was written in]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub timezone: Option<String>,

    /// Show user names instead of display names; `--usernames=both` shows both
    #[arg(long, value_enum, value_name = "WHICH", num_args = 0..=1, require_equals = true,
        default_value = "false", default_missing_value = "true")]
    pub usernames: Usernames,

    /// How the exporter wrote `content`: with Discord's tokens (raw), or with
    /// mentions and emoji as plain text
    #[arg(long, value_enum, value_name = "DIALECT", default_value = "auto")]
    pub dialect: ContentDialect,
}

/// How the exporter wrote `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ContentDialect {
    /// Detect which of the two it is
    Auto,
    /// With Discord's tokens
    Raw,
    /// With mentions and emoji as plain text
    Text,
}

impl From<ContentDialect> for Dialect {
    fn from(dialect: ContentDialect) -> Self {
        match dialect {
            ContentDialect::Auto => Self::Auto,
            ContentDialect::Raw => Self::Raw,
            ContentDialect::Text => Self::Text,
        }
    }
}

/// Whether people appear under their user names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Usernames {
    /// By their display names
    False,
    /// By their user names
    True,
    /// By display names, with user names beside them
    Both,
}

/// The themes of the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Theme {
    /// Dark grey, Discord's default
    Dark,
    /// White
    Light,
    /// A lighter dark grey
    Ash,
    /// Black
    Onyx,
    /// Dark grey as Discord had it until 2025
    ClassicDark,
    /// White as Discord had it until 2025
    ClassicLight,
    /// White with hairlines, to save ink
    Print,
    /// Plain greys on white, for records
    Paper,
}

/// The displays of the package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Display {
    /// Avatars and names above messages, Discord's default
    Cozy,
    /// One line per message, times on the left
    Compact,
    /// Two sides, as on phones
    Bubbles,
    /// Every message by itself, with its number, names, time and address
    Record,
}

/// The 12-hour or 24-hour clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Hours {
    /// 4:20 PM
    #[value(name = "12")]
    Twelve,
    /// 16:20
    #[value(name = "24")]
    TwentyFour,
}

impl Hours {
    /// The number of hours.
    pub fn count(self) -> u8 {
        match self {
            Self::Twelve => 12,
            Self::TwentyFour => 24,
        }
    }
}

impl From<Hours> for Clock {
    fn from(hours: Hours) -> Self {
        match hours {
            Hours::Twelve => Self::Hours12,
            Hours::TwentyFour => Self::Hours24,
        }
    }
}

/// Which messages show when they were sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Times {
    /// The first of each group, as in Discord
    First,
    /// Every message; edited ones also show when they were edited
    All,
}

/// How spoilers are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Spoilers {
    /// Hidden
    Cover,
    /// Revealed
    Open,
}

/// Where the messages of threads stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Threads {
    /// In separate files
    Apart,
    /// After the messages of their channel
    After,
    /// Under the message that the thread started from
    Under,
}

impl From<Threads> for scrollback_core::Threads {
    fn from(threads: Threads) -> Self {
        match threads {
            Threads::Apart => Self::Mixed,
            Threads::After => Self::After,
            Threads::Under => Self::Under,
        }
    }
}

/// The name of a value on the command line, which is the package's name for it, too.
pub fn name_of(value: impl ValueEnum) -> String {
    value
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default()
}

/// The languages of the package, by their codes.
fn languages() -> impl TypedValueParser<Value = Locale> {
    PossibleValuesParser::new(codes()).try_map(|code| Locale::find(&code).ok_or("no such language"))
}

/// How exports are drawn.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Exports")]
pub struct ExportArgs {
    #[command(flatten)]
    pub source: Source,

    /// Colours
    #[arg(long, value_enum, value_name = "THEME", default_value = "dark")]
    pub theme: Theme,

    /// Layout of messages
    #[arg(long, value_enum, value_name = "DISPLAY", default_value = "cozy")]
    pub display: Display,

    /// The person whose messages are yours, by name or id; `bubbles` puts them on the
    /// right
    #[arg(long, value_name = "PERSON")]
    pub own: Option<String>,

    /// Size of message text; everything else follows from it
    #[arg(long, value_name = "LENGTH", default_value = "10pt", allow_hyphen_values = true,
        value_parser = parse_size)]
    pub size: Length,

    /// Language of dates, labels and system messages
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = languages())]
    pub lang: Locale,

    /// 12 or 24 hours [default: what the language uses]
    #[arg(long, value_enum, value_name = "HOURS")]
    pub clock: Option<Hours>,

    /// Format of the times of messages: `iso` (ISO 8601), or a pattern such as `y-MM-dd
    /// HH:mm:ss xxx` [default: what the language uses]
    ///
    /// The letters are those of CLDR: y, yy, M to MMMM, d, dd, EEE, EEEE, h, hh, K, H,
    /// HH, mm, ss, a; xxx and XXX for the offset from UTC, VV for the name of the zone.
    /// Put other letters in single quotes.
    #[arg(long, value_name = "FORMAT")]
    pub time_format: Option<String>,

    /// Show seconds in the times of messages
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub seconds: bool,

    /// Show the zone of the times of messages, such as `UTC+02:00`
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub show_zone: bool,

    /// Which messages show their time
    #[arg(long, value_enum, value_name = "WHICH", default_value = "first")]
    pub times: Times,

    /// Hide spoilers, as Discord does, or reveal and mark them
    #[arg(long, value_enum, value_name = "HOW", default_value = "cover")]
    pub spoilers: Spoilers,

    /// Where to put threads that are exported along with their channel: in separate files,
    /// after the channel's messages, or under the message that the thread started from
    #[arg(
        long,
        value_enum,
        value_name = "WHERE",
        default_value = "apart",
        default_value_if("chapters", "thread", "after")
    )]
    pub threads: Threads,

    /// List who reacted, if the export says so
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub reactors: bool,

    /// Show the ids of messages and people
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub ids: bool,

    /// The time that "Today" and "3 days ago" are relative to: ISO 8601, or seconds
    /// since 1970 [default: none, all times are written as dates]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,

    /// Put the newest message first
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub newest_first: bool,

    /// Also typeset exports that are cut off, by an interrupted download or a full disk
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub partial: bool,

    /// Attach the export to the PDF (needs PDF 1.7, PDF 2.0, PDF/A-3 or PDF/A-4f)
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub attach_source: bool,
}

impl Source {
    /// Core's options for reading an export, with a filter.
    pub fn options(&self, filter: &FilterArgs) -> Options {
        Options {
            timezone: self.timezone.clone(),
            dialect: self.dialect.into(),
            names: match self.usernames {
                Usernames::True => Names::Username,
                Usernames::False | Usernames::Both => Names::Display,
            },
            filter: filter.filter(),
            ..Options::default()
        }
    }
}

impl ExportArgs {
    /// Core's options, with a filter.
    pub fn options(&self, filter: &FilterArgs) -> Options {
        Options {
            times: self.lang.times(),
            clock: self.clock.map(Into::into),
            now: self.now.clone(),
            time_format: self.time_format.clone(),
            seconds: self.seconds,
            show_zone: self.show_zone,
            threads: self.threads.into(),
            open_spoilers: self.spoilers == Spoilers::Open,
            newest_first: self.newest_first,
            ..self.source.options(filter)
        }
    }
}
