//! Lays out a transcript on a single continuous page.

use std::ops::Range;

use typst_layout::PagedDocument;

use crate::engine::Error;
use crate::engine::layout::frames::{glyphs, outlines};
use crate::engine::layout::matter::depths;
use crate::engine::layout::messages::Messages;
use crate::engine::layout::runs::compile::Refused;
use crate::engine::layout::{LaidOut, Layout, Section};

impl Layout<'_> {
    /// The first section, with the pinned messages after it, on a single continuous page.
    ///
    /// # Errors
    /// As [`pages`](Self::pages) has.
    pub fn continuous(
        self,
        section: Section,
        pinned: Option<Section>,
    ) -> Result<LaidOut<PagedDocument>, Error> {
        let mut document = self.whole(section, pinned)?;
        let info = std::mem::take(document.info_mut());
        let mut pages = glyphs::pages(&self, document);
        outlines::outline(self.letters, &mut pages);
        depths::nest(&mut pages, false);
        Ok(self.laid_out(PagedDocument::new(pages.into(), info)))
    }

    /// Compiles the sections in one document.
    fn whole(&self, section: Section, pinned: Option<Section>) -> Result<PagedDocument, Error> {
        let count = section.messages.len();
        (self.progress)(&format!("laying out {count} messages"));
        let mut world = self.world()?;
        let (mut files, main) = self.transcript(section.transcript, section.messages);
        files.json("/pinned.json", &pinned.is_some())?;
        let pins = pinned.map(|pinned| {
            let pins = Messages::new(pinned.messages, &pinned.transcript, &self.look.plain_note);
            files.add("/pinned.cbor", pinned.transcript);
            pins
        });
        let mut compile = |messages: Range<usize>, pinned: Range<usize>| -> Result<_, Refused> {
            let mut files = files.clone();
            files.add("/messages.cbor", main.run(messages));
            if let Some(pins) = &pins {
                files.add("/pinned-messages.cbor", pins.run(pinned));
            }
            let document = self.compile_any(&mut world, "/whole.typ", files)?;
            self.try_writing(&document)?;
            Ok(document)
        };
        let all_pins = 0..pins.as_ref().map_or(0, Messages::len);
        if let Ok(document) = compile(0..count, all_pins.clone()) {
            return Ok(document);
        }
        // Refused messages are searched among the messages first, then among the pins.
        if let Some(pins) = &pins {
            self.insist(pins, all_pins.clone(), |run| compile(0..0, run))?;
        }
        self.insist(&main, 0..count, |run| compile(run, all_pins.clone()))
    }
}
