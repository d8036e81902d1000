//! Temporary files and folders, which are removed even when the user interrupts the program.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::{NamedTempFile, TempDir};

/// What is on the disk now.
static PRESENT: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());
/// The exit code of a program that was interrupted, as shells have it.
const INTERRUPTED: i32 = 130;

/// A temporary file or folder.
#[derive(Debug)]
pub struct Temporary<T> {
    /// It itself, which is removed when this is dropped.
    pub inner: T,
    listed: Listed,
}

/// The entry of a path among those that an interruption removes.
#[derive(Debug)]
struct Listed(PathBuf);

impl Drop for Listed {
    fn drop(&mut self) {
        present().remove(&self.0);
    }
}

impl<T: AsRef<Path>> Temporary<T> {
    /// Creates one.
    ///
    /// # Errors
    /// As `create` has.
    pub fn new(create: impl FnOnce() -> io::Result<T>) -> io::Result<Self> {
        // Held meanwhile, so that no interruption finds it unlisted.
        let mut present = present();
        let inner = create()?;
        let path = inner.as_ref().to_owned();
        present.insert(path.clone());
        Ok(Self {
            inner,
            listed: Listed(path),
        })
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.listed.0
    }
}

impl Temporary<NamedTempFile> {
    /// Moves the file to its final path.
    ///
    /// # Errors
    /// As [`NamedTempFile::persist`] has.
    pub fn persist(self, target: &Path) -> io::Result<()> {
        self.inner.persist(target)?;
        Ok(())
    }
}

impl io::Write for Temporary<NamedTempFile> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// A temporary folder.
///
/// # Errors
/// As [`tempfile::tempdir`] has.
pub fn folder() -> io::Result<Temporary<TempDir>> {
    Temporary::new(tempfile::tempdir)
}

/// From now on, an interruption (Ctrl-C, or a request to end) removes what is temporary.
pub fn remove_on_interruption() {
    // Without a handler, the program ends all the same.
    let _ = ctrlc::set_handler(|| {
        let present = present();
        for path in &*present {
            // What can't be removed stays: nobody is left to tell.
            let _ = match path.is_dir() {
                true => fs::remove_dir_all(path),
                false => fs::remove_file(path),
            };
        }
        std::process::exit(INTERRUPTED);
    });
}

fn present() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    PRESENT.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_listed_as_long_as_they_exist() {
        let temporary = folder().unwrap();
        let path = temporary.path().to_owned();
        assert!(path.is_dir() && present().contains(&path));
        drop(temporary);
        assert!(!path.exists() && !present().contains(&path));

        let parent = folder().unwrap();
        let create = || NamedTempFile::new_in(parent.path());
        let file = Temporary::new(create).unwrap();
        let (path, target) = (file.path().to_owned(), parent.path().join("a"));
        assert!(present().contains(&path));
        file.persist(&target).unwrap();
        assert!(target.is_file() && !present().contains(&path));
    }
}
