//! The formats that a document can be written in.

use std::path::Path;

use clap::ValueEnum;
use scrollback_core::formats::Format as TextFormat;

use crate::failure::Failure;

/// The extensions of output files.
pub const ENDINGS: &str = ".pdf, .png, .svg, .html, .md, .txt, .jsonl or .csv";

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Portable Document Format
    Pdf,
    /// One picture per page, in pixels
    Png,
    /// One picture per page, as outlines
    Svg,
    /// A web page (experimental in Typst)
    Html,
    /// Markdown, as GitHub and Obsidian read it
    Md,
    /// Plain text, one line per message
    Txt,
    /// JSON Lines, one object per message
    Jsonl,
    /// A table with one row per message
    Csv,
}

impl Format {
    /// The usual extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Html => "html",
            Self::Md => "md",
            Self::Txt => "txt",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
        }
    }

    /// Core's format, for text formats, which don't need Typst.
    pub fn text(self) -> Option<TextFormat> {
        match self {
            Self::Md => Some(TextFormat::Markdown),
            Self::Txt => Some(TextFormat::Text),
            Self::Jsonl => Some(TextFormat::JsonLines),
            Self::Csv => Some(TextFormat::Csv),
            Self::Pdf | Self::Png | Self::Svg | Self::Html => None,
        }
    }

    /// Whether it has pages.
    pub fn is_paged(self) -> bool {
        matches!(self, Self::Pdf | Self::Png | Self::Svg)
    }

    /// Whether each page is a file of its own.
    pub fn has_file_per_page(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }

    /// The format that an output file's extension implies.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the extension is missing or unknown.
    pub fn of_path(path: &Path) -> Result<Self, Failure> {
        let Some(extension) = path.extension() else {
            return Err(Failure::usage(
                format!(
                    "the output `{}` has no extension, so its format is unknown",
                    path.display()
                ),
                format!("end its name in {ENDINGS}, or in `/` for a folder, or pass `--format`"),
            ));
        };
        Self::value_variants()
            .iter()
            .copied()
            .find(|format| extension.eq_ignore_ascii_case(format.extension()))
            .ok_or_else(|| {
                Failure::usage(
                    format!(
                        "the output `{}` has the unknown extension `.{}`",
                        path.display(),
                        extension.display()
                    ),
                    format!("end its name in {ENDINGS}, or pass `--format`"),
                )
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_tell_the_format_in_any_case() {
        assert_eq!(Format::of_path(Path::new("a.PDF")).unwrap(), Format::Pdf);
        assert_eq!(
            Format::of_path(Path::new("a-{p}.png")).unwrap(),
            Format::Png
        );
        assert_eq!(Format::of_path(Path::new("a.b.svg")).unwrap(), Format::Svg);
        assert_eq!(Format::of_path(Path::new("a.html")).unwrap(), Format::Html);
        for format in Format::value_variants() {
            let path = format!("a.{}", format.extension());
            assert_eq!(Format::of_path(Path::new(&path)).unwrap(), *format);
            assert!(ENDINGS.contains(&format!(".{}", format.extension())));
        }
        assert!(matches!(
            Format::of_path(Path::new("a.doc")),
            Err(Failure::Usage(_))
        ));
        assert!(matches!(
            Format::of_path(Path::new("a")),
            Err(Failure::Usage(_))
        ));
    }
}
