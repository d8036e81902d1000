//! Finds the paths into its own crate in a Rust source.

/// A path that a source names, such as `["crate", "model", "Message"]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The path's segments.
    pub path: Vec<String>,
    /// Its line, counted from 1.
    pub line: usize,
    /// The name that a `use` binds it to, if it is in one.
    pub bound: Option<String>,
}

/// Every path in a module's source that starts with `crate`, `super`, `self` or one of the
/// module's `children`. Unit tests at the end, comments and strings are skipped.
pub fn named(source: &str, children: &[&str]) -> Vec<Named> {
    let code = without_tests(&code_of(source));
    let tokens = tokens(&code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let begins =
            |word: &str| matches!(word, "crate" | "super" | "self") || children.contains(&word);
        if tokens[at].0 == "use" {
            at = tree(&tokens, at + 1, &mut Vec::new(), &mut found);
            continue;
        }
        let follows = at > 0 && matches!(tokens[at - 1].0, "::" | ".");
        if !follows && begins(tokens[at].0) && tokens.get(at + 1).is_some_and(|t| t.0 == "::") {
            let line = tokens[at].1;
            let mut path = vec![tokens[at].0.to_owned()];
            while tokens.get(at + 1).is_some_and(|t| t.0 == "::")
                && tokens.get(at + 2).is_some_and(|t| is_name(t.0))
            {
                path.push(tokens[at + 2].0.to_owned());
                at += 2;
            }
            found.push(Named {
                path,
                line,
                bound: None,
            });
        }
        at += 1;
    }
    found
}

/// Reads a `use` tree from a token on; returns the token after it.
fn tree(
    tokens: &[(&str, usize)],
    mut at: usize,
    before: &mut Vec<String>,
    found: &mut Vec<Named>,
) -> usize {
    let depth = before.len();
    let mut line = tokens.get(at).map_or(0, |token| token.1);
    let mut renamed = None;
    while let Some(&(token, here)) = tokens.get(at) {
        match token {
            "{" => {
                at += 1;
                while tokens.get(at).is_some_and(|token| token.0 != "}") {
                    at = tree(tokens, at, before, found);
                    if tokens.get(at).is_some_and(|token| token.0 == ",") {
                        at += 1;
                    }
                }
                before.truncate(depth);
                return at + 1;
            }
            "as" => {
                renamed = tokens.get(at + 1).map(|token| token.0.to_owned());
                at += 1;
            }
            "," | "}" | ";" => break,
            "::" | "*" => {}
            name => {
                line = here;
                before.push(name.to_owned());
            }
        }
        at += 1;
    }
    if before.len() > depth {
        let mut path = before.clone();
        // `a::{self}` is `a` itself.
        if path.len() > 1 && path.last().is_some_and(|name| name == "self") {
            path.pop();
        }
        found.push(Named {
            bound: renamed.or_else(|| path.last().cloned()),
            path,
            line,
        });
    }
    before.truncate(depth);
    at
}

fn is_name(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Names, `::` and other characters, with their lines.
fn tokens(code: &str) -> Vec<(&str, usize)> {
    let mut tokens = Vec::new();
    let mut line = 1;
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let word = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        let length = if word > 0 {
            word
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        if first == '\n' {
            line += 1;
        }
        if !first.is_whitespace() && first != '$' {
            tokens.push((&rest[..length], line));
        }
        rest = &rest[length..];
    }
    tokens
}

/// A source with comments, strings and characters replaced by spaces; lines are kept.
fn code_of(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = text_length(rest) {
            length
        } else {
            code.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        };
        let kept = rest[..skipped].chars().filter(|c| *c == '\n');
        code.push(' ');
        code.extend(kept);
        rest = &rest[skipped..];
    }
    code
}

/// The length of the string or character literal at the start of a source.
fn text_length(rest: &str) -> Option<usize> {
    let raw = rest.strip_prefix("r").unwrap_or_default();
    let hashes = raw.bytes().take_while(|byte| *byte == b'#').count();
    if raw.get(hashes..).is_some_and(|text| text.starts_with('"')) {
        let end = format!("\"{}", "#".repeat(hashes));
        let start = 1 + hashes + 1;
        let length = rest[start..].find(&end).map(|at| start + at + end.len());
        return Some(length.unwrap_or(rest.len()));
    }
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut characters = rest.char_indices().skip(1);
    // A lifetime has no quote after its first letter.
    if quote == '\'' && !rest[1..].starts_with('\\') {
        let (_, _) = characters.next()?;
        return match characters.next() {
            Some((at, '\'')) => Some(at + 1),
            _ => None,
        };
    }
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            _ if character == quote => return Some(at + 1),
            _ => {}
        }
    }
    Some(rest.len())
}

/// A source without the unit tests at its end.
fn without_tests(code: &str) -> String {
    let tests = code.find("#[cfg(test)]\nmod ").unwrap_or(code.len());
    code[..tests].to_owned()
}

#[cfg(test)]
mod tests {
    use super::named;

    fn paths(source: &str) -> Vec<String> {
        named(source, &["child"])
            .into_iter()
            .map(|named| format!("{}:{}", named.line, named.path.join("::")))
            .collect()
    }

    #[test]
    fn reads_trees_of_use_and_paths_in_code() {
        assert_eq!(
            paths(
                "use std::fmt;\nuse crate::{a::{self, B}, c::D as E};\nuse super::F;\n\
                 fn f<'a>(x: crate::g::H) -> child::I { x.self_ }\n"
            ),
            [
                "1:std::fmt",
                "2:crate::a",
                "2:crate::a::B",
                "2:crate::c::D",
                "3:super::F",
                "4:crate::g::H",
                "4:child::I"
            ]
        );
    }

    #[test]
    fn passes_over_texts_comments_and_tests() {
        assert_eq!(
            paths(
                "// crate::a\n/* crate::b */\nlet s = \"crate::c\\\" crate::d\";\n\
                 let r = r#\"crate::e\"#;\nlet c = ('\"', '\\'', 'x');\n$crate::f::g!();\n\
                 #[cfg(test)]\nmod tests {\n    use crate::h;\n}\n"
            ),
            ["6:crate::f::g"]
        );
    }
}
