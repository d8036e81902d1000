//! Checks that every fixed text that readers can see is in `locales/`.

use std::path::Path;

use anyhow::Result;
use typst_syntax::{LinkedNode, SyntaxKind, ast, parse};

use crate::sources::{line_at, typst_sources};

/// The folders of `src/` that draw, or produce text.
const FOLDERS: [&str; 4] = ["export", "html", "logic", "page"];

/// Functions whose arguments are errors for authors.
const ERRORS: [&str; 6] = [
    "at-most",
    "assert",
    "fail",
    "known-keys",
    "of-type",
    "wrong",
];

/// The named parts of such errors.
const PARTS_OF_ERRORS: [&str; 6] = ["fix", "hint", "known", "message", "verb", "what"];

/// Arguments for screen readers and tooltips.
const SPOKEN: [&str; 3] = ["alt", "aria-label", "title"];

/// Names that are the same in all languages.
const NAMES: [&str; 4] = [
    "Apple Color Emoji",
    "Noto Color Emoji",
    "Segoe UI Emoji",
    "Twemoji",
];

/// The texts outside of locales, with file and line.
///
/// # Errors
/// When the package's sources cannot be read.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    for folder in FOLDERS {
        for (path, text) in typst_sources(&root.join("src").join(folder))? {
            let shown = path.strip_prefix(root).unwrap_or(&path).display();
            for (line, found) in fixed_texts(&text) {
                breaches.push(format!(
                    "{shown}:{line}: the text {found:?} belongs in `locales/`, where languages have it"
                ));
            }
        }
    }
    Ok(breaches)
}

/// The fixed texts of a source, each with its line.
fn fixed_texts(source: &str) -> Vec<(usize, String)> {
    let root = parse(source);
    let mut found = Vec::new();
    visit(&LinkedNode::new(&root), false, &mut |node, text| {
        found.push((line_at(source, node.offset()), text));
    });
    found
}

/// Calls `see` with every text that isn't part of an error; `spoken` tells whether a single
/// word counts as a text.
fn visit(node: &LinkedNode, spoken: bool, see: &mut impl FnMut(&LinkedNode, String)) {
    match node.kind() {
        SyntaxKind::ModuleImport | SyntaxKind::ModuleInclude | SyntaxKind::Raw => return,
        SyntaxKind::FuncCall if is_error(node) => return,
        SyntaxKind::LetBinding | SyntaxKind::Named if names_part_of_error(node) => return,
        SyntaxKind::Str => {
            if let Some(string) = node.cast::<ast::Str>() {
                let text = string.get();
                let is_word = spoken && text.chars().any(char::is_alphabetic);
                if !NAMES.contains(&text.as_str()) && (is_word || is_sentence(&text)) {
                    see(node, text.to_string());
                }
            }
        }
        SyntaxKind::Text => {
            let text = node.leaf_text();
            if text.chars().filter(|letter| letter.is_alphabetic()).count() > 1 {
                see(node, text.to_string());
            }
        }
        _ => {}
    }
    let spoken = match node.kind() {
        SyntaxKind::Named => name_of(node).is_some_and(|name| SPOKEN.contains(&name.as_str())),
        // Compared strings aren't shown.
        SyntaxKind::Conditional | SyntaxKind::Parenthesized | SyntaxKind::CodeBlock => spoken,
        SyntaxKind::Code => spoken,
        _ => false,
    };
    for child in node.children() {
        visit(&child, spoken, see);
    }
}

fn is_error(node: &LinkedNode) -> bool {
    node.cast::<ast::FuncCall>().is_some_and(
        |call| matches!(call.callee(), ast::Expr::Ident(name) if ERRORS.contains(&name.as_str())),
    )
}

fn names_part_of_error(node: &LinkedNode) -> bool {
    name_of(node).is_some_and(|name| PARTS_OF_ERRORS.contains(&name.as_str()))
}

/// The name of a binding or a named argument.
fn name_of(node: &LinkedNode) -> Option<String> {
    node.children()
        .find(|child| child.kind() == SyntaxKind::Ident)
        .map(|child| child.leaf_text().to_string())
}

/// Whether a text is natural language: a capitalised word, or several words.
fn is_sentence(text: &str) -> bool {
    let is_word = |word: &&str| {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        word.len() > 1 && word.chars().all(char::is_alphabetic)
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let neighbours = words.windows(2).any(|pair| pair.iter().all(is_word));
    let capital = text.trim().chars().next().is_some_and(char::is_uppercase);
    neighbours || (capital && words.first().is_some_and(is_word))
}

#[cfg(test)]
mod tests {
    use super::fixed_texts;

    fn texts(source: &str) -> Vec<String> {
        fixed_texts(source)
            .into_iter()
            .map(|(line, text)| format!("{line}: {text}"))
            .collect()
    }

    #[test]
    fn texts_are_found_with_their_line() {
        let source = "#let a = [Click here]\n#let b = \"Poll\"\n#let c = x + \" more lines\"\n#icon(\"play\", alt: \"video\")\n#icon(alt: if x == \"a\" { \"badge\" } else { y })";
        assert_eq!(
            texts(source),
            [
                "1: Click here",
                "2: Poll",
                "3:  more lines",
                "4: video",
                "5: badge"
            ]
        );
    }

    #[test]
    fn names_keys_and_errors_are_not_words() {
        let source = r#"
            #import "Some thing.typ": x
            #let keys = ("user-join", "sb-card sb-poll", "none", "Twemoji")
            #let f(x, verb: "replies to") = {
              let hint = "; write it so"
              fail(fn, "must be " + str(x) + " and so on")
              [#x • #y]
              say(locale, "edited")
            }
            // Comments aren't shown.
        "#;
        assert_eq!(texts(source), Vec::<String>::new());
    }
}
