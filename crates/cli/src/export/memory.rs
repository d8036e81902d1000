//! Remembers the volumes of earlier runs, so that unchanged ones aren't made again.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::state::{PageState, State};
use crate::failure::Failure;
use crate::output::{Written, folder_of, hash};

/// The name of the file that records what the volumes in its folder were made of.
const FILE: &str = "scrollback-volumes.json";

/// The records of some folders.
#[derive(Default)]
pub struct Memory {
    folders: Mutex<BTreeMap<PathBuf, State>>,
    /// The number of volumes that were made, and the total.
    counts: Mutex<(usize, usize)>,
}

impl Memory {
    /// The files of a volume, if they are unchanged since a run made them from the same input.
    pub fn kept(&self, output: &Path, state: &PageState) -> Option<Vec<Written>> {
        self.count(|(_, all)| *all += 1);
        let kept = self.with(output, |known, name| {
            let before = known.same(name, state)?;
            let files = before.files().to_vec();
            let is_there = !files.is_empty() && files.iter().all(is_as_it_was);
            is_there.then(|| known.note(name.to_owned(), before.clone()))?;
            Some(files)
        });
        if kept.is_none() {
            self.count(|(made, _)| *made += 1);
        }
        kept
    }

    /// Counts a volume that was compared with the record.
    pub fn compared(&self, is_same: bool) {
        self.count(|(made, all)| {
            *all += 1;
            *made += usize::from(!is_same);
        });
    }

    /// Records what the files of a volume were made of.
    pub fn note(&self, output: &Path, state: PageState, files: Vec<Written>) {
        self.with(output, |known, name| {
            known.note(name.to_owned(), state.with_files(files));
            Some(())
        });
    }

    /// Saves the records for the next run.
    ///
    /// # Errors
    /// [`Failure::Output`] when a file can't be written.
    pub fn write(&self) -> Result<(), Failure> {
        let folders = self.folders.lock().expect("no panic while held");
        for (folder, state) in &*folders {
            state.keep_others();
            state.write(&folder.join(FILE))?;
        }
        Ok(())
    }

    /// The number of volumes that were made, in words.
    pub fn told(&self) -> String {
        let (made, all) = *self.counts.lock().expect("no panic while held");
        let unchanged = if made < all {
            "; the others are unchanged"
        } else {
            ""
        };
        format!("rendered {made} of {all} volumes{unchanged}")
    }

    fn count(&self, change: impl FnOnce(&mut (usize, usize))) {
        change(&mut self.counts.lock().expect("no panic while held"));
    }

    /// Runs `with` on the record of a folder and the name of an output in it.
    fn with<T>(&self, output: &Path, act: impl FnOnce(&State, &str) -> Option<T>) -> Option<T> {
        let folder = folder_of(output).to_owned();
        let name = output.file_name()?.to_string_lossy();
        let mut folders = self.folders.lock().expect("no panic while held");
        let known = folders
            .entry(folder)
            .or_insert_with_key(|folder| State::read(&folder.join(FILE)));
        act(known, &name)
    }
}

/// Whether a file is unchanged since it was written.
fn is_as_it_was(file: &Written) -> bool {
    hash::file(Path::new(&file.path)).is_ok_and(|found| found == (file.bytes, file.sha256.clone()))
}
