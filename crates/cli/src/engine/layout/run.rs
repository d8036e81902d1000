//! Compiling the documents of a transcript, each of which is a part of the whole.

use ecow::EcoString;
use typst::foundations::Output;

use super::piece::Piece;
use super::remarks::Remark;
use super::{Layout, path};
use crate::engine::{Error, TranscriptFiles, World, guard};
use typst_layout::PagedDocument;

/// What Typst says where it can't lay out a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its words.
    pub words: EcoString,
    /// Whether messages that it refuses only together are to stay as they are: there is
    /// another way.
    pub alone: bool,
}

impl Refused {
    /// A refusal with these words.
    pub fn new(words: impl Into<EcoString>) -> Self {
        Self {
            words: words.into(),
            alone: false,
        }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::document(
            format!("Typst can't lay out the transcript: {}", refused.words),
            "please report this",
        )
    }
}

impl From<Error> for Refused {
    fn from(error: Error) -> Self {
        Self::new(error.message)
    }
}

impl Layout<'_> {
    /// Compiles one of the documents as pages, and lets go of what Typst remembers of
    /// others.
    pub(super) fn compile(
        &self,
        world: &mut World,
        main: &str,
        files: TranscriptFiles,
    ) -> Result<PagedDocument, Refused> {
        let result = self.compile_any::<Piece>(world, main, files);
        // The memory is common to all workers; what each still needs is not so old.
        comemo::evict(self.jobs.count());
        result.map(|Piece(document)| document)
    }

    /// Compiles one of the documents.
    pub(super) fn compile_any<T: Output>(
        &self,
        world: &mut World,
        main: &str,
        files: TranscriptFiles,
    ) -> Result<T, Refused> {
        world.replace(path(main), Box::new(files));
        let compiled = guard::caught(|| typst::compile::<T>(world)).map_err(Refused::new)?;
        for warning in compiled.warnings {
            self.remark(Remark::Typst(warning.message));
        }
        compiled.output.map_err(|errors| {
            let first = errors.first().map(|error| error.message.clone());
            Refused::new(first.unwrap_or_default())
        })
    }
}
