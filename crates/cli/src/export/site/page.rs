//! What is changed of a page that Typst made before it stands in a site: pictures become
//! files beside it, styles one common file, files can be played and opened, and links lead
//! to pages of the site.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::exhibits::mime;
use crate::output::hash;

/// How many digits of a hash name a file: 64 bits tell any number of pictures apart.
const DIGITS: usize = 16;

/// A file that pages share.
pub struct Asset {
    /// Its name in the folder of media.
    pub name: String,
    /// Its content.
    pub data: Vec<u8>,
}

/// The name of a file in the folder of media: its hash and an ending.
pub fn name_of(data: &[u8], ending: &str) -> String {
    format!("{}.{ending}", &hash::bytes(data).1[..DIGITS])
}

/// What stands between `<body>` and its end.
pub fn body(html: &str) -> &str {
    let start = html
        .find("<body")
        .and_then(|at| Some(at + html[at..].find('>')? + 1));
    let start = start.unwrap_or(0);
    let end = html.rfind("</body>").filter(|end| *end >= start);
    &html[start..end.unwrap_or(html.len())]
}

/// Takes out the `style` elements of a page; gives the page and their rules.
pub fn without_styles(html: &str) -> (String, String) {
    let (mut out, mut rules) = (String::with_capacity(html.len()), String::new());
    let mut rest = html;
    while let Some(at) = rest.find("<style") {
        out.push_str(&rest[..at]);
        let inner = rest[at..].find('>').map(|end| at + end + 1);
        let end = rest[at..].find("</style>").map(|end| at + end);
        let (Some(inner), Some(end)) = (inner, end) else {
            return (out, rules);
        };
        if inner <= end {
            rules.push_str(&rest[inner..end]);
            rules.push('\n');
        }
        rest = &rest[end + "</style>".len()..];
    }
    out.push_str(rest);
    (out, rules)
}

/// Rules that give what stands round a chat the colours of a theme, by the theme's own
/// rules.
pub fn colors(sheet: &str) -> String {
    let parts = [
        ("back", "background"),
        ("text", "text"),
        ("quiet", "text-muted"),
        ("line", "border"),
        ("link", "link"),
    ];
    let mut rules = String::new();
    for (ours, theirs) in parts {
        let name = format!("--sb-{theirs}:");
        let value = sheet.split(&name).nth(1).unwrap_or_default();
        if let Some(end) = value.find([';', '}']) {
            let _ = write!(rules, "--site-{ours}:{};", &value[..end]);
        }
    }
    let appearance = if sheet.contains("color-scheme:dark") {
        "dark"
    } else {
        "light"
    };
    format!(":root{{{rules}color-scheme:{appearance}}}\n")
}

/// Puts pictures that stand in addresses into files. `folder` is what leads to these.
pub fn without_data(html: &str, folder: &str, assets: &mut Vec<Asset>) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find("data:image/") {
        let data = &rest[at..];
        let end = data.find(['"', '\'', ')', '&', ' ', '<']);
        let found = end.and_then(|end| Some((end, decoded(&data[..end])?)));
        let Some((end, (kind, bytes))) = found else {
            out.push_str(&rest[..at + 5]);
            rest = &rest[at + 5..];
            continue;
        };
        let ending = match kind {
            "jpeg" => "jpg",
            "svg+xml" => "svg",
            other => other,
        };
        let name = name_of(&bytes, ending);
        out.push_str(&rest[..at]);
        let _ = write!(out, "{folder}{name}");
        if !assets.iter().any(|known| known.name == name) {
            assets.push(Asset { name, data: bytes });
        }
        rest = &rest[at + end..];
    }
    out.push_str(rest);
    // Those that aren't on the screen are fetched when they come near it.
    out.replace("<img ", "<img loading=\"lazy\" decoding=\"async\" ")
}

/// The kind of a picture in an address, and its bytes.
fn decoded(address: &str) -> Option<(&str, Vec<u8>)> {
    let (head, data) = address.strip_prefix("data:image/")?.split_once(',')?;
    let kind = head.strip_suffix(";base64")?;
    let is_name = |c: char| c.is_ascii_lowercase() || c == '+';
    if !kind.chars().all(is_name) {
        return None;
    }
    Some((kind, STANDARD.decode(data).ok()?))
}

/// Puts what plays or opens a file into its card. `find` gives the address of a file of the
/// site for what the export calls it; `words` what leads to the file itself.
pub fn with_files(html: &str, words: &str, mut find: impl FnMut(&str) -> Option<String>) -> String {
    const MARK: &str = " data-file=\"";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(MARK) {
        let value = &rest[at + MARK.len()..];
        let Some((url, after)) = value.split_once('"') else {
            break;
        };
        let Some((tag, inner)) = after.split_once('>') else {
            break;
        };
        out.push_str(&rest[..at]);
        out.push_str(tag);
        out.push('>');
        if let Some(address) = find(&unescaped(url)) {
            out.push_str(&player(&address, words));
        }
        rest = inner;
    }
    out.push_str(rest);
    out
}

/// What plays a file, or leads to it.
fn player(address: &str, words: &str) -> String {
    let address = escaped(address);
    let kind = mime(&address);
    let link = format!(
        "<a class=\"site-file\" href=\"{address}\">{}</a>",
        escaped(words)
    );
    match kind.split('/').next() {
        Some("video") => {
            format!("<video controls preload=\"none\" src=\"{address}\">{link}</video>{link}")
        }
        Some("audio") => {
            format!("<audio controls preload=\"none\" src=\"{address}\">{link}</audio>{link}")
        }
        _ => link,
    }
}

/// Makes headings of the days stand right under the page's own: Typst has them a level
/// deeper, as those of a document with parts.
pub fn with_days(html: &str) -> String {
    const OPEN: &str = "<div class=\"sb-divider-words\"><h3";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(OPEN) {
        let Some(end) = rest[at..].find("</h3>") else {
            break;
        };
        let _ = write!(
            out,
            "{}<div class=\"sb-divider-words\"><h2{}</h2>",
            &rest[..at],
            &rest[at + OPEN.len()..at + end]
        );
        rest = &rest[at + end + "</h3>".len()..];
    }
    out.push_str(rest);
    out
}

/// Gives each message a link to itself. `words` are read of it.
pub fn with_anchors(html: &str, words: &str) -> String {
    const ID: &str = " id=\"message-";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(ID) {
        let value = &rest[at + ID.len()..];
        let found = value
            .split_once('"')
            .and_then(|(id, after)| Some((id, after.find('>')? + id.len() + 1)));
        let Some((id, end)) = found else {
            break;
        };
        let end = at + ID.len() + end + 1;
        out.push_str(&rest[..end]);
        let _ = write!(
            out,
            "<a class=\"site-anchor\" href=\"#message-{id}\" aria-label=\"{}\">#</a>",
            escaped(words)
        );
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Lets links to messages and channels lead to pages of the site. `find` gives the address
/// for a channel, where that is known, and a message.
pub fn with_links(
    html: &str,
    find: impl Fn(Option<&str>, Option<&str>) -> Option<String>,
) -> String {
    const HREF: &str = "href=\"";
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(HREF) {
        let start = at + HREF.len();
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        let Some(end) = rest.find('"') else {
            break;
        };
        let address = &rest[..end];
        match target(address).and_then(|(channel, message)| find(channel, message)) {
            Some(here) => out.push_str(&escaped(&here)),
            None if address.starts_with(MESSAGE) => out.push('#'),
            None => out.push_str(address),
        }
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// What stands before the id of a message that an answer leads to.
pub const MESSAGE: &str = "scrollback:message/";

/// The channel and message that an address leads to, where it is one of Discord's.
fn target(address: &str) -> Option<(Option<&str>, Option<&str>)> {
    if let Some(id) = address.strip_prefix(MESSAGE) {
        return Some((None, Some(id)));
    }
    let path = address.strip_prefix("https://")?;
    let (host, path) = path.split_once('/')?;
    let host = host
        .trim_start_matches("ptb.")
        .trim_start_matches("canary.");
    if !matches!(host, "discord.com" | "discordapp.com") {
        return None;
    }
    let mut parts = path.strip_prefix("channels/")?.split('/');
    let _server = parts.next()?;
    let channel = parts.next()?;
    Some((Some(channel), parts.next()))
}

/// The texts of messages by their ids, as readers see them, without names and times.
pub fn texts(html: &str) -> Vec<(String, String)> {
    const ID: &str = "id=\"message-";
    let mut all = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(ID) {
        let message = &rest[at + ID.len()..];
        let Some((id, after)) = message.split_once('"') else {
            break;
        };
        let end = after.find(ID).unwrap_or(after.len());
        let inner = after[..end]
            .find('>')
            .map_or("", |start| &after[start + 1..end]);
        all.push((unescaped(id), text(inner)));
        rest = &after[end..];
    }
    all
}

/// The text of a piece of HTML without its headers, in one line.
fn text(html: &str) -> String {
    let mut out = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        out.push(' ');
        rest = &rest[at..];
        for (open, close) in [
            ("<header", "</header>"),
            ("<div class=\"sb-context\"", "</div>"),
            ("<svg", "</svg>"),
            ("<div class=\"sb-avatar-place\"", "</div>"),
            ("<a class=\"site-anchor\"", "</a>"),
            ("<a class=\"site-file\"", "</a>"),
        ] {
            if rest.starts_with(open) {
                rest = rest.find(close).map_or("", |end| &rest[end..]);
            }
        }
        rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
    }
    out.push_str(rest);
    let words: Vec<&str> = out.split_whitespace().collect();
    unescaped(&words.join(" "))
}

/// Text as HTML has it, in attributes too.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Text without HTML's escapes.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (char, length) = escape(rest).unwrap_or(('&', 1));
        out.push(char);
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// The character that an escape at the beginning of a text stands for, and its length.
fn escape(text: &str) -> Option<(char, usize)> {
    // The longest is that of the last character of Unicode.
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let char = match &text[1..end] {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        number => {
            let number = number.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    };
    Some((char, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_become_files() {
        let mut assets = Vec::new();
        let html = "<img src=\"data:image/png;base64,AAEC\" alt=\"data:image/ x\"><i style='a:url(data:image/png;base64,AAEC)'>";
        let page = without_data(html, "../media/", &mut assets);
        assert_eq!(assets.len(), 1, "one file for the same picture");
        let name = &assets[0].name;
        assert_eq!(assets[0].data, [0, 1, 2]);
        assert_eq!(
            page,
            format!(
                "<img loading=\"lazy\" decoding=\"async\" src=\"../media/{name}\" alt=\"data:image/ x\"><i style='a:url(../media/{name})'>"
            )
        );
    }

    #[test]
    fn links_lead_into_the_site() {
        let find = |channel: Option<&str>, message: Option<&str>| {
            (channel.is_none_or(|channel| channel == "2") && message == Some("3"))
                .then(|| "b/2024-03.html#message-3".to_owned())
        };
        let html = |href: &str| format!("<a href=\"{href}\">x</a>");
        let here = html("b/2024-03.html#message-3");
        for known in [
            "https://discord.com/channels/1/2/3",
            "https://ptb.discord.com/channels/@me/2/3",
            "scrollback:message/3",
        ] {
            assert_eq!(with_links(&html(known), find), here, "{known}");
        }
        assert_eq!(with_links(&html("scrollback:message/4"), find), html("#"));
        for other in [
            "https://discord.com/channels/1/9/3",
            "https://example.org/channels/1/2/3",
            "#message-3",
        ] {
            assert_eq!(with_links(&html(other), find), html(other), "{other}");
        }
    }

    #[test]
    fn files_can_be_played_and_opened() {
        let html = "<div class=\"sb-card\" data-file=\"a &amp; b.mp4\"><p>x</p></div><div data-file=\"gone\">y</div>";
        let page = with_files(html, "Original", |url| {
            (url == "a & b.mp4").then(|| "m/1.mp4".to_owned())
        });
        assert_eq!(
            page,
            "<div class=\"sb-card\"><video controls preload=\"none\" src=\"m/1.mp4\"><a class=\"site-file\" href=\"m/1.mp4\">Original</a></video><a class=\"site-file\" href=\"m/1.mp4\">Original</a><p>x</p></div><div>y</div>"
        );
    }

    #[test]
    fn texts_are_those_of_messages() {
        let html = "<div id=\"message-1\"><header>Ada <b>1 PM</b></header><p>a &lt;b&gt;&#x20;d<svg><path d=\"x\"/></svg></p></div><div class=\"sb-avatar-place\"><i>T</i></div><div class=\"x\" id=\"message-2\">c</div>";
        assert_eq!(
            texts(html),
            [("1".into(), "a <b> d".into()), ("2".into(), "c".into())]
        );
    }

    #[test]
    fn days_stand_under_the_title() {
        assert_eq!(
            with_days(
                "<div class=\"sb-divider-words\"><h3 class=\"sb-h1\">May</h3></div><h3>x</h3>"
            ),
            "<div class=\"sb-divider-words\"><h2 class=\"sb-h1\">May</h2></div><h3>x</h3>"
        );
    }

    #[test]
    fn escapes_are_read_once() {
        assert_eq!(
            unescaped("a&amp;lt; &#x20;&#65;&#x1f600;&x; & &"),
            "a&lt;  A\u{1f600}&x; & &"
        );
    }

    #[test]
    fn a_page_has_the_colours_of_its_theme() {
        let sheet = ".scrollback.x{--sb-background:#111111;--sb-text:#eeeeee;color-scheme:dark}";
        assert_eq!(
            colors(sheet),
            ":root{--site-back:#111111;--site-text:#eeeeee;color-scheme:dark}\n"
        );
    }

    #[test]
    fn messages_link_to_themselves() {
        assert_eq!(
            with_anchors("<div class=\"x\" id=\"message-1\"><p>a</p></div>", "link"),
            "<div class=\"x\" id=\"message-1\"><a class=\"site-anchor\" href=\"#message-1\" aria-label=\"link\">#</a><p>a</p></div>"
        );
    }

    #[test]
    fn styles_are_taken_out() {
        let (page, rules) = without_styles("<p>a</p><style class=\"x\">b{}</style><p>c</p>");
        assert_eq!((&*page, &*rules), ("<p>a</p><p>c</p>", "b{}\n"));
        assert_eq!(
            body("<html><body class=\"x\"><p>a</p></body></html>"),
            "<p>a</p>"
        );
    }
}
