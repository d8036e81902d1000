//! Finds the pictures of exports, in the media folder and nowhere else.

mod found;
mod path;
mod spelling;

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use percent_encoding::percent_decode_str;
use typst::foundations::Bytes;

use crate::engine::{MOST_PICTURE_BYTES, Picture, Unfit};
use crate::failure::Failure;
use crate::input::{Downloads, Export};

pub use found::Found;
pub use path::{extension, is_picture_name, name};
use path::{is_inline, is_remote, relative};
use spelling::Spellings;

/// The suffixes of media folders, after the name of the export.
const SUFFIX: &str = "_Files";

/// Reasons why a picture isn't drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Refusal {
    /// It is remote; scrollback never downloads.
    Remote,
    /// Its path leads outside of the media folder.
    Outside,
    /// It is embedded in its address (`data:`).
    Inline,
    /// There is no such file.
    Missing,
    /// It isn't a regular file, or cannot be read.
    Unreadable,
    /// It can't be drawn.
    Unfit(Unfit),
    /// Earlier pictures use up the memory for pictures.
    TooMany,
}

impl Refusal {
    /// The reason, to follow "N pictures".
    pub fn reason(self) -> &'static str {
        match self {
            Self::Remote => "are remote, and scrollback never downloads files",
            Self::Outside => "lead out of the media folder and were not read",
            Self::Inline => "stand in `data:` addresses, which are not read",
            Self::Missing => "are not in the media folder",
            Self::Unreadable => "cannot be read",
            Self::Unfit(Unfit::TooLarge) => "are larger than 64 MiB",
            Self::Unfit(Unfit::TooManyPixels) => "have more than 50 million pixels",
            Self::Unfit(Unfit::Unsupported) => "are of a kind that can't be drawn",
            Self::Unfit(Unfit::Damaged) => "are damaged",
            Self::TooMany => "would take more than 2 GiB of memory with those before them",
        }
    }

    /// The key of the reason on the picture's card, after `picture-` in `locales/`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Remote | Self::Missing => "absent",
            Self::Outside => "refused",
            Self::Unreadable => "unreadable",
            Self::Unfit(Unfit::TooLarge | Unfit::TooManyPixels) | Self::TooMany => "large",
            Self::Inline | Self::Unfit(Unfit::Unsupported) => "unknown",
            Self::Unfit(Unfit::Damaged) => "damaged",
        }
    }

    /// What to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::Remote => "to include them, export with media (DiscordChatExporter's `--media`)",
            Self::Outside => {
                "pass the folder that holds them to `--media`, if you trust the export"
            }
            Self::Inline => "export with media, so that they are files",
            Self::Missing => "pass the folder that holds them to `--media`",
            Self::Unreadable => {
                "check that you may read them, that they are regular files, and that their names have no line breaks"
            }
            Self::Unfit(Unfit::TooLarge | Unfit::TooManyPixels) => {
                "make them smaller to have them drawn"
            }
            Self::Unfit(Unfit::Unsupported) => {
                "PNG, JPEG, GIF, WebP and SVG without embedded pictures or costly filters are drawn"
            }
            Self::Unfit(Unfit::Damaged) => "download them again",
            Self::TooMany => "divide the transcript with `--split`",
        }
    }
}

/// The media folder of an export.
#[derive(Debug, Clone)]
pub struct Folder {
    /// The folder that relative paths of the export start from.
    base: PathBuf,
    /// The folders that may contain files, canonical.
    roots: Vec<PathBuf>,
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
            named: true,
            downloads: Vec::new(),
            spellings: Spellings::default(),
        })
    }

    /// The folders beside exports: `chat.json_Files`, or `chat_Files`.
    fn beside<'p>(exports: impl IntoIterator<Item = &'p Path>) -> Self {
        let mut base = PathBuf::new();
        let mut roots = Vec::new();
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
                // A symbolic link could lead anywhere; the user can name its target instead.
                if root.is_dir() && !root.is_symlink() && !roots.contains(&root) {
                    roots.push(root);
                }
            }
            base = folder;
        }
        Self {
            base,
            roots,
            named: false,
            downloads: Vec::new(),
            spellings: Spellings::default(),
        }
    }

    /// The folders to watch.
    pub fn roots(&self) -> &[PathBuf] {
        &self.roots
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
            let mut roots = self.roots.iter();
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
            .filter(|joined| self.roots.iter().any(|root| joined.starts_with(root)))
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

    /// Whether a relative path leads into a folder with the name of a media folder.
    fn expects(&self, relative: &Path) -> bool {
        let mut parts = relative.components();
        match (parts.next(), parts.next()) {
            (Some(std::path::Component::Normal(first)), Some(_)) => {
                first.to_string_lossy().ends_with(SUFFIX) && path::normal(relative).is_some()
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
        if !self.roots.iter().any(|root| real.starts_with(root)) {
            return Err(Refusal::Outside);
        }
        match fs::metadata(&real) {
            Ok(metadata) if metadata.is_file() => Ok(real),
            _ => Err(Refusal::Unreadable),
        }
    }
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
