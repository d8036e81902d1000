//! Finds files whose names are spelt otherwise than in the export. Windows and macOS take names
//! that differ only in case, or in how accents are encoded, for the same; other systems don't.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::input::folded;

/// The names in a folder by their folded form; `None` for a form that several have.
type Names = HashMap<String, Option<OsString>>;

/// The folders that were looked into, each read once.
#[derive(Debug, Clone, Default)]
pub struct Spellings(Arc<Mutex<HashMap<PathBuf, Arc<Names>>>>);

impl Spellings {
    /// The only path in `root` that other systems take for this one.
    pub fn find(&self, root: &Path, path: &Path) -> Option<PathBuf> {
        let mut found = root.to_owned();
        for part in path.strip_prefix(root).ok()?.components() {
            let name = folded(part.as_os_str().to_str()?);
            let names = self.names(&found);
            found.push(names.get(&name)?.as_ref()?);
        }
        Some(found)
    }

    fn names(&self, folder: &Path) -> Arc<Names> {
        let mut folders = self.0.lock().expect("no panic while held");
        if let Some(known) = folders.get(folder) {
            return known.clone();
        }
        let mut names = Names::new();
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            if let Some(folded) = name.to_str().map(folded) {
                let several = names.contains_key(&folded);
                names.insert(folded, (!several).then_some(name));
            }
        }
        let names = Arc::new(names);
        folders.insert(folder.to_owned(), names.clone());
        names
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::super::{Folder, Refusal};

    #[test]
    fn names_that_windows_and_macos_take_for_the_same_are_found() {
        let temp = tempfile::tempdir().unwrap();
        let base = temp.path().canonicalize().unwrap();
        let media = base.join("chat.json_Files");
        fs::create_dir_all(media.join("Sub")).unwrap();
        let names = [
            "OK.PNG",
            "e\u{301}te\u{301}.png",
            "Two.png",
            "two.PNG",
            "Sub/In.png",
        ];
        for name in names {
            fs::write(media.join(name), "x").unwrap();
        }
        fs::write(base.join("secret.png"), "x").unwrap();
        let beside = Folder::beside([base.join("chat.json").as_path()]);
        for (name, actual) in [
            ("ok.png", "OK.PNG"),
            ("\u{e9}t\u{e9}.png", "e\u{301}te\u{301}.png"),
            ("%C3%89t%C3%A9.png", "e\u{301}te\u{301}.png"),
            ("two.PNG", "two.PNG"),
            ("sub/in.PNG", "Sub/In.png"),
        ] {
            let url = format!("chat.json_Files/{name}");
            assert_eq!(beside.file(&url), Ok(media.join(actual)), "{name}");
        }
        // Either could be meant.
        let either = beside.file("chat.json_Files/TWO.png");
        assert_eq!(either, Err(Refusal::Missing));
        let named = Folder::named(&media, &base).unwrap();
        assert_eq!(named.file("ok.png"), Ok(media.join("OK.PNG")));
        for folder in [&beside, &named] {
            let out = folder.file("chat.json_Files/../SECRET.png");
            assert!(out.is_err(), "{out:?}");
        }
    }

    #[test]
    fn a_media_folder_is_found_that_is_spelt_otherwise() {
        for (export, folder, written) in [
            ("chat.html", "Chat.html_files", "chat.html_Files"),
            ("Chat.json", "chat.json_Files", "chat.json_Files"),
            ("Chat.json", "chat_files", "CHAT_Files"),
            ("chat.json", "chat.json_Files", "Chat.json_Files"),
            ("\u{e9}.json", "e\u{301}.json_Files", "\u{e9}.json_Files"),
        ] {
            let temp = tempfile::tempdir().unwrap();
            let base = temp.path().canonicalize().unwrap();
            let file = base.join(folder).join("Sub/A.png");
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(&file, "x").unwrap();
            fs::create_dir(base.join("Other_Files")).unwrap();
            fs::write(base.join("Other_Files/b.png"), "x").unwrap();
            let media = Folder::beside([base.join(export).as_path()]);
            for name in ["Sub/A.png", "sub/a.PNG", "./x/../Sub/A.png"] {
                let found = media.file(&format!("{written}/{name}"));
                assert_eq!(found, Ok(file.clone()), "{export}: {written}/{name}");
            }
            assert_eq!(media.roots().collect::<Vec<_>>(), [&base.join(folder)]);
            for other in ["Other_Files/b.png", "other_files/b.png"] {
                assert!(media.file(other).is_err(), "{other}");
            }
            let named = Folder::named(&base.join(folder), &base).unwrap();
            let found = named.file(&format!("{written}/sub/a.png"));
            assert_eq!(found, Ok(file.clone()));
        }
    }

    #[test]
    fn either_of_two_media_folders_is_none() {
        let temp = tempfile::tempdir().unwrap();
        let base = temp.path().canonicalize().unwrap();
        for folder in ["CHAT.json_Files", "Chat.json_Files"] {
            fs::create_dir(base.join(folder)).unwrap();
            fs::write(base.join(folder).join("a.png"), "x").unwrap();
        }
        let of = |export: &str| Folder::beside([base.join(export).as_path()]);
        assert!(of("chat.json").file("chat.json_Files/a.png").is_err());
        let file = base.join("Chat.json_Files/a.png");
        let media = of("Chat.json");
        assert_eq!(media.file("Chat.json_Files/a.png"), Ok(file));
        assert!(media.file("CHAT.json_Files/a.png").is_err());
    }
}
