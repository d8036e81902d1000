//! The formats that a document can be written in.

use std::path::Path;

use clap::ValueEnum;

use crate::failure::Failure;

/// An output format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Portable Document Format
    Pdf,
    /// A picture a page, made of pixels
    Png,
    /// A picture a page, made of outlines
    Svg,
    /// A web page (experimental in Typst)
    Html,
}

impl Format {
    /// The usual extension of its files, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Svg => "svg",
            Self::Html => "html",
        }
    }

    /// Whether each page is a file of its own.
    pub fn has_file_per_page(self) -> bool {
        matches!(self, Self::Png | Self::Svg)
    }

    /// The format that the name of an output file asks for.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the extension is missing or none of ours.
    pub fn of_path(path: &Path) -> Result<Self, Failure> {
        let Some(extension) = path.extension() else {
            return Err(Failure::usage(
                format!(
                    "the output `{}` has no extension to tell its format",
                    path.display()
                ),
                "end its name in .pdf, .png, .svg or .html, or pass `--format`",
            ));
        };
        [Self::Pdf, Self::Png, Self::Svg, Self::Html]
            .into_iter()
            .find(|format| extension.eq_ignore_ascii_case(format.extension()))
            .ok_or_else(|| {
                Failure::usage(
                    format!("cannot write a `.{}` file", extension.display()),
                    "end the output's name in .pdf, .png, .svg or .html, or pass `--format`",
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
