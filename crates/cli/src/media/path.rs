//! Paths in exports, which are not to be trusted.

use std::path::{Component, Path, PathBuf};

use crate::engine::harmless::is_device;

/// Extensions of attachments that are no pictures to anyone.
const OTHERS: [&str; 22] = [
    "mp4", "mov", "webm", "mkv", "avi", "mp3", "ogg", "oga", "opus", "wav", "flac", "m4a", "zip",
    "7z", "rar", "gz", "txt", "pdf", "json", "lottie", "exe", "log",
];

/// Whether a URL or path may be that of a picture, by its name.
pub fn is_picture_name(url: &str) -> bool {
    let path = url.split(['?', '#']).next().unwrap_or(url);
    !Path::new(path).extension().is_some_and(|extension| {
        OTHERS
            .iter()
            .any(|other| extension.eq_ignore_ascii_case(other))
    })
}

/// Whether a URL leads to the network, or to a file that went with a message there.
pub fn is_remote(url: &str) -> bool {
    ["http://", "https://", "attachment://"]
        .iter()
        .any(|scheme| {
            url.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        })
}

/// Whether an address is the file itself.
pub fn is_inline(url: &str) -> bool {
    url.get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("data:"))
}

/// The path as a relative one, `None` for every form that starts elsewhere on any
/// system: absolute, with a drive or a scheme, of another computer, of a device.
/// It may still have `..` in it.
pub fn relative(url: &str) -> Option<PathBuf> {
    // On other systems a backslash is part of a name, and exports of Windows are
    // written with slashes by the importer before they come here.
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

/// The path with `.` and `..` resolved; `None` when it leads above its beginning.
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
    fn the_network_is_told_by_the_scheme() {
        assert!(is_remote("HTTPS://x") && is_remote("http://x"));
        assert!(!is_remote("httpx") && !is_remote("é") && !is_remote("chat_Files/http://x"));
    }
}
