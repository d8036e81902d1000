//! Options that prepare transcripts for publication.

use std::path::PathBuf;

use clap::{ArgAction, ValueEnum, ValueHint};
use scrollback_core::time::Coarse;

/// The heading of these options in the help.
pub const PUBLISHING: &str = "Publishing exports";

/// What to remove from transcripts before they are published.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = PUBLISHING)]
pub struct PublishArgs {
    /// Replace names and ids with pseudonyms, the same in all outputs of the run, and
    /// leave out pictures
    ///
    /// People, servers, channels, roles, emoji, commands, files, e-mail addresses,
    /// telephone numbers, IP addresses and invitations get pseudonyms, wherever they
    /// occur and however they are spelt. Words that are too common to be names are
    /// replaced only after `@` or `#`, as in `@Will`. A report at the end lists what
    /// was replaced and what to check.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub anonymize: bool,

    /// A file with a secret: with the same secret, `--anonymize` gives the same
    /// pseudonyms in every run
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,

    /// Write the names and pseudonyms of `--anonymize` to this file, as JSON
    ///
    /// Don't publish it.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub map: Option<PathBuf>,

    /// Black out these words, in any spelling; matches of this `/REGEX/`; or every
    /// `email`, `phone`, `ip` or `token`; may be repeated
    ///
    /// The text is not in the output: a bar of the same width every time replaces it.
    /// `/REGEX/` matches the text exactly as written; `/email/` matches the word
    /// itself.
    #[arg(long, value_name = "WHAT")]
    pub redact: Vec<String>,

    /// Round times down to the hour, or show only the day
    #[arg(long, value_enum, value_name = "UNIT")]
    pub coarse_times: Option<CoarseTimes>,
}

/// The precision that times keep.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CoarseTimes {
    /// Day and hour
    Hour,
    /// Day
    Day,
}

impl From<CoarseTimes> for Coarse {
    fn from(coarse: CoarseTimes) -> Self {
        match coarse {
            CoarseTimes::Hour => Self::Hour,
            CoarseTimes::Day => Self::Day,
        }
    }
}
