//! Which messages are kept.

use clap::ArgAction;
use scrollback_core::filter::{Filter, Has};

use super::message::parse_message;

/// Which messages are kept: those that fit all that is asked for. Of a repeated
/// option one has to fit, except of `--has`.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Which messages of exports")]
pub struct FilterArgs {
    /// Not before this date or time: 2024-03-01, 2024-03-01T12:00, or seconds
    /// since 1970
    #[arg(long, value_name = "TIME")]
    pub after: Option<String>,

    /// Before this date or time
    #[arg(long, value_name = "TIME")]
    pub before: Option<String>,

    /// The first message: its id or link
    #[arg(long, value_name = "MESSAGE", value_parser = parse_message)]
    pub from_id: Option<String>,

    /// The last message: its id or link
    #[arg(long, value_name = "MESSAGE", value_parser = parse_message)]
    pub to_id: Option<String>,

    /// Written by this person: an id or a name; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub author: Vec<String>,

    /// Not written by this person; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub not_author: Vec<String>,

    /// Mentions this person; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub mentions: Vec<String>,

    /// Contains this text, in any case; may be repeated
    #[arg(long, value_name = "TEXT")]
    pub text: Vec<String>,

    /// Doesn't contain this text; may be repeated
    #[arg(long, value_name = "TEXT")]
    pub not_text: Vec<String>,

    /// Pinned
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub pinned_only: bool,

    /// Has this; may be repeated or separated by commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = HAS.map(|(name, _)| name))]
    pub has: Vec<String>,

    /// Hasn't this; may be repeated or separated by commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = HAS.map(|(name, _)| name))]
    pub has_not: Vec<String>,

    /// Has a reaction of this emoji: a character, name or id; may be repeated
    #[arg(long, value_name = "EMOJI")]
    pub reaction: Vec<String>,
}

/// What a message may have, by name.
const HAS: [(&str, Has); 15] = [
    ("attachment", Has::Attachment),
    ("image", Has::Image),
    ("video", Has::Video),
    ("sound", Has::Sound),
    ("embed", Has::Embed),
    ("link", Has::Link),
    ("reaction", Has::Reaction),
    ("sticker", Has::Sticker),
    ("poll", Has::Poll),
    ("forward", Has::Forward),
    ("thread", Has::Thread),
    ("component", Has::Component),
    ("reply", Has::Reply),
    ("mention", Has::Mention),
    ("voice", Has::Voice),
];

impl FilterArgs {
    /// The core's filter.
    pub fn filter(&self) -> Filter {
        let has = |names: &[String]| {
            HAS.iter()
                .filter(|(name, _)| names.iter().any(|asked| asked == name))
                .map(|(_, has)| *has)
                .collect()
        };
        Filter {
            after: self.after.clone(),
            before: self.before.clone(),
            from_id: self.from_id.clone(),
            to_id: self.to_id.clone(),
            author: self.author.clone(),
            not_author: self.not_author.clone(),
            mentions: self.mentions.clone(),
            text: self.text.clone(),
            not_text: self.not_text.clone(),
            pinned: self.pinned_only.then_some(true),
            has: has(&self.has),
            has_not: has(&self.has_not),
            reaction: self.reaction.clone(),
        }
    }
}
