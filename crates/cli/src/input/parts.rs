//! Joins exports that were divided into several files.

use std::collections::HashMap;
use std::path::Path;

use super::companions::{Others, paired};
use super::packed::COMPRESSED;
use super::{Export, Part};
use crate::engine::sanitize::file_name;

/// Exports, and what belongs to none.
#[derive(Debug, Default)]
pub struct Joined {
    /// In the order of their first parts.
    pub exports: Vec<Export>,
    /// Files that hold no messages and belong to no export.
    pub passed_over: Vec<Part>,
    /// Files with the names of a data package's companions that don't describe anything.
    pub odd: Vec<Part>,
    /// The other files of data packages.
    pub others: Vec<Others>,
}

/// Joins the parts of each export. With `merge`, everything is one export. `stands_beside` says
/// whether the content of a file describes a channel or a person; files that were `named` are
/// always read.
pub fn join(
    parts: Vec<Part>,
    merge: bool,
    named: impl Fn(&Part) -> bool,
    stands_beside: impl Fn(&Part) -> bool,
) -> Joined {
    let mut passed_over = Vec::new();
    let mut odd: Vec<Part> = Vec::new();
    // The same index and owner stand beside each channel of a package.
    let mut asked: HashMap<Part, bool> = HashMap::new();
    let mut exports: Vec<(Key, Export, Vec<u64>)> = Vec::new();
    let mut companions = Vec::new();
    let (pairs, others) = paired(parts);
    for (part, beside) in pairs {
        if beside.is_empty() && !named(&part) && stands_beside(&part) {
            passed_over.push(part);
            continue;
        }
        let (beside, wrong): (Vec<_>, Vec<_>) = beside.into_iter().partition(|part| {
            *asked
                .entry(part.clone())
                .or_insert_with(|| stands_beside(part))
        });
        for part in wrong {
            if !odd.contains(&part) {
                odd.push(part);
            }
        }
        let (key, number) = key(&part);
        companions.push((key.clone(), beside));
        let known = exports
            .iter_mut()
            .find(|(known, ..)| merge || (*known == key && key.2));
        match known {
            Some((_, export, numbers)) if merge => {
                numbers.push(number);
                export.parts.push(part);
            }
            Some((_, export, numbers)) => {
                let at = numbers.partition_point(|known| *known <= number);
                numbers.insert(at, number);
                export.parts.insert(at, part);
            }
            None => exports.push((
                key.clone(),
                Export {
                    name: output_name(key.1, &part),
                    parts: vec![part],
                },
                vec![number],
            )),
        }
    }
    for (key, beside) in companions {
        let of = exports
            .iter_mut()
            .find(|(known, ..)| merge || *known == key);
        if let Some((_, export, _)) = of {
            let new = beside
                .into_iter()
                .filter(|part| !export.parts.contains(part));
            let new: Vec<Part> = new.collect();
            export.parts.extend(new);
        }
    }
    let exports = exports.into_iter().map(|(_, export, _)| export);
    Joined {
        exports: exports.collect(),
        passed_over,
        odd,
        others,
    }
}

/// The folder and extension, the name without the part's number, and whether it is a file.
type Key = (std::path::PathBuf, String, bool);

/// The key that the parts of an export share, and the part's number.
fn key(part: &Part) -> (Key, u64) {
    if *part == Part::Stdin {
        return ((Default::default(), "stdin".into(), false), 1);
    }
    let path = part.path();
    let stem = stem(&path);
    let (name, number) = numbered(&stem);
    let rest = path
        .with_file_name("")
        .join(path.extension().unwrap_or_default());
    ((rest, name.to_owned(), true), number)
}

/// The name for outputs. Names in an archive come from whoever made it, so they are cleaned.
fn output_name(name: String, part: &Part) -> String {
    match part {
        Part::Packed { .. } => file_name(&name, "export"),
        _ => name,
    }
}

/// A file's name without the extensions of exports and compressed files. A data package's
/// messages are named after their folder.
fn stem(path: &Path) -> String {
    let mut name = path.with_extension("");
    let extension = path.extension().unwrap_or_default().to_ascii_lowercase();
    if COMPRESSED.iter().any(|known| extension == *known) {
        name = name.with_extension("");
    }
    let is_package = name
        .file_name()
        .is_some_and(|name| name.eq_ignore_ascii_case("messages"));
    let folder = name.parent().and_then(Path::file_name);
    let shown = match folder.filter(|_| is_package) {
        Some(folder) => folder,
        None => name.file_name().unwrap_or_default(),
    };
    shown.to_string_lossy().into_owned()
}

/// Splits `name [part 2]`, as DiscordChatExporter names the second part; the first
/// has no number.
fn numbered(stem: &str) -> (&str, u64) {
    stem.strip_suffix(']')
        .and_then(|stem| stem.rsplit_once(" [part "))
        .and_then(|(name, number)| Some((name, number.parse().ok()?)))
        .unwrap_or((stem, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(names: &[&str], merge: bool) -> Vec<Vec<String>> {
        let parts = names.iter().map(|name| Part::File(name.into())).collect();
        join(parts, merge, |_| true, |_| false)
            .exports
            .iter()
            .map(|export| export.parts.iter().map(Part::shown).collect())
            .collect()
    }

    #[test]
    fn parts_come_together_in_order() {
        assert_eq!(
            joined(
                &[
                    "a [part 10].json",
                    "b.json",
                    "a.json",
                    "a [part 2].json",
                    "x/a.json",
                    "a.jsonl"
                ],
                false
            ),
            [
                vec!["a.json", "a [part 2].json", "a [part 10].json"],
                vec!["b.json"],
                vec!["x/a.json"],
                vec!["a.jsonl"],
            ]
        );
        assert_eq!(stem(Path::new("x/a.json.gz")), "a");
        assert_eq!(stem(Path::new("x/a.b.json")), "a.b");
        assert_eq!(stem(Path::new("p/Messages/c620/messages.json")), "c620");
        assert_eq!(numbered("a [part x]"), ("a [part x]", 1));
        assert_eq!(numbered("a [1234]"), ("a [1234]", 1));
    }

    #[test]
    fn merging_joins_all() {
        assert_eq!(joined(&["b.json", "a.json"], true), [["b.json", "a.json"]]);
    }
}
