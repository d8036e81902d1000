//! How much of Markdown applies to a text depends on its place in a message.

/// How much of Markdown applies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Variant {
    /// Everything: message content, forwarded content, channel topics, text display components.
    #[default]
    Full,
    /// Everything, and emoji in the text of links, which are no links elsewhere: embed descriptions and field
    /// values.
    Embed,
    /// As in embeds, but without block constructs (headings, subtext, quotes, lists, code blocks): embed titles and
    /// field names.
    Inline,
    /// Text and line breaks only: embed authors and footers, button labels.
    Plain,
    /// Text, line breaks and emoji (Unicode, custom and shortcodes): poll questions and answers.
    Emoji,
    /// Everything, then put on a single line: the bar over a reply. Headings, quotes and lists become their text,
    /// code blocks become code, line breaks become spaces.
    Reply,
}

impl Variant {
    /// Whether block constructs are recognised.
    pub(crate) fn blocks(self) -> bool {
        matches!(self, Self::Full | Self::Embed | Self::Reply)
    }

    /// Whether inline markup is recognised.
    pub(crate) fn markup(self) -> bool {
        !matches!(self, Self::Plain | Self::Emoji)
    }

    /// Whether a link may have emoji in its text.
    pub(crate) fn emoji_in_links(self) -> bool {
        matches!(self, Self::Embed | Self::Inline)
    }

    /// Whether emoji are recognised.
    pub(crate) fn emoji(self) -> bool {
        self != Self::Plain
    }
}
