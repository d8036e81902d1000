//! Options for pages, headers, footers, and what comes before and after the messages.

use std::str::FromStr;

use clap::ArgAction;

use super::Length;

/// The page and its furniture.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Pages of exports")]
pub struct PageArgs {
    /// a4, letter, `continuous` (one page as long as the transcript), or WxH
    /// such as 160mmx90mm
    #[arg(
        long,
        value_name = "PAPER",
        default_value = "a4",
        allow_hyphen_values = true
    )]
    pub paper: Paper,

    /// Page margins
    #[arg(
        long,
        value_name = "LENGTH",
        default_value = "15mm",
        allow_hyphen_values = true
    )]
    pub margin: Length,

    /// Extra margin for binding: on the side where text starts, or inside with `--two-sided`
    #[arg(
        long,
        value_name = "LENGTH",
        default_value = "0mm",
        allow_hyphen_values = true
    )]
    pub binding: Length,

    /// Extend the background beyond the trim, for printing: the PDF's TrimBox is the paper
    /// size, its MediaBox and BleedBox are larger by this on all sides
    #[arg(
        long,
        value_name = "LENGTH",
        default_value = "0mm",
        allow_hyphen_values = true
    )]
    pub bleed: Length,

    /// Mirror margins, headers and footers of left pages, for printing on both sides
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub two_sided: bool,

    /// Begin with the server, channel, topic and dates, and repeat the channel
    /// at the top of every page [default: true]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = true, hide_default_value = true, default_missing_value = "true",
        action = ArgAction::Set)]
    pub header: bool,

    /// Omit the header
    #[arg(long, overrides_with = "header")]
    pub no_header: bool,

    /// End every page with the dates and the page's number [default: true,
    /// except on a continuous page]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = true, hide_default_value = true, default_missing_value = "true",
        action = ArgAction::Set)]
    pub footer: bool,

    /// Omit the footer
    #[arg(long, overrides_with = "footer")]
    pub no_footer: bool,

    /// Begin with a table of contents by day
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub toc: bool,

    /// Repeat the pinned messages at the end
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub pinned: bool,

    /// Split the transcript into one file per `day`, `week` or `month`, or per that
    /// many messages
    #[arg(long, value_name = "HOW", allow_hyphen_values = true)]
    pub split: Option<Split>,

    /// Render only volumes of `--split` that are new or have changed since the last run
    ///
    /// The state is kept beside them in `scrollback-volumes.json`.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub incremental: bool,
}

impl PageArgs {
    /// Whether pages have a header.
    pub fn has_header(&self) -> bool {
        self.header && !self.no_header
    }

    /// Whether pages have a footer.
    pub fn has_footer(&self) -> bool {
        self.footer && !self.no_footer && !self.paper.is_continuous()
    }
}

/// The size of pages, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paper {
    /// Width.
    pub width: f64,
    /// Height; `None` for one page as long as its content.
    pub height: Option<f64>,
}

impl Paper {
    /// Whether the page is as long as its content.
    pub fn is_continuous(self) -> bool {
        self.height.is_none()
    }
}

const MM: f64 = 72.0 / 25.4;
/// The named sizes.
const PAPERS: [(&str, Paper); 5] = [
    ("a4", paper(210.0 * MM, 297.0 * MM)),
    ("a5", paper(148.0 * MM, 210.0 * MM)),
    ("letter", paper(612.0, 792.0)),
    ("legal", paper(612.0, 1008.0)),
    // As wide as A4, so that lines break alike.
    (
        "continuous",
        Paper {
            width: 210.0 * MM,
            height: None,
        },
    ),
];
/// A narrower page has no room for a line of text.
pub const LEAST: f64 = 72.0;

const fn paper(width: f64, height: f64) -> Paper {
    Paper {
        width,
        height: Some(height),
    }
}

impl FromStr for Paper {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let name = text.trim().to_lowercase();
        if let Some((_, paper)) = PAPERS.iter().find(|(known, _)| *known == name) {
            return Ok(*paper);
        }
        let sizes = name.split_once(['x', '×']).and_then(|(width, height)| {
            Some((
                width.parse::<Length>().ok()?,
                height.parse::<Length>().ok()?,
            ))
        });
        match sizes {
            Some((Length(width), Length(height))) if width >= LEAST && height >= LEAST => {
                Ok(paper(width, height))
            }
            Some(_) => Err("a page must be at least an inch (25.4mm) wide and high".into()),
            None => {
                let names: Vec<_> = PAPERS.iter().map(|(name, _)| *name).collect();
                Err(format!(
                    "expected {}, or a size such as 160mmx90mm",
                    names.join(", ")
                ))
            }
        }
    }
}

/// How a transcript is split into files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// A calendar day each.
    Day,
    /// A week each, from Monday to Sunday.
    Week,
    /// A calendar month each.
    Month,
    /// This many messages each.
    Messages(usize),
}

impl FromStr for Split {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "day" => Ok(Self::Day),
            "week" => Ok(Self::Week),
            "month" => Ok(Self::Month),
            number => match number.parse() {
                Ok(n) if n > 0 => Ok(Self::Messages(n)),
                _ => Err("expected day, week, month, or a number of messages".into()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn papers_have_names_or_sizes() {
        assert_eq!("Letter".parse(), Ok(paper(612.0, 792.0)));
        assert_eq!("2inx3in".parse(), Ok(paper(144.0, 216.0)));
        assert_eq!("200pt × 300pt".parse(), Ok(paper(200.0, 300.0)));
        assert!("continuous".parse::<Paper>().unwrap().is_continuous());
        for bad in ["a99", "", "10x20", "1ptx1pt", "x", "a4xa4"] {
            assert!(bad.parse::<Paper>().is_err(), "{bad}");
        }
    }

    #[test]
    fn splits_are_calendar_or_numbers() {
        assert_eq!("week".parse(), Ok(Split::Week));
        assert_eq!("500".parse(), Ok(Split::Messages(500)));
        for bad in ["0", "-1", "year", ""] {
            assert!(bad.parse::<Split>().is_err(), "{bad}");
        }
    }
}
