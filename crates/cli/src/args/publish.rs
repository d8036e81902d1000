//! What is taken out of transcripts that are to be published.

use std::path::PathBuf;

use clap::{ArgAction, ValueEnum, ValueHint};
use scrollback_core::time::Coarse;

/// What is taken out of transcripts, so that they can be published.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Publishing exports")]
pub struct PublishArgs {
    /// Replace names and ids by made-up ones, the same in all outputs of the run, and
    /// leave out pictures
    ///
    /// People, servers, channels, roles, emoji, commands, files, e-mail addresses,
    /// telephone numbers, IP addresses and invitations get pseudonyms, wherever they stand
    /// and however they are spelt. Words too common to be names only get one after their
    /// sign, as in `@Will`. What was replaced, and what to look at, is told at the end.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub anonymize: bool,

    /// A file with a secret: with the same one, `--anonymize` gives the same pseudonyms in
    /// every run
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,

    /// Write who is who with `--anonymize` into this file, as JSON
    ///
    /// Keep it apart from what you publish.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub map: Option<PathBuf>,

    /// Blacken these words, in any spelling; what fits this `/REGEX/`; or each `email`,
    /// `phone`, `ip` or `token`; may be repeated
    ///
    /// A bar of the same width each time stands there; the text is not in the output.
    /// `/REGEX/` finds what is written just so, and `/email/` the word itself.
    #[arg(long, value_name = "WHAT")]
    pub redact: Vec<String>,

    /// Tell the hour or the day of times alone
    #[arg(long, value_enum, value_name = "UNIT")]
    pub coarse_times: Option<CoarseTimes>,
}

/// What times still tell.
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
