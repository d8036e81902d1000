//! Guilds (servers).

use super::{Channel, Role};
use crate::record::record;
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
