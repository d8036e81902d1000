//! Rules for every document with chats.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::parse::{self, Element};

/// The violations of the rules.
pub fn check(html: &str) -> Vec<String> {
    let document = parse::document(html);
    let mut found: Vec<String> = document
        .errors
        .iter()
        .map(|error| format!("is no valid HTML: {error}"))
        .collect();

    let mut ids = BTreeSet::new();
    for element in &document.elements {
        // Typst's drawings share glyphs by id.
        let in_drawing = matches!(
            element.tag.as_str(),
            "symbol" | "clipPath" | "linearGradient"
        );
        if let Some(id) = element.get("id")
            && !ids.insert(id)
            && !in_drawing
        {
            found.push(format!("has the id `{id}` twice"));
        }
        if element.tag == "img" && element.get("alt").is_none() {
            found.push("has an `img` without `alt`".into());
        }
    }
    found.extend(skipped_level(&document.elements));
    for element in &document.elements {
        let Some(href) = element.get("href").filter(|_| element.tag == "a") else {
            continue;
        };
        if let Some(id) = href.strip_prefix('#')
            && !ids.contains(id)
        {
            found.push(format!("links to `#{id}`, which is not there"));
        }
        let scheme = href.trim_start().to_ascii_lowercase();
        if scheme.starts_with("javascript:") || scheme.starts_with("data:") {
            found.push(format!("links to `{href}`"));
        }
    }
    let sheets: Vec<_> = document.elements.iter().filter_map(sheet).collect();
    if sheets.is_empty() && html.contains("<section class=\"scrollback") {
        found.push("has chats without a style sheet".into());
    }
    for sheet in sheets {
        found.extend(stray_selectors(&sheet));
    }
    found
}

/// The first heading that is more than one level below the heading before it. Documents without a
/// title begin with the second level.
fn skipped_level(elements: &[Element]) -> Option<String> {
    let mut last = 1;
    for element in elements {
        let level = element.tag.strip_prefix('h').map(str::parse::<u8>);
        let Some(Ok(level)) = level else {
            continue;
        };
        if level > last + 1 {
            return Some(format!("has an `h{level}` after an `h{last}`"));
        }
        last = level;
    }
    None
}

/// The rules of a chat's style sheet, which stand in the address of a link.
fn sheet(element: &Element) -> Option<String> {
    let address = element.get("href").filter(|_| element.tag == "link")?;
    let rules = address.strip_prefix("data:text/css;charset=utf-8,")?;
    Some(percent_decode_str(rules).decode_utf8_lossy().into_owned())
}

/// Selectors that match elements outside of chats, and unbalanced braces.
fn stray_selectors(sheet: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut words = String::new();
    for letter in sheet.chars() {
        match letter {
            '{' => {
                let prelude = words.trim();
                if !prelude.starts_with('@') {
                    found.extend(
                        selectors(prelude)
                            .into_iter()
                            .filter(|selector| !is_of_chat(selector))
                            .map(|selector| format!("styles `{selector}`, outside of chats")),
                    );
                }
                depth += 1;
                words.clear();
            }
            '}' if depth == 0 => found.push("has a `}` too many in its style".into()),
            '}' => {
                depth -= 1;
                words.clear();
            }
            ';' => words.clear(),
            other => words.push(other),
        }
    }
    if depth > 0 {
        found.push("has a `{` too many in its style".into());
    }
    found
}

/// The selectors of a list; commas in parentheses belong to them.
fn selectors(list: &str) -> Vec<&str> {
    let mut depth = 0;
    list.split(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    })
    .map(str::trim)
    .collect()
}

/// Whether a selector begins with a chat.
fn is_of_chat(selector: &str) -> bool {
    selector
        .strip_prefix(".scrollback")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '.', ':', '>']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> String {
        format!("<!DOCTYPE html><html><head></head><body>{body}</body></html>")
    }

    #[test]
    fn a_good_document_passes() {
        let body = "<link rel=stylesheet href=\"data:text/css;charset=utf-8,.scrollback .a:is(b, c), .scrollback.x{color:red}\
            @media print{.scrollback{a:b}}\"><h2></h2><h3></h3><h2></h2><p id=\"a\"><a href=\"#a\">x</a><img alt=\"\"></p>";
        assert_eq!(check(&page(body)), [""; 0]);
    }

    #[test]
    fn every_broken_rule_is_named() {
        for (body, wording) in [
            ("<p><div></div></p>", "is no valid HTML"),
            ("<p id=\"a\"></p><p id=\"a\"></p>", "has the id `a` twice"),
            (
                "<section class=\"scrollback x\"></section>",
                "has chats without a style sheet",
            ),
            ("<h2></h2><h4></h4>", "has an `h4` after an `h2`"),
            ("<img>", "has an `img` without `alt`"),
            ("<a href=\"#b\">x</a>", "links to `#b`, which is not there"),
            (
                "<a href=\" JavaScript:a\">x</a>",
                "links to ` JavaScript:a`",
            ),
            (
                "<link href=\"data:text/css;charset=utf-8,.scrollback a,b{c:d}\">",
                "styles `b`, outside of chats",
            ),
            (
                "<link href=\"data:text/css;charset=utf-8,.scrollbacks{c:d}\">",
                "styles `.scrollbacks`, outside of chats",
            ),
            (
                "<link href=\"data:text/css;charset=utf-8,.scrollback{c:d}}\">",
                "has a `}` too many in its style",
            ),
            (
                "<link href=\"data:text/css;charset=utf-8,.scrollback{c:d\">",
                "has a `{` too many in its style",
            ),
        ] {
            let found = check(&page(body));
            assert!(
                found.iter().any(|one| one.starts_with(wording)),
                "{body}: {found:?}"
            );
        }
    }
}
