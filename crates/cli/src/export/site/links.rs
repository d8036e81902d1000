//! Links between the pages of a site.
//!
//! What a link leads to stands in its attribute `data-to`, as Discord or the package says it,
//! so that each run finds anew where that is: pages come and go after the page with the link
//! was made.

use scrollback_core::address;

use super::tags::{Piece, Tag, pieces};
use super::words::escaped;

/// What stands before the id of a message that an answer leads to.
pub const MESSAGE: &str = "scrollback:message/";
/// What stands before the id of a channel that a mention leads to.
pub const CHANNEL: &str = "scrollback:channel/";

/// What a link leads to: a channel, where that is known, and a message of it.
type Target<'t> = (Option<&'t str>, Option<&'t str>);

/// What a site has for links to lead to.
pub trait Directory {
    /// The address of a message, or else of the channel.
    fn address(&self, target: Target) -> Option<String>;
    /// The name of a channel.
    fn name(&self, channel: &str) -> Option<&str>;
    /// The channel that a text after a `#` begins with the name of, and the length of that.
    /// The text is as HTML has it.
    fn named<'t>(&'t self, text: &str) -> Option<(&'t str, usize)>;
}

/// Lets links to messages and channels lead to pages of the site.
pub fn with_links(html: &str, directory: &impl Directory) -> String {
    let mut out = String::with_capacity(html.len());
    let mut walk = Walk::default();
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) => {
                walk.see(tag);
                out.push_str(&linked(tag, directory, &mut walk));
            }
            Piece::Text(text) => match walk.label.take() {
                Some(name) => out.push_str(&labelled(text, &name)),
                None if walk.takes_links() => with_mentions(text, directory, &mut out),
                None => out.push_str(text),
            },
        }
    }
    out
}

/// Where in a page a tag or text is.
#[derive(Default)]
struct Walk {
    /// How many `div`s of a message's text are open.
    body: usize,
    /// How many links and pieces of code are.
    closed: usize,
    /// What the channel is called that the link leads to whose words come next.
    label: Option<String>,
}

impl Walk {
    fn see(&mut self, tag: Tag) {
        match tag.name() {
            "div" if self.body > 0 || is_said(tag) => self.body += 1,
            "/div" => self.body = self.body.saturating_sub(1),
            "a" | "code" | "pre" => self.closed += 1,
            "/a" | "/code" | "/pre" => {
                self.closed = self.closed.saturating_sub(1);
                self.label = None;
            }
            _ => {}
        }
    }

    fn takes_links(&self) -> bool {
        self.body > 0 && self.closed == 0
    }
}

/// Whether an element holds what somebody wrote.
fn is_said(tag: Tag) -> bool {
    ["sb-body", "sb-embed-text", "site-topic"]
        .iter()
        .any(|class| tag.has_class(class))
}

/// A tag with the address that it leads to on the site, if it is a link to Discord.
fn linked(tag: Tag, directory: &impl Directory, walk: &mut Walk) -> String {
    let asked = (tag.name() == "a").then(|| tag.get("data-to").or(tag.get("href")));
    let Some((asked, found)) = asked.flatten().and_then(|to| Some((to, target(to)?))) else {
        return tag.source().to_owned();
    };
    if tag.has_class("sb-mention") {
        let name = found.0.and_then(|channel| directory.name(channel));
        walk.label = name.map(str::to_owned);
    }
    let attributes = match directory.address(found) {
        Some(here) => format!(" data-to=\"{asked}\" href=\"{}\"", escaped(&here)),
        // Nothing but a site knows these.
        None if asked.starts_with("scrollback:") => format!(" data-to=\"{asked}\""),
        None => format!(" href=\"{asked}\""),
    };
    tag.with(&["data-to", "href"], &attributes)
}

/// The words of a mention with the channel's name. A message's has an arrow behind it.
fn labelled(text: &str, name: &str) -> String {
    let arrow = text.rfind(" ›").map_or("", |at| &text[at..]);
    let sign = if text.starts_with('#') { "#" } else { "" };
    format!("{sign}{}{arrow}", escaped(name))
}

/// Writes text in which channels that are mentioned by name are links: exporters write
/// mentions as words.
fn with_mentions(text: &str, directory: &impl Directory, out: &mut String) {
    let mut rest = text;
    let mut before = None;
    while let Some(at) = rest.find('#') {
        let (start, after) = (&rest[..at], &rest[at + 1..]);
        let last = start.chars().next_back().or(before);
        out.push_str(start);
        // The sign may be a part of an escape, of a word or of an address.
        let begins = last.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '&' | '/' | '#'));
        let found = begins.then(|| directory.named(after)).flatten();
        let found = found.filter(|(_, length)| {
            let next = after[*length..].chars().next();
            next.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_'))
        });
        let address = found.and_then(|(channel, _)| directory.address((Some(channel), None)));
        let length = match (found, address) {
            (Some((channel, length)), Some(address)) => {
                let name = &after[..length];
                let (channel, address) = (escaped(channel), escaped(&address));
                out.push_str(&format!(
                    "<a class=\"sb-mention\" data-to=\"{CHANNEL}{channel}\" href=\"{address}\">#{name}</a>"
                ));
                length
            }
            _ => {
                out.push('#');
                0
            }
        };
        before = Some('#');
        rest = &after[length..];
    }
    out.push_str(rest);
}

/// What an address leads to, where it is one of Discord's or of the package's.
fn target(link: &str) -> Option<Target<'_>> {
    if let Some(id) = link.strip_prefix(MESSAGE) {
        return Some((None, Some(id)));
    }
    if let Some(id) = link.strip_prefix(CHANNEL) {
        return Some((Some(id), None));
    }
    let place = address::place(link)?;
    Some((Some(place.channel), place.message))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site with one message and the channels of the two that are called so.
    struct Harbour;

    impl Directory for Harbour {
        fn address(&self, (channel, message): Target) -> Option<String> {
            match (channel, message) {
                (None | Some("2"), Some("3")) => Some("b/2024-03.html#message-3".into()),
                (Some("2"), None) => Some("b/2024-03.html".into()),
                _ => None,
            }
        }

        fn name(&self, channel: &str) -> Option<&str> {
            (channel == "2").then_some("boats & co")
        }

        fn named<'t>(&'t self, text: &str) -> Option<(&'t str, usize)> {
            text.starts_with("boats").then_some(("2", 5))
        }
    }

    fn with(html: &str) -> String {
        with_links(html, &Harbour)
    }

    #[test]
    fn links_lead_into_the_site() {
        for known in [
            "https://discord.com/channels/1/2/3",
            "https://ptb.discord.com/channels/@me/2/3",
            "scrollback:message/3",
        ] {
            let here = format!("<a data-to=\"{known}\" href=\"b/2024-03.html#message-3\">x</a>");
            assert_eq!(with(&format!("<a href=\"{known}\">x</a>")), here, "{known}");
            assert_eq!(with(&here), here, "a second time");
            // It was somewhere else in an earlier run.
            assert_eq!(with(&here.replace("b/", "old/")), here, "{known}");
        }
        for other in [
            "<a href=\"https://discord.com/channels/1/9/3\">x</a>",
            "<a href=\"https://example.org/channels/1/2/3\">x</a>",
            "<a href=\"#message-3\">x</a>",
            "<p>href=\"scrollback:message/3\"</p>",
        ] {
            assert_eq!(with(other), other);
        }
    }

    #[test]
    fn links_to_what_has_gone_lead_nowhere() {
        let gone = "<a data-to=\"scrollback:message/9\">x</a>";
        assert_eq!(with("<a href=\"scrollback:message/9\">x</a>"), gone);
        assert_eq!(
            with("<a data-to=\"scrollback:message/9\" href=\"old.html\">x</a>"),
            gone
        );
        assert_eq!(
            with("<a data-to=\"https://discord.com/channels/1/9\" href=\"old.html\">x</a>"),
            "<a href=\"https://discord.com/channels/1/9\">x</a>"
        );
    }

    #[test]
    fn mentions_have_the_names_of_channels() {
        let mention = |inner: &str| {
            with(&format!(
                "<a class=\"sb-mention\" href=\"scrollback:channel/2\">{inner}</a>"
            ))
        };
        for (inner, named) in [
            ("#unknown", "#boats &amp; co"),
            ("<svg></svg>unknown", "<svg></svg>boats &amp; co"),
            ("#unknown › <svg></svg>", "#boats &amp; co › <svg></svg>"),
        ] {
            assert!(
                mention(inner).ends_with(&format!(">{named}</a>")),
                "{}",
                mention(inner)
            );
        }
        let unknown = "<a class=\"sb-mention\" data-to=\"scrollback:channel/9\">#old</a>";
        assert_eq!(with(unknown), unknown);
    }

    #[test]
    fn channels_are_mentioned_by_name_in_words_alone() {
        let link = "<a class=\"sb-mention\" data-to=\"scrollback:channel/2\" href=\"b/2024-03.html\">#boats</a>";
        let body = |inner: &str| format!("<div class=\"sb-body\"><p>{inner}</p></div>");
        assert_eq!(
            with(&body("in #boats, #boats")),
            body(&format!("in {link}, {link}"))
        );
        // A second time it is a mention like others, with the channel's whole name.
        let again = link.replace("#boats", "#boats &amp; co");
        assert_eq!(with(&body(link)), body(&again));
        assert_eq!(with(&body(&again)), body(&again));
        for other in [
            "#boatsman",
            "#boats-2",
            "a#boats",
            "x/#boats",
            "##boats",
            "&#boats",
            "#",
            "<code>#boats</code>",
            "<a href=\"x\">#boats</a>",
        ] {
            assert_eq!(with(&body(other)), body(other));
        }
        assert_eq!(with("<div>#boats</div>"), "<div>#boats</div>", "no message");
    }
}
