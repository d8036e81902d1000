//! Which of the files that strangers sent may be on a site as they are: those that neither a
//! browser runs, when someone opens them, nor a server, when it sends them.

use roxmltree::{Document, Node, NodeType};

use super::super::exhibits::mime;

/// The namespace of drawings.
const SVG: &str = "http://www.w3.org/2000/svg";
/// Elements of drawings that run something, lead elsewhere, or change attributes so that they do.
const ACTIVE: [&str; 8] = [
    "a",
    "animate",
    "animateMotion",
    "animateTransform",
    "foreignObject",
    "handler",
    "script",
    "set",
];

/// The extension under which a site has a file; `None` if its own isn't known to be harmless:
/// a server may run kinds that a browser only stores.
pub fn extension(of: Option<&str>) -> Option<String> {
    let extension = of?.to_lowercase();
    let kind = mime(&format!("x.{extension}"));
    let may_run = ["application/octet-stream", "image/svg+xml", "text/html"].contains(&kind);
    (!may_run).then_some(extension)
}

/// Whether a drawing is nothing but a drawing. In a page, as a picture, every drawing is; but by
/// itself it is a document, which may have scripts.
pub fn is_mere_drawing(svg: &[u8]) -> bool {
    let text = std::str::from_utf8(svg).ok();
    text.and_then(|text| Document::parse(text).ok())
        .is_some_and(|document| document.root().descendants().all(is_inert))
}

fn is_inert(node: Node) -> bool {
    match node.node_type() {
        NodeType::Element => {
            let tag = node.tag_name();
            tag.namespace() == Some(SVG)
                && !ACTIVE.contains(&tag.name())
                && node.attributes().all(|attribute| match attribute.name() {
                    "href" => attribute.value().starts_with('#'),
                    name => !name.to_ascii_lowercase().starts_with("on"),
                })
        }
        NodeType::PI => false,
        NodeType::Root | NodeType::Comment | NodeType::Text => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_with_more_than_a_drawing_are_known() {
        let svg = |attributes: &str, inner: &str| {
            format!(
                "<svg xmlns=\"{SVG}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"{attributes}>{inner}</svg>"
            )
        };
        for (attributes, inner) in [
            ("", "<!-- a --><g id=\"a\"><path d=\"M0 0\"/></g>"),
            ("", "<style>path{fill:red}</style><use xlink:href=\"#a\"/>"),
            (" width=\"9\"", "<text>script onload= javascript:</text>"),
        ] {
            let drawing = svg(attributes, inner);
            assert!(is_mere_drawing(drawing.as_bytes()), "{drawing}");
            let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{drawing}");
            assert!(is_mere_drawing(declared.as_bytes()), "{declared}");
        }
        for (attributes, inner) in [
            ("", "<script>x()</script>"),
            (" onload=\"x()\"", ""),
            (" ONLOAD=\"x()\"", ""),
            ("", "<a href=\"javascript:x()\"><path/></a>"),
            ("", "<use href=\"data:image/svg+xml,x\"/>"),
            ("", "<use xlink:href=\"&#106;avascript:x()\"/>"),
            ("", "<set attributeName=\"href\" to=\"javascript:x()\"/>"),
            ("", "<h:iframe xmlns:h=\"http://www.w3.org/1999/xhtml\"/>"),
            ("", "<foreignObject/>"),
            ("", "<g xmlns=\"http://www.w3.org/1999/xhtml\"/>"),
            ("", "<?xml-stylesheet href=\"x\"?>"),
            ("", "<g>"),
        ] {
            let drawing = svg(attributes, inner);
            assert!(!is_mere_drawing(drawing.as_bytes()), "{drawing}");
        }
    }

    #[test]
    fn only_harmless_kinds_keep_their_extension() {
        assert_eq!(extension(Some("MP3")).as_deref(), Some("mp3"));
        for other in [Some("html"), Some("svg"), Some("php"), Some(""), None] {
            assert_eq!(extension(other), None, "{other:?}");
        }
    }
}
