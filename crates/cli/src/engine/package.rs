//! The bundled scrollback package.

use std::sync::OnceLock;

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::package::PackageSpec;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst_utils::hash128;

/// A file of the package.
struct File {
    /// Its path below the package's root.
    path: &'static str,
    /// Its content; comment lines of sources are blank.
    data: &'static [u8],
    /// Whether it is a source that every transcript needs.
    is_early: bool,
}

/// Every file of the package, sorted by path.
const FILES: &[File] = include!(concat!(env!("OUT_DIR"), "/package_files.rs"));

/// The version of the package, which is the program's own.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Whether `spec` names the bundled package.
pub fn is_bundled(spec: &PackageSpec) -> bool {
    spec.namespace == "preview" && spec.name == "scrollback" && spec.version.to_string() == VERSION
}

/// The sources that were requested so far, in the order of the files, so that each is parsed
/// only once.
static SOURCES: [OnceLock<Source>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];

/// Parses the sources that every transcript needs in parallel, which Typst doesn't do.
pub fn parse() {
    let early = (0..FILES.len())
        .into_par_iter()
        .filter(|&index| FILES[index].is_early);
    early.for_each(|index| drop(parsed(index)));
}

/// A source of the package as one of a project.
pub fn source(id: FileId) -> Option<Source> {
    let path = id.vpath().get_without_slash();
    parsed(position(path).filter(|_| path.ends_with(".typ"))?)
}

fn parsed(index: usize) -> Option<Source> {
    let File { path, data, .. } = FILES[index];
    if let Some(source) = SOURCES[index].get() {
        return Some(source.clone());
    }
    let text = str::from_utf8(data).ok()?.to_owned();
    let path = VirtualPath::new(path).ok()?;
    let source = SOURCES[index].get_or_init(|| {
        let id = RootedPath::new(VirtualRoot::Project, path).intern();
        let source = Source::new(id, text);
        // Typst asks for the hash of each source, which is cached in it.
        hash128(&source);
        source
    });
    Some(source.clone())
}

/// The paths of all files of the package, sorted.
pub fn files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|file| file.path)
}

/// The content of a file of the package, by its path below the package's root.
pub fn file(path: &str) -> Option<&'static [u8]> {
    position(path).map(|index| FILES[index].data)
}

fn position(path: &str) -> Option<usize> {
    FILES.binary_search_by_key(&path, |file| file.path).ok()
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
    use std::path::Path;
    use std::str::FromStr;

    use typst::syntax::{SyntaxKind, SyntaxNode};

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
    fn only_this_version_of_this_package_is_bundled() {
        let spec = |text: &str| PackageSpec::from_str(text).unwrap();
        assert!(is_bundled(&spec(&format!("@preview/scrollback:{VERSION}"))));
        assert!(!is_bundled(&spec(&format!("@local/scrollback:{VERSION}"))));
        assert!(!is_bundled(&spec(&format!(
            "@preview/scrollback:{}",
            "99.0.0"
        ))));
        assert!(!is_bundled(&spec(&format!("@preview/cetz:{VERSION}"))));
    }

    #[test]
    fn the_files_are_sorted_and_whole() {
        assert!(FILES.is_sorted_by_key(|file| file.path));
        assert!(load(&VirtualPath::new("/lib.typ").unwrap()).is_ok());
        assert!(load(&VirtualPath::new("/tests/nothing.typ").unwrap()).is_err());
        assert!(FILES.iter().all(|file| !file.data.is_empty()));
    }

    #[test]
    fn sources_are_bundled_as_they_are_but_for_comments() {
        /// The parts of a source that matter to Typst: everything but spaces and comments.
        fn read(text: &str) -> Vec<(SyntaxKind, String)> {
            fn add(node: &SyntaxNode, found: &mut Vec<(SyntaxKind, String)>) {
                if !node.kind().is_trivia() && node.children().len() == 0 {
                    found.push((node.kind(), node.leaf_text().to_string()));
                }
                node.children().for_each(|child| add(child, found));
            }
            let mut found = Vec::new();
            add(&typst::syntax::parse(text), &mut found);
            found
        }
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let (mut sources, mut spared) = (0, 0);
        for file in FILES.iter().filter(|file| file.path.ends_with(".typ")) {
            let written = std::fs::read_to_string(root.join(file.path)).unwrap();
            let bundled = str::from_utf8(file.data).unwrap();
            assert!(read(bundled) == read(&written), "{} is another", file.path);
            assert_eq!(bundled.lines().count(), written.lines().count());
            sources += 1;
            spared += written.len() - bundled.len();
        }
        assert!(sources > 100 && spared > 100_000);
    }

    #[test]
    fn modules_that_every_transcript_imports_are_parsed_early() {
        let is_early = |path: &str| position(path).map(|index| FILES[index].is_early);
        // Imported at the top level, directly or indirectly.
        assert_eq!(is_early("src/logic/words/times.typ"), Some(true));
        // Imported within functions.
        for path in ["src/html/chat.typ", "src/page/polls.typ", "src/discord.typ"] {
            assert_eq!(is_early(path), Some(false), "{path}");
        }
    }
}
