//! Reduces a document to the form of its reference: without what is tested elsewhere, or is
//! invisible to readers.

/// Elements that start a new line of the reference.
const BLOCKS: [&str; 27] = [
    "article",
    "blockquote",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h2",
    "h3",
    "h4",
    "header",
    "hr",
    "li",
    "link",
    "ol",
    "p",
    "pre",
    "section",
    "style",
    "summary",
    "table",
    "td",
    "tr",
    "ul",
];

/// The body of a document: one element per line, with empty styles and drawings, and without
/// the data of pictures.
pub fn of(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let body = body.split_once("</body>").map_or(body, |(body, _)| body);
    let body = emptied(body, "style");
    let body = emptied(&body, "svg");
    let body = without_data(&body);
    let mut shape = String::new();
    for (at, piece) in body.split('<').enumerate() {
        if at > 0 {
            let tag = piece.split(['>', ' ']).next().unwrap_or_default();
            if BLOCKS.contains(&tag) && !shape.ends_with('\n') {
                shape.push('\n');
            }
            shape.push('<');
        }
        shape.push_str(piece);
    }
    shape.trim().to_owned() + "\n"
}

/// A document in which the elements of a tag are emptied. Typst's drawings also lose their
/// attributes, which contain their size.
fn emptied(html: &str, tag: &str) -> String {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut result = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once(&open) {
        result.push_str(before);
        let (attributes, inner) = after.split_once('>').unwrap_or((after, ""));
        let (_, following) = inner.split_once(&close).unwrap_or((inner, ""));
        result.push_str(&open);
        if attributes.starts_with(" style=\"overflow: visible") {
            result.push_str(" drawing");
        } else {
            result.push_str(attributes);
        }
        result.push('>');
        result.push_str(&close);
        rest = following;
    }
    result + rest
}

/// A document with data URLs cut after their type.
fn without_data(html: &str) -> String {
    let mut result = String::new();
    for (at, piece) in html.split("\"data:").enumerate() {
        if at == 0 {
            result.push_str(piece);
            continue;
        }
        let (data, rest) = piece.split_once('"').unwrap_or((piece, ""));
        let kind = data.split([';', ',']).next().unwrap_or_default();
        result.push_str(&format!("\"data:{kind}\"{rest}"));
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_without_meaning_are_left_out() {
        let html = "<html><body><style>a{}</style><div><p>x <b>y</b></p>\
            <svg style=\"overflow: visible; width: 1em\"><g/></svg><svg class=\"i\"><path></path></svg>\
            <img src=\"data:image/png;base64,AAAA\" alt=\"a\"></div></body></html>";
        assert_eq!(
            of(html),
            "<style></style>\n<div>\n<p>x <b>y</b></p><svg drawing></svg><svg class=\"i\"></svg>\
             <img src=\"data:image/png\" alt=\"a\"></div>\n"
        );
    }
}
