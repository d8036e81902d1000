//! The kinds of things that get pseudonyms, and how these look.

use super::names::Sign;

/// A kind of thing with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A user, an app, or a person who is only mentioned.
    Person,
    /// A server.
    Guild,
    /// A channel.
    Channel,
    /// A category of channels.
    Category,
    /// A thread.
    Thread,
    /// A direct message or group.
    Direct,
    /// A role.
    Role,
    /// A custom emoji.
    Emoji,
    /// A sticker.
    Sticker,
    /// A command of an app.
    Command,
    /// Anything else with a title: an AutoMod rule, a product, a game.
    Title,
    /// A file.
    File,
    /// An e-mail address.
    Mail,
    /// A telephone number.
    Phone,
    /// An IP address.
    Ip,
    /// An invitation to a server.
    Invite,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 16] = [
        Self::Person,
        Self::Guild,
        Self::Channel,
        Self::Category,
        Self::Thread,
        Self::Direct,
        Self::Role,
        Self::Emoji,
        Self::Sticker,
        Self::Command,
        Self::Title,
        Self::File,
        Self::Mail,
        Self::Phone,
        Self::Ip,
        Self::Invite,
    ];

    /// Its label in lists of pseudonyms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Guild => "server",
            Self::Channel => "channel",
            Self::Category => "category",
            Self::Thread => "thread",
            Self::Direct => "direct-message",
            Self::Role => "role",
            Self::Emoji => "emoji",
            Self::Sticker => "sticker",
            Self::Command => "command",
            Self::Title => "title",
            Self::File => "file",
            Self::Mail => "e-mail",
            Self::Phone => "telephone",
            Self::Ip => "ip-address",
            Self::Invite => "invitation",
        }
    }

    /// A letter that keeps the keys of kinds apart. Kinds that can turn out to be the same thing
    /// share one.
    pub(super) fn space(self) -> char {
        match self {
            Self::Channel | Self::Category | Self::Thread | Self::Direct => 'c',
            kind => char::from(b'A' + kind as u8),
        }
    }

    /// The sign before its name in a text.
    pub(super) fn sign(self) -> Sign {
        match self {
            Self::Person | Self::Role => Sign::At,
            Self::Channel | Self::Category | Self::Thread => Sign::Hash,
            Self::Emoji => Sign::Colon,
            Self::Command => Sign::Slash,
            _ => Sign::None,
        }
    }

    /// Whether its name is searched in texts; the others are found by their shape.
    pub(super) fn is_named(self) -> bool {
        !matches!(
            self,
            Self::Direct | Self::File | Self::Mail | Self::Phone | Self::Ip | Self::Invite
        )
    }

    /// The pseudonym with a number, from 1, or with letters.
    pub(super) fn alias(self, mark: &Mark) -> String {
        match self {
            Self::Person => match mark {
                Mark::Number(n) => match (n - 1) / ANIMALS.len() {
                    0 => ANIMALS[(n - 1) % ANIMALS.len()].to_owned(),
                    round => format!("{} {}", ANIMALS[(n - 1) % ANIMALS.len()], round + 1),
                },
                Mark::Letters(tag, letters) => {
                    let animal = ANIMALS[(tag % ANIMALS.len() as u64) as usize];
                    format!("{animal} {letters}")
                }
            },
            // Addresses reserved for documentation.
            Self::Ip => match mark {
                Mark::Number(n @ 1..=254) => format!("192.0.2.{n}"),
                Mark::Number(n) => format!("2001:db8::{n:x}"),
                Mark::Letters(tag, _) => {
                    format!("2001:db8::{:x}:{:x}", tag >> 16 & 0xffff, tag & 0xffff)
                }
            },
            Self::Guild if matches!(mark, Mark::Number(1)) => "Server".into(),
            kind => {
                let (before, after) = match kind {
                    Self::Guild => ("Server ", ""),
                    Self::Channel => ("channel-", ""),
                    Self::Category => ("Category ", ""),
                    Self::Thread => ("Thread ", ""),
                    Self::Direct => ("Direct message ", ""),
                    Self::Role => ("Role ", ""),
                    Self::Emoji => ("emoji_", ""),
                    Self::Sticker => ("Sticker ", ""),
                    Self::Command => ("command-", ""),
                    Self::File => ("file-", ""),
                    // The domain reserved for examples.
                    Self::Mail => ("mail-", "@example.org"),
                    Self::Phone => ("phone-", ""),
                    Self::Invite => ("invite-", ""),
                    _ => ("Title ", ""),
                };
                format!("{before}{mark}{after}")
            }
        }
    }
}

/// What distinguishes the pseudonyms of a kind.
pub(super) enum Mark {
    /// A number, counted from 1.
    Number(usize),
    /// Letters and digits made of a tag.
    Letters(u64, String),
}

impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Letters(_, letters) => f.write_str(letters),
        }
    }
}

const ANIMALS: [&str; 60] = [
    "Badger",
    "Otter",
    "Heron",
    "Lynx",
    "Marten",
    "Plover",
    "Newt",
    "Curlew",
    "Vole",
    "Bison",
    "Wren",
    "Ibex",
    "Puffin",
    "Hare",
    "Stoat",
    "Egret",
    "Tapir",
    "Gecko",
    "Quail",
    "Moose",
    "Osprey",
    "Shrew",
    "Lemur",
    "Kestrel",
    "Beaver",
    "Finch",
    "Okapi",
    "Petrel",
    "Dormouse",
    "Swift",
    "Marmot",
    "Avocet",
    "Weasel",
    "Siskin",
    "Gazelle",
    "Toad",
    "Lapwing",
    "Pika",
    "Dipper",
    "Walrus",
    "Raven",
    "Civet",
    "Teal",
    "Hedgehog",
    "Grebe",
    "Numbat",
    "Jackdaw",
    "Quokka",
    "Pipit",
    "Seal",
    "Linnet",
    "Genet",
    "Magpie",
    "Manatee",
    "Shrike",
    "Caracal",
    "Nuthatch",
    "Serow",
    "Turnstone",
    "Yak",
];
