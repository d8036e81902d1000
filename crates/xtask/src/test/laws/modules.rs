//! Checks that the modules of a folder never use each other in a circle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::paths::{self, Named};

/// The crates that the law applies to.
pub const CRATES: [&str; 5] = ["core", "plugin", "unpack", "cli", "xtask"];

/// A module by its path from the crate's root: `["model", "person"]`.
type Module = Vec<String>;

/// A file of a crate.
struct Source {
    module: Module,
    path: PathBuf,
    text: String,
}

/// A crate's modules.
struct Crate {
    /// The paths that each module names, and its file.
    modules: BTreeMap<Module, (String, Vec<Named>)>,
    /// The targets of names bound by `use`, by module and name.
    bound: BTreeMap<(Module, String), Vec<String>>,
}

/// The use of one module by another of the same folder.
struct Use {
    file: String,
    line: usize,
    path: String,
}

/// The circles among the modules of a crate, with the files and lines that close each. A
/// module and its submodules may use each other.
///
/// # Errors
/// When the crate's sources cannot be read.
pub fn breaches(root: &Path, name: &str) -> Result<Vec<String>> {
    let sources = root.join("crates").join(name).join("src");
    let mut files = Vec::new();
    read(&sources, &mut Vec::new(), &mut files)?;
    let found = Crate::new(&files, root);
    let folders: BTreeSet<&[String]> = found
        .modules
        .keys()
        .filter_map(|module| Some(module.split_last()?.1))
        .collect();
    let circles = folders.into_iter().flat_map(|folder| found.circles(folder));
    Ok(circles.collect())
}

/// Reads the sources under a folder.
fn read(folder: &Path, module: &mut Module, files: &mut Vec<Source>) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    for entry in entries {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if path.is_dir() {
            module.push(stem.into_owned());
            read(&path, module, files)?;
            module.pop();
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            let mut own = module.clone();
            // `mod.rs` is the folder's module.
            let is_root = module.is_empty() && matches!(&*stem, "lib" | "main");
            if !is_root && stem != "mod" {
                own.push(stem.into_owned());
            }
            files.push(Source {
                module: own,
                path,
                text,
            });
        }
    }
    Ok(())
}

impl Crate {
    fn new(files: &[Source], root: &Path) -> Self {
        let mut modules = BTreeMap::new();
        let mut bound = BTreeMap::new();
        for Source { module, path, text } in files {
            let children: Vec<&str> = files
                .iter()
                .map(|other| &other.module)
                .filter(|other| other.len() == module.len() + 1 && other.starts_with(module))
                .filter_map(|other| other.last().map(String::as_str))
                .collect();
            let named = paths::named(text, &children);
            for one in &named {
                if let Some(name) = &one.bound {
                    bound.insert((module.clone(), name.clone()), one.path.clone());
                }
            }
            let shown = path.strip_prefix(root).unwrap_or(path);
            let shown = shown.to_string_lossy().replace('\\', "/");
            modules.insert(module.clone(), (shown, named));
        }
        Self { modules, bound }
    }

    /// The module that a path refers to, as far as it is within the crate.
    fn resolve(&self, from: &Module, path: &[String], depth: usize) -> Option<Module> {
        let (first, mut rest) = path.split_first()?;
        let mut module = match &**first {
            "crate" => Vec::new(),
            "self" => from.clone(),
            "super" => from.split_last()?.1.to_vec(),
            _ => {
                rest = path;
                from.clone()
            }
        };
        let mut is_own = rest.len() < path.len();
        while let Some((name, after)) = rest.split_first() {
            if name == "super" {
                module.pop();
                rest = after;
                continue;
            }
            let child: Module = module.iter().chain([name]).cloned().collect();
            if self.modules.contains_key(&child) {
                module = child;
                is_own = true;
                rest = after;
                continue;
            }
            // A name that another `use` introduced.
            let bound = self.bound.get(&(module.clone(), name.clone()));
            if let Some(bound) = bound.filter(|bound| depth < 8 && bound[..] != *path) {
                return self.resolve(&module, bound, depth + 1).or(Some(module));
            }
            break;
        }
        is_own.then_some(module)
    }

    /// The uses among the modules of a folder.
    fn uses(&self, folder: &[String]) -> BTreeMap<&str, BTreeMap<String, Use>> {
        let mut uses: BTreeMap<&str, BTreeMap<String, Use>> = BTreeMap::new();
        for (module, (file, named)) in &self.modules {
            let Some(own) = module
                .get(folder.len())
                .filter(|_| module.starts_with(folder))
            else {
                continue;
            };
            for one in named {
                let target = self.resolve(module, &one.path, 0);
                let other = target
                    .filter(|target| target.starts_with(folder))
                    .and_then(|target| target.get(folder.len()).cloned());
                if let Some(other) = other.filter(|other| other != own) {
                    uses.entry(own).or_default().entry(other).or_insert(Use {
                        file: file.clone(),
                        line: one.line,
                        path: one.path.join("::"),
                    });
                }
            }
        }
        uses
    }

    fn circles(&self, folder: &[String]) -> Vec<String> {
        let uses = self.uses(folder);
        let reached = |start: &str| {
            let mut seen = BTreeSet::new();
            let mut queue = vec![start.to_owned()];
            while let Some(module) = queue.pop() {
                for other in uses.get(&*module).into_iter().flat_map(BTreeMap::keys) {
                    if seen.insert(other.clone()) {
                        queue.push(other.clone());
                    }
                }
            }
            seen
        };
        let mut known: BTreeSet<String> = BTreeSet::new();
        let mut circles = Vec::new();
        for &module in uses.keys() {
            let from_here = reached(module);
            if known.contains(module) || !from_here.contains(module) {
                continue;
            }
            let members: BTreeSet<String> = from_here
                .into_iter()
                .filter(|other| reached(other).contains(module))
                .collect();
            let mut circle = format!(
                "{} use each other in a circle:",
                members.iter().cloned().collect::<Vec<_>>().join(", ")
            );
            for (from, others) in &uses {
                for (to, one) in others {
                    if members.contains(*from) && members.contains(to) {
                        circle += &format!(
                            "\n  {}:{}: {from} uses {to} (`{}`)",
                            one.file, one.line, one.path
                        );
                    }
                }
            }
            known.extend(members);
            circles.push(circle);
        }
        circles
    }
}

#[cfg(test)]
mod tests {
    use super::breaches;

    fn breaches_of(files: &[(&str, &str)]) -> Vec<String> {
        let folder = super::super::sources_in("crates/one/src", files);
        breaches(folder.path(), "one").unwrap()
    }

    #[test]
    fn modules_in_order_are_fine() {
        let fine = breaches_of(&[
            ("lib.rs", "mod a;\nmod b;\npub use b::B;"),
            ("a.rs", "use crate::B;\nuse std::fmt;"),
            ("b/mod.rs", "mod c;\nmod d;\npub use c::C;\npub struct B;"),
            // A module and its submodules may use each other.
            ("b/c.rs", "use super::B;\npub struct C;"),
            ("b/d.rs", "use super::C;"),
        ]);
        assert_eq!(fine, Vec::<String>::new());
    }

    #[test]
    fn circles_are_named_with_files_and_lines() {
        assert_eq!(
            breaches_of(&[
                ("lib.rs", "mod a;\nmod b;\nmod c;\npub use c::C;"),
                ("a.rs", "\nuse crate::b::{\n    B,\n};"),
                // Through a name that is defined elsewhere.
                ("b.rs", "fn f() -> crate::C { todo!() }"),
                ("c/mod.rs", "mod deep;\npub struct C;"),
                ("c/deep.rs", "use crate::a;"),
            ]),
            ["a, b, c use each other in a circle:\
              \n  crates/one/src/a.rs:3: a uses b (`crate::b::B`)\
              \n  crates/one/src/b.rs:1: b uses c (`crate::C`)\
              \n  crates/one/src/c/deep.rs:1: c uses a (`crate::a`)"]
        );
    }

    #[test]
    fn circles_within_a_folder_are_found() {
        let circles = breaches_of(&[
            ("lib.rs", "mod a;"),
            ("a/mod.rs", "mod b;\nmod c;\npub use b::B;\npub use c::C;"),
            ("a/b.rs", "use super::C;\npub struct B;"),
            ("a/c.rs", "use super::B;\npub struct C;"),
        ]);
        assert_eq!(circles.len(), 1);
        assert!(circles[0].starts_with("b, c use each other"), "{circles:?}");
    }

    #[test]
    fn tests_of_a_module_may_use_what_they_like() {
        let fine = breaches_of(&[
            ("lib.rs", "mod a;\nmod b;"),
            ("a.rs", "use crate::b::B;"),
            (
                "b.rs",
                "pub struct B;\n#[cfg(test)]\nmod tests {\n    use crate::a;\n}",
            ),
        ]);
        assert_eq!(fine, Vec::<String>::new());
    }
}
