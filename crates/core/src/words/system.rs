//! Words system messages in a language: turns the facts of a message into its sentence. The
//! package does the same in `src/logic/between.typ`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::sentence::{Filling, Piece, PieceStyle, pieces, places};
use super::{Words, filled};
use crate::model::System;
use crate::time::Forms;

/// The wordings of a type: one, several of which the most complete is used, or one per
/// variant of the type.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Kind {
    Usual(Wordings),
    Variants(BTreeMap<String, Wordings>),
}

#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Wordings {
    One(String),
    Several(Vec<Forms>),
}

/// The types of system messages by Discord's numbers. Types whose words depend on more than
/// the message have a name and no words.
const TYPES: [(u64, &str); 65] = [
    (1, "recipient-add"),
    (2, "recipient-remove"),
    (3, "call"),
    (4, "channel-name-change"),
    (5, "channel-icon-change"),
    (6, "channel-pinned-message"),
    (7, "user-join"),
    (8, "guild-boost"),
    (9, "guild-boost-tier-1"),
    (10, "guild-boost-tier-2"),
    (11, "guild-boost-tier-3"),
    (12, "channel-follow-add"),
    (13, "guild-stream"),
    (14, "guild-discovery-disqualified"),
    (15, "guild-discovery-requalified"),
    (16, "guild-discovery-grace-period-initial-warning"),
    (17, "guild-discovery-grace-period-final-warning"),
    (18, "thread-created"),
    (21, "thread-starter-message"),
    (22, "guild-invite-reminder"),
    (24, "auto-moderation-action"),
    (25, "role-subscription-purchase"),
    (26, "interaction-premium-upsell"),
    (27, "stage-start"),
    (28, "stage-end"),
    (29, "stage-speaker"),
    (30, "stage-raise-hand"),
    (31, "stage-topic"),
    (32, "guild-application-premium-subscription"),
    (33, "private-channel-integration-added"),
    (34, "private-channel-integration-removed"),
    (35, "premium-referral"),
    (36, "guild-incident-alert-mode-enabled"),
    (37, "guild-incident-alert-mode-disabled"),
    (38, "guild-incident-report-raid"),
    (39, "guild-incident-report-false-alarm"),
    (40, "guild-deadchat-revive-prompt"),
    (41, "custom-gift"),
    (42, "guild-gaming-stats-prompt"),
    (43, "poll"),
    (44, "purchase-notification"),
    (45, "voice-hangout-invite"),
    (46, "poll-result"),
    (47, "changelog"),
    (48, "nitro-notification"),
    (49, "channel-linked-to-lobby"),
    (50, "gifting-prompt"),
    (51, "in-game-message-nux"),
    (52, "guild-join-request-accept-notification"),
    (53, "guild-join-request-reject-notification"),
    (54, "guild-join-request-withdrawn-notification"),
    (55, "hd-streaming-upgraded"),
    (56, "chat-wallpaper-set"),
    (57, "chat-wallpaper-remove"),
    (58, "report-to-mod-deleted-message"),
    (59, "report-to-mod-timeout-user"),
    (60, "report-to-mod-kick-user"),
    (61, "report-to-mod-ban-user"),
    (62, "report-to-mod-closed-report"),
    (63, "emoji-added"),
    (64, "premium-group-invite"),
    (65, "voice-session"),
    (66, "guild-boost-upsell"),
    (67, "friend-request-accepted"),
    (68, "media-mention-message"),
];

/// AutoMod's report, which may name nobody; the words of all others name somebody.
const AUTOMOD: u64 = 24;
/// What could not be read as a message.
const UNREADABLE: u64 = u16::MAX as u64;

/// The name of a type of system messages, by Discord's number: `user-join`; the number
/// itself where it has none.
#[must_use]
pub fn type_name(number: u64) -> String {
    if number == UNREADABLE {
        return "unreadable".into();
    }
    let known = TYPES.iter().find(|(known, _)| *known == number);
    known.map_or_else(|| number.to_string(), |(_, name)| (*name).to_owned())
}

/// The people and the channel that a system message names.
pub struct Named<'n> {
    /// The person who acted.
    pub user: Option<&'n str>,
    /// The people concerned, or who else took part.
    pub target: &'n [String],
    /// The channel that it names, with its sign: `#general`.
    pub channel: &'n str,
    /// The text that it quotes.
    pub text: &'n str,
}

impl Words {
    /// The sentence of a system message.
    #[must_use]
    pub fn system(&self, facts: &System, named: &Named) -> Vec<Piece> {
        let name = type_name(facts.kind);
        // The levels of boosting share their words.
        let (key, level) = match name.strip_prefix("guild-boost-tier-") {
            Some(level) => ("guild-boost-tier", level),
            None => (name.as_str(), ""),
        };
        let kind = self.system.get(key).or_else(|| self.system.get("plain"));
        let wordings = match kind {
            None => return Vec::new(),
            Some(Kind::Usual(wordings)) => Some(wordings),
            Some(Kind::Variants(variants)) => {
                let variant = variants.get(facts.variant.0);
                variant.or_else(|| variants.values().next())
            }
        };
        let fillings = self.fillings(facts, named, &name, level);
        let fits = |form: &Forms| {
            let mut places = form.all().flat_map(places);
            places.all(|place| fillings.iter().any(|filling| filling.place == place))
        };
        let form = match wordings {
            None => return Vec::new(),
            Some(Wordings::One(text)) => text.as_str(),
            // They are ordered by completeness.
            Some(Wordings::Several(forms)) => match forms.iter().find(|form| fits(form)) {
                Some(form) => {
                    let count = facts.count.unwrap_or_default();
                    form.form(count, self.plurals.category(count))
                }
                None => return Vec::new(),
            },
        };
        pieces(form, &fillings)
    }

    /// The known values of a system message, by placeholder.
    fn fillings(&self, facts: &System, named: &Named, name: &str, level: &str) -> Vec<Filling> {
        let mut fillings = Vec::new();
        let mut add = |place, text: String, style| {
            if !text.trim().is_empty() {
                fillings.push(Filling { place, text, style });
            }
        };
        let user = match named.user {
            Some(user) => user.to_owned(),
            None if facts.kind == AUTOMOD => String::new(),
            None => self.text("unknown-user").to_owned(),
        };
        add("type", name.to_owned(), PieceStyle::Strong);
        add("level", level.to_owned(), PieceStyle::Plain);
        add("user", user, PieceStyle::Strong);
        add("target", self.listed(named.target), PieceStyle::Strong);
        add("name", facts.name.to_string(), PieceStyle::Strong);
        add("channel", named.channel.to_owned(), PieceStyle::Strong);
        add("text", named.text.to_owned(), PieceStyle::Markdown);
        add("guild", facts.guild.to_string(), PieceStyle::Plain);
        add("until", facts.until_text.to_string(), PieceStyle::Plain);
        let count = facts.count.map(|count| self.number(count));
        add("count", count.unwrap_or_default(), PieceStyle::Plain);
        let duration = facts.duration.map(|seconds| self.lasted(seconds));
        add("duration", duration.unwrap_or_default(), PieceStyle::Plain);
        fillings
    }

    /// Why AutoMod acted, as its embed says it.
    #[must_use]
    pub fn automod_reasons(&self, facts: &System) -> Vec<String> {
        let duration = facts.duration.map(|seconds| self.lasted(seconds));
        let reasons = [
            ("keyword", &*facts.keyword),
            ("rule", &*facts.rule),
            ("timeout", duration.as_deref().unwrap_or_default()),
            ("reason", &*facts.reason),
        ];
        let known = reasons.into_iter().filter(|(_, value)| !value.is_empty());
        let notices = facts.notices.iter().map(|notice| {
            let name = format!("raid-{}", notice.name.0);
            filled(self.text(&name), &[("value", &*notice.value)])
        });
        known
            .map(|(name, value)| {
                let place = if name == "timeout" { "duration" } else { name };
                filled(self.text(name), &[(place, value)])
            })
            .chain(notices)
            .collect()
    }
}

/// The sentence of pieces, as plain text.
#[must_use]
pub fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}
