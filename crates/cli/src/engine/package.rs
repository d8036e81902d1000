//! The scrollback package that the program carries.

use std::collections::HashMap;
use std::sync::OnceLock;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::package::PackageSpec;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst_utils::hash128;

/// Every file of the package: its path below the package's root, and its content.
/// Sorted by path.
const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/package_files.rs"));

/// The version of the package; the program's own.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Whether `spec` names the package that the program carries.
pub fn is_carried(spec: &PackageSpec) -> bool {
    spec.namespace == "preview" && spec.name == "scrollback" && spec.version.to_string() == VERSION
}

/// Where the sources are that only HTML needs.
const HTML: &str = "src/html/";

/// Parses the sources that pages need, by all processors at once, which one document alone
/// can't.
pub fn parse() {
    for_pages();
}

/// A source of the package as one of a project, which is parsed but once.
pub fn source(id: FileId) -> Option<Source> {
    let sources = if id.vpath().get_without_slash().starts_with(HTML) {
        for_html()
    } else {
        for_pages()
    };
    sources.get(&id).cloned()
}

fn for_pages() -> &'static HashMap<FileId, Source> {
    static SOURCES: OnceLock<HashMap<FileId, Source>> = OnceLock::new();
    SOURCES.get_or_init(|| parsed(|path| !path.starts_with(HTML)))
}

fn for_html() -> &'static HashMap<FileId, Source> {
    static SOURCES: OnceLock<HashMap<FileId, Source>> = OnceLock::new();
    SOURCES.get_or_init(|| parsed(|path| path.starts_with(HTML)))
}

/// The sources at some of the paths.
fn parsed(is_wanted: impl Fn(&str) -> bool + Sync) -> HashMap<FileId, Source> {
    FILES
        .par_iter()
        .filter(|(path, _)| path.ends_with(".typ") && is_wanted(path))
        .filter_map(|(path, data)| {
            let text = str::from_utf8(data).ok()?.to_owned();
            let path = VirtualPath::new(path).ok()?;
            let id = RootedPath::new(VirtualRoot::Project, path).intern();
            let source = Source::new(id, text);
            // Typst asks for the hash of each; the source remembers it.
            hash128(&source);
            Some((id, source))
        })
        .collect()
}

/// The paths of all files of the package, sorted.
pub fn files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(path, _)| *path)
}

/// The content of a file of the package, by its path below the package's root.
pub fn file(path: &str) -> Option<&'static [u8]> {
    let index = FILES.binary_search_by_key(&path, |(name, _)| name).ok()?;
    Some(FILES[index].1)
}

/// Reads a file of the package.
///
/// # Errors
/// [`FileError::NotFound`] when the package has no such file.
pub fn load(path: &VirtualPath) -> FileResult<Bytes> {
    let path = path.get_without_slash();
    match file(path) {
        Some(content) => Ok(Bytes::new(content)),
        None => Err(FileError::NotFound(
            format!("@preview/scrollback/{path}").into(),
        )),
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    #[test]
    fn the_manifest_and_the_program_agree_on_the_version() {
        let manifest = load(&VirtualPath::new("/typst.toml").unwrap()).unwrap();
        let manifest = String::from_utf8(manifest.to_vec()).unwrap();
        assert!(
            manifest
                .lines()
                .any(|line| line == format!("version = \"{VERSION}\"")),
            "typst.toml has another version than Cargo.toml ({VERSION})"
        );
    }

    #[test]
    fn only_this_version_of_this_package_is_carried() {
        let spec = |text: &str| PackageSpec::from_str(text).unwrap();
        assert!(is_carried(&spec(&format!("@preview/scrollback:{VERSION}"))));
        assert!(!is_carried(&spec(&format!("@local/scrollback:{VERSION}"))));
        assert!(!is_carried(&spec(&format!(
            "@preview/scrollback:{}",
            "99.0.0"
        ))));
        assert!(!is_carried(&spec(&format!("@preview/cetz:{VERSION}"))));
    }

    #[test]
    fn the_files_are_sorted_and_whole() {
        assert!(FILES.is_sorted_by_key(|(name, _)| *name));
        assert!(load(&VirtualPath::new("/lib.typ").unwrap()).is_ok());
        assert!(load(&VirtualPath::new("/tests/nothing.typ").unwrap()).is_err());
        assert!(FILES.iter().all(|(_, content)| !content.is_empty()));
    }
}
