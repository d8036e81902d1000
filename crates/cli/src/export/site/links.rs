//! Links between the pages of a site.
//!
//! A link keeps its original target, Discord's or the package's, in the attribute `data-to`,
//! so that every run can resolve it again: pages come and go after the page with the link
//! was written.

use scrollback_core::address;

use super::tags::{Piece, Tag, pieces};
use super::words::escaped;

/// The prefix of the id of a message that a reply links to.
pub const MESSAGE: &str = "scrollback:message/";
/// The prefix of the id of a channel that a mention links to.
pub const CHANNEL: &str = "scrollback:channel/";

/// The target of a link: a channel, if known, and a message in it.
type Target<'t> = (Option<&'t str>, Option<&'t str>);

/// The possible targets of links on a site.
pub trait Directory {
    /// The address of a message, or of its channel if the message is missing.
    fn address(&self, target: Target) -> Option<String>;
    /// The name of a channel.
    fn name(&self, channel: &str) -> Option<&str>;
    /// The channel whose name starts the text after a `#`, with the length of the name. The text
    /// is HTML.
    fn named<'t>(&'t self, text: &str) -> Option<(&'t str, usize)>;
}

/// Redirects links to messages and channels to pages of the site.
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

/// The context of a tag or text in a page.
#[derive(Default)]
struct Walk {
    /// The number of open `div`s of a message's text.
    body: usize,
    /// The number of open links and pieces of code.
    closed: usize,
    /// The name of the channel that the current link leads to.
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

/// Whether an element contains text of a message.
fn is_said(tag: Tag) -> bool {
    ["sb-body", "sb-embed-text", "site-topic"]
        .iter()
        .any(|class| tag.has_class(class))
}

/// A tag with its target on the site, if it is a link to Discord.
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
        // Only a site can resolve these.
        None if asked.starts_with("scrollback:") => format!(" data-to=\"{asked}\""),
        None => format!(" href=\"{asked}\""),
    };
    tag.with(&["data-to", "href"], &attributes)
}

/// The text of a mention with the channel's name. A link to a message has an arrow after it.
fn labelled(text: &str, name: &str) -> String {
    let arrow = text.rfind(" ›").map_or("", |at| &text[at..]);
    let sign = if text.starts_with('#') { "#" } else { "" };
    format!("{sign}{}{arrow}", escaped(name))
}

/// Writes text, with channels that are mentioned by name turned into links: exporters write
/// mentions as plain text.
fn with_mentions(text: &str, directory: &impl Directory, out: &mut String) {
    let mut rest = text;
    let mut before = None;
    while let Some(at) = rest.find('#') {
        let (start, after) = (&rest[..at], &rest[at + 1..]);
        let last = start.chars().next_back().or(before);
        out.push_str(start);
        // The `#` may be part of an escape, a word or an address.
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

/// The target of an address, if it is Discord's or the package's.
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

    /// A site with one message, and two channels with the same name.
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
            // The target was elsewhere in an earlier run.
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
        // The second time, it is an ordinary mention with the channel's full name.
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
