//! The tree, and how it is written for Typst.
//!
//! # Serialised form
//!
//! A [`Document`] is an array of nodes. A node is a **string** or a **map with the key `t`** (its type); `c` is the
//! array of children. Keys whose value would be false or absent are omitted. Paragraphs, headings, subtext, quotes and
//! lists have `dir`, which is `"ltr"` or `"rtl"`, if they contain a strong character; their bullets, bars and lines
//! begin on that side. Given as JSON:
//!
//! | Node | Written |
//! |---|---|
//! | text | `"some text"` (never contains a line feed) |
//! | line break | `"\n"` |
//! | paragraph | `{"t":"paragraph","dir":"rtl","c":[…]}` |
//! | heading | `{"t":"heading","level":1,"c":[…]}`, `level` 1 to 3 |
//! | subtext | `{"t":"subtext","c":[…]}` |
//! | quote | `{"t":"quote","c":[…]}`, children as in a document |
//! | list | `{"t":"list","items":[[…],[…]]}`, with `"start":1` if ordered; an item is like a document |
//! | code block | `{"t":"code-block","language":"rs","text":"…"}`, with `runs` if the language is `ansi` |
//! | ANSI run (in `runs`) | `"plain"` or `{"text":"…","bold":true,"underline":true,"fg":"red","bg":"orange"}` |
//! | strong, emphasis, underline, strikethrough, spoiler | `{"t":"strong","c":[…]}` |
//! | code | `{"t":"code","text":"…"}` |
//! | user, role, channel | `{"t":"mention","kind":"user","id":"42"}` |
//! | @everyone, @here | `{"t":"mention","kind":"everyone"}` |
//! | slash command | `{"t":"command","name":"group sub","id":"42"}` |
//! | guild navigation | `{"t":"navigation","kind":"linked-roles","role":"42"}` |
//! | custom emoji | `{"t":"custom-emoji","name":"blob","id":"42","animated":true}` |
//! | emoji in a row | `{"t":"emoji","text":"🤔😂","name":"thinking joy"}` |
//! | timestamp | `{"t":"timestamp","seconds":1618953630,"style":"f"}`, with `text` if it has been put into words |
//! | link | `{"t":"link","url":"https://…","suppressed":true}`; masked: also `c`, and `title` if there is one |
//! | message link | `{"t":"message-link","url":"…","guild":"1","channel":"2","message":"3"}`, `guild` may be `"@me"` |
//! | channel link | `{"t":"channel-link","url":"…","guild":"1","channel":"2"}` |
//! | attachment link | `{"t":"attachment-link","url":"…","name":"cat.png"}` |
//! | redacted text | `{"t":"redacted"}` |
//! | email, phone | `{"t":"email","url":"mailto:a@b.c","text":"a@b.c"}` |
//!
//! Ids are strings of digits, since a snowflake doesn't fit a float. In a document, a quote and an item, inline
//! nodes are always inside paragraphs; blocks are beside these. Consecutive paragraphs have *one* line break between
//! them, which isn't written. Block nodes may also be children of inline nodes, as in
//! `**# heading**`.

use std::borrow::Cow;
use std::ops::Range;

use super::ansi::Run;

/// A parsed text. Serialises to the array of its [`children`](Self::children).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document<'a> {
    /// Paragraphs and blocks, in order; their spans tile the input.
    pub children: Vec<Node<'a>>,
}

/// A node, and the part of the input that it was parsed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// Byte range in the text given to [`parse`](super::parse), markup included.
    pub span: Range<usize>,
    /// What it is.
    pub kind: NodeKind<'a>,
}

/// What a [`Node`] is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind<'a> {
    /// Text as shown: escapes are resolved, and spaces before a line break are dropped.
    Text(Cow<'a, str>),
    /// A line break.
    Break,
    /// Inline nodes on lines of the same direction.
    Paragraph {
        /// The direction of the first strong character; `None` if there is none.
        direction: Option<Direction>,
        /// Inline nodes.
        children: Vec<Node<'a>>,
    },
    /// `# a`.
    Heading {
        /// 1 to 3.
        level: u8,
        /// Inline nodes.
        children: Vec<Node<'a>>,
    },
    /// `-# a`.
    Subtext(Vec<Node<'a>>),
    /// `> a` or `>>> a`: children as in a document.
    Quote(Vec<Node<'a>>),
    /// `- a`, `* a`, `1. a`.
    List {
        /// The number of the first item, 1 to 1 000 000 000; `None` for bullets.
        start: Option<u32>,
        /// Items.
        items: Vec<Item<'a>>,
    },
    /// Text between three backticks.
    CodeBlock {
        /// The word on the first line.
        language: Option<&'a str>,
        /// The code, with its escape sequences if it is ANSI.
        text: Cow<'a, str>,
        /// Coloured runs, if the language is `ansi`.
        runs: Option<Vec<Run>>,
    },
    /// `**a**`.
    Strong(Vec<Node<'a>>),
    /// `*a*` or `_a_`.
    Emphasis(Vec<Node<'a>>),
    /// `__a__`.
    Underline(Vec<Node<'a>>),
    /// `~~a~~`.
    Strikethrough(Vec<Node<'a>>),
    /// `||a||`.
    Spoiler(Vec<Node<'a>>),
    /// Text between backticks.
    Code(Cow<'a, str>),
    /// `<@1>`, `<@&1>`, `<#1>`, `@everyone`, `@here`.
    Mention(Mention<'a>),
    /// `</group sub:1>`.
    Command {
        /// Up to three words.
        name: &'a str,
        /// Snowflake.
        id: &'a str,
    },
    /// `<id:customize>`.
    Navigation {
        /// Which page.
        kind: Navigation,
        /// Snowflake, for linked roles.
        role: Option<&'a str>,
    },
    /// `<:name:1>` or `<a:name:1>`.
    CustomEmoji {
        /// One or more of `[A-Za-z0-9_]`.
        name: &'a str,
        /// Snowflake.
        id: &'a str,
        /// Whether it is animated.
        animated: bool,
    },
    /// A Unicode emoji or a shortcode for one.
    Emoji {
        /// The emoji.
        text: Cow<'a, str>,
        /// Discord's shortcode, without colons.
        name: String,
    },
    /// `<t:0:R>`.
    Timestamp {
        /// Seconds since 1970, within ±8 640 000 000 000.
        seconds: i64,
        /// One of `t T d D f F s S R`.
        style: char,
        /// The time in words, if the caller has formatted it.
        words: Option<String>,
    },
    /// `https://…`, `<https://…>` or `[a](https://…)`.
    Link {
        /// The address, as written but with escapes resolved.
        url: Cow<'a, str>,
        /// The text, if masked.
        text: Option<Vec<Node<'a>>>,
        /// The tooltip, if masked.
        title: Option<&'a str>,
        /// Written in `<>`: no preview.
        suppressed: bool,
    },
    /// A link to a Discord message, not masked.
    MessageLink {
        /// The address.
        url: &'a str,
        /// Snowflake or `@me`.
        guild: &'a str,
        /// Snowflake.
        channel: &'a str,
        /// Snowflake.
        message: &'a str,
    },
    /// A link to a Discord channel, not masked.
    ChannelLink {
        /// The address.
        url: &'a str,
        /// Snowflake or `@me`.
        guild: &'a str,
        /// Snowflake.
        channel: &'a str,
    },
    /// A link to a file on Discord's servers, not masked.
    AttachmentLink {
        /// The address.
        url: &'a str,
        /// The file's name.
        name: &'a str,
    },
    /// `<user@host>` or `<mailto:user@host>`.
    Email {
        /// With `mailto:`.
        url: Cow<'a, str>,
        /// As written.
        text: &'a str,
    },
    /// `<+1 555…>`, with or without `tel:` or `sms:`.
    Phone {
        /// With `tel:` or `sms:`.
        url: Cow<'a, str>,
        /// As written.
        text: &'a str,
    },
    /// Redacted text, which the parser never returns.
    Redacted,
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'a> {
    /// Byte range in the input, bullet included.
    pub span: Range<usize>,
    /// Children as in a document.
    pub children: Vec<Node<'a>>,
}

/// Who or what is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mention<'a> {
    /// A user's snowflake.
    User(&'a str),
    /// A role's snowflake.
    Role(&'a str),
    /// A channel's snowflake.
    Channel(&'a str),
    /// Everyone.
    Everyone,
    /// Everyone who is online.
    Here,
}

/// Pages of a server that can be mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// Channels & Roles.
    Customize,
    /// Browse Channels.
    Browse,
    /// Server Guide; `<id:home>` is its old name.
    Guide,
    /// Linked Roles.
    LinkedRoles,
}

/// The direction of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

impl Direction {
    /// Typst's name: `ltr` or `rtl`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

impl<'a> NodeKind<'a> {
    /// Whether it is a block, on lines of its own.
    #[must_use]
    pub fn is_block(&self) -> bool {
        matches!(
            self,
            Self::Paragraph { .. }
                | Self::Heading { .. }
                | Self::Subtext(_)
                | Self::Quote(_)
                | Self::List { .. }
                | Self::CodeBlock { .. }
        )
    }

    /// The children, if the node has a single list of them, which only lists don't.
    #[must_use]
    pub fn children(&self) -> &[Node<'a>] {
        match self {
            Self::Paragraph { children, .. } | Self::Heading { children, .. } => children,
            Self::Subtext(c) | Self::Quote(c) | Self::Strong(c) | Self::Emphasis(c) => c,
            Self::Underline(c) | Self::Strikethrough(c) | Self::Spoiler(c) => c,
            Self::Link { text, .. } => text.as_deref().unwrap_or_default(),
            _ => &[],
        }
    }

    /// The same, mutable.
    pub fn children_mut(&mut self) -> &mut [Node<'a>] {
        match self {
            Self::Paragraph { children, .. } | Self::Heading { children, .. } => children,
            Self::Subtext(c) | Self::Quote(c) | Self::Strong(c) | Self::Emphasis(c) => c,
            Self::Underline(c) | Self::Strikethrough(c) | Self::Spoiler(c) => c,
            Self::Link { text, .. } => text.as_deref_mut().unwrap_or_default(),
            _ => &mut [],
        }
    }
}
