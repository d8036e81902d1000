//! Messages named on the command line.

/// The hosts that links to messages have.
const HOSTS: [&str; 4] = [
    "discord.com",
    "discordapp.com",
    "ptb.discord.com",
    "canary.discord.com",
];

/// The id of a message that is given by its id or link.
pub fn parse_message(text: &str) -> Result<String, String> {
    let wrong = || {
        format!(
            "expected the id of a message or a link to it, such as \
             https://discord.com/channels/1/2/3, got `{text}`"
        )
    };
    let digits =
        |id: &str| !id.is_empty() && id.len() <= 20 && id.bytes().all(|b| b.is_ascii_digit());
    if digits(text) {
        return Ok(text.to_owned());
    }
    let link = text.strip_prefix("https://").ok_or_else(wrong)?;
    let mut parts = link.trim_end_matches('/').split('/');
    let known = parts.next().is_some_and(|host| HOSTS.contains(&host))
        && parts.next() == Some("channels")
        && parts
            .next()
            .is_some_and(|guild| guild == "@me" || digits(guild))
        && parts.next().is_some_and(digits);
    match (known, parts.next(), parts.next()) {
        (true, Some(id), None) if digits(id) => Ok(id.to_owned()),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_links_name_messages() {
        assert_eq!(parse_message("123"), Ok("123".into()));
        assert_eq!(
            parse_message("https://discord.com/channels/1/2/3"),
            Ok("3".into())
        );
        assert_eq!(
            parse_message("https://canary.discord.com/channels/@me/2/3/"),
            Ok("3".into())
        );
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
