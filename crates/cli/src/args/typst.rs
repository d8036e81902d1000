//! Options that are passed on to the Typst compiler unchanged.

use std::path::PathBuf;

use clap::{ArgAction, ValueHint};

use super::PdfStandard;

/// The separator of path lists in environment variables.
const LIST: char = if cfg!(windows) { ';' } else { ':' };

/// Options for finding fonts.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Fonts")]
pub struct FontArgs {
    /// A folder to search for fonts, with its subfolders; may be repeated
    #[arg(long = "font-path", value_name = "DIR", env = "TYPST_FONT_PATHS", value_delimiter = LIST,
        value_hint = ValueHint::DirPath)]
    pub font_paths: Vec<PathBuf>,

    /// Don't use the system's fonts
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub ignore_system_fonts: bool,
}

/// Options of the compiler.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct TypstArgs {
    /// A standard that the PDF must conform to; separate several with commas
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

    /// The document's date, also used as today's date, in seconds since 1970; makes
    /// output reproducible [default: now]
    #[arg(long, value_name = "UNIX", env = "SOURCE_DATE_EPOCH",
        value_parser = parse_seconds, allow_negative_numbers = true)]
    pub creation_timestamp: Option<i64>,

    /// The folder that absolute paths in the document start from; files outside of it
    /// can't be read
    ///
    /// By default, the nearest folder at or above the document with a `typst.toml`, or
    /// else the document's own folder.
    #[arg(long, value_name = "DIR", env = "TYPST_ROOT", value_hint = ValueHint::DirPath,
        help_heading = "Typst documents")]
    pub root: Option<PathBuf>,

    /// A string for the document's `sys.inputs`; may be repeated
    #[arg(long = "input", value_name = "KEY=VALUE", value_parser = parse_input,
        help_heading = "Typst documents")]
    pub sys_inputs: Vec<(String, String)>,

    /// Where local packages are [default: Typst's own folder for them]
    #[arg(long, value_name = "DIR", env = "TYPST_PACKAGE_PATH", value_hint = ValueHint::DirPath,
        help_heading = "Typst documents")]
    pub package_path: Option<PathBuf>,

    /// Where downloaded packages are kept [default: Typst's own folder for them]
    #[arg(long, value_name = "DIR", env = "TYPST_PACKAGE_CACHE_PATH", value_hint = ValueHint::DirPath,
        help_heading = "Typst documents")]
    pub package_cache_path: Option<PathBuf>,
}

impl TypstArgs {
    /// The PDF standards to enforce, in Typst's types.
    pub fn standards(&self) -> Vec<typst_pdf::PdfStandard> {
        self.pdf_standards
            .iter()
            .map(|standard| (*standard).into())
            .collect()
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

/// Parses a Unix time.
fn parse_seconds(text: &str) -> Result<i64, String> {
    let expected = |_| "expected a whole number of seconds since 1970".into();
    text.parse().map_err(expected)
}

/// Parses pixels per inch: greater than zero, and small enough that a page fits into
/// memory.
fn parse_ppi(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(ppi) if (1.0..=2400.0).contains(&ppi) => Ok(ppi),
        _ => Err("expected a number from 1 to 2400".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inputs_split_at_the_first_equals_sign() {
        assert_eq!(parse_input("a=b=c"), Ok(("a".into(), "b=c".into())));
        assert_eq!(parse_input("a="), Ok(("a".into(), String::new())));
        assert!(parse_input("=b").is_err());
        assert!(parse_input("ab").is_err());
    }

    #[test]
    fn unix_times_are_whole_numbers() {
        assert_eq!(parse_seconds("-1"), Ok(-1));
        for bad in ["", "now", "1.5", "99999999999999999999"] {
            assert!(parse_seconds(bad).unwrap_err().contains("seconds"), "{bad}");
        }
    }

    #[test]
    fn ppi_is_a_number_within_reason() {
        assert_eq!(parse_ppi("96"), Ok(96.0));
        for bad in ["0", "-1", "NaN", "inf", "2401", "many"] {
            assert!(parse_ppi(bad).is_err(), "{bad}");
        }
    }
}
