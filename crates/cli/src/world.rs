//! What a document sees of the computer: its project, packages, fonts and the date.

use std::path::{Path, PathBuf};

use ecow::eco_format;
use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Dict, Duration, IntoValue};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};
use typst_kit::datetime::Time;
use typst_kit::diagnostics::DiagnosticWorld;
use typst_kit::files::{FileLoader, FileStore, FsRoot};
use typst_kit::fonts::FontStore;
use typst_kit::packages::{FsPackages, SystemPackages, UniversePackages};

use crate::args::RenderArgs;
use crate::download::HttpsDownloader;
use crate::failure::Failure;
use crate::format::Format;
use crate::{fonts, package, root};

/// The world of one document.
pub struct DocumentWorld {
    main: FileId,
    /// The folder that messages name files relative to.
    workdir: PathBuf,
    library: LazyHash<Library>,
    fonts: FontStore,
    files: FileStore<Files>,
    time: Time,
}

impl DocumentWorld {
    /// Prepares the world of the document that `args` names.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the document, its root or its date cannot be.
    pub fn new(args: &RenderArgs, format: Format) -> Result<Self, Failure> {
        let document = find_document(&args.input)?;
        let root = root::find(&document, args.root.as_deref())?;
        let main = VirtualPath::virtualize(&root, &document).map_err(|_| {
            Failure::usage(
                format!(
                    "the document `{}` is not inside its root `{}`",
                    args.input.display(),
                    root.display()
                ),
                "pass a folder above the document to `--root`, or leave the option out",
            )
        })?;

        for path in &args.font_paths {
            if !path.is_dir() {
                return Err(Failure::usage(
                    format!("the font path `{}` is not a folder", path.display()),
                    "pass the folder that holds the font files to `--font-path`",
                ));
            }
        }

        let inputs: Dict = args
            .inputs
            .iter()
            .map(|(key, value)| (key.as_str().into(), value.as_str().into_value()))
            .collect();
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

        Ok(Self {
            main: RootedPath::new(VirtualRoot::Project, main).intern(),
            workdir: std::env::current_dir()
                .and_then(|dir| dir.canonicalize())
                .unwrap_or_default(),
            library: LazyHash::new(library),
            fonts: fonts::gather(&args.font_paths, !args.ignore_system_fonts),
            files: FileStore::new(Files {
                project: FsRoot::new(root),
                packages,
            }),
            time,
        })
    }
}

/// The canonical path of the document.
fn find_document(input: &Path) -> Result<PathBuf, Failure> {
    match input.canonicalize() {
        Ok(path) if path.is_file() => Ok(path),
        Ok(_) => Err(Failure::usage(
            format!("the document `{}` is a folder", input.display()),
            "pass the `.typ` file itself",
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(Failure::usage(
            format!("there is no document `{}`", input.display()),
            "check the name and the folder that you are in",
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
        match id.root() {
            VirtualRoot::Package(spec) => format!("{spec}{}", path.get_with_slash()),
            VirtualRoot::Project => {
                let Ok(file) = self.files.loader().project.resolve(path) else {
                    return path.get_without_slash().to_owned();
                };
                let shown = file.strip_prefix(&self.workdir).unwrap_or(&file);
                shown.display().to_string()
            }
        }
    }
}

/// Where files come from: the project's folder, the carried package, and Typst's
/// package folders.
struct Files {
    project: FsRoot,
    packages: SystemPackages,
}

impl FileLoader for Files {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        match id.root() {
            VirtualRoot::Project => self.project.load(id.vpath()),
            VirtualRoot::Package(spec) if package::is_carried(spec) => package::load(id.vpath()),
            VirtualRoot::Package(spec) => match self.packages.obtain(spec) {
                Ok(root) => root.load(id.vpath()),
                // The one package whose versions we know something about.
                Err(error @ PackageError::NetworkFailed(_)) if spec.name == "scrollback" => {
                    let message = eco_format!(
                        "this program carries version {}, and version {} is out of reach; {error}",
                        package::VERSION,
                        spec.version,
                    );
                    Err(FileError::Package(PackageError::Other(Some(message))))
                }
                Err(error) => Err(FileError::Package(error)),
            },
        }
    }
}
