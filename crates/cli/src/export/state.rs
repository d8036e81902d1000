//! Remembers what the pages of a site, or the volumes of exports, were made of, so that a
//! later run makes only new or changed ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::written::Written;
use crate::engine::{Look, package};
use crate::failure::Failure;
use crate::output::{self, hash};

/// The name of the file in the site.
pub const FILE: &str = "site.json";

/// What the pages were made of.
#[derive(Default)]
pub struct State {
    before: BTreeMap<String, PageState>,
    now: Mutex<BTreeMap<String, PageState>>,
}

/// What a page was made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageState {
    /// The hash of its messages, its look, and the people that it may name.
    hash: String,
    /// The number of people: later ones don't appear on it.
    people: usize,
    /// The resulting files, if there are several, or if they may be changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    files: Vec<output::Written>,
    /// The hash with all people. The hashes with the first few people aren't stored.
    #[serde(skip)]
    rest: Vec<u8>,
    #[serde(skip)]
    names: Vec<Vec<u8>>,
}

/// The inputs of a page.
pub fn of(look: &Look, written: &Written) -> PageState {
    let mut rest = package::VERSION.as_bytes().to_vec();
    // The period of the whole export changes with each export, and isn't on the page.
    rest.extend(serde_json::to_vec(look).unwrap_or_default());
    rest.extend(&written.around);
    rest.extend(written.messages.all());
    let mut state = PageState {
        hash: String::new(),
        people: written.people.len(),
        files: Vec::new(),
        rest,
        names: written.people.clone(),
    };
    state.hash = state.with(state.people);
    state
}

impl PageState {
    /// The same, with another input.
    pub fn and(mut self, more: &[u8]) -> Self {
        self.rest.extend(more);
        self.hash = self.with(self.people);
        self
    }

    /// The same, with the resulting files.
    pub fn with_files(mut self, files: Vec<output::Written>) -> Self {
        self.files = files;
        self
    }

    /// The resulting files.
    pub fn files(&self) -> &[output::Written] {
        &self.files
    }

    /// The hash with the first `count` people.
    fn with(&self, people: usize) -> String {
        let mut all = self.rest.clone();
        for name in self.names.iter().take(people) {
            all.extend(name);
        }
        hash::bytes(&all).1
    }
}

/// The record of an earlier run in a file; empty if there is none that can be read.
pub fn earlier<T: Default + DeserializeOwned>(path: &Path) -> T {
    let read = fs::read(path).ok();
    let known = read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    known.unwrap_or_default()
}

impl State {
    /// The record of an earlier run; empty if there is none that can be read.
    pub fn read(path: &Path) -> Self {
        Self {
            before: earlier(path),
            now: Mutex::default(),
        }
    }

    /// Whether a page would be unchanged; if so, its old record is kept.
    pub fn is_same(&self, file: &str, state: &PageState) -> bool {
        let same = self.same(file, state).cloned();
        let is_same = same.is_some();
        if let Some(before) = same {
            self.note(file.to_owned(), before);
        }
        is_same
    }

    /// The old record of a page, if the page would be unchanged.
    pub fn same(&self, file: &str, state: &PageState) -> Option<&PageState> {
        let before = self.before.get(file)?;
        let is_same = before.people <= state.people && state.with(before.people) == before.hash;
        is_same.then_some(before)
    }

    /// Keeps the records of pages that this run doesn't touch.
    pub fn keep_others(&self) {
        let mut now = self.now.lock().expect("no panic while held");
        for (file, state) in &self.before {
            now.entry(file.clone()).or_insert_with(|| state.clone());
        }
    }

    /// Records what a page was made of.
    pub fn note(&self, file: String, state: PageState) {
        let mut now = self.now.lock().expect("no panic while held");
        now.insert(file, state);
    }

    /// Saves the record for the next run.
    ///
    /// # Errors
    /// [`Failure::Output`] when the file can't be written.
    pub fn write(&self, path: &Path) -> Result<(), Failure> {
        let now = self.now.lock().expect("no panic while held");
        let json = output::json(&*now, "what the site was made of")?;
        output::commit(vec![output::stage(path, json)?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(rest: &str, names: &[&str]) -> PageState {
        let mut state = PageState {
            hash: String::new(),
            people: names.len(),
            files: Vec::new(),
            rest: rest.into(),
            names: names.iter().map(|name| name.as_bytes().to_vec()).collect(),
        };
        state.hash = state.with(names.len());
        state
    }

    #[test]
    fn people_who_come_later_change_no_page() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        let first = State::read(&path);
        assert!(!first.is_same("a", &state("x", &["ada"])));
        first.note("a".into(), state("x", &["ada"]));
        first.write(&path).unwrap();
        let again = State::read(&path);
        assert!(again.is_same("a", &state("x", &["ada"])));
        assert!(again.is_same("a", &state("x", &["ada", "bob"])));
        assert!(!again.is_same("a", &state("x", &["eve", "bob"])), "renamed");
        assert!(!again.is_same("a", &state("y", &["ada"])), "other messages");
    }
}
