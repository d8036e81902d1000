//! Lists the files of the Typst package, so that the program can carry them.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What of the package a document can reach; the rest (tests, docs, examples) stays out.
const FILES: [&str; 3] = ["lib.typ", "mod.typ", "typst.toml"];
/// The folders that are carried whole.
const FOLDERS: [&str; 3] = ["locales", "src", "themes"];

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

    let mut code = String::from("&[\n");
    for name in &names {
        let file = root.join(name);
        println!("cargo::rerun-if-changed={}", file.display());
        let file = file.to_string_lossy().into_owned();
        writeln!(code, "    ({name:?}, include_bytes!({file:?}).as_slice()),")
            .expect("writing to a string");
    }
    code.push(']');
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("set by Cargo"));
    fs::write(out.join("package_files.rs"), code)
}

/// Adds every file below `root/folder`, hidden ones excepted.
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
