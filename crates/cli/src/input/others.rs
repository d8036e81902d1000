//! Hints for files that aren't exports.

use std::path::Path;

use crate::failure::Failure;

/// Extensions of unsupported files, what they are, and what to do with them.
const OTHERS: [(&[&str], &str, &str); 6] = [
    (
        &["html", "htm"],
        "pages in HTML",
        "export again as JSON (DiscordChatExporter's `--format Json`)",
    ),
    (
        &["csv"],
        "tables",
        "export again as JSON (DiscordChatExporter's `--format Json`)",
    ),
    (
        &["txt", "log", "md"],
        "plain texts",
        "export again as JSON (DiscordChatExporter's `--format Json`); chats of other programs \
         aren't read",
    ),
    (
        &["mbox", "eml"],
        "e-mail",
        "only exports of Discord are read",
    ),
    (
        &["zip"],
        "archives",
        "unpack it, and pass the archives in it",
    ),
    (
        &["7z", "rar", "tar", "xz", "bz2", "tgz", "tbz", "txz"],
        "archives that aren't read",
        "unpack it first, and pass the folder",
    ),
];

/// The general hint.
const EXPORTS: &str = "exports are JSON and end in .json or .jsonl; Typst documents end in .typ";

fn of(extension: &str) -> Option<&'static (&'static [&'static str], &'static str, &'static str)> {
    let extension = extension.to_ascii_lowercase();
    OTHERS
        .iter()
        .find(|(known, ..)| known.contains(&extension.as_str()))
}

/// The hint for a file with this extension.
pub fn fix(extension: &str) -> &'static str {
    of(extension).map_or(EXPORTS, |(_, _, fix)| fix)
}

/// Whether a name is that of an archive.
pub fn is_archive(name: &str) -> bool {
    let extension = Path::new(name).extension().unwrap_or_default();
    of(&extension.to_string_lossy()).is_some_and(|(_, what, _)| what.starts_with("archives"))
}

/// Whether a name is that of a compressed tar archive, which isn't supported.
pub fn is_tar(path: &Path) -> bool {
    let name = path.to_string_lossy().to_ascii_lowercase();
    name.ends_with(".tgz")
        || path
            .with_extension("")
            .extension()
            .is_some_and(|one| one.eq_ignore_ascii_case("tar"))
}

/// The error for a folder or archive without exports, which contains these files.
pub fn none_in(kind: &str, shown: &str, files: &[String]) -> Failure {
    let error = format!("there are no exports in the {kind} `{shown}`");
    let extensions = files
        .iter()
        .filter_map(|file| Path::new(file).extension()?.to_str());
    let found = OTHERS.iter().find_map(|(known, what, fix)| {
        let mut all = extensions.clone();
        all.any(|one| known.contains(&one.to_ascii_lowercase().as_str()))
            .then_some((what, fix))
    });
    match found {
        Some((what, fix)) => Failure::usage(format!("{error}, but {what}"), *fix),
        None if files.is_empty() => Failure::usage(
            format!("{error}: it is empty"),
            "exports end in .json or .jsonl; export with `--format Json`",
        ),
        None => Failure::usage(
            error,
            "exports end in .json or .jsonl; export with `--format Json`",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_names_the_files_of_a_folder_without_exports() {
        for (files, told) in [
            (&["a.png", "b.HTML"][..], ", but pages in HTML"),
            (&["_chat.txt"], ", but plain texts"),
            (&["Takeout/All.mbox"], ", but e-mail"),
            (&["a.zip"], ", but archives"),
            (&["a.png"], "`x`"),
            (&[], ": it is empty"),
        ] {
            let files: Vec<String> = files.iter().map(ToString::to_string).collect();
            let Failure::Usage(message) = none_in("folder", "x", &files) else {
                panic!("another kind of failure");
            };
            assert!(message.error.ends_with(told), "{}", message.error);
        }
        assert!(is_tar(Path::new("a.tar.gz")) && is_tar(Path::new("a.tgz")));
        assert!(!is_tar(Path::new("a.json.gz")));
    }
}
