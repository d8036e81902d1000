//! The command line.

mod batch;
mod config;
mod export;
mod filter;
mod format;
mod message;
mod page;
mod publish;
mod size;
mod standard;
mod style;
mod typst;

use std::path::PathBuf;

use clap::{ArgAction, Parser, Subcommand, ValueEnum, ValueHint};
use scrollback_core::markdown::Variant;

pub use batch::{BatchArgs, Shard};
pub use config::{Applied, ConfigArgs, ForExports, Setting};
pub use export::{Display, ExportArgs, Hours, Source, Theme, Threads, Usernames, name_of};
pub use filter::FilterArgs;
pub use format::{ENDINGS, Format};
pub use page::{LEAST as LEAST_PAPER, PageArgs, Split};
pub use publish::PublishArgs;
pub use size::Length;
pub use standard::PdfStandard;
pub use style::{Chapters, Numbers, Style, StyleArgs};
pub use typst::{FontArgs, TypstArgs};

/// Typeset Discord-style conversations.
#[derive(Debug, Parser)]
#[command(name = "scrollback", version, after_help = EXIT_CODES, arg_required_else_help = false)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Print the licences of the program and of everything that it contains
    // Handled before the command line is parsed; declared here so that the help lists it.
    #[arg(long)]
    pub licenses: bool,
}

/// The commands that also take options from a `scrollback.toml`.
pub const CONFIGURED: [&str; 3] = ["render", "watch", "inspect"];

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was written
  1  an input has an error, or its output could not be written; the others were written
  2  the command line or scrollback.toml is wrong: an option, a format, or an input
     that isn't there";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Typeset exports, or a Typst document.
    ///
    /// Exports are JSON files from DiscordChatExporter, messages from Discord's API as
    /// a list or one per line, and files of other programs. The parts of a partitioned
    /// export are joined; exports of several channels become one file each.
    ///
    /// A Typst document can import `@preview/scrollback`, which is built in. Other
    /// packages come from Typst's package folders, or are downloaded from Typst
    /// Universe. Fonts come from `--font-path`, then the built-in ones (Noto Sans,
    /// Source Code Pro, Twemoji, and Typst's own), then the system.
    #[command(after_help = EXIT_CODES)]
    Render(Box<RenderArgs>),
    /// Typeset again whenever an input or its media change.
    #[command(after_help = EXIT_CODES)]
    Watch(Box<RenderArgs>),
    /// Show what is in exports: channel, dates, people, kinds, missing media.
    #[command(after_help = EXIT_CODES)]
    Inspect(Box<InspectArgs>),
    /// Print the syntax tree of Discord Markdown as JSON.
    Parse(ParseArgs),
    /// List the font families that documents can use.
    Fonts(FontArgs),
    /// Typeset a built-in sample, to see what comes out.
    Demo(DemoArgs),
    /// Write a scrollback.toml with all options, each explained and commented out.
    Init {
        /// The folder to write it to [default: the working folder]
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: Option<PathBuf>,
    },
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        #[arg(value_enum)]
        shell: clap_complete::Shell,
    },
    /// Print the manual page of the program, or of a command.
    Man {
        /// The command [default: the program itself]
        command: Option<String>,
    },
}

/// The heading of options for outputs.
const OUTPUT: &str = "Output";

impl Command {
    /// The options that choose the `scrollback.toml`, if the command takes options from it.
    pub fn config(&self) -> Option<&ConfigArgs> {
        match self {
            Self::Render(args) | Self::Watch(args) => Some(&args.config),
            Self::Inspect(args) => Some(&args.config),
            _ => None,
        }
    }
}

/// Arguments of `scrollback render`.
#[derive(Debug, Clone, clap::Args)]
pub struct RenderArgs {
    /// Exports (.json, .jsonl, .dht; also as .gz, .zst or .zip), folders of them, or `-` for
    /// standard input; or Typst documents (.typ)
    #[arg(value_name = "INPUT", required_unless_present = "files_from", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,

    /// Where to write [default: next to the input]
    ///
    /// A file, a folder, or a pattern: `{name}` is replaced by the input's name,
    /// `{channel}` by the channel's, and `{volume}` by the volume of `--split`. For PNG
    /// and SVG, `{p}` is the page number, `{0p}` the same padded with zeros, and `{t}`
    /// the number of pages; several pages need one of the first two. `-` is standard
    /// output. Files are written atomically: a failing run doesn't change existing
    /// files.
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::AnyPath,
        help_heading = OUTPUT)]
    pub output: Option<PathBuf>,

    /// The format to write [default: by the extension of OUT, else pdf]
    ///
    /// `md`, `txt`, `jsonl` and `csv` are text for other programs, for exports only; options
    /// for pages and pictures have no effect on them.
    #[arg(short, long, value_enum, value_name = "FORMAT", help_heading = OUTPUT)]
    pub format: Option<Format>,

    /// Open the output when it is written: the first, if there are several
    #[arg(long, help_heading = OUTPUT)]
    pub open: bool,

    /// Number of parallel jobs [default: the number of processors]
    #[arg(long, value_name = "N", value_parser = parse_jobs, help_heading = OUTPUT)]
    pub jobs: Option<u16>,

    #[command(flatten)]
    pub batch: BatchArgs,
    #[command(flatten)]
    pub style: StyleArgs,
    #[command(flatten)]
    pub export: ExportArgs,
    #[command(flatten)]
    pub page: PageArgs,
    #[command(flatten)]
    pub filter: FilterArgs,
    #[command(flatten)]
    pub publish: PublishArgs,
    #[command(flatten)]
    pub typst: TypstArgs,
    #[command(flatten)]
    pub fonts: FontArgs,

    /// Whether warnings are suppressed, as for the built-in sample.
    #[arg(skip)]
    pub quiet: bool,

    #[command(flatten)]
    pub config: ConfigArgs,
}

/// The largest number of jobs: starting more threads takes longer than they save.
const MOST_JOBS: u16 = 1024;

/// Reads a number of jobs.
fn parse_jobs(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(jobs) if (1..=MOST_JOBS).contains(&jobs) => Ok(jobs),
        _ => Err(format!("expected a number from 1 to {MOST_JOBS}")),
    }
}

/// Arguments of `scrollback demo`.
#[derive(Debug, clap::Args)]
pub struct DemoArgs {
    /// The file to write; its extension sets the format: .pdf, .png, .svg, .html, …
    #[arg(value_name = "OUT", default_value = "scrollback-demo.pdf",
        value_hint = ValueHint::FilePath)]
    pub output: PathBuf,

    /// Colours
    #[arg(long, value_enum, value_name = "THEME", default_value = "dark")]
    pub theme: Theme,

    /// Layout of messages
    #[arg(long, value_enum, value_name = "DISPLAY", default_value = "cozy")]
    pub display: Display,

    /// Open the file when it is written
    #[arg(long)]
    pub open: bool,
}

/// Arguments of `scrollback inspect`.
#[derive(Debug, clap::Args)]
pub struct InspectArgs {
    /// Exports (.json, .jsonl, .dht; also as .gz, .zst or .zip), folders of them, or `-` for
    /// standard input
    #[arg(value_name = "INPUT", required = true, value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,

    /// Print JSON: one object per export, on a line of its own
    #[arg(long)]
    pub json: bool,

    /// Replace names and ids with made-up ones, and leave out topics and file names, so
    /// that the output can be attached to a bug report
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub anonymize: bool,

    #[command(flatten)]
    pub source: Source,
    #[command(flatten)]
    pub filter: FilterArgs,
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// Arguments of `scrollback parse`.
#[derive(Debug, clap::Args)]
pub struct ParseArgs {
    /// The text, or `-` for standard input [default: -]
    #[arg(value_name = "TEXT", allow_hyphen_values = true)]
    pub text: Option<String>,

    /// Where the text is from, which decides how much of Markdown applies
    #[arg(
        long = "as",
        value_enum,
        value_name = "PLACE",
        default_value = "message"
    )]
    pub standing: TextPlace,

    /// Print the tree on one line
    #[arg(long)]
    pub compact: bool,
}

/// The place that a text is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TextPlace {
    /// A message: all of Markdown
    Message,
    /// An embed: the same, with emoji in the text of links
    Embed,
    /// The title of an embed: no blocks
    Title,
    /// A place without Markdown
    Plain,
    /// An answer of a poll: only emoji
    Poll,
    /// The preview line above a reply
    Reply,
}

impl From<TextPlace> for Variant {
    fn from(place: TextPlace) -> Self {
        match place {
            TextPlace::Message => Self::Full,
            TextPlace::Embed => Self::Embed,
            TextPlace::Title => Self::Inline,
            TextPlace::Plain => Self::Plain,
            TextPlace::Poll => Self::Emoji,
            TextPlace::Reply => Self::Reply,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_documentation_names_every_command_and_option() {
        let page = include_str!("../../../../docs/program.md");
        for command in Args::command().get_subcommands() {
            assert!(
                page.contains(&format!("| `{}", command.get_name())),
                "{}",
                command.get_name()
            );
            for option in command.get_arguments().filter_map(clap::Arg::get_long) {
                assert!(page.contains(&format!("--{option}")), "--{option}");
            }
        }
    }

    #[test]
    fn every_option_has_a_description() {
        for command in Args::command().get_subcommands() {
            for argument in command.get_arguments() {
                assert!(
                    argument.get_help().is_some(),
                    "{} {}",
                    command.get_name(),
                    argument.get_id()
                );
            }
        }
    }
}
