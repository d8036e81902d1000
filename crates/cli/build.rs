//! Lists the files of the Typst package, so that the program can bundle them.
//!
//! Comment lines of its sources are blanked, which saves every start lexing and hashing them,
//! and keeps line numbers.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The files that a document can reach; the rest (tests, docs, examples) is left out.
const FILES: [&str; 3] = ["lib.typ", "mod.typ", "typst.toml"];
/// The folders that are bundled completely.
const FOLDERS: [&str; 3] = ["locales", "src", "themes"];
/// The sources that every transcript needs, with everything that they import at the top level.
/// Files that functions import are loaded when the functions are called.
const ROOTS: [&str; 4] = [
    "src/export/transcript.typ",
    "src/export/items.typ",
    "src/page/displays/cozy.typ",
    "themes/dark.typ",
];

fn main() -> io::Result<()> {
    let manifest_dir = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("set by Cargo"));
    let root = manifest_dir.join("../..").canonicalize()?;
    let mut paths: Vec<PathBuf> = FILES.iter().map(PathBuf::from).collect();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        if root.join(folder).is_dir() {
            collect(&root, Path::new(folder), &mut paths)?;
        }
    }
    // The lookup at run time is a binary search over `/`-separated paths.
    let mut names: Vec<String> = paths
        .iter()
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    names.sort();

    let early = imported(&root, &ROOTS)?;
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by Cargo"));
    let mut code = String::from("&[\n");
    for (number, name) in names.iter().enumerate() {
        let mut file = root.join(name);
        println!("cargo::rerun-if-changed={}", file.display());
        if name.ends_with(".typ") {
            let bundled = without_comments(&fs::read_to_string(&file)?);
            file = out.join(format!("{number}.typ"));
            fs::write(&file, bundled)?;
        }
        let file = file.to_string_lossy().into_owned();
        let is_early = early.contains(name);
        writeln!(
            code,
            "    File {{ path: {name:?}, data: include_bytes!({file:?}), is_early: {is_early} }},"
        )
        .expect("writing to a string");
    }
    code.push(']');
    fs::write(out.join("package_files.rs"), code)
}

/// A source with blank comment lines. In raw text and strings of several lines, no line may
/// start like a comment; a test of the program checks that.
fn without_comments(source: &str) -> String {
    let lines = source.split_inclusive('\n').map(|line| {
        if line.trim_start().starts_with("//") {
            "\n"
        } else {
            line
        }
    });
    lines.collect()
}

/// The sources at these paths, and everything that they import at the top level, recursively.
fn imported(root: &Path, paths: &[&str]) -> io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut open: Vec<String> = paths.iter().map(|&path| path.to_owned()).collect();
    while let Some(path) = open.pop() {
        if !found.insert(path.clone()) {
            continue;
        }
        let source = fs::read_to_string(root.join(&path))?;
        let folder = Path::new(&path).parent().unwrap_or(Path::new(""));
        for line in source.lines() {
            let target = line
                .strip_prefix("#import \"")
                .and_then(|rest| rest.split_once('"'));
            if let Some((target, _)) = target
                && !target.starts_with('@')
            {
                open.push(joined(folder, target));
            }
        }
    }
    Ok(found)
}

/// The path of an import in a source of this folder, below the package's root.
fn joined(folder: &Path, target: &str) -> String {
    if let Some(path) = target.strip_prefix('/') {
        return path.to_owned();
    }
    let mut parts: Vec<&str> = folder.iter().filter_map(|part| part.to_str()).collect();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

/// Adds every file below `root/folder`, except hidden ones.
fn collect(root: &Path, folder: &Path, paths: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(root, &path, paths)?;
        } else {
            paths.push(path);
        }
    }
    Ok(())
}
