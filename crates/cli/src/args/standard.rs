//! PDF standards.

use clap::ValueEnum;

/// A PDF standard that Typst can enforce.
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

impl PdfStandard {
    /// Whether its files predate PDF 1.5, which introduced object streams.
    pub fn is_old(self) -> bool {
        matches!(self, Self::V1_4 | Self::A1a | Self::A1b)
    }

    /// Whether the standard allows attachments of any type. PDF/A-1, PDF/A-2 and plain
    /// PDF/A-4 don't, and PDF before 1.7 has no associated files.
    pub fn takes_attachments(self) -> bool {
        !matches!(
            self,
            Self::A1a
                | Self::A1b
                | Self::A2a
                | Self::A2b
                | Self::A2u
                | Self::A4
                | Self::V1_4
                | Self::V1_5
                | Self::V1_6
        )
    }
}
