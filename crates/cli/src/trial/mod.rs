//! Lays out exports with the program's engine in tests, which is much faster than running
//! the program for each.

mod fields;
#[path = "../../../core/testing/mutation.rs"]
mod mutation;
mod mutations;
mod names;
mod passes;
mod said;
mod stopped;

use std::collections::BTreeMap;
use std::sync::Arc;

use scrollback_core::{Options, Pieces, Typeset, read};
use typst::foundations::Bytes;
use typst::layout::{Frame, FrameItem};
use typst_kit::fonts::FontStore;
use typst_pdf::PdfStandard;

use crate::engine::{
    self, Jobs, Layout, LayoutWarnings, Locale, Look, Pdf, Section, TranscriptFiles, fonts,
    pdf_options, stops,
};

/// 2024-03-20, the current date of documents.
const TODAY: i64 = 1_710_900_000;

/// The prefix of addresses that resolve to a picture.
const MEDIA: &str = "https://media.example/";

/// The look of transcripts in tests.
pub fn look(paged: bool) -> Look {
    Look {
        theme: "dark".into(),
        display: "cozy".into(),
        size: 10.0,
        lang: "en".into(),
        clock: None,
        times: "first".into(),
        spoilers: "cover".into(),
        usernames: false,
        ids: false,
        reactors: true,
        note: None,
        own: None,
        paged,
        width: 400.0,
        height: paged.then_some(400.0),
        cropped: false,
        left: 20.0,
        right: 20.0,
        style: "chat".into(),
        bare: 1,
        top: 20.0,
        bottom: 20.0,
        header: true,
        footer: true,
        toc: false,
        range: None,
        title: "T".into(),
        volume: None,
        media: BTreeMap::new(),
        plain_note: "(plain)".into(),
        page_link: "{page}".into(),
        sources: Vec::new(),
        ..Look::default()
    }
}

/// The bundled fonts.
pub fn bundled_fonts() -> Arc<FontStore> {
    let mut bundled = FontStore::new();
    fonts::add_bundled(&mut bundled);
    Arc::new(bundled)
}

/// A document, with its warnings.
pub struct Written {
    /// The PDF or HTML.
    pub bytes: Vec<u8>,
    /// All text on pages.
    pub text: String,
    /// What could not be drawn as it should be.
    pub warnings: LayoutWarnings,
}

/// Lays out exports.
pub struct Trial {
    fonts: Arc<FontStore>,
    pdf: Pdf,
    options: Options,
}

impl Trial {
    /// A trial with the bundled fonts.
    pub fn new() -> Self {
        let english = Locale::find("en").expect("there is English");
        Self {
            fonts: bundled_fonts(),
            pdf: pdf_options(&[PdfStandard::Ua_1], Some(TODAY)).expect("it is a standard"),
            options: Options {
                times: english.times(),
                ..Options::default()
            },
        }
    }

    /// An export as an accessible PDF.
    pub fn pages(&self, export: &[u8]) -> Result<Written, String> {
        let (typeset, messages) = self.read(export)?;
        let (look, files) = files(true, &typeset);
        let layout = self.layout(&look, &files);
        let laid_out = layout
            .pages(vec![section(typeset, &messages)])
            .map_err(|error| error.message)?;
        let pages = laid_out.document.pages();
        let written = engine::pdf(&laid_out.document, &self.pdf.options);
        let bytes = written.map_err(|errors| format!("{:?}", errors.first()))?;
        Ok(Written {
            bytes,
            text: pages.iter().map(|page| text(&page.frame)).collect(),
            warnings: laid_out.warnings,
        })
    }

    /// An export as HTML.
    pub fn html(&self, export: &[u8]) -> Result<Written, String> {
        let (typeset, messages) = self.read(export)?;
        let (look, files) = files(false, &typeset);
        let layout = self.layout(&look, &files);
        let laid_out = layout
            .html(section(typeset, &messages), None)
            .map_err(|error| error.message)?;
        comemo::evict(1);
        Ok(Written {
            bytes: laid_out.document.into_bytes(),
            text: String::new(),
            warnings: laid_out.warnings,
        })
    }

    fn read(&self, export: &[u8]) -> Result<(Typeset, Pieces), String> {
        // Another test counts reads, which must not overlap.
        let _reading = crate::READING.lock();
        read(&[export], &self.options)
            .and_then(|archive| archive.into_selection(&self.options)?.typeset_in_pieces())
            .map_err(|error| error.to_string())
    }

    fn layout<'l>(&self, look: &'l Look, files: &'l TranscriptFiles) -> Layout<'l> {
        let jobs = Jobs::new(None).expect("there are threads");
        Layout::new(look, files, self.fonts.clone(), Some(TODAY), jobs, &|_| {})
    }
}

fn section(typeset: Typeset, messages: &Pieces) -> Section<'_> {
    Section::of(typeset.cbor, messages)
}

/// The files of a transcript, with the same picture at all of its addresses.
fn files(paged: bool, typeset: &Typeset) -> (Look, TranscriptFiles) {
    let picture = include_bytes!("../../tests/pictures/turned.jpg");
    let path = "/media/0.jpg";
    let mut look = look(paged);
    // Avatars with a hash have addresses on Discord's server.
    let is_there = |url: &&String| url.starts_with(MEDIA) || url.contains("/avatars/");
    let urls = typeset.media.iter().filter(is_there);
    look.media = urls.map(|url| (url.clone(), path.to_owned())).collect();
    look.media
        .insert(format!("{MEDIA}stop.png"), stops::PICTURE.into());
    let pictures = [(path.to_owned(), Bytes::new(picture))];
    let files = TranscriptFiles::new(&look, &[], pictures).expect("the look can be written");
    (look, files)
}

/// All text on a frame.
pub fn text(frame: &Frame) -> String {
    frame
        .items()
        .map(|(_, item)| match item {
            FrameItem::Group(group) => text(&group.frame),
            FrameItem::Text(item) => item.text.to_string(),
            _ => String::new(),
        })
        .collect()
}
