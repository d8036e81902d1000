//! Checks that what a run writes replaces nothing that it reads, and nothing else that it writes.

use std::io;
use std::path::{Path, PathBuf};

use super::STDOUT;
use crate::failure::Failure;

/// A file that an option names, or an input.
#[derive(Debug, Clone, Copy)]
pub struct Named<'n> {
    /// The option; `None` for an input.
    pub option: Option<&'static str>,
    /// The path as given.
    pub path: &'n Path,
}

impl<'n> Named<'n> {
    /// The file of an option, if it is set.
    pub fn by(option: &'static str, path: Option<&'n Path>) -> Option<Self> {
        let path = path.filter(|path| *path != Path::new(STDOUT))?;
        Some(Self {
            option: Some(option),
            path,
        })
    }

    /// An input.
    pub fn input(path: &'n Path) -> Self {
        Self { option: None, path }
    }
}

/// Checks that no file of `written` is one of `read`, or named by another of `written`.
///
/// # Errors
/// [`Failure::Usage`] for the first that is.
pub fn check(written: &[Named], read: &[Named]) -> Result<(), Failure> {
    for (at, named) in written.iter().enumerate() {
        let option = named.option.unwrap_or_default();
        if let Some(other) = same(named, read) {
            let of = other.option.map_or_else(
                || "is an input".to_owned(),
                |other| format!("is what `{other}` reads"),
            );
            return Err(Failure::usage(
                format!(
                    "`{option}` would replace `{}`, which {of}",
                    named.path.display()
                ),
                format!("give `{option}` the name of another file"),
            ));
        }
        if let Some(other) = same(named, &written[..at]) {
            let other = other.option.unwrap_or_default();
            return Err(Failure::usage(
                format!("`{option}` and `{other}` name the same file"),
                format!("give `{option}` a file of its own"),
            ));
        }
    }
    Ok(())
}

/// The other that names the same file.
fn same<'n>(named: &Named, others: &[Named<'n>]) -> Option<Named<'n>> {
    let path = place(named.path);
    let mut others = others.iter();
    others.find(|other| place(other.path) == path).copied()
}

/// A path that is the same however the file is named, even before it is there.
pub fn place(path: &Path) -> PathBuf {
    let of_folder = || -> io::Result<PathBuf> {
        let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
        Ok(super::folder_of(path).canonicalize()?.join(name))
    };
    path.canonicalize()
        .or_else(|_| of_folder())
        .or_else(|_| std::path::absolute(path))
        .unwrap_or_else(|_| path.to_owned())
}
