//! Guilds (servers) and roles.

use super::record::record;
use super::{Channel, Color, RoleColors};
use crate::text::Text;

record! {
    /// A server. A direct message has none.
    Guild {
        /// Id.
        id: Text<'a> = "id",
        /// Name.
        name: Text<'a> = "name",
        /// Icon: URL or path.
        icon_url: Text<'a> = "icon_url" | "iconUrl",
        /// Hash of the icon.
        icon: Text<'a> = "icon",
        /// What it is about.
        description: Text<'a> = "description",
        /// Roles: the server's own list and those seen on people.
        roles: Vec<Role<'a>> = "roles",
        /// Its channels, as far as the input lists them.
        channels: Vec<Channel<'a>> = "channels",
    }
}

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
