//! Finds the pictures of exports, in the media folder and nowhere else.

mod found;
mod path;
mod refusal;
mod spelling;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use percent_encoding::percent_decode_str;
use typst::foundations::Bytes;

use crate::engine::{MOST_PICTURE_BYTES, Picture, Unfit};
use crate::failure::Failure;
use crate::input::{Downloads, Export};

pub use found::Found;
pub use path::{extension, is_picture_name, name};
pub use refusal::Refusal;

use path::{is_inline, is_remote, relative};
use spelling::Spellings;

/// The suffixes of media folders, after the name of the export.
const SUFFIX: &str = "_Files";

/// The media folder of an export.
#[derive(Debug, Clone)]
pub struct Folder {
    /// The folder that relative paths of the export start from.
    base: PathBuf,
    /// The folders that may contain files, canonical.
    roots: Vec<PathBuf>,
    /// Media folders that aren't there, at least not in this spelling.
    absent: Vec<PathBuf>,
    /// Those of them that are there in another spelling. Looked for when a file is asked for: most
    /// exports without a media folder have no files either.
    respelled: OnceLock<Vec<PathBuf>>,
    /// Whether the user named the folder, so that files moved into it are found, too.
    named: bool,
    /// Databases that contain files of the export.
    downloads: Vec<Arc<Downloads>>,
    spellings: Spellings,
}

impl Folder {
    /// The media folder of an export: the one that the user named, or those beside the export.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the named one isn't a folder, or a database can't be read.
    pub fn of(export: &Export, named: Option<&Path>) -> Result<Self, Failure> {
        let mut folder = Self::of_files(export, named)?;
        folder.downloads = export.downloads()?.into_iter().map(Arc::new).collect();
        Ok(folder)
    }

    fn of_files(export: &Export, named: Option<&Path>) -> Result<Self, Failure> {
        let Some(named) = named else {
            return Ok(Self::beside(export.files()));
        };
        let base = export
            .folder()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        Self::named(named, base).map_err(|error| {
            Failure::usage(
                format!(
                    "cannot open the media folder `{}`: {error}",
                    named.display()
                ),
                "pass the folder that holds the export's files to `--media`, and check that you may read it",
            )
        })
    }

    /// The folder that the user named, for an export in the folder `base`.
    ///
    /// # Errors
    /// When it isn't a folder.
    fn named(folder: &Path, base: &Path) -> std::io::Result<Self> {
        let root = folder.canonicalize()?;
        if !root.is_dir() {
            return Err(std::io::ErrorKind::NotADirectory.into());
        }
        Ok(Self {
            base: base.canonicalize()?,
            roots: vec![root],
            absent: Vec::new(),
            respelled: OnceLock::new(),
            named: true,
            downloads: Vec::new(),
            spellings: Spellings::default(),
        })
    }

    /// The folders beside exports: `chat.json_Files`, or `chat_Files`.
    fn beside<'p>(exports: impl IntoIterator<Item = &'p Path>) -> Self {
        let mut base = PathBuf::new();
        let mut roots = Vec::new();
        let mut absent = Vec::new();
        for export in exports {
            let Some(folder) = export.parent() else {
                continue;
            };
            let folder = if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            };
            let Ok(folder) = folder.canonicalize() else {
                continue;
            };
            for name in [export.file_name(), export.file_stem()]
                .into_iter()
                .flatten()
            {
                let mut name = name.to_owned();
                name.push(SUFFIX);
                let root = folder.join(name);
                if !is_folder(&root) {
                    absent.push(root);
                } else if !roots.contains(&root) {
                    roots.push(root);
                }
            }
            base = folder;
        }
        Self {
            base,
            roots,
            absent,
            respelled: OnceLock::new(),
            named: false,
            downloads: Vec::new(),
            spellings: Spellings::default(),
        }
    }

    /// The folders to watch.
    pub fn roots(&self) -> impl Iterator<Item = &PathBuf> {
        let respelled = self.respelled.get_or_init(|| {
            let found = self.absent.iter().filter_map(|absent| {
                let found = self.spellings.find(absent.parent()?, absent)?;
                (is_folder(&found) && !self.roots.contains(&found)).then_some(found)
            });
            found.collect()
        });
        self.roots.iter().chain(respelled)
    }

    /// The file for a URL or path of the export.
    ///
    /// # Errors
    /// The reason why it must not be read.
    pub fn find(&self, url: &str) -> Result<Found, Refusal> {
        if is_remote(url) {
            return self.downloaded(url);
        }
        self.file(url).map(Found::File)
    }

    /// A remote file of which a database has a copy.
    fn downloaded(&self, url: &str) -> Result<Found, Refusal> {
        for downloads in &self.downloads {
            match downloads.find(url) {
                Ok(Some(address)) => {
                    return Ok(Found::Download {
                        downloads: downloads.clone(),
                        address,
                    });
                }
                Ok(None) => {}
                Err(_) => return Err(Refusal::Unreadable),
            }
        }
        Err(Refusal::Remote)
    }

    /// The file for a path of the export: as it is written, or else without percent-encoding,
    /// which some exporters apply to paths. Both are checked in the same way.
    fn file(&self, url: &str) -> Result<PathBuf, Refusal> {
        let refusal = match self.literal(url) {
            Ok(path) => return Ok(path),
            Err(refusal) => refusal,
        };
        if refusal == Refusal::Missing
            && let Ok(decoded) = percent_decode_str(url).decode_utf8()
            && decoded != url
        {
            return self.literal(&decoded).map_err(|_| refusal);
        }
        Err(refusal)
    }

    /// The file for a path exactly as it is written.
    fn literal(&self, url: &str) -> Result<PathBuf, Refusal> {
        if is_inline(url) {
            return Err(Refusal::Inline);
        }
        // Such a name leads nowhere else; but terminals and other systems trip over it.
        if url.contains(char::is_control) {
            return Err(Refusal::Unreadable);
        }
        let relative = relative(url).ok_or(Refusal::Outside)?;
        let mut found = Refusal::Missing;
        let candidates = self.candidates(&relative);
        let other_spellings = candidates.iter().filter_map(|path| {
            let mut roots = self.roots();
            roots.find_map(|root| self.spellings.find(root, path))
        });
        for candidate in candidates.iter().cloned().chain(other_spellings) {
            match self.check(&candidate) {
                Ok(path) => return Ok(path),
                // Of all reasons, leading outside takes precedence.
                Err(Refusal::Outside) => return Err(Refusal::Outside),
                Err(Refusal::Missing) => {}
                Err(refusal) => found = refusal,
            }
        }
        if found == Refusal::Missing && !self.named && !self.expects(&relative) {
            found = Refusal::Outside;
        }
        Err(found)
    }

    /// The possible paths of a relative path's file, all in the media folder.
    fn candidates(&self, relative: &Path) -> Vec<PathBuf> {
        let joined = path::normal(&self.base.join(relative));
        let mut candidates: Vec<PathBuf> = joined
            .into_iter()
            .filter_map(|joined| self.in_root(joined))
            .collect();
        if self.named
            && let Some(root) = self.roots.first()
        {
            candidates
                .extend(path::normal(&root.join(relative)).filter(|path| path.starts_with(root)));
            candidates.extend(relative.file_name().map(|name| root.join(name)));
        }
        candidates
    }

    /// The path, if it leads into a media folder, with that folder's name as it is on the disk.
    fn in_root(&self, path: PathBuf) -> Option<PathBuf> {
        if self.roots.iter().any(|root| path.starts_with(root)) {
            return Some(path);
        }
        self.roots().find_map(|root| {
            let parent = root.parent()?;
            let mut parts = path.strip_prefix(parent).ok()?.components();
            let folder = parent.join(parts.next()?);
            (self.spellings.find(parent, &folder)? == *root).then(|| root.join(parts))
        })
    }

    /// Whether a relative path leads into a folder with the name of a media folder.
    fn expects(&self, relative: &Path) -> bool {
        let mut parts = relative.components();
        match (parts.next(), parts.next()) {
            (Some(std::path::Component::Normal(first)), Some(_)) => {
                let first = first.to_string_lossy().to_lowercase();
                first.ends_with(&SUFFIX.to_lowercase()) && path::normal(relative).is_some()
            }
            _ => false,
        }
    }

    /// The file, with symbolic links resolved.
    fn check(&self, candidate: &Path) -> Result<PathBuf, Refusal> {
        let real = candidate
            .canonicalize()
            .map_err(|error| match error.kind() {
                std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory => {
                    Refusal::Missing
                }
                _ => Refusal::Unreadable,
            })?;
        if !self.roots().any(|root| real.starts_with(root)) {
            return Err(Refusal::Outside);
        }
        match fs::metadata(&real) {
            Ok(metadata) if metadata.is_file() => Ok(real),
            _ => Err(Refusal::Unreadable),
        }
    }
}

/// Whether there is a folder. A symbolic link to one is none: it could lead anywhere, and the user
/// can name its target instead.
fn is_folder(path: &Path) -> bool {
    path.is_dir() && !path.is_symlink()
}

/// Reads a picture and checks that it can be drawn: by its first bytes, by the size in its
/// header, and then by decoding it.
///
/// # Errors
/// The reason why it can't.
pub fn read(found: &Found) -> Result<Picture, Refusal> {
    let file = found.open().map_err(|_| Refusal::Unreadable)?;
    let mut data = Vec::new();
    file.take(MOST_PICTURE_BYTES + 1)
        .read_to_end(&mut data)
        .map_err(|_| Refusal::Unreadable)?;
    if data.len() as u64 > MOST_PICTURE_BYTES {
        return Err(Refusal::Unfit(Unfit::TooLarge));
    }
    Picture::new(Bytes::new(data)).map_err(Refusal::Unfit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let temp = tempfile::tempdir().unwrap();
        let base = temp.path().canonicalize().unwrap();
        for file in [
            "chat.json_Files/a.png",
            "secret.png",
            "media/b.png",
            "chat.json",
        ] {
            let path = base.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        (temp, base)
    }

    #[test]
    fn files_of_the_folder_beside_are_found() {
        let (_temp, base) = folder();
        let media = Folder::beside([base.join("chat.json").as_path()]);
        let file = base.join("chat.json_Files/a.png");
        assert_eq!(media.file("chat.json_Files/a.png"), Ok(file.clone()));
        assert_eq!(media.file("./chat.json_Files/x/../a.png"), Ok(file));
        assert_eq!(
            media.file("chat.json_Files/none.png"),
            Err(Refusal::Missing)
        );
        assert!(matches!(
            media.find("https://cdn.discordapp.com/a.png"),
            Err(Refusal::Remote)
        ));
    }

    #[test]
    fn encoded_paths_are_found_but_lead_nowhere_else() {
        let (_temp, base) = folder();
        for name in ["a b#\u{fc}.png", "50%25.png"] {
            fs::write(base.join("chat.json_Files").join(name), "x").unwrap();
        }
        let beside = Folder::beside([base.join("chat.json").as_path()]);
        for (url, name) in [
            ("chat.json_Files/a%20b%23%C3%BC.png", "a b#\u{fc}.png"),
            ("chat.json_Files/50%25.png", "50%25.png"),
            ("chat.json_Files/50%2525.png", "50%25.png"),
        ] {
            let file = base.join("chat.json_Files").join(name);
            assert_eq!(beside.file(url), Ok(file), "{url}");
        }
        for url in [
            "chat.json_Files/%2e%2e/secret.png",
            "chat.json_Files/..%2fsecret.png",
            "%2e%2e/secret.png",
            "chat.json_Files/a%00.png",
            "%2Fetc%2Fpasswd",
            "chat.json_Files/%FF.png",
        ] {
            assert!(beside.file(url).is_err(), "{url}");
        }
    }

    #[test]
    fn paths_that_lead_out_are_refused() {
        let (_temp, base) = folder();
        let absolute = base.join("chat.json_Files/a.png");
        let beside = Folder::beside([base.join("chat.json").as_path()]);
        let named = Folder::named(&base.join("media"), &base).unwrap();
        for media in [&beside, &named] {
            for url in [
                "../secret.png",
                "chat.json_Files/../../secret.png",
                absolute.to_str().unwrap(),
                "/etc/passwd",
                "\\\\server\\share\\a.png",
                "..\\secret.png",
                "C:\\a.png",
                "C:a.png",
                "//server/a.png",
                "file:///etc/passwd",
                "a.png:stream",
                "chat.json_Files/NUL",
                "chat.json_Files/con.png",
                "",
            ] {
                let found = media.file(url);
                assert!(
                    matches!(found, Err(Refusal::Outside | Refusal::Missing)),
                    "{url}: {found:?}"
                );
            }
        }
        assert_eq!(beside.file("../secret.png"), Err(Refusal::Outside));
        for url in ["a\0.png", "chat.json_Files/a\nb.png"] {
            assert_eq!(beside.file(url), Err(Refusal::Unreadable));
        }
        assert_eq!(
            beside.file("data:image/png;base64,AAAA"),
            Err(Refusal::Inline)
        );
        assert_eq!(beside.file("secret.png"), Err(Refusal::Outside));
        assert_eq!(beside.file("/etc/passwd"), Err(Refusal::Outside));
    }

    #[test]
    fn moved_files_are_found_in_the_folder_that_the_user_names() {
        let (_temp, base) = folder();
        let media = Folder::named(&base.join("media"), &base).unwrap();
        let file = base.join("media/b.png");
        for url in ["media/b.png", "b.png", "old.json_Files/b.png"] {
            assert_eq!(media.file(url), Ok(file.clone()), "{url}");
        }
        assert_eq!(media.file("chat.json_Files/a.png"), Err(Refusal::Missing));
        assert!(Folder::named(&base.join("nowhere"), &base).is_err());
        assert!(Folder::named(&base.join("secret.png"), &base).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn links_that_lead_out_are_refused() {
        let (_temp, base) = folder();
        let link = |to: &str, at: &str| {
            std::os::unix::fs::symlink(base.join(to), base.join(at)).unwrap();
        };
        link("secret.png", "chat.json_Files/link.png");
        link("chat.json_Files/a.png", "chat.json_Files/inner.png");
        link("media", "other_Files");
        let media = Folder::beside([base.join("chat.json").as_path()]);
        assert_eq!(
            media.file("chat.json_Files/link.png"),
            Err(Refusal::Outside)
        );
        assert!(media.file("chat.json_Files/inner.png").is_ok());
        let media = Folder::beside([base.join("other.json").as_path()]);
        assert!(media.file("other_Files/b.png").is_err());
    }
}
