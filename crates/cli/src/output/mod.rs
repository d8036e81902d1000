//! Writes output files atomically.

pub mod apart;
pub mod hash;
mod plan;
pub mod temporary;
mod write;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::failure::Failure;
use temporary::Temporary;

pub use plan::{Names, Plan, is_folder};
pub use write::{Unwritten, Writer, check_standards};

/// Placeholders for the pages of a document.
const PAGE_PLACEHOLDERS: [&str; 3] = ["{p}", "{0p}", "{n}"];

/// Whether `output` names one file per page.
pub fn names_pages(output: &Path) -> bool {
    let output = output.to_string_lossy();
    PAGE_PLACEHOLDERS
        .iter()
        .any(|placeholder| output.contains(placeholder))
}

/// The file name for a page, counted from 1.
pub fn page_path(output: &Path, page: usize, pages: usize) -> PathBuf {
    if !names_pages(output) {
        return output.to_owned();
    }
    let padded = format!("{page:0width$}", width = pages.to_string().len());
    output
        .to_string_lossy()
        .replace("{p}", &page.to_string())
        .replace("{0p}", &padded)
        .replace("{n}", &padded)
        .replace("{t}", &pages.to_string())
        .into()
}

/// Checks before the work begins what would certainly fail after it.
///
/// # Errors
/// [`Failure::Usage`] when the output is an input; [`Failure::Output`] when it is a folder,
/// or its parent folder doesn't exist.
pub fn check<'p>(output: &Path, inputs: impl IntoIterator<Item = &'p Path>) -> Result<(), Failure> {
    if output == Path::new(STDOUT) {
        return Ok(());
    }
    if let Ok(to) = output.canonicalize()
        && inputs
            .into_iter()
            .any(|input| input.canonicalize().is_ok_and(|from| from == to))
    {
        return Err(Failure::usage(
            format!("the output `{}` is the input itself", output.display()),
            "give the output another name with `-o`",
        ));
    }
    if output.is_dir() {
        return Err(Failure::output(
            format!("cannot write `{}`: it is a folder", output.display()),
            "give the name of a file to `-o`",
        ));
    }
    if !names_pages(folder_of(output)) && !folder_of(output).is_dir() {
        return Err(unwritable(output, &io::ErrorKind::NotFound.into()));
    }
    Ok(())
}

/// The name of standard output.
pub const STDOUT: &str = "-";

/// A file that is written, but not yet at its final path.
pub enum Staged {
    /// A finished temporary file beside its final path.
    Beside(Temporary<NamedTempFile>, PathBuf),
    /// Data for a target that a rename would destroy, such as a pipe.
    Direct(Vec<u8>, PathBuf),
    /// Data for standard output.
    Stdout(Vec<u8>),
}

/// A file of an output, for the manifest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its path; `-` for standard output.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256 in hexadecimal digits.
    pub sha256: String,
}

impl Staged {
    /// The file's entry in the manifest.
    ///
    /// # Errors
    /// [`Failure::Output`] when it can't be read again.
    pub fn written(&self) -> Result<Written, Failure> {
        let (path, hashed) = match self {
            Self::Beside(file, target) => (target.as_path(), hash::file(file.path())),
            Self::Direct(data, target) => (target.as_path(), Ok(hash::bytes(data))),
            Self::Stdout(data) => (Path::new(STDOUT), Ok(hash::bytes(data))),
        };
        let (bytes, sha256) = hashed.map_err(|error| unwritable(path, &error))?;
        Ok(Written {
            path: path.display().to_string(),
            bytes,
            sha256,
        })
    }

    /// The path that it will have; `None` for standard output.
    pub fn target(&self) -> Option<&Path> {
        match self {
            Self::Beside(_, target) | Self::Direct(_, target) => Some(target),
            Self::Stdout(_) => None,
        }
    }
}

/// Indented JSON, for people to read. `what` names its content in errors.
///
/// # Errors
/// [`Failure::Output`] when a value can't be represented in JSON.
pub fn json(value: &impl Serialize, what: &str) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec_pretty(value).map_err(|error| {
        Failure::output(
            format!("cannot record {what}: {error}"),
            "please report this",
        )
    })
}

/// Writes `data` to a temporary file beside `target`, or keeps it in memory if `target`
/// isn't a regular file.
///
/// # Errors
/// [`Failure::Output`] when the folder cannot be written to.
pub fn stage(target: &Path, data: Vec<u8>) -> Result<Staged, Failure> {
    let (staged, ()) = stage_with(target, |out| {
        out.write_all(&data)
            .map_err(|error| unwritable(target, &error))
    })?;
    Ok(staged)
}

/// Stages the output of `write`, as [`stage`] does.
///
/// # Errors
/// The error of `write`, and [`Failure::Output`] when the folder cannot be written to.
pub fn stage_with<T, E: From<Failure>>(
    target: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, E>,
) -> Result<(Staged, T), E> {
    let mut data = Vec::new();
    if target == Path::new(STDOUT) {
        let written = write(&mut data)?;
        return Ok((Staged::Stdout(data), written));
    }
    // A symbolic link stays one; its target is replaced.
    let target = target.canonicalize().unwrap_or_else(|_| target.to_owned());
    let metadata = fs::metadata(&target).ok();
    if metadata
        .as_ref()
        .is_some_and(|metadata| !metadata.is_file())
    {
        let written = write(&mut data)?;
        return Ok((Staged::Direct(data, target), written));
    }
    let failed = |error: io::Error| E::from(unwritable(&target, &error));
    let mut file = io::BufWriter::new(create_beside(&target).map_err(failed)?);
    let written = write(&mut file)?;
    let permissions = metadata.map(|metadata| metadata.permissions());
    let file = finish_beside(file, permissions).map_err(failed)?;
    Ok((Staged::Beside(file, target), written))
}

/// Stages `data` as [`stage`] does, readable for the user only.
///
/// # Errors
/// [`Failure::Output`] when the folder cannot be written to.
pub fn stage_private(target: &Path, data: Vec<u8>) -> Result<Staged, Failure> {
    if target == Path::new(STDOUT) {
        return Ok(Staged::Stdout(data));
    }
    // Temporary files are private.
    let create = || NamedTempFile::with_prefix_in(".scrollback-", folder_of(target));
    let file = Temporary::new(create)
        .and_then(|mut file| file.write_all(&data).map(|()| file))
        .map_err(|error| unwritable(target, &error))?;
    Ok(Staged::Beside(file, target.to_owned()))
}

/// Creates a temporary file in the folder of `target`.
fn create_beside(target: &Path) -> io::Result<Temporary<NamedTempFile>> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".scrollback-");
    #[cfg(unix)]
    {
        // The permissions that the user's mask allows, not the private ones of temporary files.
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    Temporary::new(|| builder.tempfile_in(folder_of(target)))
}

/// Flushes a temporary file to the disk.
fn finish_beside(
    file: io::BufWriter<Temporary<NamedTempFile>>,
    permissions: Option<fs::Permissions>,
) -> io::Result<Temporary<NamedTempFile>> {
    let file = file.into_inner()?;
    if let Some(permissions) = permissions {
        file.inner.as_file().set_permissions(permissions)?;
    }
    file.inner.as_file().sync_all()?;
    Ok(file)
}

/// Moves files to their final paths. Only renames are left to do, so a set of pages is very
/// unlikely to end up half new, half old.
///
/// # Errors
/// [`Failure::Output`] for the first file that cannot be moved.
pub fn commit(files: Vec<Staged>) -> Result<(), Failure> {
    for file in files {
        match file {
            Staged::Beside(file, target) => {
                file.persist(&target)
                    .map_err(|error| unwritable(&target, &error))?;
            }
            Staged::Stdout(data) => {
                let mut out = io::stdout().lock();
                out.write_all(&data)
                    .and_then(|()| out.flush())
                    .map_err(|error| {
                        Failure::output(
                            format!("cannot write to standard output: {error}"),
                            "name a file with `-o`",
                        )
                    })?;
            }
            Staged::Direct(data, target) => fs::OpenOptions::new()
                .write(true)
                .open(&target)
                .and_then(|mut file| file.write_all(&data))
                .map_err(|error| unwritable(&target, &error))?,
        }
    }
    Ok(())
}

/// The folder that a file is in.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The failure for a `target` that cannot be written.
fn unwritable(target: &Path, error: &io::Error) -> Failure {
    let folder = folder_of(target).display();
    let target = target.display();
    match error.kind() {
        io::ErrorKind::NotFound => Failure::output(
            format!("cannot write `{target}`: there is no folder `{folder}`"),
            "create the folder, or name another output",
        ),
        io::ErrorKind::PermissionDenied => Failure::output(
            format!("cannot write `{target}`: permission denied"),
            format!("check that you may write in `{folder}`, or name another output"),
        ),
        io::ErrorKind::InvalidFilename => Failure::output(
            format!("cannot write `{target}`: the file system doesn't allow this name: {error}"),
            "name a shorter output with `-o`, without special characters",
        ),
        _ => Failure::output(
            format!("cannot write `{target}`: {error}"),
            "check the disk, or name another output",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_numbered() {
        let path = |output, page, pages| {
            page_path(Path::new(output), page, pages)
                .to_string_lossy()
                .into_owned()
        };
        assert_eq!(path("a.png", 3, 12), "a.png");
        assert_eq!(path("a-{p}.png", 3, 12), "a-3.png");
        assert_eq!(path("a-{0p}.png", 3, 12), "a-03.png");
        assert_eq!(path("{n}-of-{t}.png", 3, 120), "003-of-120.png");
        assert_eq!(path("{p}/{t}.png", 3, 12), "3/12.png");
        assert!(
            !names_pages(Path::new("{t}.png")),
            "the total tells no pages apart"
        );
    }

    #[test]
    fn staging_leaves_the_target_unchanged_until_the_commit() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("out.txt");
        fs::write(&target, "old").unwrap();
        let staged = stage(&target, b"new".to_vec()).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"old");
        commit(vec![staged]).unwrap();
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(
            fs::read_dir(&folder).unwrap().count(),
            1,
            "a temporary file is left"
        );
    }

    #[test]
    fn dropping_a_staged_file_removes_it() {
        let folder = tempfile::tempdir().unwrap();
        drop(stage(&folder.path().join("out.txt"), b"new".to_vec()).unwrap());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let (target, link) = (
            folder.path().join("real.txt"),
            folder.path().join("link.txt"),
        );
        fs::write(&target, "old").unwrap();
        fs::set_permissions(&target, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&target, &link).unwrap();
        commit(vec![stage(&link, b"new".to_vec()).unwrap()]).unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"new");
        assert_eq!(
            fs::metadata(&target).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }
}
