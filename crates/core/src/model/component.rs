//! Components: buttons, selects and layout.

use super::{Color, Emoji, Tree};
use crate::json::Json;
use crate::record::record;
use crate::text::Text;

record! {
    /// A component of either version. Which fields matter depends on `kind`.
    Component {
        /// 1 action row, 2 button, 3 string select, 4 text input, 5–8 user,
        /// role, mentionable and channel select, 9 section, 10 text display,
        /// 11 thumbnail, 12 media gallery, 13 file, 14 separator,
        /// 17 container, 18 label, 19 file upload, 21 radio group,
        /// 22 checkbox group, 23 checkbox.
        kind: u64 = "type",
        /// Number within the message.
        id: u64 = "id",
        /// The app's own name for it.
        custom_id: Text<'a> = "custom_id",
        /// Button: 1 primary, 2 secondary, 3 success, 4 danger, 5 link,
        /// 6 premium. Text input: 1 short, 2 paragraph.
        style: u64 = "style",
        /// Plain text on a button, or of a label.
        label: Text<'a> = "label",
        /// Emoji on a button.
        emoji: Option<Box<Emoji<'a>>> = "emoji",
        /// Link of a button.
        url: Text<'a> = "url",
        /// Id of what a premium button sells.
        sku_id: Text<'a> = "sku_id",
        /// Whether it is disabled.
        disabled: bool = "disabled",
        /// Choices of a string select or group.
        options: Vec<SelectOption<'a>> = "options",
        /// Text shown while nothing is chosen.
        placeholder: Text<'a> = "placeholder",
        /// Least number of choices; 1 by default.
        min_values: Option<u64> = "min_values",
        /// Greatest number of choices; 1 by default.
        max_values: Option<u64> = "max_values",
        /// Default values of selects of users, roles and channels.
        default_values: Option<Box<Json<'a>>> = "default_values",
        /// Channel types offered.
        channel_types: Vec<u64> = "channel_types",
        /// Parts of a row, section or container.
        components: Vec<Component<'a>> = "components",
        /// Part of a label.
        component: Option<Box<Component<'a>>> = "component",
        /// Button or thumbnail beside a section.
        accessory: Option<Box<Component<'a>>> = "accessory",
        /// Markdown of a text display.
        content: Text<'a> = "content",
        /// Picture of a thumbnail.
        media: Option<Box<Media<'a>>> = "media",
        /// Pictures of a gallery.
        items: Vec<GalleryItem<'a>> = "items",
        /// Alternative text of a thumbnail; text under a label.
        description: Text<'a> = "description",
        /// Whether it is a spoiler.
        spoiler: bool = "spoiler",
        /// File of a file component.
        file: Option<Box<Media<'a>>> = "file",
        /// Name of the file.
        name: Text<'a> = "name",
        /// Size of the file in bytes.
        size: u64 = "size",
        /// Separator: draws a line; true by default.
        divider: Option<bool> = "divider",
        /// Separator: 1 small, 2 large.
        spacing: Option<u64> = "spacing",
        /// Bar of a container.
        accent_color: Option<Color> = "accent_color",
        /// Text input: its value.
        value: Text<'a> = "value",
        /// Checkbox: whether it is checked by default.
        default: bool = "default",
        /// Whether it is required.
        required: Option<bool> = "required",
        /// Text input: minimum length.
        min_length: u64 = "min_length",
        /// Text input: maximum length.
        max_length: u64 = "max_length",
    }
    computed {
        /// Tree of the text, for Typst.
        tree: Option<Box<Tree>> = "tree",
    }
}

record! {
    /// A choice of a select.
    SelectOption {
        /// Text.
        label: Text<'a> = "label",
        /// The app's own name for it.
        value: Text<'a> = "value",
        /// Small text under it.
        description: Text<'a> = "description",
        /// Emoji.
        emoji: Option<Emoji<'a>> = "emoji",
        /// Whether it is chosen by default.
        default: bool = "default",
    }
}

record! {
    /// A picture of a media gallery.
    GalleryItem {
        /// The picture.
        media: Media<'a> = "media",
        /// Alternative text.
        description: Text<'a> = "description",
        /// Whether it is a spoiler.
        spoiler: bool = "spoiler",
    }
}

record! {
    /// A file that a component shows.
    Media {
        /// Id.
        id: Text<'a> = "id",
        /// Where it is: a URL, or `attachment://name`.
        url: Text<'a> = "url",
        /// The same through Discord's media proxy.
        proxy_url: Text<'a> = "proxy_url",
        /// Width in pixels.
        width: u32 = "width",
        /// Height in pixels.
        height: u32 = "height",
        /// MIME type.
        content_type: Text<'a> = "content_type",
        /// Id of the attachment.
        attachment_id: Text<'a> = "attachment_id",
        /// 0 unknown, 1 loading, 2 loaded, 3 not found.
        loading_state: u64 = "loading_state",
        /// A ThumbHash of the picture, in base64.
        placeholder: Text<'a> = "placeholder",
        /// Version of `placeholder`.
        placeholder_version: u64 = "placeholder_version",
        /// Result of Discord's scan.
        content_scan_metadata: Option<Box<Json<'a>>> = "content_scan_metadata",
        /// Bits, as of an attachment.
        flags: u64 = "flags",
    }
}
