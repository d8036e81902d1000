//! The files that a transcript's documents read.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::{FileId, Source, VirtualRoot};

use super::{Error, Look, package, world};

/// The Typst sources of a transcript. They contain nothing of an export, and read
/// it as data.
const TEMPLATES: [(&str, &str); 11] = [
    ("/look.typ", include_str!("templates/look.typ")),
    ("/messages.typ", include_str!("templates/messages.typ")),
    ("/edges.typ", include_str!("templates/edges.typ")),
    ("/contents.typ", include_str!("templates/contents.typ")),
    ("/whole.typ", include_str!("templates/whole.typ")),
    ("/sheets.typ", include_str!("templates/sheets.typ")),
    ("/title.typ", include_str!("templates/title.typ")),
    ("/people.typ", include_str!("templates/people.typ")),
    ("/cover.typ", include_str!("templates/cover.typ")),
    ("/annex.typ", include_str!("templates/annex.typ")),
    ("/archive.typ", include_str!("templates/archive.typ")),
];

/// Files by absolute path, besides those of the bundled package. Cheap to clone, because
/// bytes are shared.
#[derive(Clone, Default)]
pub struct TranscriptFiles {
    /// Files that all documents of a transcript read.
    shared: Arc<HashMap<String, Bytes>>,
    /// Files of a single document.
    own: HashMap<String, Bytes>,
}

impl TranscriptFiles {
    /// The files that all documents of a transcript read: how it is to be drawn, the
    /// sources to attach under the names in `look`, and pictures by their paths.
    ///
    /// # Errors
    /// When the look can't be serialised.
    pub fn new(
        look: &Look,
        sources: &[&[u8]],
        pictures: impl IntoIterator<Item = (String, Bytes)>,
    ) -> Result<Self, Error> {
        let mut shared = HashMap::new();
        for (path, text) in TEMPLATES {
            shared.insert(path.into(), Bytes::from_string(text));
        }
        for (name, source) in look.sources.iter().zip(sources) {
            shared.insert(format!("/sources/{name}"), Bytes::new(source.to_vec()));
        }
        shared.extend(pictures);
        let mut files = Self {
            shared: Arc::new(shared),
            own: HashMap::new(),
        };
        files.json("/options.json", look)?;
        Ok(files)
    }

    /// The files of before, in another process.
    pub fn received(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let templates = TEMPLATES.map(|(path, text)| (path.into(), Bytes::from_string(text)));
        let files = files
            .into_iter()
            .map(|(path, data)| (path, Bytes::new(data)));
        Self {
            shared: Arc::new(templates.into_iter().chain(files).collect()),
            own: HashMap::new(),
        }
    }

    /// The files that another process needs, which has the sources.
    pub fn to_send(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let is_own = |path: &str| self.own.contains_key(path);
        let is_source = |path: &str| TEMPLATES.iter().any(|(own, _)| *own == path);
        let shared = self.shared.iter();
        let shared = shared.filter(move |(path, _)| !is_own(path) && !is_source(path));
        shared
            .chain(&self.own)
            .map(|(path, data)| (path.as_str(), data.as_slice()))
    }

    /// Adds a file, or replaces it.
    pub fn add(&mut self, path: &str, data: Vec<u8>) {
        self.own.insert(path.into(), Bytes::new(data));
    }

    /// Adds data that a document reads as JSON.
    ///
    /// # Errors
    /// When it can't be serialised.
    pub fn json(&mut self, path: &str, data: &impl Serialize) -> Result<(), Error> {
        let json = serde_json::to_vec(data).map_err(|error| {
            Error::document(
                format!("cannot write `{path}` for the document: {error}"),
                "please report this",
            )
        })?;
        self.add(path, json);
        Ok(())
    }
}

impl world::Files for TranscriptFiles {
    /// A file of the transcript or of the bundled package. Nothing else is read, and nothing
    /// from the network.
    fn load(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath();
        match id.root() {
            VirtualRoot::Package(spec) if package::is_bundled(spec) => package::load(path),
            VirtualRoot::Package(_) => Err(FileError::NotFound(path.get_without_slash().into())),
            VirtualRoot::Project => {
                let here = path.get_with_slash();
                match self.own.get(here).or_else(|| self.shared.get(here)) {
                    Some(bytes) => Ok(bytes.clone()),
                    None => package::load(path)
                        .map_err(|_| FileError::NotFound(path.get_without_slash().into())),
                }
            }
        }
    }

    fn parsed(&self, id: FileId) -> Option<Source> {
        package::source(id)
    }

    fn name(&self, id: FileId) -> String {
        format!("scrollback{}", id.vpath().get_with_slash())
    }
}
