//! The floors of the Typst package: `items` ← `logic` ← `page` | `html`, with
//! `export` beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result};

use crate::sources;

/// The folders that a folder of `src/` may import from, besides itself and `src/` directly.
const FLOORS: [(&str, &[&str]); 5] = [
    ("items", &[]),
    ("logic", &["items"]),
    ("page", &["items", "logic"]),
    ("html", &["items", "logic"]),
    ("export", &["items", "logic"]),
];

/// The files directly in `src/` that every floor may import; the others import the floors.
const GROUND: [&str; 7] = [
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

/// The imports that violate the order of the floors, and the circles of files.
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

/// Why an import violates the order of the floors, if it does.
fn breach(import: &Import) -> Option<String> {
    let floor = |file: &str| file.split_once('/').map(|(floor, _)| floor.to_owned());
    match (floor(&import.from), floor(&import.to)) {
        // Files directly in `src/` are below or above all floors.
        (None, None) => (GROUND.contains(&import.from.as_str())
            && !GROUND.contains(&import.to.as_str()))
        .then(|| "the ground floor stands on nothing but itself".to_owned()),
        (None, Some(_)) => GROUND
            .contains(&import.from.as_str())
            .then(|| "the ground floor stands on nothing but itself".to_owned()),
        (Some(from), None) => {
            let is_roof = !GROUND.contains(&import.to.as_str());
            // An export ends in a chat.
            (is_roof && from != "export")
                .then(|| format!("`{from}` may import {} of `src/` itself", GROUND.join(", ")))
        }
        (Some(from), Some(to)) => {
            if from == to || (import.from == FALLBACK && to == "page") {
                return None;
            }
            let Some((_, below)) = FLOORS.iter().find(|(name, _)| *name == from) else {
                return Some(format!("`src/{from}/` is no floor that this law knows"));
            };
            (!below.contains(&to.as_str())).then(|| match below {
                [] => format!("`{from}` stands on the ground floor alone"),
                _ => format!("`{from}` stands on {}", below.join(" and ")),
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

/// The Typst files under a folder, with their texts.
pub fn typst_sources(folder: &Path) -> Result<Vec<(PathBuf, String)>> {
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        Ok((path, text))
    };
    typst_files(folder)?.into_iter().map(read).collect()
}

/// The line at a position in a text, counted from 1.
pub fn line_at(text: &str, position: usize) -> usize {
    text[..position].matches('\n').count() + 1
}

fn typst_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder).with_context(|| folder.display().to_string())?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "typ") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The line that first names an import's target, counted from 1.
fn line_of(text: &str, target: &str) -> usize {
    let quoted = format!("\"{target}\"");
    text.lines()
        .position(|line| line.contains("import") && line.contains(&quoted))
        .map_or(1, |index| index + 1)
}

/// A path relative to a folder, with `/`; `..` leads out of it.
pub fn relative(path: &Path, folder: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for component in path.strip_prefix(folder).unwrap_or(path).components() {
        match component {
            Component::ParentDir if parts.last().is_some_and(|last| last != "..") => {
                parts.pop();
            }
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    parts.join("/")
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
    fn floors_stand_on_those_below() {
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
                "src/items/text.typ:2: imports `src/logic/text.typ`; `items` stands on the ground floor alone"
            ]
        );
        assert_eq!(
            breaches_of(&[(
                "html/text.typ",
                "#let f() = {\n  import \"../page/units.typ\": px\n}"
            )]),
            ["src/html/text.typ:2: imports `src/page/units.typ`; `html` stands on items and logic"]
        );
        assert_eq!(
            breaches_of(&[("page/units.typ", "#import \"../chat.typ\": chat")]),
            [
                "src/page/units.typ:1: imports `src/chat.typ`; `page` may import check.typ, colors.typ, item.typ, names.typ, palette.typ, plugin.typ, theme.typ of `src/` itself"
            ]
        );
        assert_eq!(
            breaches_of(&[("check.typ", "#import \"items/text.typ\": inline")]),
            [
                "src/check.typ:1: imports `src/items/text.typ`; the ground floor stands on nothing but itself"
            ]
        );
        assert_eq!(
            breaches_of(&[("attic/a.typ", "#import \"../items/text.typ\": inline")]),
            [
                "src/attic/a.typ:1: imports `src/items/text.typ`; `src/attic/` is no floor that this law knows"
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
