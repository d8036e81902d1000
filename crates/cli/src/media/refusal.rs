//! Why files of exports aren't used.

use crate::engine::Unfit;

/// Reasons why a picture isn't drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// It is remote; scrollback never downloads.
    Remote,
    /// Its path leads outside of the media folder.
    Outside,
    /// It is embedded in its address (`data:`).
    Inline,
    /// There is no such file.
    Missing,
    /// It isn't a regular file, or cannot be read.
    Unreadable,
    /// It can't be drawn.
    Unfit(Unfit),
    /// Earlier pictures use up the memory for pictures.
    TooMany,
}

impl Refusal {
    /// The reason, to follow "N pictures".
    pub fn reason(self) -> &'static str {
        match self {
            Self::Remote => "are remote, and scrollback never downloads files",
            Self::Outside => "lead out of the media folder and were not read",
            Self::Inline => "stand in `data:` addresses, which are not read",
            Self::Missing => "are not in the media folder",
            Self::Unreadable => "cannot be read",
            Self::Unfit(Unfit::TooLarge) => "are larger than 64 MiB",
            Self::Unfit(Unfit::TooManyPixels) => "have more than 50 million pixels",
            Self::Unfit(Unfit::Unsupported) => "are of a kind that can't be drawn",
            Self::Unfit(Unfit::Damaged) => "are damaged",
            Self::TooMany => "would take more than 2 GiB of memory with those before them",
        }
    }

    /// The key of the reason on the picture's card, after `picture-` in `locales/`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Remote | Self::Missing => "absent",
            Self::Outside => "refused",
            Self::Unreadable => "unreadable",
            Self::Unfit(Unfit::TooLarge | Unfit::TooManyPixels) | Self::TooMany => "large",
            Self::Inline | Self::Unfit(Unfit::Unsupported) => "unknown",
            Self::Unfit(Unfit::Damaged) => "damaged",
        }
    }

    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Remote => "to include them, export with media (DiscordChatExporter's `--media`)",
            Self::Outside => {
                "pass the folder that holds them to `--media`, if you trust the export"
            }
            Self::Inline => "export with media, so that they are files",
            Self::Missing => "pass the folder that holds them to `--media`",
            Self::Unreadable => {
                "check that you may read them, that they are regular files, and that their names have no line breaks"
            }
            Self::Unfit(Unfit::TooLarge | Unfit::TooManyPixels) => {
                "make them smaller to have them drawn"
            }
            Self::Unfit(Unfit::Unsupported) => {
                "PNG, JPEG, GIF, WebP and SVG without embedded pictures or costly filters are drawn"
            }
            Self::Unfit(Unfit::Damaged) => "download them again",
            Self::TooMany => "divide the transcript with `--split`",
        }
    }
}
