//! How a transcript is to be drawn, as its documents read it.

use std::collections::BTreeMap;

use serde::Serialize;

/// What the documents read from `/options.json`. Lengths are in points.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Look {
    /// The name of a theme of the package.
    pub theme: String,
    /// The name of a display of the package.
    pub display: String,
    /// What it is for, by the name of a style of the package.
    pub style: String,
    /// The number of the first message, where they are numbered.
    pub numbers: Option<String>,
    /// The numbers of the first and last message.
    pub numbered: Option<(String, String)>,
    /// The size of message text.
    pub size: f64,
    /// The code of a language of the package.
    pub lang: String,
    /// 12 or 24 hours; `None` for the language's custom.
    pub clock: Option<u8>,
    /// Which messages show when they were sent: `first` or `all`.
    pub times: String,
    /// What becomes of spoilers: `cover` or `open`.
    pub spoilers: String,
    /// Whether user names stand beside names.
    pub usernames: bool,
    /// Whether ids stand beside names and behind messages.
    pub ids: bool,
    /// Whether everybody who reacted is named.
    pub reactors: bool,
    /// What is said before the messages: that they are filtered, and by what.
    pub note: Option<String>,
    /// Whose messages are on the right, by a name or id that the transcript has.
    pub own: Option<String>,
    /// Whether there are pages at all.
    pub paged: bool,
    /// The width of pages.
    pub width: f64,
    /// The height of pages; `None` for one page as long as its content.
    pub height: Option<f64>,
    /// Whether the last page ends where its content ends.
    #[serde(skip)]
    pub cropped: bool,
    /// Whether it is a page of a site, which sees to styles, files and links.
    pub site: bool,
    /// Whether it is a channel of an archive, where links to channels and messages lead to
    /// places in the document.
    pub archive: bool,
    /// The empty border of pages on the left.
    pub left: f64,
    /// The same on the right.
    pub right: f64,
    /// How far the ground of pages goes on beyond each of their sides.
    pub bleed: f64,
    /// Whether left pages, which have even numbers, are mirrored.
    pub two_sided: bool,
    /// How many pages at the beginning have no header, and more than one no footer.
    pub bare: usize,
    /// The document that comes first: a cover with the facts, or the title pages of a book.
    #[serde(skip)]
    pub front: Option<&'static str>,
    /// Whether an index of people comes last.
    #[serde(skip)]
    pub index: bool,
    /// Whether the files of messages come last.
    pub annex: bool,
    /// The same at the top.
    pub top: f64,
    /// The same at the bottom.
    pub bottom: f64,
    /// Whether the channel stands before the messages and on pages.
    pub header: bool,
    /// Whether pages are numbered.
    pub footer: bool,
    /// Whether a table of the days comes first.
    pub toc: bool,
    /// The dates of the first and last message, in words.
    pub range: Option<String>,
    /// The title of the document, for its metadata and pages.
    pub title: String,
    /// The volume, where there are several.
    pub volume: Option<String>,
    /// Paths of pictures in the document, by their URLs in the transcript.
    pub media: BTreeMap<String, String>,
    /// Why other pictures aren't drawn, by their URLs, as `locales/` names the reasons.
    pub undrawn: BTreeMap<String, &'static str>,
    /// What messages say of themselves that are drawn plainly, since Typst refuses them.
    pub plain_note: String,
    /// What is read of a link to a page, with the number in the place of `{page}`.
    #[serde(skip)]
    pub page_link: String,
    /// Names of the exports in `/sources/` to attach.
    pub sources: Vec<String>,
}
