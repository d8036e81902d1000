//! Rules for `README.md`, which is the package's page on Universe.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::{Finding, Package};
use crate::sources;

/// The Markdown extensions that Universe supports, and unsupported ones, so that they are
/// found.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_GFM);

/// An element of a readme that has rules.
enum Part {
    /// A picture: its address and alternative text.
    Image { target: String, alt: Option<String> },
    /// A link.
    Link(String),
    /// A block of code: its language and text.
    Code { language: String, text: String },
    /// A first-level heading.
    Title,
    /// An alert such as `> [!NOTE]`.
    Alert,
    /// An item with a box to tick.
    Task,
    /// An emoji by its name, such as `:tada:`.
    Shortcode(String),
}

/// Checks the readme.
pub fn check(package: &Package) -> Vec<Finding> {
    if !package.has("README.md") {
        return Vec::new(); // The rules for files have said so.
    }
    let text = package.text("README.md");
    let name = &package.manifest.package.name;
    let current = format!("@preview/{name}:{}", package.manifest.package.version);
    let mut found = Vec::new();
    let mut add = |line: usize, message: String| {
        found.push(Finding {
            file: format!("README.md:{line}"),
            message,
        });
    };
    let mut has_title = false;
    for (part, range) in parts(&text) {
        let line = line_of(&text, &range);
        match part {
            Part::Title => has_title = true,
            Part::Image { target, alt } => {
                match alt.as_deref().map(|alt| alt.split_whitespace().count()) {
                    None | Some(0) => add(line, format!("the picture `{target}` needs alt text")),
                    Some(1) => add(
                        line,
                        format!("the alt text of `{target}` must have more than one word"),
                    ),
                    Some(_) => {}
                }
                check_target(package, &target, line, &mut add);
            }
            Part::Link(target) => check_target(package, &target, line, &mut add),
            Part::Code { language, text } => {
                check_code(&language, &text, &current, name, line, &mut add);
            }
            Part::Alert => add(
                line,
                "Universe doesn't know alerts; write a plain quote".into(),
            ),
            Part::Task => add(
                line,
                "Universe doesn't know task lists; write a plain list".into(),
            ),
            Part::Shortcode(code) => {
                add(
                    line,
                    format!("Universe doesn't know `{code}`; write the emoji itself"),
                );
            }
        }
    }
    if !has_title {
        add(1, "the readme needs a first-level heading".into());
    }
    found
}

/// Rules for targets of links and pictures.
fn check_target(package: &Package, target: &str, line: usize, add: &mut impl FnMut(usize, String)) {
    if let Some(local) = local(target) {
        if !package.has(&local) {
            add(line, format!("`{target}` is not in the package"));
        }
    } else if [
        "github.com",
        "gitlab.com",
        "codeberg.org",
        "githubusercontent.com",
    ]
    .iter()
    .any(|host| target.contains(host))
        && target
            .split('/')
            .any(|part| part == "main" || part == "master")
    {
        add(
            line,
            format!("`{target}` will change; link to the version's tag, or a file here"),
        );
    }
}

/// Rules for a block of code.
fn check_code(
    language: &str,
    text: &str,
    current: &str,
    name: &str,
    line: usize,
    add: &mut impl FnMut(usize, String),
) {
    if language.is_empty() {
        add(
            line,
            "the code block needs a language, such as `typ`, `sh` or `json`".into(),
        );
    }
    if language != "typ" && language != "typst" {
        return;
    }
    let (errors, _) = typst_syntax::parse(text).errors_and_warnings();
    for error in errors {
        add(
            line,
            format!("the Typst code has an error: {}", error.message),
        );
    }
    for import in sources::imports(text) {
        if import.starts_with(&format!("@preview/{name}:")) && import != current {
            add(
                line,
                format!("the code imports `{import}`; the current version is `{current}`"),
            );
        }
        if !import.starts_with('@') && import.ends_with("lib.typ") {
            add(
                line,
                format!("the code imports `{import}`; write `{current}` as readers would"),
            );
        }
    }
    for identifier in super::code::not_in_kebab_case(text) {
        add(
            line,
            format!("the Typst code should name `{identifier}` in kebab-case"),
        );
    }
}

/// A file of the package that a readme shows or links to.
#[derive(Debug)]
pub struct LocalTarget {
    /// The file, below the package.
    pub file: String,
    /// Whether it is a picture.
    pub is_picture: bool,
    /// The position of the file's name in the readme.
    pub range: Range<usize>,
    /// The position of the whole link or picture.
    pub whole: Range<usize>,
}

/// The files that a readme shows or links to, in order.
pub fn local_ranges(text: &str) -> Vec<LocalTarget> {
    let mut targets = Vec::new();
    for (part, range) in parts(text) {
        let (target, is_picture) = match part {
            Part::Image { target, .. } => (target, true),
            Part::Link(target) => (target, false),
            _ => continue,
        };
        let Some(file) = local(&target) else {
            continue;
        };
        let written = target.split(['#', '?']).next().unwrap_or(&target);
        // A link's target stands behind its text, which may be a picture.
        if let Some(at) = text[range.clone()].rfind(written) {
            let start = range.start + at;
            targets.push(LocalTarget {
                file,
                is_picture,
                range: start..start + written.len(),
                whole: range,
            });
        }
    }
    targets.sort_by_key(|target| target.range.start);
    targets
}

/// The files that a readme shows or links to, below the package.
pub fn local_targets(text: &str) -> Vec<String> {
    let targets = local_ranges(text).into_iter();
    targets.map(|target| target.file).collect()
}

/// The Typst documents in a readme: those that import a package. With the first line of each.
pub fn documents(text: &str) -> Vec<(usize, String)> {
    let mut documents = Vec::new();
    for (part, range) in parts(text) {
        if let Part::Code {
            language,
            text: code,
        } = part
            && (language == "typ" || language == "typst")
            && sources::imports(&code)
                .iter()
                .any(|import| import.starts_with('@'))
        {
            documents.push((line_of(text, &range), code));
        }
    }
    documents
}

/// The line that a part begins at, from one.
fn line_of(text: &str, range: &Range<usize>) -> usize {
    text[..range.start].matches('\n').count() + 1
}

/// The file of a target, unless it is an external address.
fn local(target: &str) -> Option<String> {
    if target.contains("://") || target.starts_with(['#', '/']) || target.starts_with("mailto:") {
        return None;
    }
    let path = target.split(['#', '?']).next().unwrap_or(target);
    Some(path.trim_start_matches("./").replace("%20", " "))
}

/// Parses a readme.
fn parts(text: &str) -> Vec<(Part, Range<usize>)> {
    let mut parts = Vec::new();
    // The current picture or block of code.
    let mut image: Option<(String, String)> = None;
    let mut code: Option<(String, String)> = None;
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading {
                level: HeadingLevel::H1,
                ..
            }) => {
                parts.push((Part::Title, range));
            }
            Event::Start(Tag::BlockQuote(Some(_))) => parts.push((Part::Alert, range)),
            Event::TaskListMarker(_) => parts.push((Part::Task, range)),
            Event::Start(Tag::Link {
                link_type: LinkType::Email,
                ..
            }) => {}
            Event::Start(Tag::Link { dest_url, .. }) => {
                parts.push((Part::Link(dest_url.to_string()), range));
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                image = Some((dest_url.to_string(), String::new()));
            }
            Event::End(TagEnd::Image) => {
                if let Some((target, alt)) = image.take() {
                    parts.push((
                        Part::Image {
                            target,
                            alt: Some(alt),
                        },
                        range,
                    ));
                }
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => {
                        info.split([' ', ',']).next().unwrap_or_default().to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                code = Some((language, String::new()));
            }
            Event::End(TagEnd::CodeBlock) => {
                if let Some((language, text)) = code.take() {
                    parts.push((Part::Code { language, text }, range));
                }
            }
            Event::Text(words) => {
                if let Some((_, text)) = image.as_mut().or(code.as_mut()) {
                    text.push_str(&words);
                } else if let Some(code) = shortcode(&words) {
                    parts.push((Part::Shortcode(code), range));
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                for tag in html.split('<').filter(|tag| tag.starts_with("img")) {
                    if let Some(target) = attribute(tag, "src") {
                        let alt = attribute(tag, "alt");
                        parts.push((Part::Image { target, alt }, range.clone()));
                    }
                }
                for tag in html.split('<').filter(|tag| tag.starts_with("source")) {
                    if let Some(target) = attribute(tag, "srcset") {
                        parts.push((Part::Link(target), range.clone()));
                    }
                }
            }
            _ => {}
        }
    }
    parts
}

/// The first `:name:` of a text.
fn shortcode(text: &str) -> Option<String> {
    let pieces: Vec<&str> = text.split(':').collect();
    let is_name = |piece: &&&str| {
        piece.starts_with(|c: char| c.is_ascii_lowercase())
            && piece
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    let inner = pieces.len().checked_sub(2)?;
    pieces
        .iter()
        .skip(1)
        .take(inner)
        .find(is_name)
        .map(|name| format!(":{name}:"))
}

/// An attribute of an HTML tag.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}="))?;
    let quote = rest.chars().next().filter(|c| ['"', '\''].contains(c))?;
    rest[1..].split(quote).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{README, findings};
    use super::*;

    /// The findings with lines added to the good readme, which has eight.
    fn with(lines: &str) -> Vec<String> {
        findings(
            check,
            &[("README.md", Some(&format!("{README}\n{lines}\n")))],
        )
    }

    #[test]
    fn titles() {
        assert_eq!(
            findings(check, &[("README.md", Some("Hello\n"))]),
            ["README.md:1: the readme needs a first-level heading"]
        );
    }

    #[test]
    fn alt_texts() {
        assert_eq!(
            with("![](docs/chat.png) ![Chat](docs/chat.png)\n<img src=\"docs/chat.png\">"),
            [
                "README.md:10: the picture `docs/chat.png` needs alt text",
                "README.md:10: the alt text of `docs/chat.png` must have more than one word",
                "README.md:11: the picture `docs/chat.png` needs alt text",
            ]
        );
        assert!(with("<img alt='A chat' src='docs/chat.png'>").is_empty());
    }

    #[test]
    fn local_links_lead_somewhere() {
        assert_eq!(
            with("[guide](docs/guide.md#start), ![A dark chat](./dark.png)"),
            [
                "README.md:10: `docs/guide.md#start` is not in the package",
                "README.md:10: `./dark.png` is not in the package",
            ]
        );
        assert!(with("[here](#chatter) [web](https://typst.app) <a@b.c>").is_empty());
    }

    #[test]
    fn links_must_not_change_after_the_release() {
        let url = "https://github.com/a/b/blob/main/doc.md";
        assert_eq!(
            with(&format!("[doc]({url})")),
            [format!(
                "README.md:10: `{url}` will change; link to the version's tag, or a file here"
            )]
        );
        assert!(with("[doc](https://github.com/a/b/blob/v0.1.0/doc.md)").is_empty());
    }

    #[test]
    fn code_has_a_language_and_parses() {
        assert_eq!(
            with("```\nx\n```\n\n```typ\n#talk(\n```"),
            [
                "README.md:10: the code block needs a language, such as `typ`, `sh` or `json`",
                "README.md:14: the Typst code has an error: unclosed delimiter",
            ]
        );
        assert!(with("```sh\ncargo run (\n```").is_empty());
    }

    #[test]
    fn code_imports_the_current_version() {
        assert_eq!(
            with("```typ\n#import \"@preview/chatter:0.0.9\"\n#import \"../lib.typ\"\n```"),
            [
                "README.md:10: the code imports `@preview/chatter:0.0.9`; the current version is \
                 `@preview/chatter:0.1.0`",
                "README.md:10: the code imports `../lib.typ`; write `@preview/chatter:0.1.0` as \
                 readers would",
            ]
        );
    }

    #[test]
    fn documents_are_told_from_fragments() {
        let text = "```typ\n#let x = 1\n```\n\n```typ\n#import \"@preview/a:0.1.0\"\n```";
        assert_eq!(
            documents(text),
            [(5, "#import \"@preview/a:0.1.0\"\n".to_owned())]
        );
    }

    #[test]
    fn code_names_things_in_kebab_case() {
        assert_eq!(
            with("```typ\n#let my_name = talk(someThing: 1)\n```"),
            [
                "README.md:10: the Typst code should name `my_name` in kebab-case",
                "README.md:10: the Typst code should name `someThing` in kebab-case",
            ]
        );
    }

    #[test]
    fn markdown_that_universe_does_not_know_is_named() {
        assert_eq!(
            with("> [!NOTE]\n> Listen\n\n- [x] done\n\nWell :tada: then"),
            [
                "README.md:10: Universe doesn't know alerts; write a plain quote",
                "README.md:13: Universe doesn't know task lists; write a plain list",
                "README.md:15: Universe doesn't know `:tada:`; write the emoji itself",
            ]
        );
        assert!(with("> A quote at 10:30: fine").is_empty());
    }
}
