//! Arranges the elements of a page: reduces headers to topics, and groups messages into parts
//! that a browser can skip.

use std::fmt::Write as _;

use super::tags::{Piece, Tag, pieces};

/// The number of elements in a part of a page. A browser lays out a part when it comes near
/// the viewport, and visits all parts at each scroll step.
const PART: usize = 25;

/// Void elements.
const WITHOUT_END: &[&str] = &[
    "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
];

/// Reduces the package's channel header to its topic: the name is already the page's title.
pub fn with_topic(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut is_header = false;
    // The number of open `span`s of the topic.
    let mut topic = 0_usize;
    for piece in pieces(html) {
        let tag = match piece {
            Piece::Text(text) => {
                if !is_header || topic > 0 {
                    out.push_str(text);
                }
                continue;
            }
            Piece::Tag(tag) => tag,
        };
        match tag.name() {
            "header" if tag.has_class("sb-channel") => is_header = true,
            "/header" if is_header => is_header = false,
            "span" if is_header && topic == 0 && tag.has_class("sb-topic") => {
                topic = 1;
                out.push_str("<div class=\"site-topic\">");
            }
            "/span" if topic == 1 => {
                topic = 0;
                out.push_str("</div>");
            }
            name => {
                match name {
                    "span" if topic > 0 => topic += 1,
                    "/span" if topic > 0 => topic -= 1,
                    _ => {}
                }
                if !is_header || topic > 0 {
                    out.push_str(tag.source());
                }
            }
        }
    }
    out
}

/// Divides the groups of messages into parts, each with its number of messages, from which
/// the style sheet estimates its height. Styles and the channel's header stay in place.
pub fn in_parts(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + html.len() / 64);
    let mut part = Part::default();
    let mut is_chat = false;
    let mut is_apart = false;
    let mut depth = 0_usize;
    for piece in pieces(html) {
        let tag = match piece {
            Piece::Text(text) => {
                let in_part = is_chat && !is_apart;
                if in_part { &mut part.html } else { &mut out }.push_str(text);
                continue;
            }
            Piece::Tag(tag) => tag,
        };
        if !is_chat {
            out.push_str(tag.source());
            is_chat = tag.name() == "section" && tag.has_class("scrollback");
            continue;
        }
        let ends = tag.name().starts_with('/');
        if ends && depth == 0 {
            part.end(&mut out);
            out.push_str(tag.source());
            is_chat = false;
            continue;
        }
        if depth == 0 && !ends {
            is_apart = tag.name() == "style" || tag.has_class("sb-channel");
            if is_apart || part.elements >= PART && !part.ends_with_divider {
                part.end(&mut out);
            }
        }
        if is_apart {
            out.push_str(tag.source());
        } else {
            part.push(tag, depth);
        }
        if ends {
            depth -= 1;
            is_apart &= depth > 0;
        } else if !WITHOUT_END.contains(&tag.name()) && !tag.source().ends_with("/>") {
            depth += 1;
        }
    }
    part.end(&mut out);
    out
}

/// A part of a page.
#[derive(Default)]
struct Part {
    html: String,
    /// The number of its elements, without nested ones.
    elements: usize,
    /// The number of its messages.
    messages: usize,
    /// Whether the next element must stay in this part, such as messages after their date.
    ends_with_divider: bool,
}

impl Part {
    /// Adds a tag at this depth.
    fn push(&mut self, tag: Tag, depth: usize) {
        if depth == 0 {
            self.elements += 1;
            self.ends_with_divider = tag.has_class("sb-divider");
        }
        if tag.get("id").is_some_and(|id| id.starts_with("message-")) {
            self.messages += 1;
        }
        self.html.push_str(tag.source());
    }

    /// Writes the part, and begins the next.
    fn end(&mut self, out: &mut String) {
        let part = std::mem::take(self);
        if part.elements == 0 {
            out.push_str(&part.html);
        } else {
            let _ = write!(
                out,
                "<div class=\"sb-part\" style=\"--sb-messages:{}\">{}</div>",
                part.messages.max(1),
                part.html
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_stand_alone() {
        let header = |topic: &str| {
            format!(
                "<section><header class=\"sb-channel\"><div><svg></svg></div><span class=\"sb-channel-name\">x</span>{topic}</header><header class=\"sb-header\">Ada</header>"
            )
        };
        let rest = "<header class=\"sb-header\">Ada</header>";
        assert_eq!(
            with_topic(&header(
                "<span class=\"sb-topic\">a <span>b</span> <em>c</em></span>"
            )),
            format!("<section><div class=\"site-topic\">a <span>b</span> <em>c</em></div>{rest}")
        );
        assert_eq!(with_topic(&header("")), format!("<section>{rest}"));
    }

    #[test]
    fn messages_stand_in_parts() {
        let message = |id: usize| {
            format!(
                "<article><div id=\"message-{id}\"><p>a<br>b<img src=\"x\"></p></div></article>"
            )
        };
        let all: Vec<String> = (1..=60).map(message).collect();
        let apart = "<style>a{}</style><header class=\"sb-channel\"><b>x</b></header>";
        let day = "<div class=\"sb-divider sb-day\"><h2>May</h2></div>";
        let chat = format!(
            "<section class=\"scrollback cozy\">{apart}{}{day}{}</section>",
            all[..24].join(""),
            all[24..].join("")
        );
        let html = format!("<h1>x</h1>{chat}<p>end</p>");
        let parted = in_parts(&html);
        let part = |count| format!("<div class=\"sb-part\" style=\"--sb-messages:{count}\">");
        // The date is the twenty-fifth element, and stays with its messages.
        let expected = [
            (25, format!("{}{day}{}", all[..24].join(""), all[24])),
            (25, all[25..50].join("")),
            (10, all[50..].join("")),
        ]
        .map(|(count, inner)| format!("{}{inner}</div>", part(count)))
        .join("");
        assert_eq!(
            parted,
            format!(
                "<h1>x</h1><section class=\"scrollback cozy\">{apart}{expected}</section><p>end</p>"
            )
        );
        assert_eq!(in_parts("<p>no chat</p>"), "<p>no chat</p>");
        assert_eq!(
            in_parts("<section class=\"scrollback\"></section>"),
            "<section class=\"scrollback\"></section>"
        );
    }
}
