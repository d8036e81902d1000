//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

use crate::format::Format;

/// Typeset Discord-style conversations.
#[derive(Debug, Parser)]
#[command(name = "scrollback", version, after_help = EXIT_CODES)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  everything was written
  1  the document has an error, or its output could not be written
  2  the command line is wrong: an option, a format, or an input that isn't there";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Typeset a Typst document.
    ///
    /// The document may import `@preview/scrollback`, which this program
    /// carries. Other packages come from Typst's package folders, and from Typst
    /// Universe where the network allows. Fonts: those of `--font-path`, the ones
    /// this program carries (Noto Sans, Source Code Pro, Twemoji, and Typst's
    /// own), then the system's.
    #[command(after_help = EXIT_CODES)]
    Render(RenderArgs),
}

/// Arguments of `scrollback render`.
#[derive(Debug, clap::Args)]
pub struct RenderArgs {
    /// The Typst document.
    #[arg(value_name = "DOC.typ")]
    pub input: PathBuf,

    /// Where to write [default: beside the document]
    ///
    /// For PNG and SVG, `{p}` stands for the page's number, `{0p}` for the same
    /// padded with zeros, and `{t}` for the number of pages; documents of several
    /// pages need one of the first two. The file appears whole or not at all: a
    /// failing run leaves an older one as it was.
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,

    /// The format to write [default: by the extension of OUT, else pdf]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// The folder that absolute paths in the document start from, and that it
    /// cannot read beyond
    ///
    /// By default the nearest folder at or above the document that holds a
    /// `typst.toml`, and where there is none, the document's own folder.
    #[arg(long, value_name = "DIR", env = "TYPST_ROOT")]
    pub root: Option<PathBuf>,

    /// A string for the document's `sys.inputs`; may be repeated
    #[arg(long = "input", value_name = "KEY=VALUE", value_parser = parse_input)]
    pub inputs: Vec<(String, String)>,

    /// A folder to search for fonts, with its subfolders; may be repeated
    #[arg(long = "font-path", value_name = "DIR", env = "TYPST_FONT_PATHS", value_delimiter = LIST)]
    pub font_paths: Vec<PathBuf>,

    /// Don't use the system's fonts
    #[arg(long)]
    pub ignore_system_fonts: bool,

    /// Where local packages are [default: Typst's own folder for them]
    #[arg(long, value_name = "DIR", env = "TYPST_PACKAGE_PATH")]
    pub package_path: Option<PathBuf>,

    /// Where downloaded packages are kept [default: Typst's own folder for them]
    #[arg(long, value_name = "DIR", env = "TYPST_PACKAGE_CACHE_PATH")]
    pub package_cache_path: Option<PathBuf>,

    /// A standard that the PDF has to keep; several are separated by commas
    #[arg(
        long = "pdf-standard",
        value_enum,
        value_name = "STANDARD",
        value_delimiter = ','
    )]
    pub pdf_standards: Vec<PdfStandard>,

    /// Pixels per inch of PNG pictures
    #[arg(long, value_name = "N", default_value_t = 144.0, value_parser = parse_ppi)]
    pub ppi: f64,

    /// The document's date and the date it takes for today, in seconds since
    /// 1970, for output that doesn't change from run to run [default: now]
    #[arg(long, value_name = "UNIX", env = "SOURCE_DATE_EPOCH")]
    pub creation_timestamp: Option<i64>,
}

/// What separates the paths of a list in an environment variable.
const LIST: char = if cfg!(windows) { ';' } else { ':' };

/// A PDF standard that Typst can hold a document to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PdfStandard {
    /// PDF 1.4
    #[value(name = "1.4")]
    V1_4,
    /// PDF 1.5
    #[value(name = "1.5")]
    V1_5,
    /// PDF 1.6
    #[value(name = "1.6")]
    V1_6,
    /// PDF 1.7
    #[value(name = "1.7")]
    V1_7,
    /// PDF 2.0
    #[value(name = "2.0")]
    V2_0,
    /// PDF/A-1b
    #[value(name = "a-1b")]
    A1b,
    /// PDF/A-1a
    #[value(name = "a-1a")]
    A1a,
    /// PDF/A-2b
    #[value(name = "a-2b")]
    A2b,
    /// PDF/A-2u
    #[value(name = "a-2u")]
    A2u,
    /// PDF/A-2a
    #[value(name = "a-2a")]
    A2a,
    /// PDF/A-3b
    #[value(name = "a-3b")]
    A3b,
    /// PDF/A-3u
    #[value(name = "a-3u")]
    A3u,
    /// PDF/A-3a
    #[value(name = "a-3a")]
    A3a,
    /// PDF/A-4
    #[value(name = "a-4")]
    A4,
    /// PDF/A-4f
    #[value(name = "a-4f")]
    A4f,
    /// PDF/A-4e
    #[value(name = "a-4e")]
    A4e,
    /// PDF/UA-1
    #[value(name = "ua-1")]
    Ua1,
}

impl From<PdfStandard> for typst_pdf::PdfStandard {
    fn from(standard: PdfStandard) -> Self {
        match standard {
            PdfStandard::V1_4 => Self::V_1_4,
            PdfStandard::V1_5 => Self::V_1_5,
            PdfStandard::V1_6 => Self::V_1_6,
            PdfStandard::V1_7 => Self::V_1_7,
            PdfStandard::V2_0 => Self::V_2_0,
            PdfStandard::A1b => Self::A_1b,
            PdfStandard::A1a => Self::A_1a,
            PdfStandard::A2b => Self::A_2b,
            PdfStandard::A2u => Self::A_2u,
            PdfStandard::A2a => Self::A_2a,
            PdfStandard::A3b => Self::A_3b,
            PdfStandard::A3u => Self::A_3u,
            PdfStandard::A3a => Self::A_3a,
            PdfStandard::A4 => Self::A_4,
            PdfStandard::A4f => Self::A_4f,
            PdfStandard::A4e => Self::A_4e,
            PdfStandard::Ua1 => Self::Ua_1,
        }
    }
}

/// Splits `KEY=VALUE` at its first equals sign.
fn parse_input(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((key, value)) if !key.trim().is_empty() => {
            Ok((key.trim().to_owned(), value.to_owned()))
        }
        _ => Err("expected KEY=VALUE, such as `--input theme=light`".into()),
    }
}

/// Reads a number of pixels per inch: more than none, and not so many that one
/// page would fill the memory.
fn parse_ppi(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(ppi) if (1.0..=2400.0).contains(&ppi) => Ok(ppi),
        _ => Err("expected a number from 1 to 2400".into()),
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
    fn inputs_split_at_the_first_equals_sign() {
        assert_eq!(parse_input("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert_eq!(parse_input("a="), Ok(("a".into(), String::new())));
        assert!(parse_input("=b").is_err());
        assert!(parse_input("ab").is_err());
    }

    #[test]
    fn ppi_is_a_number_within_reason() {
        assert_eq!(parse_ppi("96"), Ok(96.0));
        for bad in ["0", "-1", "NaN", "inf", "2401", "many"] {
            assert!(parse_ppi(bad).is_err(), "{bad}");
        }
    }
}
