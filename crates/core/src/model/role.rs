//! Roles of a server.

use super::Color;
use crate::record::record;
use crate::text::Text;

record! {
    /// A role.
    Role {
        /// Id.
        id: Text<'a> = "id",
        /// Name.
        name: Text<'a> = "name",
        /// Colour; none for `0`.
        color: Option<Color> = "color",
        /// Gradient.
        colors: Option<RoleColors<'a>> = "colors",
        /// Rank; higher wins.
        position: i64 = "position",
        /// Shown apart in the member list.
        hoist: bool = "hoist",
        /// Hash of the icon.
        icon: Text<'a> = "icon",
        /// Emoji shown as icon.
        unicode_emoji: Text<'a> = "unicode_emoji",
        /// What its members may do.
        permissions: Text<'a> = "permissions",
        /// Belongs to an integration.
        managed: bool = "managed",
        /// Anyone may mention it.
        mentionable: bool = "mentionable",
        /// Bits.
        flags: u64 = "flags",
    }
}

record! {
    /// Colours of a gradient role.
    RoleColors {
        /// First colour.
        primary_color: Option<Color> = "primary_color",
        /// Second colour.
        secondary_color: Option<Color> = "secondary_color",
        /// Third colour, of holographic roles.
        tertiary_color: Option<Color> = "tertiary_color",
    }
}
