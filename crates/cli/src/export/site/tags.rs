//! Splits HTML into tags and text, so that text of a message is never mistaken for an
//! attribute. It reads what Typst and this program write: attributes in double quotes, and
//! no scripts among the elements.

/// A piece of HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'h> {
    /// Text, still escaped.
    Text(&'h str),
    /// A tag.
    Tag(Tag<'h>),
}

/// A start or end tag, with its brackets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag<'h>(&'h str);

/// The pieces of HTML, in order.
pub fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = if rest.starts_with('<') {
            end_of_tag(rest)
        } else {
            rest.find('<').unwrap_or(rest.len())
        };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(if piece.starts_with('<') {
            Piece::Tag(Tag(piece))
        } else {
            Piece::Text(piece)
        })
    })
}

/// Rewrites the tags of HTML; `change` writes the replacement of a tag.
pub fn with_tags(html: &str, mut change: impl FnMut(Tag, &mut String)) -> String {
    let mut out = String::with_capacity(html.len());
    for piece in pieces(html) {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Tag(tag) => change(tag, &mut out),
        }
    }
    out
}

/// The end of the tag at the start of a text; attribute values may contain `>`.
fn end_of_tag(html: &str) -> usize {
    let mut quote = None;
    for (at, byte) in html.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

impl<'h> Tag<'h> {
    /// The tag as written.
    pub fn source(self) -> &'h str {
        self.0
    }

    /// The element's name; of an end tag, with the slash.
    pub fn name(self) -> &'h str {
        let inner = &self.0[1..];
        let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '>');
        inner[..end.unwrap_or(inner.len())].trim_end_matches('/')
    }

    /// The attributes, with their values still escaped.
    pub fn attributes(self) -> impl Iterator<Item = (&'h str, &'h str)> {
        let mut rest = self.0[1..].trim_start_matches(self.name());
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            let end =
                rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/'))?;
            let (name, after) = rest.split_at(end);
            rest = after;
            if name.is_empty() {
                return None;
            }
            let Some(value) = rest.strip_prefix('=') else {
                return Some((name, ""));
            };
            let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
            let (value, after) = value[1..].split_once(quote)?;
            rest = after;
            Some((name, value))
        })
    }

    /// An attribute's value, still escaped.
    pub fn get(self, name: &str) -> Option<&'h str> {
        self.attributes()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    }

    /// Whether the element has a class.
    pub fn has_class(self, class: &str) -> bool {
        self.get("class")
            .is_some_and(|classes| classes.split(' ').any(|one| one == class))
    }

    /// The tag without the named attributes, and with `more`, which is escaped already, at the
    /// end.
    pub fn with(self, without: &[&str], more: &str) -> String {
        let mut out = format!("<{}", self.name());
        for (name, value) in self.attributes() {
            if !without.contains(&name) {
                out.push(' ');
                out.push_str(name);
                if !value.is_empty() {
                    out.push_str("=\"");
                    out.push_str(value);
                    out.push('"');
                }
            }
        }
        out.push_str(more);
        out.push_str(if self.0.ends_with("/>") { "/>" } else { ">" });
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_no_attributes() {
        let html = "<p class=\"a b\" title=\"x > y\">href=\"z\" id=\"message-1\"</p><br/>";
        let all: Vec<Piece> = pieces(html).collect();
        assert_eq!(all.len(), 4);
        let Piece::Tag(tag) = all[0] else {
            panic!("{all:?}")
        };
        assert_eq!((tag.name(), tag.get("title")), ("p", Some("x > y")));
        assert!(tag.has_class("b") && !tag.has_class("c"));
        assert_eq!(all[1], Piece::Text("href=\"z\" id=\"message-1\""));
        let Piece::Tag(end) = all[2] else {
            panic!("{all:?}")
        };
        assert_eq!(end.name(), "/p");
        assert_eq!(with_tags(html, |tag, out| out.push_str(tag.source())), html);
    }

    #[test]
    fn tags_take_other_attributes() {
        let changed = |html: &str| {
            with_tags(html, |tag, out| {
                out.push_str(&tag.with(&["src"], " src=\"new\""));
            })
        };
        assert_eq!(
            changed("<img src=\"old\" alt=\"\" hidden>"),
            "<img alt hidden src=\"new\">"
        );
        assert_eq!(
            changed("<path d=\"M0 0\"/>"),
            "<path d=\"M0 0\" src=\"new\"/>"
        );
    }

    #[test]
    fn truncated_tags_end() {
        for html in ["<", "<p", "<p class=\"", "a<", "<p class=>x"] {
            let all: Vec<Piece> = pieces(html).collect();
            assert!(!all.is_empty(), "{html}");
            for piece in all {
                if let Piece::Tag(tag) = piece {
                    assert!(tag.attributes().count() < 3, "{html}");
                }
            }
        }
    }
}
