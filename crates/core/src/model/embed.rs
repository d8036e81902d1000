//! Embeds.

use super::{Color, Emoji, Tree};
use crate::record::record;
use crate::text::Text;
use crate::time::Timestamp;

record! {
    /// A card under a message: a link preview or an app's own.
    Embed {
        /// `rich`, `image`, `video`, `gifv`, `article`, `link`,
        /// `poll_result`… The exporter doesn't say.
        kind: Text<'a> = "type",
        /// Title, inline Markdown.
        title: Text<'a> = "title",
        /// What the title links to.
        url: Text<'a> = "url",
        /// Time in the footer.
        timestamp: Option<Timestamp> = "timestamp",
        /// Text, Markdown.
        description: Text<'a> = "description",
        /// Colour of the bar.
        color: Option<Color> = "color",
        /// Author line.
        author: Option<Box<EmbedAuthor<'a>>> = "author",
        /// Site that the link leads to.
        provider: Option<Box<EmbedProvider<'a>>> = "provider",
        /// Small picture at the side.
        thumbnail: Option<Box<EmbedMedia<'a>>> = "thumbnail",
        /// Large picture.
        image: Option<Box<EmbedMedia<'a>>> = "image",
        /// All large pictures, when there is more than one.
        images: Vec<EmbedMedia<'a>> = "images",
        /// Video.
        video: Option<Box<EmbedMedia<'a>>> = "video",
        /// Footer line.
        footer: Option<Box<EmbedFooter<'a>>> = "footer",
        /// Named fields.
        fields: Vec<EmbedField<'a>> = "fields",
        /// Emoji in the description, as far as the exporter lists them.
        inline_emojis: Vec<Emoji<'a>> = "inline_emojis" | "inlineEmojis",
        /// Bits of the embed.
        flags: u64 = "flags",
        /// Version of a link preview's content.
        content_scan_version: u64 = "content_scan_version",
        /// Id of the embed's preview in Discord's cache.
        id: Text<'a> = "id",
        /// Id within the message that other parts refer to.
        reference_id: Text<'a> = "reference_id",
    }
    computed {
        /// `timestamp` as text, as after a message's author.
        time: Text<'a> = "time",
        /// Tree of the title, for Typst.
        title_tree: Option<Box<Tree>> = "title_tree",
        /// Tree of the description, for Typst.
        description_tree: Option<Box<Tree>> = "description_tree",
    }
}

record! {
    /// Author line of an embed; plain text.
    EmbedAuthor {
        /// Name.
        name: Text<'a> = "name",
        /// What the name links to.
        url: Text<'a> = "url",
        /// Icon: URL or path.
        icon_url: Text<'a> = "icon_url" | "iconUrl",
        /// The icon's own address, when `icon_url` is a copy.
        proxy_icon_url: Text<'a> = "proxy_icon_url" | "iconCanonicalUrl",
    }
}

record! {
    /// The site an embed's link leads to.
    EmbedProvider {
        /// Name.
        name: Text<'a> = "name",
        /// Address.
        url: Text<'a> = "url",
    }
}

record! {
    /// A picture or video of an embed.
    EmbedMedia {
        /// Where it is: URL or path.
        url: Text<'a> = "url",
        /// The same through Discord's media proxy.
        proxy_url: Text<'a> = "proxy_url",
        /// Its own address, when `url` is a copy made by the exporter.
        canonical_url: Text<'a> = "canonical_url" | "canonicalUrl",
        /// Width in pixels.
        width: u32 = "width",
        /// Height in pixels.
        height: u32 = "height",
        /// MIME type.
        content_type: Text<'a> = "content_type",
        /// Alternative text.
        description: Text<'a> = "description",
        /// A ThumbHash of the picture, in base64.
        placeholder: Text<'a> = "placeholder",
        /// Version of `placeholder`.
        placeholder_version: u64 = "placeholder_version",
        /// Bits, as of an attachment.
        flags: u64 = "flags",
    }
}

record! {
    /// Footer line of an embed; plain text.
    EmbedFooter {
        /// Text.
        text: Text<'a> = "text",
        /// Icon: URL or path.
        icon_url: Text<'a> = "icon_url" | "iconUrl",
        /// The icon's own address, when `icon_url` is a copy.
        proxy_icon_url: Text<'a> = "proxy_icon_url" | "iconCanonicalUrl",
    }
}

record! {
    /// A named field of an embed.
    EmbedField {
        /// Name, inline Markdown.
        name: Text<'a> = "name",
        /// Value, Markdown.
        value: Text<'a> = "value",
        /// Whether it may be beside others.
        inline: bool = "inline" | "isInline",
    }
    computed {
        /// Tree of the name, for Typst.
        name_tree: Option<Box<Tree>> = "name_tree",
        /// Tree of the value, for Typst.
        value_tree: Option<Box<Tree>> = "value_tree",
    }
}
