//! Compiles the documents of a transcript, each of which is one run of it.

use ecow::EcoString;
use typst::foundations::Output;

use super::piece::Piece;
use crate::engine::layout::messages::warnings::LayoutWarning;
use crate::engine::layout::{Layout, path};
use crate::engine::{Error, TranscriptFiles, World, guard};
use typst_layout::PagedDocument;

/// Typst's error for a document that it can't lay out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The message.
    pub words: EcoString,
    /// Whether to keep messages that are only refused together, because there is another way.
    pub alone: bool,
}

impl Refused {
    /// A refusal with this message.
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
    /// Compiles one of the documents to pages, and evicts others from Typst's cache.
    pub(in crate::engine::layout) fn compile(
        &self,
        world: &mut World,
        main: &str,
        files: TranscriptFiles,
    ) -> Result<PagedDocument, Refused> {
        let result = self.compile_any::<Piece>(world, main, files);
        // The cache is shared by all workers; entries that a worker still needs are newer.
        comemo::evict(self.jobs.count());
        result.map(|Piece(document)| document)
    }

    /// Compiles one of the documents.
    pub(in crate::engine::layout) fn compile_any<T: Output>(
        &self,
        world: &mut World,
        main: &str,
        files: TranscriptFiles,
    ) -> Result<T, Refused> {
        world.replace(path(main), Box::new(files));
        let compiled = guard::caught(|| typst::compile::<T>(world)).map_err(Refused::new)?;
        for warning in compiled.warnings {
            self.warn(LayoutWarning::Typst(warning.message));
        }
        compiled.output.map_err(|errors| {
            let first = errors.first().map(|error| error.message.clone());
            Refused::new(first.unwrap_or_default())
        })
    }
}
