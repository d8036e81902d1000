//! What a document sees of the computer: its project, packages, fonts and the date.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ecow::eco_format;
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::package::PackageSpec;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::datetime::Time;
use typst_kit::diagnostics::DiagnosticWorld;
use typst_kit::files::{FileLoader, FileStore, FsRoot};
use typst_kit::fonts::FontStore;
use typst_kit::packages::{FsPackages, SystemPackages, UniversePackages};

use crate::args::TypstArgs;
use crate::download::HttpsDownloader;
use crate::failure::Failure;
use crate::format::Format;
use crate::{package, root};

/// The world of one document.
pub struct DocumentWorld {
    main: FileId,
    /// The folder that messages name files relative to.
    workdir: PathBuf,
    library: LazyHash<Library>,
    fonts: Arc<FontStore>,
    files: FileStore<Files>,
    time: Time,
}

impl DocumentWorld {
    /// The world of the document at `path`.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the document, its root or its date cannot be.
    pub fn of_document(
        path: &Path,
        args: &TypstArgs,
        fonts: Arc<FontStore>,
        format: Format,
    ) -> Result<Self, Failure> {
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
        let files = Files::Folder {
            root: FsRoot::new(root),
            packages: Box::new(packages),
        };
        let inputs = args
            .sys_inputs
            .iter()
            .map(|(key, value)| (key.as_str().into(), value.as_str().into_value()))
            .collect();
        Self::new(main, files, inputs, args, fonts, format)
    }

    /// A world of nothing but the carried package and the given files, with the
    /// document at the path `main`.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the date is out of range.
    pub fn of_files(
        main: &str,
        files: Box<dyn Project>,
        args: &TypstArgs,
        fonts: Arc<FontStore>,
        format: Format,
    ) -> Result<Self, Failure> {
        Self::new(
            virtual_path(main),
            Files::Virtual(files),
            Dict::new(),
            args,
            fonts,
            format,
        )
    }

    fn new(
        main: VirtualPath,
        files: Files,
        inputs: Dict,
        args: &TypstArgs,
        fonts: Arc<FontStore>,
        format: Format,
    ) -> Result<Self, Failure> {
        // Typst hides its unfinished HTML export behind a feature.
        let features = (format == Format::Html)
            .then_some(Feature::Html)
            .into_iter()
            .collect();
        let library = Library::builder()
            .with_inputs(inputs)
            .with_features(features)
            .build();
        let time = match args.creation_timestamp {
            None => Time::system(),
            Some(seconds) => Time::fixed_timestamp(seconds).map_err(|_| {
                Failure::usage(
                    format!("the creation timestamp {seconds} is out of range"),
                    "pass seconds since 1970-01-01, such as 1767225600",
                )
            })?,
        };
        Ok(Self {
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            workdir: std::env::current_dir()
                .and_then(|dir| dir.canonicalize())
                .unwrap_or_default(),
            library: LazyHash::new(library),
            fonts,
            files: FileStore::new(files),
            time,
        })
    }

    /// Puts other files, and another document of them, in the place of a virtual
    /// world's. What stays the same isn't parsed again.
    pub fn replace(&mut self, main: &str, files: Box<dyn Project>) {
        *self.files.loader_mut() = Files::Virtual(files);
        self.files.reset();
        self.main = RootedPath::new(VirtualRoot::Project, virtual_path(main)).intern();
    }

    /// The files on the disk that the document has read.
    pub fn dependencies(&mut self) -> Vec<PathBuf> {
        let (loader, files) = self.files.dependencies();
        files
            .filter_map(|id| match (loader, id.root()) {
                (Files::Folder { root, .. }, VirtualRoot::Project) => root.resolve(id.vpath()).ok(),
                _ => None,
            })
            .collect()
    }
}

/// A path within a virtual world.
fn virtual_path(path: &str) -> VirtualPath {
    VirtualPath::new(path).expect("the program's own paths are right")
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

impl World for DocumentWorld {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.files.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        self.time.today(offset)
    }
}

impl DiagnosticWorld for DocumentWorld {
    fn name(&self, id: FileId) -> String {
        let path = id.vpath();
        match (id.root(), self.files.loader()) {
            (VirtualRoot::Package(spec), _) => format!("{spec}{}", path.get_with_slash()),
            (VirtualRoot::Project, Files::Virtual(_)) => {
                format!("scrollback{}", path.get_with_slash())
            }
            (VirtualRoot::Project, Files::Folder { root, .. }) => {
                let Ok(file) = root.resolve(path) else {
                    return path.get_without_slash().to_owned();
                };
                let shown = file.strip_prefix(&self.workdir).unwrap_or(&file);
                shown.display().to_string()
            }
        }
    }
}

/// Files that are not, or not all, in a folder.
pub trait Project: Send + Sync {
    /// Reads a file.
    ///
    /// # Errors
    /// [`FileError::NotFound`] when there is no such file.
    fn load(&self, path: &VirtualPath) -> FileResult<Bytes>;
}

/// Where files come from.
enum Files {
    /// The project's folder, the carried package, and Typst's package folders.
    Folder {
        root: FsRoot,
        packages: Box<SystemPackages>,
    },
    /// These files and the carried package: nothing else, and no network.
    Virtual(Box<dyn Project>),
}

impl FileLoader for Files {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        match (id.root(), self) {
            (VirtualRoot::Package(spec), _) if package::is_carried(spec) => {
                package::load(id.vpath())
            }
            (VirtualRoot::Project, Self::Folder { root, .. }) => root.load(id.vpath()),
            (VirtualRoot::Project, Self::Virtual(project)) => project.load(id.vpath()),
            (VirtualRoot::Package(spec), Self::Virtual(_)) => {
                Err(FileError::Package(PackageError::NotFound(spec.clone())))
            }
            (VirtualRoot::Package(spec), Self::Folder { packages, .. }) => {
                obtain(packages, spec)?.load(id.vpath())
            }
        }
    }
}

/// The folder of a package.
fn obtain(packages: &SystemPackages, spec: &PackageSpec) -> FileResult<FsRoot> {
    packages.obtain(spec).map_err(|error| match error {
        // The one package whose versions we know something about.
        error @ PackageError::NetworkFailed(_) if spec.name == "scrollback" => {
            let message = eco_format!(
                "this program carries version {}, and version {} is out of reach; {error}",
                package::VERSION,
                spec.version,
            );
            FileError::Package(PackageError::Other(Some(message)))
        }
        error => FileError::Package(error),
    })
}
