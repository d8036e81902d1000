//! The files that the document of a transcript is made of.

use std::collections::HashMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::Bytes;
use typst::syntax::VirtualPath;

use super::options::Drawing;
use super::pictures::Pictures;
use crate::failure::Failure;
use crate::input::Export;
use crate::package;
use crate::world::Project;

/// What the document is: nothing of an export is in it; it reads what follows as
/// data.
const MAIN: &str = include_str!("main.typ");

/// Files by path, with a slash in front.
#[derive(Default)]
pub struct Files(HashMap<String, Bytes>);

impl Files {
    /// Adds the transcript.
    pub fn transcript(&mut self, cbor: Vec<u8>) {
        self.0.insert("/transcript.cbor".into(), Bytes::new(cbor));
    }

    /// Adds the pinned messages once more.
    pub fn pinned(&mut self, cbor: Vec<u8>) {
        self.0.insert("/pinned.cbor".into(), Bytes::new(cbor));
    }

    /// Adds the document, how it is to be drawn, and the sources to attach.
    ///
    /// # Errors
    /// [`Failure::Output`] when the options can't be written down.
    pub fn drawing(
        &mut self,
        drawing: &Drawing,
        export: &Export,
        sources: &[&[u8]],
    ) -> Result<(), Failure> {
        let json = serde_json::to_vec(drawing).map_err(|error| {
            Failure::output(
                format!("cannot write the options of `{}`: {error}", export.shown()),
                "please report this",
            )
        })?;
        self.0.insert("/options.json".into(), Bytes::new(json));
        self.0.insert("/main.typ".into(), Bytes::from_string(MAIN));
        for (name, source) in drawing.sources.iter().zip(sources) {
            self.0
                .insert(format!("/sources/{name}"), Bytes::new(source.to_vec()));
        }
        Ok(())
    }

    /// Adds pictures.
    pub fn pictures(&mut self, pictures: Pictures) {
        self.0.extend(pictures.into_files());
    }
}

impl Project for Files {
    /// A file of the transcript, else of the carried package.
    fn load(&self, path: &VirtualPath) -> FileResult<Bytes> {
        match self.0.get(path.get_with_slash()) {
            Some(bytes) => Ok(bytes.clone()),
            None => package::load(path)
                .map_err(|_| FileError::NotFound(path.get_without_slash().into())),
        }
    }
}
