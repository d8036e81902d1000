//! Exports that were divided into several files.

use super::{Export, Part};

/// Joins the parts of each export, in the order of the first of each. With
/// `merge`, everything is one export.
pub fn join(parts: Vec<Part>, merge: bool) -> Vec<Export> {
    let mut exports: Vec<(Key, Export, Vec<u64>)> = Vec::new();
    for part in parts {
        let (key, number) = key(&part);
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
                    name: key.1,
                    parts: vec![part],
                },
                vec![number],
            )),
        }
    }
    exports.into_iter().map(|(_, export, _)| export).collect()
}

/// Folder and extension, name without the part's number, and whether it is a file.
type Key = (std::path::PathBuf, String, bool);

/// What the parts of an export have in common, and the part's number.
fn key(part: &Part) -> (Key, u64) {
    let Part::File(path) = part else {
        return ((Default::default(), "stdin".into(), false), 1);
    };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let (name, number) = numbered(&stem);
    let rest = path
        .with_file_name("")
        .join(path.extension().unwrap_or_default());
    ((rest, name.to_owned(), true), number)
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
        join(parts, merge)
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
        assert_eq!(numbered("a [part x]"), ("a [part x]", 1));
        assert_eq!(numbered("a [1234]"), ("a [1234]", 1));
    }

    #[test]
    fn merging_joins_all() {
        assert_eq!(joined(&["b.json", "a.json"], true), [["b.json", "a.json"]]);
    }
}
