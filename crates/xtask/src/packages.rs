//! Finds out which packages of Typst Universe are available.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use typst_syntax::package::{PackageManifest, PackageSpec};

use crate::process;
use crate::project::Project;
use crate::sources;

/// How long Typst may take to fetch a package before it counts as out of reach.
const FETCH_LIMIT: Duration = Duration::from_secs(30);

/// Checks whether packages are available, and fetches each at most once.
pub struct Packages<'a> {
    project: &'a Project,
    /// Typst's own program, which does the fetching.
    typst: Option<PathBuf>,
    /// Where Typst keeps what it downloaded.
    cache: Option<PathBuf>,
    /// The results so far.
    known: BTreeMap<String, bool>,
}

impl<'a> Packages<'a> {
    /// Packages as Typst finds them; without `typst` nothing is fetched.
    pub fn new(project: &'a Project, typst: Option<PathBuf>) -> Self {
        let cache = match env::var_os("TYPST_PACKAGE_CACHE_PATH") {
            Some(path) => Some(path.into()),
            None => dirs::cache_dir().map(|path| path.join("typst/packages")),
        };
        Self {
            project,
            typst,
            cache,
            known: BTreeMap::new(),
        }
    }

    /// The first requirement of `document` that isn't available: a font, or a package, possibly
    /// an indirect one.
    pub fn missing(&mut self, document: &Path) -> Option<String> {
        if let Some(font) = sources::font_of_its_own(document) {
            return Some(format!("the font `{font}`"));
        }
        let needed = sources::packages_of(document, &self.project.root);
        needed
            .into_iter()
            .find(|(_, spec)| !self.is_available(spec))
            .map(|(name, _)| name)
    }

    /// Why a document that needs `what` is skipped.
    pub fn reason(what: &str) -> String {
        format!("needs {what}, which is neither here nor within reach")
    }

    /// Whether a package and everything that it imports are available, after fetching if
    /// necessary.
    fn is_available(&mut self, spec: &PackageSpec) -> bool {
        // The package under test is always there.
        if spec.namespace == "preview" && spec.name == "scrollback" {
            return true;
        }
        let name = spec.to_string();
        if let Some(&known) = self.known.get(&name) {
            return known;
        }
        // Assumed while it is being checked: packages may import each other.
        self.known.insert(name.clone(), true);
        let available = self.is_cached(spec) || self.fetch(&name);
        self.known.insert(name, available);
        available
    }

    /// Whether a package and everything that it imports are in the cache.
    fn is_cached(&mut self, spec: &PackageSpec) -> bool {
        let Some(cache) = &self.cache else {
            return false;
        };
        let folder = cache.join(format!("{}/{}/{}", spec.namespace, spec.name, spec.version));
        let Ok(manifest) = fs::read_to_string(folder.join("typst.toml")) else {
            return false;
        };
        let Ok(manifest) = toml::from_str::<PackageManifest>(&manifest) else {
            return false;
        };
        let entry = folder.join(manifest.package.entrypoint.as_str());
        let needed = sources::packages_of(&entry, &folder);
        needed.values().all(|spec| self.is_available(spec))
    }

    /// Lets Typst try to get a package from Universe.
    fn fetch(&self, name: &str) -> bool {
        let Some(typst) = &self.typst else {
            return false;
        };
        let folder = self.project.target.join("test");
        let document = folder.join("fetch.typ");
        let written = fs::create_dir_all(&folder)
            .and_then(|()| fs::write(&document, format!("#import {name:?}\n")));
        if written.is_err() {
            return false;
        }
        let mut command = Command::new(typst);
        command
            .arg("compile")
            .arg(&document)
            .arg(folder.join("fetch.pdf"));
        process::capture_within(&mut command, FETCH_LIMIT).is_ok_and(|ended| ended.success)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Puts a package with the given entry point into a cache.
    fn put(cache: &Path, name: &str, source: &str) {
        let folder = cache.join("preview").join(name).join("0.1.0");
        fs::create_dir_all(&folder).unwrap();
        fs::write(
            folder.join("typst.toml"),
            format!("[package]\nname = {name:?}\nversion = \"0.1.0\"\nentrypoint = \"lib.typ\"\n"),
        )
        .unwrap();
        fs::write(folder.join("lib.typ"), source).unwrap();
    }

    #[test]
    fn a_package_is_available_only_with_all_that_it_imports() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        let cache = root.join("cache");
        put(&cache, "leaf", "#import \"@preview/circle:0.1.0\"");
        put(&cache, "circle", "#import \"@preview/leaf:0.1.0\"");
        put(
            &cache,
            "broken",
            "#import \"@preview/leaf:0.1.0\"\n#import \"@preview/gone:0.1.0\"",
        );
        let project = Project {
            root: root.clone(),
            target: root.join("target"),
        };
        let mut packages = Packages {
            project: &project,
            typst: None,
            cache: Some(cache),
            known: BTreeMap::new(),
        };

        let mut missing = |source: &str| {
            let document = root.join("doc.typ");
            fs::write(&document, source).unwrap();
            packages.missing(&document)
        };
        assert_eq!(missing("#import \"@preview/scrollback:0.1.0\""), None);
        assert_eq!(missing("#import \"@preview/circle:0.1.0\""), None);
        assert_eq!(
            missing("#import \"@preview/broken:0.1.0\"").unwrap(),
            "@preview/broken:0.1.0"
        );
        assert_eq!(
            missing("#import \"@preview/leaf:9.0.0\"").unwrap(),
            "@preview/leaf:9.0.0"
        );
    }
}
