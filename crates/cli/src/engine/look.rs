//! The look of a transcript, as its documents read it.

use std::collections::BTreeMap;

use serde::Serialize;

/// The content of `/options.json`, which the documents read. Lengths are in points.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Look {
    /// The name of a theme of the package.
    pub theme: String,
    /// The name of a display of the package.
    pub display: String,
    /// The name of a style of the package.
    pub style: String,
    /// The number of the first message, if messages are numbered.
    pub numbers: Option<String>,
    /// The numbers of the first and last message.
    pub numbered: Option<(String, String)>,
    /// The size of message text.
    pub size: f64,
    /// The code of a language of the package.
    pub lang: String,
    /// 12 or 24 hours; `None` for what the language uses.
    pub clock: Option<u8>,
    /// Which messages show when they were sent: `first` or `all`.
    pub times: String,
    /// How spoilers are drawn: `cover` or `open`.
    pub spoilers: String,
    /// Whether to show user names beside names.
    pub usernames: bool,
    /// Whether to show ids beside names and after messages.
    pub ids: bool,
    /// Whether to name everybody who reacted.
    pub reactors: bool,
    /// The notice before the messages that names the filters.
    pub note: Option<String>,
    /// The person whose messages are on the right, by a name or id in the transcript.
    pub own: Option<String>,
    /// Whether there are pages.
    pub paged: bool,
    /// The width of pages.
    pub width: f64,
    /// The height of pages; `None` for one page as long as its content.
    pub height: Option<f64>,
    /// Whether the last page ends where its content ends.
    #[serde(skip)]
    pub cropped: bool,
    /// Whether it is a page of a site, which handles styles, files and links itself.
    pub site: bool,
    /// Whether it is a channel of an archive, in which links to channels and messages lead to
    /// positions in the document.
    pub archive: bool,
    /// The left margin.
    pub left: f64,
    /// The right margin.
    pub right: f64,
    /// The bleed: how far the background extends beyond each side of a page.
    pub bleed: f64,
    /// Whether left pages, which have even numbers, are mirrored.
    pub two_sided: bool,
    /// The number of pages at the beginning without a header. If there is more than one,
    /// they have no footer either.
    pub bare: usize,
    /// The front matter: a cover with the provenance, or the title pages of a book.
    #[serde(skip)]
    pub front: Option<&'static str>,
    /// Whether an index of people ends the document.
    #[serde(skip)]
    pub index: bool,
    /// Whether the list of exhibits ends the document.
    pub annex: bool,
    /// The top margin.
    pub top: f64,
    /// The bottom margin.
    pub bottom: f64,
    /// Whether the channel's header comes before the messages and on pages.
    pub header: bool,
    /// Whether pages are numbered.
    pub footer: bool,
    /// Whether a table of the days begins the document.
    pub toc: bool,
    /// The dates of the first and last message, in words.
    pub range: Option<String>,
    /// The title of the document, for its metadata and pages.
    pub title: String,
    /// The volume, if there are several.
    pub volume: Option<String>,
    /// Paths of pictures in the document, by their URLs in the transcript.
    pub media: BTreeMap<String, String>,
    /// Why other pictures aren't drawn, by their URLs; the reasons are keys in `locales/`.
    pub undrawn: BTreeMap<String, &'static str>,
    /// The note in messages that are simplified because Typst refuses them.
    pub plain_note: String,
    /// The alternative text of a link to a page; `{page}` stands for the number.
    #[serde(skip)]
    pub page_link: String,
    /// Names of the exports in `/sources/` to attach.
    pub sources: Vec<String>,
}
