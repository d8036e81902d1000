//! The inputs: documents, and exports with their parts.

mod companions;
mod database;
mod folder;
mod gzip;
mod kind;
pub mod list;
mod others;
mod own;
mod packed;
mod parts;
mod pieces;
mod read;
pub mod stdin;
mod zstd;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use crate::args::Shard;
use crate::engine::sanitize::printable;
use crate::failure::{Failure, Message};
use crate::report::Warnings;

pub use database::Downloads;
pub use folder::folded;
use kind::InputKind;
pub use pieces::Pieces;
pub use read::Bytes;

/// Extensions of exports, in folders.
const EXTENSIONS: [&str; 4] = ["json", "jsonl", "ndjson", "har"];

/// An input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A Typst document.
    Document(PathBuf),
    /// An export.
    Export(Export),
}

impl Input {
    /// Whether it is in a share of the inputs.
    pub fn is_in(&self, shard: Shard) -> bool {
        match self {
            Self::Document(path) => shard.holds(&path.to_string_lossy().replace('\\', "/")),
            Self::Export(export) => shard.holds(&export.key()),
        }
    }

    /// Its display name.
    pub fn shown(&self) -> String {
        match self {
            Self::Document(path) => shown(path),
            Self::Export(export) => export.shown(),
        }
    }

    /// Its files on the disk.
    pub fn files(&self) -> Vec<PathBuf> {
        match self {
            Self::Document(path) => vec![path.clone()],
            Self::Export(export) => export.files().map(Path::to_owned).collect(),
        }
    }
}

/// The parts of an export, which form one transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The name of its first part, without extension.
    pub name: String,
    /// Its files in order.
    pub parts: Vec<Part>,
}

/// A part of an export.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Part {
    /// A file.
    File(PathBuf),
    /// A file in an archive.
    Packed {
        /// The archive.
        archive: PathBuf,
        /// The file's name in it.
        entry: String,
    },
    /// A channel of a database of Discord History Tracker.
    Channel {
        /// The database.
        database: PathBuf,
        /// The channel's id.
        id: i64,
        /// A name that no other channel of the database has.
        name: String,
    },
    /// Standard input.
    Stdin,
}

impl Part {
    /// Its display name.
    pub fn shown(&self) -> String {
        match self {
            Self::File(path) => printable(&path.display().to_string()),
            Self::Packed { archive, entry } => {
                printable(&format!("{} ({entry})", archive.display()))
            }
            Self::Channel { database, name, .. } => {
                printable(&format!("{} ({name})", database.display()))
            }
            Self::Stdin => "standard input".into(),
        }
    }

    /// Its path, where an archive counts as a folder; empty for standard input.
    fn path(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            // As some programs on Windows pack.
            Self::Packed { archive, entry } => archive.join(entry.replace('\\', "/")),
            Self::Channel { database, name, .. } => database.join(format!("{name}.json")),
            Self::Stdin => PathBuf::new(),
        }
    }
}

impl Export {
    /// The path of its first part as given, which determines its share.
    pub fn key(&self) -> String {
        let path = self.parts.first().map(Part::path).unwrap_or_default();
        path.to_string_lossy().replace('\\', "/")
    }

    /// Its files on the disk.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        self.parts.iter().filter_map(|part| match part {
            Part::File(path) => Some(path.as_path()),
            Part::Packed { archive: path, .. } | Part::Channel { database: path, .. } => {
                Some(path.as_path())
            }
            Part::Stdin => None,
        })
    }

    /// The downloaded files in its databases.
    ///
    /// # Errors
    /// [`Failure::Output`] when one can't be read.
    pub fn downloads(&self) -> Result<Vec<Downloads>, Failure> {
        let mut paths: Vec<&Path> = Vec::new();
        for part in &self.parts {
            if let Part::Channel { database, .. } = part
                && !paths.contains(&database.as_path())
            {
                paths.push(database);
            }
        }
        let mut found = Vec::new();
        for path in paths {
            let downloads = Downloads::open(path).map_err(|error| {
                Failure::output(
                    format!("cannot read the database `{}`: {error}", shown(path)),
                    "pass a `.dht` file of Discord History Tracker, or an export as JSON",
                )
            })?;
            found.extend(downloads);
        }
        Ok(found)
    }

    /// The folder of its first file; `None` for standard input.
    pub fn folder(&self) -> Option<&Path> {
        match self.parts.first() {
            Some(
                Part::File(path)
                | Part::Packed { archive: path, .. }
                | Part::Channel { database: path, .. },
            ) => Some(path.parent().unwrap_or(Path::new(""))),
            _ => None,
        }
    }

    /// A position in it, for errors: file, line and column, message.
    pub fn place(&self, place: &scrollback_core::InputPlace) -> String {
        let mut shown = match self.parts.get(place.input) {
            Some(part) => part.shown(),
            None => self.shown(),
        };
        if place.line > 0 {
            shown = format!("{shown}:{}:{}", place.line, place.column);
        }
        if let Some(id) = &place.message {
            shown = format!("{shown}, message {id}");
        }
        shown
    }

    /// Converts the importer's error, which concerns an option or a position in this export.
    pub fn failure(&self, error: &scrollback_core::Error) -> Failure {
        match &error.place {
            Some(place) => Failure::Output(Message {
                error: format!("{}: {}", self.place(place), error.message),
                hints: Vec::new(),
            }),
            None => Failure::option(error),
        }
    }

    /// Its display name.
    pub fn shown(&self) -> String {
        match self.parts.as_slice() {
            [] => printable(&self.name),
            [part] => part.shown(),
            [first, rest @ ..] => format!("{} and {} more", first.shown(), rest.len()),
        }
    }
}

/// A warning about a file: its name, the text, and what to do.
type Told = (String, String, &'static str);

/// All inputs.
#[derive(Debug, Default)]
pub struct Found {
    /// Documents first, then exports.
    pub inputs: Vec<Input>,
    /// Inputs that were named and can't be typeset.
    pub failures: Vec<Failure>,
    /// Entries of named folders that can't be read.
    pub unreadable: Vec<Failure>,
    /// Files in folders and archives that hold no messages.
    pub passed_over: Vec<String>,
    /// Warnings about archives.
    pub told: Vec<Told>,
    /// Data packages, with the number of their files that hold no messages.
    pub others: Vec<(String, usize)>,
}

impl Found {
    /// Prints notes about files that were skipped.
    pub fn note(&self, warnings: &mut Warnings) {
        for file in &self.passed_over {
            let text = "describes a channel or a person and has no messages; it is ignored";
            warnings.add(file.clone(), text.into(), Vec::new(), 1);
        }
        for (place, text, hint) in &self.told {
            warnings.add(place.clone(), text.clone(), vec![(*hint).into()], 1);
        }
        for (package, count) in &self.others {
            let text = "files of the data package that hold no messages are ignored";
            warnings.add(package.clone(), text.into(), Vec::new(), *count);
        }
    }
}

/// Sorts the named paths into inputs; a path that can't be typeset is a failure of its own.
/// With `merge`, all exports become one.
pub fn find(paths: &[PathBuf], merge: bool) -> Found {
    let mut documents = Vec::new();
    let mut files = Vec::new();
    let (mut failures, mut unreadable) = (Vec::new(), Vec::new());
    let mut told = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            add(Part::Stdin, &mut files);
            continue;
        }
        if path.is_dir() {
            let before = (files.len(), unreadable.len());
            if let Err(failure) = folder::list(path, 0, &mut files, &mut unreadable, &mut told) {
                failures.push(failure);
            } else if (files.len(), unreadable.len()) == before {
                let names = folder::names_in(path);
                failures.push(others::none_in("folder", &shown(path), &names));
            }
            continue;
        }
        match kind::of(path) {
            Ok(InputKind::Document) => documents.push(Input::Document(path.clone())),
            Ok(InputKind::Archive) => {
                if let Err(failure) = unpack(path, &mut files, &mut told) {
                    failures.push(failure);
                }
            }
            Ok(InputKind::Database) => {
                if let Err(failure) = open(path, &mut files, &mut told) {
                    failures.push(failure);
                }
            }
            Ok(InputKind::Export) => {
                add(Part::File(path.clone()), &mut files);
            }
            Err(failure) => failures.push(failure),
        }
    }
    let named = |part: &Part| match part {
        Part::File(path) => paths.contains(path),
        Part::Channel { .. } | Part::Stdin => true,
        Part::Packed { .. } => false,
    };
    let beside = |part: &Part| scrollback_core::stands_beside(&pieces::start(part));
    let joined = parts::join(files, merge, named, beside);
    told.extend(joined.odd.iter().map(|part| {
        let text = "expected what a data package says of its channels or owner, got something else; \
                    it is ignored";
        (part.shown(), text.into(), "request the package again if names are missing")
    }));
    let mut inputs = documents;
    inputs.extend(joined.exports.into_iter().map(Input::Export));
    Found {
        inputs,
        failures,
        unreadable,
        told,
        passed_over: joined.passed_over.iter().map(Part::shown).collect(),
        others: joined
            .others
            .iter()
            .map(|package| (shown(&package.root), package.count))
            .collect(),
    }
}

/// Adds a part, unless it is a duplicate.
fn add(part: Part, files: &mut Vec<Part>) {
    if !files.contains(&part) {
        files.push(part);
    }
}

/// Adds the exports in an archive, by name.
fn unpack(archive: &Path, files: &mut Vec<Part>, told: &mut Vec<Told>) -> Result<(), Failure> {
    let names = packed::names_in(archive).map_err(|error| {
        Failure::output(
            format!("cannot read the archive `{}`: {error}", shown(archive)),
            "if it is incomplete, download or copy it again; otherwise, unpack it, and pass the folder",
        )
    })?;
    let entries = packed::exports(&names);
    if entries.is_empty() {
        return Err(others::none_in("archive", &shown(archive), &names));
    }
    for name in packed::names_twice(archive).unwrap_or_default() {
        if entries.contains(&name) {
            let text = "the archive has several files of this name; the last is read";
            let place = format!("{} ({})", shown(archive), printable(&name));
            told.push((
                place,
                text.into(),
                "unpack it, and rename them, to read all",
            ));
        }
    }
    for name in names.iter().filter(|name| others::is_archive(name)) {
        let text = "archives in an archive are not read; it is ignored";
        let place = format!("{} ({})", shown(archive), printable(name));
        told.push((place, text.into(), "unpack it, and pass its files too"));
    }
    for entry in entries {
        let part = Part::Packed {
            archive: archive.to_owned(),
            entry,
        };
        add(part, files);
    }
    Ok(())
}

/// Adds the channels of a database, by time.
fn open(path: &Path, files: &mut Vec<Part>, told: &mut Vec<Told>) -> Result<(), Failure> {
    let (channels, nowhere) = database::channels(path).map_err(|error| {
        Failure::output(
            format!("cannot read the database `{}`: {error}", shown(path)),
            database::fix(&error),
        )
    })?;
    if channels.is_empty() {
        return Err(Failure::usage(
            format!("there are no messages in the database `{}`", shown(path)),
            "track a channel with Discord History Tracker first",
        ));
    }
    if nowhere > 0 {
        let text = format!(
            "{nowhere} of the messages in the database have no channel, or one whose id is not a \
             number; they are not drawn"
        );
        told.push((shown(path), text, "track their channel again"));
    }
    if let Some(version) = database::unknown_version(path) {
        let text = format!(
            "the database has version {version}, and versions up to {} are known; what newer \
             ones added is not drawn",
            database::NEWEST
        );
        told.push((shown(path), text, "see whether there is a newer scrollback"));
    }
    for part in channels {
        add(part, files);
    }
    Ok(())
}

/// Whether the extension is that of an export, possibly compressed.
fn is_export_name(path: &Path) -> bool {
    let has = |path: &Path, extensions: &[&str]| {
        let extension = path.extension().unwrap_or(OsStr::new(""));
        let mut known = extensions.iter();
        known.any(|known| extension.eq_ignore_ascii_case(known))
    };
    if companions::is_message_table(path) {
        return true;
    }
    if has(path, &packed::COMPRESSED) {
        return has(&path.with_extension(""), &EXTENSIONS);
    }
    has(path, &EXTENSIONS)
}

/// A path as displayed.
fn shown(path: &Path) -> String {
    printable(&path.display().to_string())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn folders_are_searched_for_exports() {
        let temp = tempfile::tempdir().unwrap();
        for file in [
            "b.json",
            "a.jsonl",
            "deep/c.JSON",
            "b.json_Files/x.json",
            "B.JSON_files/x.json",
            "my_files/d.json",
            ".hidden.json",
            "readme.txt",
        ] {
            let path = temp.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "[]").unwrap();
        }
        let found = find(&[temp.path().to_owned(), temp.path().join("b.json")], false);
        let (inputs, failures) = (found.inputs, found.failures);
        assert!(failures.is_empty(), "{failures:?}");
        let names: Vec<_> = inputs
            .iter()
            .map(|input| match input {
                Input::Export(export) => export.name.as_str(),
                Input::Document(_) => panic!("a document"),
            })
            .collect();
        assert_eq!(names, ["a", "b", "c", "d"]);
    }

    #[test]
    fn one_wrong_path_leaves_the_others() {
        let temp = tempfile::tempdir().unwrap();
        let good = temp.path().join("a.json");
        fs::write(&good, "[]").unwrap();
        let found = find(
            &[temp.path().join("none.json"), good, "-".into(), "-".into()],
            false,
        );
        assert_eq!((found.inputs.len(), found.failures.len()), (2, 1));
    }
}
