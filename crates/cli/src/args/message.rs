//! Messages named on the command line.

use scrollback_core::address;

/// A message that is named on the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedMessage {
    /// Its id.
    pub id: String,
    /// The id of its channel, where a link names it.
    pub channel: Option<String>,
}

/// Reads the id of a message, or a link to it.
pub fn parse_message(text: &str) -> Result<NamedMessage, String> {
    let wrong = || {
        format!(
            "expected the id of a message or a link to it, such as \
             https://discord.com/channels/1/2/3, got `{text}`"
        )
    };
    let digits =
        |id: &str| !id.is_empty() && id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit());
    if digits(text) {
        return Ok(NamedMessage {
            id: text.to_owned(),
            channel: None,
        });
    }
    let place = address::place(text).ok_or_else(wrong)?;
    match place.message {
        Some(id)
            if digits(id)
                && digits(place.channel)
                && (place.guild == "@me" || digits(place.guild)) =>
        {
            Ok(NamedMessage {
                id: id.to_owned(),
                channel: Some(place.channel.to_owned()),
            })
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_links_name_messages() {
        let named = |id: &str, channel: Option<&str>| {
            Ok(NamedMessage {
                id: id.into(),
                channel: channel.map(Into::into),
            })
        };
        assert_eq!(parse_message("123"), named("123", None));
        for link in [
            "https://discord.com/channels/1/2/3",
            "https://canary.discord.com/channels/@me/2/3/",
        ] {
            assert_eq!(parse_message(link), named("3", Some("2")), "{link}");
        }
        for bad in [
            "",
            "abc",
            "https://discord.com/channels/1/2",
            "https://example.org/channels/1/2/3",
            "https://discord.com/channels/1/2/3/4",
            "123456789012345678901",
        ] {
            assert!(parse_message(bad).is_err(), "{bad}");
        }
    }
}
