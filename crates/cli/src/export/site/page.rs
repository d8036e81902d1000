//! Adapts a page from Typst for a site: pictures become separate files, styles become a
//! shared file, files can be played and opened, and every message gets a link to itself.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::super::exhibits::mime;
use super::inert;
use super::tags::{Piece, Tag, pieces, with_tags};
use super::words::{escaped, unescaped};
use crate::output::hash;

/// The number of hash digits in a file name: 64 bits are enough for any number of pictures.
const DIGITS: usize = 16;

/// A file that pages share.
pub struct Asset {
    /// Its name in the folder of media.
    pub name: String,
    /// Its content.
    pub data: Vec<u8>,
}

/// The name of a file in the folder of media: its hash and an extension.
pub fn name_of(data: &[u8], ending: &str) -> String {
    format!("{}.{ending}", &hash::bytes(data).1[..DIGITS])
}

/// The content of `<body>`.
pub fn body(html: &str) -> &str {
    let (mut start, mut end, mut at) = (0, html.len(), 0);
    for piece in pieces(html) {
        let length = match piece {
            Piece::Text(text) => text.len(),
            Piece::Tag(tag) => {
                match tag.name() {
                    "body" => start = at + tag.source().len(),
                    "/body" => end = at,
                    _ => {}
                }
                tag.source().len()
            }
        };
        at += length;
    }
    html.get(start..end).unwrap_or_default()
}

/// Removes the `style` elements of a page; returns the page and their rules.
pub fn without_styles(html: &str) -> (String, String) {
    let (mut out, mut rules) = (String::with_capacity(html.len()), String::new());
    let mut within = false;
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) if tag.name() == "style" => within = true,
            Piece::Tag(tag) if tag.name() == "/style" => {
                within = false;
                rules.push('\n');
            }
            Piece::Text(text) if within => rules.push_str(text),
            Piece::Text(text) => out.push_str(text),
            Piece::Tag(tag) => out.push_str(tag.source()),
        }
    }
    (out, rules)
}

/// Moves pictures from data URLs into files. `folder` is the path to these.
pub fn without_data(text: &str, folder: &str, assets: &mut Vec<Asset>) -> String {
    let mut out = String::with_capacity(text.len() / 2);
    let mut rest = text;
    while let Some(at) = rest.find("data:image/") {
        let data = &rest[at..];
        let end = data.find(['"', '\'', ')', '&', ' ', '<']);
        let found = end.and_then(|end| Some((end, decoded(&data[..end])?)));
        let Some((end, (kind, bytes))) = found else {
            out.push_str(&rest[..at + 5]);
            rest = &rest[at + 5..];
            continue;
        };
        out.push_str(&rest[..at]);
        out.push_str(folder);
        out.push_str(&kept(kind, bytes, assets));
        rest = &rest[at + end..];
    }
    out.push_str(rest);
    out
}

/// Stores a picture; returns the name of its file.
fn kept(kind: &str, data: Vec<u8>, assets: &mut Vec<Asset>) -> String {
    let ending = match kind {
        "jpeg" => "jpg",
        "svg+xml" => "svg",
        other => other,
    };
    let name = name_of(&data, ending);
    if !assets.iter().any(|known| known.name == name) {
        assets.push(Asset {
            name: name.clone(),
            data,
        });
    }
    name
}

/// The format and bytes of a picture in a data URL that can be a file; `None` if it must stay
/// where only pages show it.
fn decoded(address: &str) -> Option<(&str, Vec<u8>)> {
    let (head, data) = address.strip_prefix("data:image/")?.split_once(',')?;
    let kind = head.strip_suffix(";base64")?;
    let is_name = |c: char| c.is_ascii_lowercase() || c == '+';
    if !kind.chars().all(is_name) {
        return None;
    }
    let bytes = STANDARD.decode(data).ok()?;
    (kind != "svg+xml" || inert::is_mere_drawing(&bytes)).then_some((kind, bytes))
}

/// The alternative texts of links that are added to a page.
#[derive(Debug, Clone, Copy)]
pub struct Labels<'w> {
    /// For a link to a file.
    pub original: &'w str,
    /// For a link to a message.
    pub permalink: &'w str,
}

/// A file that the export's messages came with.
pub struct Sent {
    /// The address of its copy on the site.
    pub address: String,
    /// The name under which browsers store it, if they mustn't open it.
    pub download: Option<String>,
}

/// Adapts a page for the site. Moves pictures into files of the `folder`, which are added to
/// the assets. Adds players and links to the cards of files, whose addresses `find` looks
/// up by the export's. Adds a link to itself to each message.
pub fn localized(
    html: &str,
    folder: &str,
    labels: Labels,
    assets: &mut Vec<Asset>,
    mut find: impl FnMut(&str, &mut Vec<Asset>) -> Option<Sent>,
) -> String {
    let mut place = Place::default();
    with_tags(html, |tag, out| {
        place.see(tag);
        if tag.name() == "img" {
            place.picture(tag, folder, out, assets);
        } else if let Some(url) = tag.get("data-file") {
            out.push_str(&tag.with(&["data-file"], ""));
            place.file = find(&unescaped(url), assets);
            if let Some(file) = &place.file {
                out.push_str(&player(file, labels.original));
            }
            if let Some(file) = place.file.take_if(|_| tag.has_class("sb-voice")) {
                // The card has no name that could be a link.
                out.push_str(&link(&file, "site-original", &escaped(labels.original)));
            }
        } else if place.is_name_of_file(tag, out) {
            // The name links to the file.
        } else if tag.source().contains("data:image/") {
            out.push_str(&without_data(tag.source(), folder, assets));
        } else {
            place.frame = frame_of(tag).map(|frame| (out.len(), frame));
            out.push_str(tag.source());
            if let Some(id) = tag.get("id").filter(|id| id.starts_with("message-")) {
                let _ = write!(
                    out,
                    "<a class=\"site-anchor\" href=\"#{id}\" aria-label=\"{}\">#</a>",
                    escaped(labels.permalink)
                );
            }
        }
    })
}

/// The kind of frame, if an element is the frame of a picture with its own proportions: a
/// large one, or a small one in an embed.
fn frame_of(tag: Tag) -> Option<Frame> {
    if tag.has_class("sb-picture") && !tag.has_class("sb-sized") {
        Some(Frame::Own)
    } else if tag.has_class("sb-picture") || tag.has_class("sb-tile-picture") {
        Some(Frame::Given)
    } else {
        None
    }
}

/// The size rules of a picture's frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Frame {
    /// None, because the picture has its own size.
    Own,
    /// All of them.
    Given,
}

/// The context of the tags of a page.
#[derive(Default)]
struct Place {
    /// The number of open links.
    links: usize,
    /// The start of the next picture's frame.
    frame: Option<(usize, Frame)>,
    /// The file of the current card.
    file: Option<Sent>,
    /// The start of that file's name.
    name: Option<usize>,
}

impl Place {
    fn see(&mut self, tag: Tag) {
        match tag.name() {
            "a" => self.links += 1,
            "/a" => self.links = self.links.saturating_sub(1),
            _ => {}
        }
    }

    /// Writes the tags around the name of a file of the site, which becomes a link to it. The
    /// export's own link may be dead.
    fn is_name_of_file(&mut self, tag: Tag, out: &mut String) -> bool {
        if self.file.is_some() && tag.has_class("sb-file-name") {
            out.push_str(tag.source());
            self.name = Some(out.len());
            return true;
        }
        let Some((start, file)) = self.name.zip(self.file.as_ref()) else {
            return false;
        };
        match tag.name() {
            "a" | "/a" => {}
            "/div" => {
                let name = out.split_off(start);
                let _ = write!(out, "{}</div>", link(file, "site-file", &name));
                (self.file, self.name) = (None, None);
            }
            _ => return false,
        }
        true
    }

    /// Writes a picture as a separate file, with its size reserved until it is loaded, and with
    /// a link to it if it is large.
    fn picture(&mut self, tag: Tag, folder: &str, out: &mut String, assets: &mut Vec<Asset>) {
        let frame = self.frame.take();
        let found = tag.get("src").and_then(decoded);
        let Some((kind, data)) = found else {
            out.push_str(&tag.with(&[], LATE));
            return;
        };
        if let Some((at, Frame::Own)) = frame
            && let Ok(size) = imagesize::blob_size(&data)
            && size.width > 0
            && size.height > 0
        {
            let span = out.split_off(at);
            out.push_str(&sized(&span, size.width, size.height));
        }
        let address = format!("{folder}{}", kept(kind, data, assets));
        let is_linked = frame.is_some() && self.links == 0;
        if is_linked {
            let _ = write!(out, "<a class=\"site-picture\" href=\"{address}\">");
        }
        out.push_str(&tag.with(&["src"], &format!(" src=\"{address}\"{LATE}")));
        if is_linked {
            out.push_str("</a>");
        }
    }
}

/// The frame of a picture with the picture's size.
fn sized(frame: &str, width: usize, height: usize) -> String {
    with_tags(frame, |tag, out| {
        let classes = tag.get("class").unwrap_or_default();
        out.push_str(&tag.with(
            &["class"],
            &format!(
                " class=\"{classes} sb-sized\" style=\"--sb-width:{width};--sb-height:{height}\""
            ),
        ));
    })
}

/// Pictures outside of the viewport are loaded lazily.
const LATE: &str = " loading=\"lazy\" decoding=\"async\"";

/// The player for a file; empty if it can't be played.
fn player(file: &Sent, words: &str) -> String {
    let (element, link) = match mime(&file.address).split('/').next() {
        Some(kind @ ("video" | "audio")) => (kind, link(file, "site-original", &escaped(words))),
        _ => return String::new(),
    };
    let address = escaped(&file.address);
    format!("<{element} controls preload=\"none\" src=\"{address}\">{link}</{element}>")
}

/// A link to a file, with words that are escaped already.
fn link(file: &Sent, class: &str, words: &str) -> String {
    let download = file.download.as_ref().map_or_else(String::new, |name| {
        format!(" download=\"{}\"", escaped(name))
    });
    let address = escaped(&file.address);
    format!("<a class=\"{class}\" href=\"{address}\"{download}>{words}</a>")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LABELS: Labels = Labels {
        original: "Original",
        permalink: "link",
    };

    fn placed(html: &str) -> (String, Vec<Asset>) {
        let mut assets = Vec::new();
        let page = localized(html, "m/", LABELS, &mut assets, |url, _| {
            let sent = |address: &str, download: Option<&str>| Sent {
                address: address.to_owned(),
                download: download.map(str::to_owned),
            };
            match url {
                "a & b.mp4" => Some(sent("m/1.mp4", None)),
                "a.html" => Some(sent("m/1.bin", Some("\"a\".html"))),
                _ => None,
            }
        });
        (page, assets)
    }

    #[test]
    fn pictures_become_files() {
        let html = "<img src=\"data:image/png;base64,AAEC\" alt=\"data:image/ x\"><i style='a:url(data:image/png;base64,AAEC)'>src=\"data:image/png;base64,AAEC\"";
        let (page, assets) = placed(html);
        assert_eq!(assets.len(), 1, "one file for the same picture");
        let name = &assets[0].name;
        assert_eq!(assets[0].data, [0, 1, 2]);
        assert_eq!(
            page,
            format!(
                "<img alt=\"data:image/ x\" src=\"m/{name}\" loading=\"lazy\" decoding=\"async\"><i style='a:url(m/{name})'>src=\"data:image/png;base64,AAEC\""
            )
        );
    }

    #[test]
    fn large_pictures_keep_their_room_and_lead_to_themselves() {
        let gif = "R0lGODlhAgADAIAAAP///wAAACwAAAAAAgADAAACAkQBADs=";
        let img = format!("<img src=\"data:image/gif;base64,{gif}\" alt=\"x\">");
        let (page, assets) = placed(&format!("<span class=\"sb-picture\">{img}</span>"));
        let name = &assets[0].name;
        assert_eq!(
            page,
            format!(
                "<span class=\"sb-picture sb-sized\" style=\"--sb-width:2;--sb-height:3\"><a class=\"site-picture\" href=\"m/{name}\"><img alt=\"x\" src=\"m/{name}\" loading=\"lazy\" decoding=\"async\"></a></span>"
            )
        );
        let (page, _) = placed(&format!(
            "<a href=\"x\"><span class=\"sb-picture\">{img}</span></a>"
        ));
        assert!(
            !page.contains("site-picture"),
            "no link within a link: {page}"
        );
        let (page, _) = placed(&format!("<span class=\"sb-avatar\">{img}</span>"));
        assert!(!page.contains("site-picture"), "{page}");
    }

    #[test]
    fn files_can_be_played_and_opened() {
        let player = "<video controls preload=\"none\" src=\"m/1.mp4\"><a class=\"site-original\" href=\"m/1.mp4\">Original</a></video>";
        let named =
            "<div class=\"sb-file-name\"><a class=\"site-file\" href=\"m/1.mp4\">a b</a></div>";
        let words = "<p>data-file=\"a &amp; b.mp4\"</p></div>";
        for name in ["a b", "<a href=\"https://example.org\">a b</a>"] {
            let html = format!(
                "<div class=\"sb-card\" data-file=\"a &amp; b.mp4\"><div class=\"sb-file-name\">{name}</div>{words}"
            );
            assert_eq!(
                placed(&html).0,
                format!("<div class=\"sb-card\">{player}{named}{words}")
            );
        }
        assert_eq!(
            placed("<div class=\"sb-voice\" data-file=\"a &amp; b.mp4\"><svg></svg></div>").0,
            format!(
                "<div class=\"sb-voice\">{player}<a class=\"site-original\" href=\"m/1.mp4\">Original</a><svg></svg></div>"
            )
        );
        let gone = "<div class=\"sb-card\"><div class=\"sb-file-name\">x</div></div>";
        assert_eq!(
            placed(&gone.replace("sb-card\"", "sb-card\" data-file=\"gone\"")).0,
            gone
        );
    }

    #[test]
    fn files_that_run_are_stored_but_never_opened() {
        assert_eq!(
            placed("<div class=\"sb-card\" data-file=\"a.html\"><div class=\"sb-file-name\">a</div></div>").0,
            "<div class=\"sb-card\"><div class=\"sb-file-name\"><a class=\"site-file\" href=\"m/1.bin\" download=\"&quot;a&quot;.html\">a</a></div></div>"
        );
        let picture = |inner: &str| {
            let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
            let data = STANDARD.encode(svg);
            let img = format!("<img src=\"data:image/svg+xml;base64,{data}\" alt>");
            placed(&format!("<span class=\"sb-picture\">{img}</span>"))
        };
        let (page, assets) = picture("<path/>");
        assert!(page.contains("site-picture") && assets.len() == 1, "{page}");
        let (page, assets) = picture("<script/>");
        assert!(page.contains("src=\"data:image/svg+xml;base64,"), "{page}");
        assert!(
            !page.contains("site-picture") && assets.is_empty(),
            "{page}"
        );
    }

    #[test]
    fn messages_link_to_themselves() {
        assert_eq!(
            placed("<div class=\"x\" id=\"message-1\"><p>id=\"message-2\"</p></div>").0,
            "<div class=\"x\" id=\"message-1\"><a class=\"site-anchor\" href=\"#message-1\" aria-label=\"link\">#</a><p>id=\"message-2\"</p></div>"
        );
    }

    #[test]
    fn styles_are_taken_out() {
        let (page, rules) =
            without_styles("<p title=\"<style>\">a</p><style class=\"x\">b{}</style><p>c</p>");
        assert_eq!(
            (&*page, &*rules),
            ("<p title=\"<style>\">a</p><p>c</p>", "b{}\n")
        );
        assert_eq!(
            body("<html><meta content=\"<body>\"><body class=\"x\"><p>a</p></body></html>"),
            "<p>a</p>"
        );
    }
}
