//! `cargo xtask package`: the directory that Typst Universe would get, checked
//! against its rules (the documentation of typst/packages, and the checks that run
//! on every submission there).

mod code;
mod contents;
mod exclude;
mod files;
mod licence;
mod manifest;
mod official;
mod origin;
pub mod readme;
mod template;

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use typst_syntax::package::PackageManifest;

pub use contents::{copy, walk};
pub use origin::Origin;

use crate::project::Project;
use crate::{process, scrollback};

/// The manual's name in the package.
const MANUAL: &str = "docs/manual.pdf";

/// Arguments of `cargo xtask package`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder to write to; the package goes into NAME/VERSION below it
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// The address of the repository, for the manifest and the readme's links
    #[arg(long, value_name = "URL", value_parser = origin::Repository::parse)]
    repository: Option<origin::Repository>,

    /// The package's own site, for the manifest
    #[arg(long, value_name = "URL")]
    homepage: Option<String>,

    /// Build the manual and put it into the package as docs/manual.pdf
    #[arg(long)]
    manual: bool,
}

/// A rule that the package breaks.
#[derive(Debug, PartialEq, Eq)]
pub struct Finding {
    /// The file it is about, below the package's folder.
    pub file: String,
    /// What is wrong, and what to do.
    pub message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message)
    }
}

/// A package directory under check.
#[derive(Debug)]
pub struct Package {
    /// The directory, which ends in name and version.
    pub folder: PathBuf,
    /// Its manifest.
    pub manifest: PackageManifest,
    /// Its files, below the directory, with `/`, sorted.
    pub files: Vec<String>,
}

impl Package {
    /// Reads a package directory.
    ///
    /// # Errors
    /// When it, or its manifest, cannot be read.
    pub fn open(folder: &Path) -> Result<Self> {
        let path = folder.join("typst.toml");
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let manifest = toml::from_str(&text).context("typst.toml is no package manifest")?;
        let mut files = Vec::new();
        contents::walk(folder, "", &mut files)?;
        files.sort();
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
            files,
        })
    }

    /// Whether the package has a file.
    pub fn has(&self, file: &str) -> bool {
        self.files
            .binary_search_by(|name| name.as_str().cmp(file))
            .is_ok()
    }

    /// The text of a file; `None` if it is missing or isn't text.
    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.folder.join(file)).unwrap_or_default()
    }

    /// A text with its size: in total, and what users download.
    pub fn size(&self) -> String {
        let excluded = exclude::Patterns::of(self);
        let kilobytes = |files: &mut dyn Iterator<Item = &String>| {
            let size = |file| fs::metadata(self.folder.join(file)).map_or(0, |data| data.len());
            files.map(size).sum::<u64>().div_ceil(1000)
        };
        let all = kilobytes(&mut self.files.iter());
        // Universe keeps the thumbnail for its own page.
        let template = self.manifest.template.as_ref();
        let thumbnail = template.and_then(|template| template.thumbnail.as_deref());
        let bundle = kilobytes(
            &mut self
                .files
                .iter()
                .filter(|file| !excluded.covers(file) && Some(file.as_str()) != thumbnail),
        );
        format!(
            "{} files, {all} kB ({bundle} kB for users)",
            self.files.len()
        )
    }
}

/// Every rule that a package breaks, according to our own checks and to Universe's checker, if
/// that is installed.
///
/// # Errors
/// When Universe's checker is installed and can't be run.
pub fn check_all(package: &Package) -> Result<Vec<Finding>> {
    let mut findings = check(package);
    match official::check(package)? {
        Some(found) => findings.extend(found),
        None => println!(
            "`{}` is not on the path: only our own checks were run",
            official::PROGRAM
        ),
    }
    Ok(findings)
}

/// Every rule that a package breaks, according to our own checks.
pub fn check(package: &Package) -> Vec<Finding> {
    [
        manifest::check,
        files::check,
        licence::check,
        readme::check,
        code::check,
        template::check,
    ]
    .into_iter()
    .flat_map(|rules| rules(package))
    .collect()
}

/// Writes the package below `folder` and reads it back.
///
/// # Errors
/// When a file cannot be read or written.
pub fn write(project: &Project, folder: &Path, origin: &Origin) -> Result<Package> {
    let manifest = project.manifest()?.package;
    let version = manifest.version.to_string();
    let target = folder.join(manifest.name.as_str()).join(&version);
    if target.exists() {
        fs::remove_dir_all(&target).with_context(|| target.display().to_string())?;
    }
    let read = |file: &str| {
        fs::read_to_string(project.root.join(file)).with_context(|| format!("cannot read {file}"))
    };
    let mut files = contents::code(&project.root)?;
    let readme = origin.readme(&read("README.md")?, &version, &files);
    files.extend(contents::linked(&project.root, &readme));
    for file in files {
        let to = target.join(&file);
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        match file.as_str() {
            "README.md" => fs::write(&to, &readme),
            "typst.toml" => fs::write(&to, origin.manifest(&read("typst.toml")?)),
            _ => fs::copy(project.root.join(&file), &to).map(drop),
        }
        .with_context(|| format!("cannot write {}", to.display()))?;
    }
    if let Some(manual) = &origin.manual {
        write_manual(project, &target.join(manual))?;
    }
    Package::open(&target)
}

/// Builds the manual.
fn write_manual(project: &Project, to: &Path) -> Result<()> {
    let program = scrollback::build(project)?;
    if let Some(parent) = to.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut render = Command::new(program);
    render.current_dir(&project.root).args([
        "render",
        "--ignore-system-fonts",
        "docs/manual.typ",
        "-o",
    ]);
    let ended = process::capture(render.arg(to))?;
    if !ended.success {
        bail!("the manual doesn't compile\n{}", ended.output());
    }
    Ok(())
}

/// Writes the package and prints the rules that it breaks.
///
/// # Errors
/// When a file cannot be read or written, or the manual doesn't compile.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    let origin = Origin {
        repository: args.repository.clone(),
        homepage: args.homepage.clone(),
        manual: args.manual.then(|| MANUAL.to_owned()),
    };
    let package = write(project, &args.folder, &origin)?;
    let findings = check_all(&package)?;
    for finding in &findings {
        println!("error: {finding}");
    }
    println!("{} in {}", package.size(), package.folder.display());
    Ok(findings.is_empty())
}

#[cfg(test)]
pub mod fixture {
    //! A small package that keeps every rule, to be broken by the tests.

    use std::fs;

    use super::{Finding, Package};

    /// The manifest of the package.
    pub const MANIFEST: &str = r#"[package]
name = "chatter"
version = "0.1.0"
entrypoint = "lib.typ"
authors = ["The contributors"]
license = "MIT"
description = "Typeset conversations of all kinds."
categories = ["components", "fun"]
compiler = "0.14.0"
exclude = ["/docs/"]
"#;

    /// The licence of the package: the project's own.
    pub const LICENCE: &str = include_str!("../../../../LICENSE");

    /// The readme of the package.
    pub const README: &str = r#"# Chatter

![A short conversation](docs/chat.png)

```typ
#import "@preview/chatter:0.1.0": talk
#talk(two-words: 1)[Hello]
```
"#;

    /// What the rules of `check` find when files of the good package are replaced,
    /// added (content), or removed (none).
    pub fn findings(
        check: fn(&Package) -> Vec<Finding>,
        changes: &[(&str, Option<&str>)],
    ) -> Vec<String> {
        let temp = tempfile::tempdir().unwrap();
        let folder = temp.path().join("chatter/0.1.0");
        let mut files = vec![
            ("typst.toml", Some(MANIFEST)),
            ("README.md", Some(README)),
            ("LICENSE", Some(LICENCE)),
            ("lib.typ", Some("#import \"src/talk.typ\": talk\n")),
            (
                "src/talk.typ",
                Some("#let talk(two-words: 1, body) = body\n"),
            ),
            ("docs/chat.png", Some("pixels")),
        ];
        files.extend(changes);
        for (name, content) in files {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            match content {
                Some(content) => fs::write(path, content).unwrap(),
                None => fs::remove_file(path).unwrap(),
            }
        }
        check(&Package::open(&folder).unwrap())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn the_good_package_keeps_every_rule() {
        assert_eq!(findings(super::check, &[]), Vec::<String>::new());
    }
}
