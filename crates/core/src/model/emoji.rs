//! Emoji.

use super::PersonRef;
use crate::record::record;
use crate::text::Text;

record! {
    /// A Unicode or custom emoji.
    Emoji {
        /// Id of a custom emoji; empty for Unicode.
        id: Text<'a> = "id",
        /// Name of a custom emoji, or the Unicode characters.
        name: Text<'a> = "name",
        /// Shortcode without colons, as far as the exporter gives one.
        code: Text<'a> = "code",
        /// Whether it is animated.
        animated: bool = "animated" | "isAnimated",
        /// Picture: URL or path.
        image_url: Text<'a> = "image_url" | "imageUrl",
        /// Who may use it (ids of roles).
        roles: Vec<Text<'a>> = "roles",
        /// Who uploaded it.
        user: Option<PersonRef> = "user",
        /// Whether it needs colons.
        require_colons: bool = "require_colons",
        /// Whether an integration manages it.
        managed: bool = "managed",
        /// Whether it can be used.
        available: bool = "available",
    }
}
