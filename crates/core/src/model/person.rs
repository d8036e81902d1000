//! People: users, members, apps and webhooks.

use serde::Serialize;

use super::{Color, Role, RoleColors};
use crate::json::Json;
use crate::record::{Read, ReadContext, plain, record};
use crate::text::Text;

record! {
    /// Someone who wrote, reacted or was mentioned.
    Person {
        /// Id.
        id: Text<'a> = "id",
        /// User name.
        username: Text<'a> = "username" | "name",
        /// Four digits of an old-style name; empty or zeros for new ones.
        discriminator: Text<'a> = "discriminator",
        /// Display name chosen for all of Discord.
        global_name: Text<'a> = "global_name" | "display_name",
        /// Name in this server. The exporter gives the display name here.
        nick: Text<'a> = "nick" | "nickname",
        /// Colour of the name, from the highest coloured role.
        color: Option<Color> = "color",
        /// An app.
        bot: bool = "bot" | "isBot",
        /// Discord itself.
        system: bool = "system",
        /// Roles in this server, highest first.
        roles: Vec<Role<'a>> = "roles",
        /// Picture: URL or path.
        avatar_url: Text<'a> = "avatar_url" | "avatarUrl",
        /// Hash of the picture.
        avatar: Text<'a> = "avatar",
        /// Bits: 16 verified app, and others.
        public_flags: u64 = "public_flags",
        /// Bits.
        flags: u64 = "flags",
        /// Server tag.
        primary_guild: Option<Box<ServerTag<'a>>> = "primary_guild",
        /// Server tag, under its older name.
        clan: Option<Box<ServerTag<'a>>> = "clan",
        /// Frame round the picture.
        avatar_decoration_data: Option<Box<Json<'a>>> = "avatar_decoration_data",
        /// Nameplate and the like.
        collectibles: Option<Box<Json<'a>>> = "collectibles",
        /// Fonts and effects of the name.
        display_name_styles: Option<Box<Json<'a>>> = "display_name_styles",
        /// Hash of the banner.
        banner: Text<'a> = "banner",
        /// Colour of the banner.
        banner_color: Text<'a> = "banner_color",
        /// Colour of the profile.
        accent_color: Option<Color> = "accent_color",
        /// Bits of a paid account: 0 none.
        premium_type: u64 = "premium_type",
        /// In this server, on entries of `mentions`.
        member: Option<Box<Member<'a>>> = "member",
    }
    computed {
        /// The name to show.
        display: Text<'a> = "display",
        /// A webhook.
        webhook: bool = "webhook",
        /// Gradient of the highest coloured role.
        colors: Option<RoleColors<'a>> = "colors",
    }
}

record! {
    /// A server tag after the name.
    ServerTag {
        /// Id of the server.
        identity_guild_id: Text<'a> = "identity_guild_id",
        /// Is shown.
        identity_enabled: bool = "identity_enabled",
        /// At most four characters.
        tag: Text<'a> = "tag",
        /// Hash of the badge.
        badge: Text<'a> = "badge",
    }
}

record! {
    /// A user in a server.
    Member {
        /// The user.
        user: Option<PersonRef> = "user",
        /// Name in this server.
        nick: Text<'a> = "nick",
        /// Hash of the picture in this server.
        avatar: Text<'a> = "avatar",
        /// Ids of roles.
        roles: Vec<Text<'a>> = "roles",
        /// When they joined.
        joined_at: Text<'a> = "joined_at",
        /// Since when they boost.
        premium_since: Text<'a> = "premium_since",
        /// Can't hear.
        deaf: bool = "deaf",
        /// Can't speak.
        mute: bool = "mute",
        /// Has not passed screening.
        pending: bool = "pending",
        /// Bits.
        flags: u64 = "flags",
        /// Hash of the banner in this server.
        banner: Text<'a> = "banner",
        /// Silenced until then.
        communication_disabled_until: Text<'a> = "communication_disabled_until",
        /// Frame round the picture in this server.
        avatar_decoration_data: Option<Box<Json<'a>>> = "avatar_decoration_data",
    }
}

impl Member<'_> {
    /// The same, holding its texts itself, without whom it is about.
    pub(crate) fn without_user(&self) -> Member<'static> {
        let texts = |texts: &[Text]| texts.iter().map(|text| text.clone().into_owned()).collect();
        let text = |text: &Text| text.clone().into_owned();
        Member {
            user: None,
            nick: text(&self.nick),
            avatar: text(&self.avatar),
            roles: texts(&self.roles),
            joined_at: text(&self.joined_at),
            premium_since: text(&self.premium_since),
            deaf: self.deaf,
            mute: self.mute,
            pending: self.pending,
            flags: self.flags,
            banner: text(&self.banner),
            communication_disabled_until: text(&self.communication_disabled_until),
            avatar_decoration_data: self
                .avatar_decoration_data
                .as_ref()
                .map(|data| Box::new((**data).clone().into_owned())),
            extra: self
                .extra
                .iter()
                .map(|(key, value)| (text(key), value.clone().into_owned()))
                .collect(),
        }
    }
}

/// Index of a person in [`Transcript::people`](super::Transcript::people).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct PersonRef(pub u32);

impl PersonRef {
    /// The index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

plain! { PersonRef: |_| false; }

impl<'a> Read<'a> for PersonRef {
    const EXPECTED: &'static str = "a user object, or the id of a user";
    fn read(json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        reader.person(json).map(PersonRef)
    }
}
