//! Writes a volume as a PDF: on pages, or on a single continuous page.

use super::Job;
use crate::engine::{Layout, LayoutWarnings, Look, Pdf, Section, TranscriptFiles, Writing};
use crate::output::{Staged, Unwritten, Writer};
use crate::report::Warnings;

/// The highest page that PDF readers open, in points.
const HIGHEST_PAGE: f64 = 14_400.0;
/// More messages than this always exceed that height.
const MOST_ON_A_PAGE: usize = 1500;

/// A PDF in a temporary file, with its warnings and number of pages.
pub type Done = (Vec<Staged>, LayoutWarnings, usize);

/// A volume to write as a PDF.
pub struct PdfJob<'p> {
    pub job: &'p Job<'p>,
    pub look: &'p Look,
    pub files: &'p TranscriptFiles,
    pub layout: &'p Layout<'p>,
    pub writer: &'p Writer<'p>,
    pub pdf: &'p Pdf,
}

impl PdfJob<'_> {
    /// Lays out the sections, or the two whole ones on a continuous page, and writes the PDF to
    /// a temporary file.
    pub fn staged(
        &self,
        sections: Vec<Section>,
        (section, pinned): (Section, Option<Section>),
        warnings: &mut Warnings,
    ) -> Result<Done, Unwritten> {
        if !self.job.args.page.paper.is_continuous() {
            let layout = self.layout.with(self.look, self.files);
            return self.paged(layout, sections);
        }
        if section.messages.len() <= MOST_ON_A_PAGE
            && let Some(done) = self.continuous(&section, pinned.as_ref())?
        {
            return Ok(done);
        }
        let divided = Look {
            height: Some(HIGHEST_PAGE),
            cropped: true,
            ..self.look.clone()
        };
        let mut files = self.files.clone();
        files
            .json("/options.json", &divided)
            .map_err(|error| Unwritten::Failure(error.into()))?;
        let layout = self.layout.with(&divided, &files);
        let sections = [section].into_iter().chain(pinned).collect();
        let done = self.paged(layout, sections)?;
        warnings.add(
            self.job.export.shown(),
            format!(
                "the continuous page is divided into {}: PDF viewers can't open pages higher than 14400pt",
                done.2
            ),
            vec!["divide the transcript with `--split`, or write `png`, `svg` or `html`".into()],
            1,
        );
        Ok(done)
    }

    /// The sections on pages.
    fn paged<'l>(&'l self, layout: Layout<'l>, sections: Vec<Section>) -> Result<Done, Unwritten> {
        let (staged, laid_out) = self.writer.pdf(|out| layout.pdf(sections, self.pdf, out))?;
        Ok((staged, laid_out.warnings, laid_out.document))
    }

    /// The sections on a continuous page, unless readers couldn't open it.
    fn continuous(
        &self,
        section: &Section,
        pinned: Option<&Section>,
    ) -> Result<Option<Done>, Unwritten> {
        let layout = self.layout.with(self.look, self.files);
        let page = |layout, pdf| self.page(layout, pdf, section, pinned);
        match page(layout, self.pdf) {
            // Some messages violate a PDF standard, or stop Typst.
            Err(Unwritten::Typst(_)) => {}
            result => return result,
        }
        let failed = match page(self.layout.trying(Writing::of(self.pdf)), self.pdf) {
            Err(failed) if !self.pdf.needs_tags => failed,
            result => return result,
        };
        // The tags of the whole document may be the cause.
        let untagged = self.pdf.untagged();
        match page(self.layout.trying(Writing::of(&untagged)), &untagged) {
            Ok(Some((staged, mut warnings, pages))) => {
                warnings.untagged = Some(failed.words().into());
                Ok(Some((staged, warnings, pages)))
            }
            Ok(None) => Ok(None),
            Err(_) => Err(failed),
        }
    }

    fn page(
        &self,
        layout: Layout,
        pdf: &Pdf,
        section: &Section,
        pinned: Option<&Section>,
    ) -> Result<Option<Done>, Unwritten> {
        let laid_out = layout
            .continuous(section.clone(), pinned.cloned())
            .map_err(|error| Unwritten::Failure(error.into()))?;
        let count = laid_out.document.pages().len();
        let mut pages = laid_out.document.pages().iter();
        if !pages.all(|page| page.frame.height().to_pt() <= HIGHEST_PAGE) {
            return Ok(None);
        }
        let staged = self.writer.whole_pdf(&laid_out.document, pdf)?;
        Ok(Some((staged, laid_out.warnings, count)))
    }
}
