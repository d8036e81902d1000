//! Records the files that a run wrote into a site, so that a later run removes those that
//! are no longer needed, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};

use super::put;
use crate::export::state::earlier;
use crate::failure::Failure;
use crate::output;

/// The name of the file in the site.
pub const FILE: &str = "site-files.json";
/// The folders of a site in which later runs may remove files.
const FOLDERS: [&str; 3] = ["channels", "media", "search"];

/// The files of a site before a run and after it.
#[derive(Default)]
pub struct Listed {
    before: Files,
    now: Mutex<Files>,
}

/// The record of a run.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Files {
    /// Pages by their paths in the site, with the names of the files that they use.
    pages: BTreeMap<String, Vec<String>>,
    /// Other files that not every site has.
    others: BTreeSet<String>,
}

impl Files {
    /// The paths of all files.
    fn paths(&self) -> BTreeSet<String> {
        let media = self.pages.values().flatten();
        let media = media.map(|name| format!("media/{name}"));
        let pages = self.pages.keys().chain(&self.others).cloned();
        pages.chain(media).collect()
    }
}

impl Listed {
    /// The record of an earlier run; empty if there is none that can be read.
    pub fn read(path: &Path) -> Self {
        Self {
            before: earlier(path),
            now: Mutex::default(),
        }
    }

    /// Whether a page of an earlier run is still there with all files that it uses.
    pub fn stays(&self, site: &Path, page: &str) -> bool {
        let Some(media) = self.before.pages.get(page) else {
            return false;
        };
        let folder = site.join("media");
        let is_there =
            site.join(page).is_file() && media.iter().all(|name| folder.join(name).is_file());
        if is_there {
            self.note(page.to_owned(), media.clone());
        }
        is_there
    }

    /// Records a page with the names of the files that it uses.
    pub fn note(&self, page: String, media: Vec<String>) {
        let mut now = self.now.lock().expect("no panic while held");
        now.pages.insert(page, media);
    }

    /// Records another file.
    pub fn note_other(&self, file: String) {
        let mut now = self.now.lock().expect("no panic while held");
        now.others.insert(file);
    }

    /// Keeps the files of the previous run, because not all inputs could be read.
    pub fn keep_others(&self) {
        let mut now = self.now.lock().expect("no panic while held");
        for (page, media) in &self.before.pages {
            let known = now.pages.entry(page.clone());
            known.or_insert_with(|| media.clone());
        }
        now.others.extend(self.before.others.iter().cloned());
    }

    /// Removes the files of the previous run that are no longer needed, and folders that are
    /// then empty. Returns the number of removed pages.
    ///
    /// # Errors
    /// [`Failure::Output`] when one can't be removed.
    pub fn clear(&self, site: &Path) -> Result<usize, Failure> {
        let now = self.now.lock().expect("no panic while held");
        let needed = now.paths();
        let mut pages = 0;
        for file in self.before.paths().difference(&needed) {
            let path = site.join(file);
            if !is_own(site, file) {
                continue;
            }
            fs::remove_file(&path).map_err(|error| {
                Failure::output(
                    format!("cannot remove `{}`: {error}", path.display()),
                    "remove it yourself: nothing of the site leads there any more",
                )
            })?;
            pages += usize::from(self.before.pages.contains_key(file));
            if file.starts_with("channels/")
                && let Some(folder) = path.parent()
            {
                // A folder with other files stays.
                let _ = fs::remove_dir(folder);
            }
        }
        Ok(pages)
    }

    /// Saves the record for the next run.
    ///
    /// # Errors
    /// [`Failure::Output`] when the file can't be written.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let now = self.now.lock().expect("no panic while held");
        put(path, output::json(&*now, "which files the site has")?)
    }
}

/// Whether a path in the list is plausible: within one of the site's own folders, and not
/// through a symbolic link. Somebody may have edited the list.
fn is_own(site: &Path, file: &str) -> bool {
    let relative = Path::new(file);
    let mut parts = relative.components();
    let first = match parts.next() {
        Some(Component::Normal(name)) => name.to_str().unwrap_or_default(),
        _ => return false,
    };
    let depth = if first == "channels" { 2 } else { 1 };
    let is_plain = relative
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !FOLDERS.contains(&first) || !is_plain || parts.count() != depth {
        return false;
    }
    let mut path = site.to_owned();
    let is_folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|found| found.is_dir());
    for part in relative.parent().into_iter().flat_map(Path::components) {
        path.push(part);
        if !is_folder(&path) {
            return false;
        }
    }
    fs::symlink_metadata(site.join(relative)).is_ok_and(|found| found.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(site: &Path, file: &str) {
        let path = site.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }

    #[test]
    fn a_page_is_kept_only_if_it_and_its_pictures_exist() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path();
        write(site, "channels/a/1.html");
        write(site, "media/1.png");
        let first = Listed::read(&site.join(FILE));
        assert!(!first.stays(site, "channels/a/1.html"));
        first.note("channels/a/1.html".into(), vec!["1.png".into()]);
        first.write(&site.join(FILE)).unwrap();
        let again = Listed::read(&site.join(FILE));
        assert!(again.stays(site, "channels/a/1.html"));
        fs::remove_file(site.join("media/1.png")).unwrap();
        assert!(
            !again.stays(site, "channels/a/1.html"),
            "a picture has gone"
        );
    }

    #[test]
    fn only_files_of_the_previous_run_are_removed() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        let path = site.join(FILE);
        for file in [
            "channels/a/1.html",
            "channels/a/2.html",
            "channels/b/1.html",
            "channels/b/notes.txt",
            "channels/c/1.html",
            "media/old.png",
            "media/new.png",
            "media/mine.png",
            "search/c.js",
            "index.html",
            "../outside.html",
        ] {
            write(&site, file);
        }
        let first = Listed::read(&path);
        first.note("channels/a/1.html".into(), vec!["new.png".into()]);
        for file in [
            "channels/a/2.html",
            "channels/b/1.html",
            "channels/c/1.html",
            // An edited list.
            "index.html",
            "../outside.html",
            "channels/../../outside.html",
            "channels/missing/1.html",
            "channels/a",
            "/etc/passwd",
        ] {
            let media = ["old.png", "../index.html"].map(str::to_owned);
            first.note(file.into(), media.to_vec());
        }
        first.note_other("search/c.js".into());
        first.write(&path).unwrap();
        let kept = Listed::read(&path);
        kept.keep_others();
        assert_eq!(kept.clear(&site).unwrap(), 0, "not all could be read");
        let again = Listed::read(&path);
        again.note("channels/a/1.html".into(), vec!["new.png".into()]);
        assert_eq!(again.clear(&site).unwrap(), 3);
        for (file, stays) in [
            ("channels/a/1.html", true),
            ("channels/a/2.html", false),
            ("channels/b/1.html", false),
            ("channels/b/notes.txt", true),
            ("channels/c", false),
            ("media/old.png", false),
            ("media/new.png", true),
            ("media/mine.png", true),
            ("search/c.js", false),
            ("index.html", true),
            ("../outside.html", true),
        ] {
            assert_eq!(site.join(file).exists(), stays, "{file}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn no_file_is_taken_away_behind_a_link() {
        let folder = tempfile::tempdir().unwrap();
        let site = folder.path().join("site");
        write(folder.path(), "mine/1.html");
        fs::create_dir_all(site.join("channels")).unwrap();
        std::os::unix::fs::symlink("../../mine", site.join("channels/a")).unwrap();
        let first = Listed::read(&site.join(FILE));
        first.note("channels/a/1.html".into(), Vec::new());
        first.write(&site.join(FILE)).unwrap();
        assert_eq!(Listed::read(&site.join(FILE)).clear(&site).unwrap(), 0);
        assert!(folder.path().join("mine/1.html").exists());
    }
}
