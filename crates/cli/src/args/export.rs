//! How exports are read and drawn.

use std::path::PathBuf;

use clap::{ArgAction, ValueEnum, ValueHint};
use scrollback_core::{Clock, Dialect, Names, Options};

use super::{FilterArgs, Length};

/// The themes of the package.
const THEMES: [&str; 6] = [
    "dark",
    "light",
    "ash",
    "onyx",
    "classic-dark",
    "classic-light",
];
/// The displays of the package.
const DISPLAYS: [&str; 3] = ["cozy", "compact", "bubbles"];

/// Where the parts of exports are, and how they are to be understood.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Exports")]
pub struct Source {
    /// The folder with pictures and other files of the exports
    /// [default: `EXPORT_Files` beside each export]
    ///
    /// Nothing outside of it is read, whatever an export says, and nothing is
    /// ever fetched from the network.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub media: Option<PathBuf>,

    /// Put all exports into one transcript, by time
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub merge: bool,

    /// Time zone: a name (Europe/Berlin), an offset (+02:00) or UTC
    /// [default: as each time was written]
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true)]
    pub timezone: Option<String>,

    /// Which name of people is shown
    #[arg(long, value_enum, value_name = "NAMES", default_value = "display")]
    pub names: NameOrder,

    /// How the exporter wrote `content`: with Discord's tokens (raw), or with
    /// mentions and emoji as plain text
    #[arg(long, value_name = "DIALECT", default_value = "auto", value_parser = ["auto", "raw", "text"])]
    pub dialect: String,
}

/// Which name of people is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum NameOrder {
    /// Nickname, else display name, else user name, as Discord does
    Display,
    /// User name
    Username,
}

/// How exports are drawn.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Exports")]
pub struct ExportArgs {
    #[command(flatten)]
    pub source: Source,

    /// Colours
    #[arg(long, value_name = "THEME", default_value = "dark", value_parser = THEMES)]
    pub theme: String,

    /// Layout of messages
    #[arg(long, value_name = "DISPLAY", default_value = "cozy", value_parser = DISPLAYS)]
    pub display: String,

    /// Whose messages are your own, which `bubbles` has on the right: a name or id
    #[arg(long, value_name = "PERSON")]
    pub own: Option<String>,

    /// Size of message text, which everything else follows
    #[arg(long, value_name = "LENGTH", default_value = "10pt")]
    pub size: Length,

    /// 12 or 24 hours
    #[arg(long, value_name = "HOURS", default_value = "12", value_parser = ["12", "24"])]
    pub clock: String,

    /// The moment that "Today" and "3 days ago" are told from: ISO 8601, or
    /// seconds since 1970 [default: none, all times are dates]
    #[arg(long, value_name = "TIME")]
    pub now: Option<String>,

    /// Newest message first
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub newest_first: bool,

    /// Replace names and ids by made-up ones, and leave out pictures
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub anonymize: bool,

    /// Put the export itself into the PDF (needs PDF 1.7, PDF 2.0, PDF/A-3 or
    /// PDF/A-4f)
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub attach_source: bool,
}

impl Source {
    /// The core's options for reading, with a filter.
    pub fn options(&self, filter: &FilterArgs) -> Options {
        Options {
            timezone: self.timezone.clone(),
            dialect: match self.dialect.as_str() {
                "raw" => Dialect::Raw,
                "text" => Dialect::Text,
                _ => Dialect::Auto,
            },
            names: match self.names {
                NameOrder::Display => Names::Display,
                NameOrder::Username => Names::Username,
            },
            filter: filter.filter(),
            ..Options::default()
        }
    }
}

impl ExportArgs {
    /// The core's options, with a filter.
    pub fn options(&self, filter: &FilterArgs) -> Options {
        Options {
            clock: if self.clock == "24" {
                Clock::Hours24
            } else {
                Clock::Hours12
            },
            now: self.now.clone(),
            newest_first: self.newest_first,
            anonymize: self.anonymize,
            ..self.source.options(filter)
        }
    }
}
