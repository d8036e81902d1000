//! The layers of the Typst package: `items` ← `logic` ← `page` | `html`, with
//! `export` beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;

use crate::sources::{self, relative, typst_sources};

/// The folders that a folder of `src/` may import from, besides itself and `src/` directly.
const LAYERS: [(&str, &[&str]); 5] = [
    ("items", &[]),
    ("logic", &["items"]),
    ("page", &["items", "logic"]),
    ("html", &["items", "logic"]),
    ("export", &["items", "logic"]),
];

/// The base: files directly in `src/` that every layer may import. The others there import the layers.
const BASE: [&str; 7] = [
    "check.typ",
    "colors.typ",
    "item.typ",
    "names.typ",
    "palette.typ",
    "plugin.typ",
    "theme.typ",
];

/// The only file that draws, in HTML, what HTML has no element for.
const FALLBACK: &str = "html/frame.typ";

/// An import of one file under `src/` by another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Import {
    /// The importing file, relative to `src/`.
    from: String,
    /// Its line, counted from 1.
    line: usize,
    /// The imported file, relative to `src/`.
    to: String,
}

/// The imports that violate the order of the layers, and the circles of files.
///
/// # Errors
/// When the package's sources cannot be read.
pub fn breaches(root: &Path) -> Result<Vec<String>> {
    let src = root.join("src");
    let imports = imports_under(&src)?;
    let mut breaches: Vec<String> = imports
        .iter()
        .filter_map(|import| {
            let why = breach(import)?;
            Some(format!(
                "src/{}:{}: imports `src/{}`; {why}",
                import.from, import.line, import.to
            ))
        })
        .collect();
    breaches.extend(circles(&imports).into_iter().map(|circle| {
        let files: Vec<String> = circle.iter().map(|file| format!("src/{file}")).collect();
        format!("{}: import each other in a circle", files.join(", "))
    }));
    Ok(breaches)
}

/// Why an import violates the order of the layers, if it does.
fn breach(import: &Import) -> Option<String> {
    let layer = |file: &str| file.split_once('/').map(|(layer, _)| layer.to_owned());
    match (layer(&import.from), layer(&import.to)) {
        // Files directly in `src/` are below or above all layers.
        (None, None) => (BASE.contains(&import.from.as_str())
            && !BASE.contains(&import.to.as_str()))
        .then(|| "the base imports nothing but itself".to_owned()),
        (None, Some(_)) => BASE
            .contains(&import.from.as_str())
            .then(|| "the base imports nothing but itself".to_owned()),
        (Some(from), None) => {
            let is_top = !BASE.contains(&import.to.as_str());
            // An export ends in a chat.
            (is_top && from != "export")
                .then(|| format!("`{from}` may import {} of `src/` itself", BASE.join(", ")))
        }
        (Some(from), Some(to)) => {
            if from == to || (import.from == FALLBACK && to == "page") {
                return None;
            }
            let Some((_, below)) = LAYERS.iter().find(|(name, _)| *name == from) else {
                return Some(format!("`src/{from}/` is no layer that this law knows"));
            };
            (!below.contains(&to.as_str())).then(|| match below {
                [] => format!("`{from}` imports from the base alone"),
                _ => format!("`{from}` imports from {}", below.join(" and ")),
            })
        }
    }
}

/// Every import between files under a folder.
fn imports_under(src: &Path) -> Result<Vec<Import>> {
    let mut imports = Vec::new();
    for (path, text) in typst_sources(src)? {
        let from = relative(&path, src);
        for target in sources::imports(&text) {
            let to = relative(&sources::resolve(&target, &path, src), src);
            // Themes and locales are data, and packages aren't ours.
            if to.starts_with("..") || target.starts_with('@') {
                continue;
            }
            imports.push(Import {
                line: line_of(&text, &target),
                from: from.clone(),
                to,
            });
        }
    }
    imports.sort();
    Ok(imports)
}

/// The line that first names an import's target, counted from 1.
fn line_of(text: &str, target: &str) -> usize {
    let quoted = format!("\"{target}\"");
    text.lines()
        .position(|line| line.contains("import") && line.contains(&quoted))
        .map_or(1, |index| index + 1)
}

/// Groups of files that import each other in a circle.
fn circles(imports: &[Import]) -> Vec<Vec<String>> {
    let mut graph: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for import in imports {
        graph.entry(&import.from).or_default().insert(&import.to);
    }
    let reached = |start: &str| {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut queue: Vec<&str> = graph.get(start).into_iter().flatten().copied().collect();
        while let Some(file) = queue.pop() {
            if seen.insert(file) {
                queue.extend(graph.get(file).into_iter().flatten());
            }
        }
        seen
    };
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for file in graph.keys() {
        let from_here = reached(file);
        if from_here.contains(file) {
            let circle = from_here
                .into_iter()
                .filter(|other| reached(other).contains(file))
                .map(str::to_owned);
            found.insert(circle.collect());
        }
    }
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes files to `src/` of a temporary folder, and returns the violations.
    fn breaches_of(files: &[(&str, &str)]) -> Vec<String> {
        let folder = super::super::sources_in("src", files);
        breaches(folder.path()).unwrap()
    }

    #[test]
    fn layers_import_those_below() {
        let fine = breaches_of(&[
            ("check.typ", ""),
            ("items/text.typ", "#import \"../check.typ\": fail"),
            ("logic/text.typ", "#import \"../items/text.typ\": is-inline"),
            (
                "page/text/code.typ",
                "#import \"../../logic/text.typ\": a\n#import \"../units.typ\": px",
            ),
            ("page/units.typ", ""),
            ("html/frame.typ", "#import \"../page/units.typ\": px"),
            ("export/transcript.typ", "#import \"../chat.typ\": chat"),
            (
                "chat.typ",
                "#import \"page/units.typ\": px\n#let f() = { import \"html/chat.typ\": x }",
            ),
            ("html/chat.typ", "#import \"../theme.typ\": dark"),
            ("theme.typ", "#import \"../themes/dark.typ\": dark"),
        ]);
        assert_eq!(fine, Vec::<String>::new());
    }

    #[test]
    fn breaches_are_named_with_their_line() {
        assert_eq!(
            breaches_of(&[(
                "items/text.typ",
                "// A\n#import \"../logic/text.typ\": plain-text"
            )]),
            [
                "src/items/text.typ:2: imports `src/logic/text.typ`; `items` imports from the base alone"
            ]
        );
        assert_eq!(
            breaches_of(&[(
                "html/text.typ",
                "#let f() = {\n  import \"../page/units.typ\": px\n}"
            )]),
            [
                "src/html/text.typ:2: imports `src/page/units.typ`; `html` imports from items and logic"
            ]
        );
        assert_eq!(
            breaches_of(&[("page/units.typ", "#import \"../chat.typ\": chat")]),
            [
                "src/page/units.typ:1: imports `src/chat.typ`; `page` may import check.typ, colors.typ, item.typ, names.typ, palette.typ, plugin.typ, theme.typ of `src/` itself"
            ]
        );
        assert_eq!(
            breaches_of(&[("check.typ", "#import \"items/text.typ\": inline")]),
            ["src/check.typ:1: imports `src/items/text.typ`; the base imports nothing but itself"]
        );
        assert_eq!(
            breaches_of(&[("attic/a.typ", "#import \"../items/text.typ\": inline")]),
            [
                "src/attic/a.typ:1: imports `src/items/text.typ`; `src/attic/` is no layer that this law knows"
            ]
        );
    }

    #[test]
    fn circles_are_found() {
        assert_eq!(
            breaches_of(&[
                ("page/a.typ", "#import \"b.typ\": b"),
                ("page/b.typ", "#import \"c.typ\": c"),
                ("page/c.typ", "#import \"a.typ\": a"),
                ("page/d.typ", "#import \"a.typ\": a"),
            ]),
            ["src/page/a.typ, src/page/b.typ, src/page/c.typ: import each other in a circle"]
        );
    }
}
