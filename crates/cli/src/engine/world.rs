//! The Typst world of a document: its files, the fonts and the date.

use std::sync::Arc;

use typst::diag::FileResult;
use typst::foundations::{Bytes, Datetime, Dict, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt};
use typst_kit::datetime::Time;
use typst_kit::diagnostics::DiagnosticWorld;
use typst_kit::files::{FileLoader, FileStore};
use typst_kit::fonts::FontStore;

use super::Error;

/// A world for consecutive documents, which share fonts, library and date.
pub struct World {
    main: FileId,
    library: LazyHash<Library>,
    fonts: Arc<FontStore>,
    files: FileStore<Box<dyn Files>>,
    time: Time,
}

/// The source of a document's files.
pub trait Files: Send + Sync {
    /// Reads a file.
    ///
    /// # Errors
    /// When there is no such file.
    fn load(&self, id: FileId) -> FileResult<Bytes>;

    /// The file as a source, if it is parsed already.
    fn parsed(&self, _id: FileId) -> Option<Source> {
        None
    }

    /// The file's name for errors.
    fn name(&self, id: FileId) -> String;
}

impl FileLoader for Box<dyn Files> {
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        (**self).load(id)
    }
}

/// The settings of a world.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The document's `sys.inputs`.
    pub inputs: Dict,
    /// Whether to enable Typst's HTML feature.
    pub html: bool,
    /// The current time, in seconds since 1970; `None` for the system clock.
    pub today: Option<i64>,
}

impl World {
    /// A world for the document at the path `main` among the files.
    ///
    /// # Errors
    /// When the date is out of range.
    pub fn new(
        main: VirtualPath,
        files: Box<dyn Files>,
        settings: Settings,
        fonts: Arc<FontStore>,
    ) -> Result<Self, Error> {
        let features = settings.html.then_some(Feature::Html).into_iter().collect();
        let library = Library::builder()
            .with_inputs(settings.inputs)
            .with_features(features)
            .build();
        let time = match settings.today {
            None => Time::system(),
            Some(seconds) => Time::fixed_timestamp(seconds).map_err(|_| {
                Error::option(
                    format!("the creation timestamp {seconds} is out of range"),
                    "pass seconds since 1970-01-01, such as 1767225600",
                )
            })?,
        };
        Ok(Self {
            main: in_project(main),
            library: LazyHash::new(library),
            fonts,
            files: FileStore::new(files),
            time,
        })
    }

    /// Replaces the files and the document. Unchanged sources aren't parsed again.
    pub fn replace(&mut self, main: VirtualPath, files: Box<dyn Files>) {
        *self.files.loader_mut() = files;
        self.files.reset();
        self.main = in_project(main);
    }

    /// The files that the document has read.
    pub fn dependencies(&mut self) -> Vec<FileId> {
        self.files.dependencies().1.collect()
    }
}

/// A path in the project of the document.
fn in_project(path: VirtualPath) -> FileId {
    RootedPath::new(VirtualRoot::Project, path).intern()
}

impl typst::World for World {
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
        match self.files.loader().parsed(id) {
            Some(source) => Ok(source),
            None => self.files.source(id),
        }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        #[cfg(test)]
        super::stops::at_file(id.vpath().get_with_slash());
        self.files.file(id)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, offset: Option<Duration>) -> Option<Datetime> {
        self.time.today(offset)
    }
}

impl DiagnosticWorld for World {
    fn name(&self, id: FileId) -> String {
        self.files.loader().name(id)
    }
}
