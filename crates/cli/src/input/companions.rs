//! Companion files of a data package: `channel.json` beside the messages, `index.json` in
//! the folder above, and `user.json` of the package's owner.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::Part;

/// The names of files with messages.
const MESSAGES: [&str; 2] = ["messages.json", "messages.csv"];

/// Whether a file has the name of a data package's messages; older packages have tables.
pub fn is_message_table(path: &Path) -> bool {
    has_name(path, MESSAGES[1])
}

/// Whether a path has this name, in any case: programs that unpack and copy change it.
fn has_name(path: &Path, name: &str) -> bool {
    path.file_name()
        .is_some_and(|own| own.eq_ignore_ascii_case(name))
}

/// The companion files of a data package.
#[derive(Debug, PartialEq, Eq)]
pub struct Others {
    /// The package's folder.
    pub root: PathBuf,
    /// The number of files.
    pub count: usize,
}

/// Removes companions from the parts, and assigns them to their files of messages. Also
/// returns the other files of data packages.
pub fn paired(parts: Vec<Part>) -> (Vec<(Part, Vec<Part>)>, Vec<Others>) {
    let paths: Vec<PathBuf> = parts.iter().map(Part::path).collect();
    let mut named: HashMap<(&Path, String), usize> = HashMap::new();
    // The owners' files, by the root of their package: one folder below it, whose name depends on
    // the language.
    let mut owners: HashMap<&Path, usize> = HashMap::new();
    for (index, path) in paths.iter().enumerate() {
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            continue;
        };
        let name = name.to_string_lossy().to_ascii_lowercase();
        if let Some(root) = folder.parent().filter(|_| name == "user.json") {
            owners.entry(root).or_insert(index);
        }
        named.entry((folder, name)).or_insert(index);
    }
    let at = |folder, name: &str| named.get(&(folder, name.to_owned())).copied();
    let mut companions: Vec<Vec<usize>> = vec![Vec::new(); parts.len()];
    let mut taken = vec![false; parts.len()];
    let mut others: Vec<Others> = Vec::new();
    for (index, path) in paths.iter().enumerate() {
        let is_messages = MESSAGES.iter().any(|known| has_name(path, known));
        let Some(folder) = path.parent().filter(|_| is_messages) else {
            continue;
        };
        let Some(channel) = at(folder, "channel.json") else {
            continue;
        };
        let mut belonging = vec![channel];
        if let Some(above) = folder.parent() {
            belonging.extend(at(above, "index.json"));
            let owner = above.parent().and_then(|root| owners.get(root)).copied();
            belonging.extend(owner);
            if let Some(root) = above.parent().filter(|_| owner.is_some())
                && others.iter().all(|known| known.root != root)
            {
                let (root, count) = (root.to_owned(), 0);
                others.push(Others { root, count });
            }
        }
        for &companion in &belonging {
            taken[companion] = true;
        }
        companions[index] = belonging;
    }
    for package in &mut others {
        let within = |(index, path): &(usize, &PathBuf)| {
            let is_other = companions[*index].is_empty() && !taken[*index];
            is_other && path.starts_with(&package.root)
        };
        let found: Vec<usize> = paths
            .iter()
            .enumerate()
            .filter(within)
            .map(|(at, _)| at)
            .collect();
        package.count = found.len();
        for at in found {
            taken[at] = true;
        }
    }
    others.retain(|package| package.count > 0);
    let pairs = parts
        .iter()
        .enumerate()
        .filter(|(index, _)| !taken[*index])
        .map(|(index, part)| {
            let belonging = companions[index].iter().map(|&at| parts[at].clone());
            (part.clone(), belonging.collect())
        });
    (pairs.collect(), others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read_with_the_files_that_describe_them() {
        let names = [
            "p/Account/user.json",
            "p/Messages/c1/channel.json",
            "p/Messages/c1/messages.json",
            "p/Messages/c2/Channel.json",
            "p/Messages/c2/Messages.csv",
            "p/Messages/index.json",
            "p/Servers/1/guild.json",
            "p/Activity/events.json",
            "other/channel.json",
        ];
        let parts = names.iter().map(|name| Part::File(name.into())).collect();
        let (pairs, others) = paired(parts);
        let root = PathBuf::from("p");
        assert_eq!(others, [Others { root, count: 2 }]);
        let shown: Vec<String> = pairs
            .iter()
            .map(|(part, companions)| {
                let companions: Vec<String> = companions.iter().map(Part::shown).collect();
                format!("{} + {}", part.shown(), companions.join(" "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "p/Messages/c1/messages.json + p/Messages/c1/channel.json p/Messages/index.json \
                 p/Account/user.json",
                "p/Messages/c2/Messages.csv + p/Messages/c2/Channel.json p/Messages/index.json \
                 p/Account/user.json",
                "other/channel.json + ",
            ]
        );
    }
}
