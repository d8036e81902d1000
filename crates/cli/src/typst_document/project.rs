//! The files of a Typst document, from its project's folder, the bundled package, and
//! Typst's package folders.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::eco_format;
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, IntoValue};
use typst::syntax::package::PackageSpec;
use typst::syntax::{FileId, VirtualPath, VirtualRoot};
use typst_kit::files::FsRoot;
use typst_kit::fonts::FontStore;
use typst_kit::packages::{FsPackages, SystemPackages, UniversePackages};

use super::download::HttpsDownloader;
use super::root;
use crate::args::TypstArgs;
use crate::engine::{self, World, package};
use crate::failure::Failure;

/// The files of a document.
struct Project {
    root: FsRoot,
    packages: SystemPackages,
    /// The folder that file names in errors are relative to.
    workdir: PathBuf,
}

/// A world for the document at `path`, with the folder of its project.
///
/// # Errors
/// [`Failure::Usage`] when the document, its root or its date is wrong.
pub fn world(
    path: &Path,
    args: &TypstArgs,
    fonts: Arc<FontStore>,
    html: bool,
) -> Result<(World, FsRoot), Failure> {
    let document = find_document(path)?;
    let root = root::find(&document, args.root.as_deref())?;
    let main = VirtualPath::virtualize(&root, &document).map_err(|_| {
        Failure::usage(
            format!(
                "the document `{}` is not inside its root `{}`",
                path.display(),
                root.display()
            ),
            "pass a folder above the document to `--root`, or leave the option out",
        )
    })?;
    let packages = SystemPackages::from_parts(
        args.package_path
            .clone()
            .map(FsPackages::new)
            .or_else(FsPackages::system_data),
        args.package_cache_path
            .clone()
            .map(FsPackages::new)
            .or_else(FsPackages::system_cache),
        UniversePackages::new(HttpsDownloader::new()),
    );
    let workdir = std::env::current_dir()
        .and_then(|dir| dir.canonicalize())
        .unwrap_or_default();
    let inputs = args
        .sys_inputs
        .iter()
        .map(|(key, value)| (key.as_str().into(), value.as_str().into_value()))
        .collect();
    let settings = engine::Settings {
        inputs,
        html,
        today: args.creation_timestamp,
    };
    let root = FsRoot::new(root);
    let project = Project {
        root: root.clone(),
        packages,
        workdir,
    };
    let world = World::new(main, Box::new(project), settings, fonts)?;
    Ok((world, root))
}

/// The canonical path of the document.
fn find_document(input: &Path) -> Result<PathBuf, Failure> {
    match input.canonicalize() {
        Ok(path) if path.is_file() => Ok(path),
        Ok(_) => Err(Failure::usage(
            format!("the document `{}` is a folder", input.display()),
            "pass the `.typ` file itself",
        )),
        Err(error) => Err(Failure::usage(
            format!("cannot open the document `{}`: {error}", input.display()),
            "check that you may read it",
        )),
    }
}

impl engine::Files for Project {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        match id.root() {
            VirtualRoot::Package(spec) if package::is_bundled(spec) => package::load(id.vpath()),
            VirtualRoot::Package(spec) => obtain(&self.packages, spec)?.load(id.vpath()),
            VirtualRoot::Project => self.root.load(id.vpath()),
        }
    }

    fn name(&self, id: FileId) -> String {
        let path = id.vpath();
        match id.root() {
            VirtualRoot::Package(spec) => format!("{spec}{}", path.get_with_slash()),
            VirtualRoot::Project => {
                let Ok(file) = self.root.resolve(path) else {
                    return path.get_without_slash().to_owned();
                };
                let shown = file.strip_prefix(&self.workdir).unwrap_or(&file);
                shown.display().to_string()
            }
        }
    }
}

/// The folder of a package.
fn obtain(packages: &SystemPackages, spec: &PackageSpec) -> FileResult<FsRoot> {
    packages.obtain(spec).map_err(|error| match error {
        // The only package whose versions are known here.
        error @ PackageError::NetworkFailed(_) if spec.name == "scrollback" => {
            let message = eco_format!(
                "this program contains version {}, and version {} is out of reach; {error}",
                package::VERSION,
                spec.version,
            );
            FileError::Package(PackageError::Other(Some(message)))
        }
        error => FileError::Package(error),
    })
}
