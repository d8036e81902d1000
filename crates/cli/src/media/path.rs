//! Paths in exports, which must not be trusted.

use std::path::{Component, Path, PathBuf};

use crate::engine::sanitize::is_device;

/// Extensions of files that are certainly not pictures: those that the package knows, but for pages
/// of servers, which may answer with a picture.
const OTHERS: &str = "\
    mp4 mov webm mkv avi m4v mpg mpeg ogv wmv mp3 ogg oga opus wav flac m4a aac wma mid \
    midi aif aiff txt md log rst tex rtf srt nfo doc docx odt pages epub rs py js ts jsx \
    tsx mjs c h cpp hpp cc cs java kt kts go rb swift sh bash zsh fish ps1 bat lua r jl \
    hs ml ex exs erl clj scala dart zig nim typ css scss less xml json jsonl yaml yml \
    toml ini cfg conf sql diff patch wasm vue svelte nix asm s v vhd cmake gradle make \
    dockerfile properties zip tar gz tgz bz2 tbz xz txz zst 7z rar jar iso deb rpm apk \
    dmg lz4 br pdf csv tsv xls xlsx ods numbers parquet ttf otf woff woff2 ttc eot \
    lottie exe";

/// Whether a URL or path may be that of a picture, judging by its name.
pub fn is_picture_name(url: &str) -> bool {
    !extension(url).is_some_and(|extension| {
        OTHERS
            .split(' ')
            .any(|other| extension.eq_ignore_ascii_case(other))
    })
}

/// The name of the file that a URL or path leads to. Only a URL has a query after its path; in
/// the names of files and folders, `?` and `#` are ordinary characters.
pub fn name(url: &str) -> &str {
    let path = match url.split(['?', '#']).next() {
        Some(path) if is_remote(url) => path,
        _ => url,
    };
    path.rsplit('/').next().unwrap_or(path)
}

/// The extension of that file.
pub fn extension(url: &str) -> Option<&str> {
    Path::new(name(url)).extension()?.to_str()
}

/// Whether a URL is remote, or refers to a file that was uploaded with its message.
pub fn is_remote(url: &str) -> bool {
    ["http://", "https://", "attachment://"]
        .iter()
        .any(|scheme| {
            url.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
}

/// Whether an address contains the file itself.
pub fn is_inline(url: &str) -> bool {
    url.get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// The path as a relative one; `None` for every form that isn't relative on some system:
/// absolute paths, and those with a drive, a scheme, a host or a device. It may still
/// contain `..`.
pub fn relative(url: &str) -> Option<PathBuf> {
    // Outside of Windows, a backslash is part of a name. The importer has already converted the
    // paths of Windows exports to slashes.
    if url.is_empty()
        || url.starts_with('/')
        || url.contains(['\\', ':'])
        || url.contains(char::is_control)
    {
        return None;
    }
    if url.split('/').any(is_device) {
        return None;
    }
    let path = Path::new(url);
    path.components()
        .all(|part| {
            matches!(
                part,
                Component::Normal(_) | Component::CurDir | Component::ParentDir
            )
        })
        .then(|| path.to_owned())
}

/// The path with `.` and `..` resolved; `None` if it leads above its start.
pub fn normal(path: &Path) -> Option<PathBuf> {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !normal.pop() {
                    return None;
                }
            }
            part => normal.push(part),
        }
    }
    Some(normal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_relative_paths_pass() {
        assert!(relative("chat_Files/Ünï cødé (1).png").is_some());
        assert!(relative("a/../b.png").is_some());
        for url in [
            "/a",
            "C:/a",
            "a:b",
            "a\\b",
            "",
            "a\nb",
            "x/AUX.txt",
            "com1.png",
            "LPT³",
            "data:image/png,x",
        ] {
            assert!(relative(url).is_none(), "{url}");
        }
        assert!(relative("console.png").is_some());
    }

    #[test]
    fn files_of_other_kinds_are_not_pictures() {
        let source = include_str!("../../../../src/items/file-kind.typ");
        let (_, kinds) = source.split_once("#let _extensions = (").unwrap();
        let (kinds, _) = kinds.split_once("\n)\n").unwrap();
        for (pictures, line) in kinds.lines().map(|line| (line.contains("image: "), line)) {
            let words = line.split('"').nth(1).unwrap_or_default();
            for extension in words.split_whitespace() {
                let may_be = pictures || ["html", "htm", "php", "pl"].contains(&extension);
                let name = format!("x.{extension}");
                assert_eq!(is_picture_name(&name), may_be, "{name}");
            }
        }
        assert!(is_picture_name("x") && is_picture_name("x.unknown"));
    }

    #[test]
    fn only_addresses_have_a_query() {
        let (local, remote) = (
            "#a 50%? b.json_Files/x.txt",
            "https://x.org/a.b/x.mp4?y=z.png#.gif",
        );
        assert_eq!((name(local), extension(local)), ("x.txt", Some("txt")));
        assert_eq!((name(remote), extension(remote)), ("x.mp4", Some("mp4")));
        assert!(!is_picture_name(local) && !is_picture_name(remote));
        assert!(is_picture_name("#a?.mp4/x") && is_picture_name("https://x.org/x?y=z.mp4"));
    }

    #[test]
    fn remote_addresses_are_recognised_by_their_scheme() {
        assert!(is_remote("HTTPS://x") && is_remote("http://x"));
        assert!(!is_remote("httpx") && !is_remote("é") && !is_remote("chat_Files/http://x"));
    }
}
