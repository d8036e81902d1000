//! Options that select messages.

use clap::ArgAction;
use clap::builder::NonEmptyStringValueParser;
use scrollback_core::filter::{Filter, Has};

use super::message::{NamedMessage, parse_message};

/// Selects messages that match all options. If an option is repeated, one of its values
/// is enough, except for `--has`.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Which messages of exports")]
pub struct FilterArgs {
    /// Sent at or after this date or time: 2024-03-01, 2024-03-01T12:00, or seconds
    /// since 1970
    #[arg(long, value_name = "TIME")]
    pub after: Option<String>,

    /// Before this date or time
    #[arg(long, value_name = "TIME")]
    pub before: Option<String>,

    /// The first message: its id or link
    #[arg(long, value_name = "MESSAGE", value_parser = parse_message)]
    pub from_id: Option<NamedMessage>,

    /// The last message: its id or link
    #[arg(long, value_name = "MESSAGE", value_parser = parse_message)]
    pub to_id: Option<NamedMessage>,

    /// Written by this person: an id or a name; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub author: Vec<String>,

    /// Not written by this person; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub not_author: Vec<String>,

    /// Mentions this person; may be repeated
    #[arg(long, value_name = "PERSON")]
    pub mentions: Vec<String>,

    /// Contains this text, ignoring case; may be repeated
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub text: Vec<String>,

    /// Doesn't contain this text; may be repeated
    #[arg(long, value_name = "TEXT", value_parser = NonEmptyStringValueParser::new())]
    pub not_text: Vec<String>,

    /// Pinned
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub pinned_only: bool,

    /// Has this; may be repeated or separated by commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub has: Vec<Has>,

    /// Doesn't have this; may be repeated or separated by commas
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    pub has_not: Vec<Has>,

    /// Has this emoji as a reaction: a character, name or id; may be repeated
    #[arg(long, value_name = "EMOJI", value_parser = NonEmptyStringValueParser::new())]
    pub reaction: Vec<String>,
}

impl FilterArgs {
    /// Core's filter.
    pub fn filter(&self) -> Filter {
        Filter {
            after: self.after.clone(),
            before: self.before.clone(),
            from_id: self.from_id.as_ref().map(|message| message.id.clone()),
            to_id: self.to_id.as_ref().map(|message| message.id.clone()),
            author: self.author.clone(),
            not_author: self.not_author.clone(),
            mentions: self.mentions.clone(),
            text: self.text.clone(),
            not_text: self.not_text.clone(),
            pinned: self.pinned_only.then_some(true),
            has: self.has.clone(),
            has_not: self.has_not.clone(),
            reaction: self.reaction.clone(),
        }
    }
}
