//! Styles for a purpose: options that belong together, set at once.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{ArgAction, ValueEnum, ValueHint};

use super::Split;

/// Options for the purpose of the output.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Styles of exports")]
pub struct StyleArgs {
    /// The purpose of the output; sets other options, each of which you can override
    #[arg(long, value_enum, value_name = "STYLE", default_value = "chat")]
    pub style: Style,

    /// Number the messages from this one on: a number such as 0001, or a text that ends in
    /// one, such as ACME-000123 [default: none, or 0001 for records]
    ///
    /// Numbers continue across volumes, and don't count messages that a filter leaves out.
    #[arg(long, value_name = "FIRST", allow_hyphen_values = true)]
    pub numbers: Option<Numbers>,

    /// Make one archive of all exports: one PDF, if OUT ends in `.pdf`, or a folder with a
    /// site of static pages
    ///
    /// The PDF has all channels by category, with their threads, a table of contents,
    /// bookmarks, and links between channels. Exports that can't be read are left out, with a
    /// warning.
    ///
    /// The site has a page per channel and month (or what `--split` says), an index, and a
    /// search that works without a server. A later run renders only pages that are new or have
    /// changed.
    #[arg(long, value_name = "OUT", value_hint = ValueHint::AnyPath,
        conflicts_with_all = ["output", "merge"])]
    pub archive: Option<PathBuf>,

    /// Chapters of `--style book`: one per `day`, `week` or `month`, per that many messages,
    /// one per `thread` after that of the channel, or `none` [default: month]
    #[arg(long, value_name = "HOW", allow_hyphen_values = true)]
    pub chapters: Option<Chapters>,

    /// Attach the messages' files from the media folder to the PDF (needs PDF 1.7, PDF 2.0,
    /// PDF/A-3 or PDF/A-4f)
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub attach_files: bool,
}

/// The chapters of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chapters {
    /// It has none.
    None,
    /// The channel's own messages, then each of its threads.
    Thread,
    /// One for each of these parts of the transcript.
    Of(Split),
}

impl FromStr for Chapters {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "none" => return Ok(Self::None),
            "thread" => return Ok(Self::Thread),
            _ => {}
        }
        let split = text.parse().map(Self::Of);
        split.map_err(|_| "expected day, week, month, thread, a number of messages, or none".into())
    }
}

/// The purpose of an output.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Style {
    /// As in Discord
    #[default]
    Chat,
    /// Evidence and archives: a cover with hashes, counts and filters; every message with
    /// its number, full time, names and address; every file as an exhibit
    Record,
    /// Printing: A5, two-sided, white, with a title page, months as chapters and an index
    /// of people
    Book,
}

impl Style {
    /// The options that it sets: their names and values.
    pub fn options(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Chat => &[],
            Self::Record => &[
                ("theme", "paper"),
                ("display", "record"),
                ("size", "9pt"),
                ("margin", "18mm"),
                ("binding", "8mm"),
                ("numbers", "0001"),
                ("time-format", "y-MM-dd HH:mm:ss xxx"),
                ("times", "all"),
                ("reactors", "true"),
                ("spoilers", "open"),
                ("pdf-standard", "a-3b,ua-1"),
            ],
            Self::Book => &[
                ("theme", "print"),
                ("size", "8.5pt"),
                ("paper", "a5"),
                ("margin", "14mm"),
                ("binding", "5mm"),
                ("two-sided", "true"),
            ],
        }
    }
}

/// How messages are numbered: the prefix of the first number, and its digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    prefix: String,
    width: usize,
    /// The first number.
    pub first: usize,
}

/// Typst can't represent longer numbers.
const MOST_DIGITS: usize = 15;

impl Numbers {
    /// A number in digits, padded to the width of the last one.
    pub fn written(&self, number: u64, last: u64) -> String {
        let width = self.width.max(last.to_string().len());
        format!("{}{number:0width$}", self.prefix)
    }
}

impl FromStr for Numbers {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let prefix = text.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = &text[prefix.len()..];
        let first = digits.parse().ok();
        match first {
            Some(first) if digits.len() <= MOST_DIGITS => Ok(Self {
                prefix: prefix.to_owned(),
                width: digits.len(),
                first,
            }),
            _ => Err(format!(
                "expected a number of at most {MOST_DIGITS} digits, such as 0001, or a text that ends in one, such as ACME-000123"
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::args::Args;

    #[test]
    fn numbers_go_on_as_they_begin() {
        let numbers: Numbers = "ACME-000123".parse().unwrap();
        assert_eq!(numbers.first, 123);
        assert_eq!(numbers.written(124, 200), "ACME-000124");
        let numbers: Numbers = "0001".parse().unwrap();
        assert_eq!(numbers.written(1, 9999), "0001");
        assert_eq!(numbers.written(1, 12345), "00001");
        for bad in ["", "A-", "1234567890123456", "12x"] {
            assert!(bad.parse::<Numbers>().is_err(), "{bad}");
        }
    }

    #[test]
    fn styles_set_options_that_there_are() {
        let program = Args::command();
        let render = program.find_subcommand("render").unwrap();
        for style in Style::value_variants() {
            let options = style.options().iter();
            let line = options.map(|(name, value)| format!("--{name}={value}"));
            let line = ["scrollback".to_owned()].into_iter().chain(line);
            let line = line.chain(["chat.json".to_owned()]);
            render.clone().try_get_matches_from(line).unwrap();
        }
    }
}
