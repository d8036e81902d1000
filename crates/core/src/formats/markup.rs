//! Converts Discord's Markdown to that of others (CommonMark with GitHub's extensions, and
//! Obsidian's).

use std::borrow::Cow;

use super::scene::{Scene, one_line};
use crate::markdown::ast::{Item, Node, NodeKind};
use crate::markdown::{Variant, parse};

/// Converts a text in Discord's Markdown.
pub fn markdown(scene: &Scene, text: &str, variant: Variant) -> String {
    let document = parse(text, variant);
    Writer { scene }.blocks(&document.children)
}

/// The same on a single line, within one of the document's own.
pub fn in_line(scene: &Scene, text: &str) -> String {
    let document = parse(text, Variant::Full);
    let writer = Writer { scene };
    let blocks = document.children.iter().map(|block| {
        let mut line = String::new();
        writer.flat(&block.kind, &mut line);
        line
    });
    let words = blocks.collect::<Vec<_>>().join(" ");
    words.replace("  \n", " ").replace('\n', " ")
}

/// A text with a prefix on each line, and a different one on the first.
fn prefixed(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let prefix = if at == 0 { first } else { rest };
        let prefix = if line.is_empty() {
            prefix.trim_end()
        } else {
            prefix
        };
        out.push_str(prefix);
        out.push_str(line);
    }
    out
}

/// A text as a quote.
pub fn quoted(text: &str) -> String {
    prefixed(text, "> ", "> ")
}

/// A text as an item of a list.
pub fn listed(text: &str) -> String {
    prefixed(text, "- ", "  ")
}

/// Text emphasised with a Markdown delimiter, or with an HTML element if the delimiter
/// wouldn't work between these letters.
pub fn dressed(words: &str, sign: &str, element: &str) -> String {
    if words.trim().is_empty() {
        return words.to_owned();
    }
    // Spaces at the ends stay outside: a delimiter next to a space doesn't work.
    let inner = words.trim();
    let (before, after) = words.split_once(inner).unwrap_or_default();
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    if letter(inner.chars().next()) && letter(inner.chars().next_back()) {
        format!("{before}{sign}{inner}{sign}{after}")
    } else {
        format!("{before}<{element}>{inner}</{element}>{after}")
    }
}

/// A link whose text is its address.
pub fn address(url: &str) -> String {
    if leads(url)
        && url.contains(':')
        && !url.contains(|c: char| c.is_whitespace() || matches!(c, '<' | '>'))
    {
        format!("<{url}>")
    } else if leads(url) {
        masked(&escaped(url), url)
    } else {
        code(url)
    }
}

/// A link with Markdown text.
pub fn masked(words: &str, url: &str) -> String {
    if !leads(url) {
        return format!("{words} {}", code(url));
    }
    // In a path, every character is literal.
    let is_path = !url.contains("://") && !url.contains("mailto:");
    let mut target = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '%' if is_path => target.push_str("%25"),
            '#' if is_path => target.push_str("%23"),
            '?' if is_path => target.push_str("%3F"),
            '<' => target.push_str("%3C"),
            '>' => target.push_str("%3E"),
            '\\' => target.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => target.push_str("%20"),
            c => target.push(c),
        }
    }
    let label = if words.trim().is_empty() {
        escaped(url)
    } else {
        words.to_owned()
    };
    format!("[{label}](<{target}>)")
}

/// Whether an address may become a link: to a page, a mailbox, a telephone number or a file.
/// Other schemes could have any effect.
fn leads(url: &str) -> bool {
    let scheme = url.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    match scheme.filter(|scheme| is_scheme(scheme)) {
        Some(scheme) => ["http", "https", "mailto", "tel", "sms"]
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known)),
        None => true,
    }
}

/// Inline code, between as many backticks as it needs.
fn code(text: &str) -> String {
    let text = text.replace('\n', " ");
    let fence = "`".repeat(longest_run(&text) + 1);
    let gap = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() {
        " "
    } else {
        ""
    };
    format!("{fence}{gap}{text}{gap}{fence}")
}

/// The length of the longest run of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}

/// Escapes text for Markdown.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    out
}

/// Appends escaped text. Characters that are special only at the start of a line aren't
/// escaped if `out` has begun the line already.
pub fn escape(text: &str, out: &mut String) {
    let mut line_start = out.rfind('\n').map_or(0, |at| at + 1);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        let line = &out[line_start..];
        let starts = line.is_empty();
        let next = characters.peek().copied();
        let escapes = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '$' | '#' => true,
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
            // A `!` before a link would turn it into a picture.
            '!' => next == Some('['),
            '>' | '+' | '-' => starts,
            '=' | '%' => (starts && c == '=') || next == Some(c) || line.ends_with(c),
            // Addresses that Discord doesn't link aren't linked here.
            ':' => next == Some('/'),
            '.' if line.ends_with("www") => true,
            '^' => starts || line.ends_with(' '),
            '.' | ')' => !starts && line.bytes().all(|byte| byte.is_ascii_digit()),
            _ => false,
        };
        if c == '\n' {
            out.push_str("  \n");
            line_start = out.len();
        } else if matches!(c, ' ' | '\u{a0}') && line.trim_end_matches("&nbsp;").is_empty() {
            // Leading spaces are dropped, or would make a code block.
            out.push_str("&nbsp;");
        } else {
            if escapes {
                out.push('\\');
            }
            out.push(c);
        }
    }
}

/// Appends a link, and escapes a `!` before it, which would turn it into a picture.
fn link(link: &str, out: &mut String) {
    if link.starts_with('[') && out.ends_with('!') {
        out.pop();
        out.push_str("\\!");
    }
    out.push_str(link);
}

/// Ends a line, or a paragraph after an empty line.
fn line_break(out: &mut String) {
    if out.ends_with("  \n") {
        out.truncate(out.len() - 3);
        out.push_str("\n\n");
    } else if !out.ends_with("\n\n") {
        out.push_str("  \n");
    }
}

struct Writer<'w, 's, 'a> {
    scene: &'w Scene<'s, 'a>,
}

impl Writer<'_, '_, '_> {
    /// Blocks, separated by an empty line if they are of different kinds. Two consecutive
    /// paragraphs are two lines.
    fn blocks(&self, nodes: &[Node]) -> String {
        let mut out = String::new();
        let mut after_paragraph = false;
        for node in nodes {
            let paragraph = matches!(node.kind, NodeKind::Paragraph { .. });
            let block = self.block(node);
            if !out.is_empty() {
                out.push_str(if paragraph && after_paragraph {
                    "  \n"
                } else {
                    "\n\n"
                });
            }
            out.push_str(&block);
            after_paragraph = paragraph;
        }
        out
    }

    fn block(&self, node: &Node) -> String {
        match &node.kind {
            NodeKind::Paragraph { children, .. } => self.line(children),
            // The document's own headings come before.
            NodeKind::Heading { level, children } => {
                let sign = "#".repeat(usize::from(*level) + 3);
                format!("{sign} {}", self.line(children).replace("  \n", " "))
            }
            NodeKind::Subtext(children) => format!("<sub>{}</sub>", self.line(children)),
            NodeKind::Quote(children) => quoted(&self.blocks(children)),
            NodeKind::List { start, items } => self.list(*start, items),
            NodeKind::CodeBlock {
                language,
                text,
                runs,
            } => {
                let text: Cow<str> = match runs {
                    Some(runs) => runs.iter().map(|run| run.text.as_str()).collect(),
                    None => text.as_ref().into(),
                };
                let fence = "`".repeat(longest_run(&text).max(2) + 1);
                let language = language.unwrap_or_default();
                let language = if language.contains('`') { "" } else { language };
                let end = if text.is_empty() || text.ends_with('\n') {
                    ""
                } else {
                    "\n"
                };
                format!("{fence}{language}\n{text}{end}{fence}")
            }
            _ => self.line(std::slice::from_ref(node)),
        }
    }

    fn list(&self, start: Option<u32>, items: &[Item]) -> String {
        let mut out = String::new();
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                out.push('\n');
            }
            let sign = match start {
                Some(first) => {
                    let number = u64::from(first) + at as u64;
                    // CommonMark allows numbers of up to nine digits.
                    format!("{}. ", number.min(999_999_999))
                }
                None => "- ".to_owned(),
            };
            let rest = " ".repeat(sign.len());
            out.push_str(&prefixed(&self.blocks(&item.children), &sign, &rest));
        }
        out
    }

    /// Inline nodes.
    fn line(&self, nodes: &[Node]) -> String {
        let mut out = String::new();
        for node in nodes {
            self.inline(node, &mut out);
        }
        out
    }

    fn inline(&self, node: &Node, out: &mut String) {
        match &node.kind {
            NodeKind::Text(text) => escape(text, out),
            NodeKind::Break => line_break(out),
            NodeKind::Strong(children) => self.dress(children, "**", "b", out),
            NodeKind::Emphasis(children) => self.dress(children, "*", "i", out),
            NodeKind::Strikethrough(children) => self.dress(children, "~~", "del", out),
            // Markdown has no underline.
            NodeKind::Underline(children) => {
                out.push_str(&format!("<u>{}</u>", self.line(children)));
            }
            NodeKind::Spoiler(children) => {
                out.push_str(&format!("\\|\\|{}\\|\\|", self.line(children)));
            }
            NodeKind::Code(text) => out.push_str(&code(text)),
            NodeKind::Emoji { text, .. } => out.push_str(text),
            NodeKind::Command { name, .. } => out.push_str(&code(&format!("/{name}"))),
            NodeKind::Link { url, text, .. } => match text {
                Some(text) => {
                    let words = self.line(text).replace("  \n", " ");
                    link(&masked(&words, url), out);
                }
                None => link(&address(url), out),
            },
            NodeKind::MessageLink { url, .. }
            | NodeKind::ChannelLink { url, .. }
            | NodeKind::AttachmentLink { url, .. } => link(&address(url), out),
            NodeKind::Email { url, text } | NodeKind::Phone { url, text } => {
                link(&masked(&escaped(text), url), out);
            }
            kind => match self.scene.token(kind) {
                Some(words) => escape(&one_line(&words), out),
                // Blocks may occur among inline nodes, where their markers wouldn't work.
                None => self.flat(kind, out),
            },
        }
    }

    /// A block on its own lines.
    fn flat(&self, kind: &NodeKind, out: &mut String) {
        match kind {
            NodeKind::CodeBlock { text, .. } => out.push_str(&code(text.trim_end())),
            NodeKind::List { items, .. } => {
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        line_break(out);
                    }
                    item.children.iter().for_each(|node| self.inline(node, out));
                }
            }
            _ => kind
                .children()
                .iter()
                .for_each(|node| self.inline(node, out)),
        }
    }

    fn dress(&self, children: &[Node], sign: &str, element: &str, out: &mut String) {
        let words = self.line(children);
        // Next to the same delimiter, it would be a different one.
        let touches = out.ends_with(sign.chars().next().unwrap_or_default());
        // Delimiters don't span blocks.
        let sign = if touches || words.contains("\n\n") {
            ""
        } else {
            sign
        };
        if sign.is_empty() {
            out.push_str(&format!("<{element}>{words}</{element}>"));
        } else {
            out.push_str(&dressed(&words, sign, element));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped() {
        for (words, markdown) in [
            ("a*b*_c_ `d`", "a\\*b\\*\\_c\\_ \\`d\\`"),
            ("# a", "\\# a"),
            (
                "> a\n- b\n1. c\n23) d",
                "\\> a  \n\\- b  \n1\\. c  \n23\\) d",
            ),
            ("===", "\\=\\=\\="),
            ("[[a]] ![b](c)!", "\\[\\[a\\]\\] \\!\\[b\\](c)!"),
            ("<script> &amp; a & b", "\\<script> \\&amp; a & b"),
            ("    code", "&nbsp;&nbsp;&nbsp;&nbsp;code"),
            (
                "$x$ ==y== %%z%% #tag",
                "\\$x\\$ \\=\\=y\\=\\= \\%\\%z\\%\\% \\#tag",
            ),
            ("3.5 and a-b", "3\\.5 and a-b"),
            ("http://a_b www.c :d:", "http\\://a\\_b www\\.c :d:"),
        ] {
            assert_eq!(escaped(words), markdown, "{words}");
        }
    }

    #[test]
    fn emphasis_falls_back_to_html_where_signs_do_not_work() {
        assert_eq!(dressed(" a b ", "**", "b"), " **a b** ");
        assert_eq!(dressed("\\*a", "**", "b"), "<b>\\*a</b>");
        assert_eq!(dressed("  ", "**", "b"), "  ");
    }

    #[test]
    fn unsafe_addresses_are_code() {
        assert_eq!(address("https://a.b/c"), "<https://a.b/c>");
        assert_eq!(address("javascript:alert(1)"), "`javascript:alert(1)`");
        assert_eq!(address("a b/c.png"), "[a b/c.png](<a%20b/c.png>)");
        assert_eq!(masked("a", "x>y"), "[a](<x%3Ey>)");
        assert_eq!(masked("a", "data:text/html,x"), "a `data:text/html,x`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`"), "`` ` ``");
    }
}
