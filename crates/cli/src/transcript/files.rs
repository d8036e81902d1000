//! The files that the document of a transcript is made of.

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::VirtualPath;

use super::options::Drawing;
use super::pictures::Pictures;
use crate::failure::Failure;
use crate::package;
use crate::world::Project;

/// The documents of a transcript: nothing of an export is in them; they read what
/// follows as data.
const DOCUMENTS: [(&str, &str); 5] = [
    ("/look.typ", include_str!("document/look.typ")),
    ("/messages.typ", include_str!("document/messages.typ")),
    ("/edges.typ", include_str!("document/edges.typ")),
    ("/contents.typ", include_str!("document/contents.typ")),
    ("/whole.typ", include_str!("document/whole.typ")),
];

/// Files by path, with a slash in front. Cheap to clone: bytes are shared.
#[derive(Clone, Default)]
pub struct Files {
    /// What all documents read.
    shared: Arc<HashMap<String, Bytes>>,
    /// What only one reads.
    own: HashMap<String, Bytes>,
}

impl Files {
    /// The files that all documents of a transcript read: how it is to be drawn, the
    /// sources to attach, and pictures.
    ///
    /// # Errors
    /// [`Failure::Output`] when the options can't be written down.
    pub fn new(drawing: &Drawing, sources: &[&[u8]], pictures: Pictures) -> Result<Self, Failure> {
        let mut shared = HashMap::new();
        for (path, text) in DOCUMENTS {
            shared.insert(path.into(), Bytes::from_string(text));
        }
        for (name, source) in drawing.sources.iter().zip(sources) {
            shared.insert(format!("/sources/{name}"), Bytes::new(source.to_vec()));
        }
        shared.extend(pictures.into_files());
        let mut files = Self {
            shared: Arc::new(shared),
            own: HashMap::new(),
        };
        files.json("/options.json", drawing)?;
        Ok(files)
    }

    /// These files and a transcript, with or without its messages.
    pub fn with_transcript(mut self, cbor: Vec<u8>) -> Self {
        self.add("/transcript.cbor", cbor);
        self
    }

    /// Adds a file, or replaces it.
    pub fn add(&mut self, path: &str, data: Vec<u8>) {
        self.own.insert(path.into(), Bytes::new(data));
    }

    /// Adds data that a document reads as JSON.
    ///
    /// # Errors
    /// [`Failure::Output`] when it can't be written down.
    pub fn json(&mut self, path: &str, data: &impl Serialize) -> Result<(), Failure> {
        let json = serde_json::to_vec(data).map_err(|error| {
            Failure::output(
                format!("cannot write `{path}` for the document: {error}"),
                "please report this",
            )
        })?;
        self.add(path, json);
        Ok(())
    }
}

impl Project for Files {
    /// A file of the transcript, else of the carried package.
    fn load(&self, path: &VirtualPath) -> FileResult<Bytes> {
        let path_here = path.get_with_slash();
        match self
            .own
            .get(path_here)
            .or_else(|| self.shared.get(path_here))
        {
            Some(bytes) => Ok(bytes.clone()),
            None => package::load(path)
                .map_err(|_| FileError::NotFound(path.get_without_slash().into())),
        }
    }
}
