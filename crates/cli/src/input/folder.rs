//! Finds the exports in a folder.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use unicode_normalization::UnicodeNormalization as _;

use super::{Part, Told, add, is_export_name, open, own, packed, shown};
use crate::failure::Failure;

/// How deep folders are searched; deeper ones are loops or not collections of exports.
const DEEPEST: usize = 16;

/// Adds the exports in a folder and its subfolders, by name. Entries that can't be read go
/// to `unreadable`.
pub fn list(
    folder: &Path,
    depth: usize,
    files: &mut Vec<Part>,
    unreadable: &mut Vec<Failure>,
    told: &mut Vec<Told>,
) -> Result<(), Failure> {
    let failed = |error: io::Error| {
        Failure::usage(
            format!("cannot read the folder `{}`: {error}", shown(folder)),
            "check that you may read it",
        )
    };
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(failed)?;
    entries.sort();
    let media = media_folders(&entries);
    for path in entries {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // Media folders hold no exports, although they may contain JSON.
        if name.starts_with('.') || name.ends_with("_Files") || media.contains(&folded(&name)) {
            continue;
        }
        if path.is_dir() {
            if depth < DEEPEST && !path.is_symlink() {
                let listed = list(&path, depth + 1, files, unreadable, told);
                unreadable.extend(listed.err());
            }
        } else if ends_in(&path, "dht") && path.is_file() {
            unreadable.extend(open(&path, files, told).err());
        } else if is_export_name(&path) && path.is_file() {
            if !own::is_own(&path) {
                add(Part::File(path), files);
            }
        } else if ends_in(&path, "zip") && path.is_file() && may_hold_exports(&path) {
            let text = "archives in a folder are not read; they are ignored";
            told.push((shown(&path), text.into(), "pass them, too"));
        }
    }
    Ok(())
}

/// The form that names share which other systems take for the same.
pub fn folded(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

/// The names that the media folders of the exports among these files have on systems that ignore
/// case.
fn media_folders(files: &[PathBuf]) -> HashSet<String> {
    let exports = files.iter().filter(|path| is_export_name(path));
    let names = exports.flat_map(|path| [path.file_name(), path.file_stem()]);
    let names = names
        .flatten()
        .map(|name| folded(&name.to_string_lossy()) + "_files");
    names.collect()
}

/// The names of a folder's entries, without those of subfolders.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect()
}

/// Whether a path has this extension, in any case.
fn ends_in(path: &Path, extension: &str) -> bool {
    path.extension()
        .is_some_and(|own| own.eq_ignore_ascii_case(extension))
}

/// Whether an archive has exports in it, or can't be read.
fn may_hold_exports(path: &Path) -> bool {
    packed::names_in(path).map_or(true, |names| !packed::exports(&names).is_empty())
}
