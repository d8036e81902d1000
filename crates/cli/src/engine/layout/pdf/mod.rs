//! Writes transcripts as PDFs: short ones from all their pages, long ones in parts, which
//! take less memory and are written in parallel.

pub mod archive;

use std::collections::HashMap;
use std::io::Write;
use std::sync::Mutex;

use ecow::EcoString;
use typst::model::{Destination, DocumentInfo, Url};
use typst_layout::{Page, PagedDocument};

use crate::engine::layout::marks::SCHEME;
use crate::engine::layout::marks::links::{self, MESSAGE};
use crate::engine::layout::matter::contents::HEADING;
use crate::engine::layout::matter::depths::Depths;
use crate::engine::layout::matter::edges::Edged;
use crate::engine::layout::messages::warnings::LayoutWarning;
use crate::engine::layout::runs::section;
use crate::engine::layout::runs::stretch::{self, Spot, Stretch, Unwritten, Writer, Written};
use crate::engine::layout::{LaidOut, Layout, Section, Writing};
use crate::engine::pdf::{self, Bookmark, Link, Waiting};
use crate::engine::{Error, Pdf, write};

/// The most headers and footers that are laid out at once; more take more memory.
const EDGES: usize = 500;
/// The fewest, if several workers share them; each part has its own fonts.
const FEWEST_EDGES: usize = 100;

/// The parts of a PDF.
#[derive(Default)]
struct Parts {
    parts: Vec<Waiting>,
    /// The part with the metadata and attached files.
    main: usize,
    /// The size of each page, with the heading of its section.
    sizes: Vec<Edged>,
    /// The positions of messages, by section and number.
    messages: HashMap<(usize, usize), Spot>,
    /// The headings.
    headings: Vec<Bookmark>,
    /// The texts and levels of the headings of each page.
    words: Vec<Vec<(EcoString, usize)>>,
    info: DocumentInfo,
}

impl Layout<'_> {
    /// Writes these sections as one PDF, and returns the number of pages.
    ///
    /// # Errors
    /// As [`pages`](Self::pages) has; when the PDF can't keep its standards; and when
    /// `out` can't be written to.
    pub fn pdf(
        self,
        sections: Vec<Section>,
        pdf: &Pdf,
        out: &mut dyn Write,
    ) -> Result<LaidOut<usize>, Unwritten> {
        let layout = self.for_pdf(pdf);
        match layout.write(sections.clone(), pdf, out) {
            // Some messages violate a PDF standard, or stop Typst. Laying out each run by itself
            // finds them.
            Err(Unwritten::Faults(_)) => {}
            result => return Ok(layout.laid_out(result?)),
        }
        let tried = layout.trying(Writing::of(pdf));
        let failed = match tried.write(sections.clone(), pdf, out) {
            Ok(pages) => return Ok(tried.laid_out(pages)),
            Err(Unwritten::File(error)) => return Err(error.into()),
            Err(unwritten) => unwritten,
        };
        if pdf.needs_tags {
            return Err(failed);
        }
        // The tags of the whole document may be the cause.
        let untagged = pdf.untagged();
        let tried = layout.trying(Writing::of(&untagged));
        match tried.write(sections, &untagged, out) {
            Ok(pages) => {
                let reason = Error::from(failed).message;
                tried.warn(LayoutWarning::Untagged(reason.into()));
                Ok(tried.laid_out(pages))
            }
            Err(_) => Err(failed),
        }
    }

    fn write(
        &self,
        sections: Vec<Section>,
        pdf: &Pdf,
        out: &mut dyn Write,
    ) -> Result<usize, Unwritten> {
        let counts = sections.iter().map(|section| section.messages.len());
        let is_long = counts
            .into_iter()
            .any(|count| count > self.stretch || section::workers(self, count) > 1);
        // Covers, indexes and facing pages depend on all pages.
        let look = self.look;
        let is_plain = look.front.is_none() && !(look.annex || look.index || look.two_sided);
        // The tags of parts are joined, so all parts must have tags.
        if is_long && is_plain && pdf.may_be_packed && pdf.options.tagged {
            return self.write_parts(sections, pdf, out);
        }
        let document = self.document(sections)?;
        let pages = document.pages().len();
        self.progress_of_writing(pages);
        let bytes = write::pdf(&document, &pdf.options).map_err(Unwritten::Faults)?;
        out.write_all(&bytes)?;
        Ok(pages)
    }

    pub(in crate::engine::layout) fn progress_of_writing(&self, pages: usize) {
        let noun = if pages == 1 { "page" } else { "pages" };
        (self.progress)(&format!("writing {pages} {noun}"));
    }

    /// Writes sections part by part.
    fn write_parts(
        &self,
        sections: Vec<Section>,
        pdf: &Pdf,
        out: &mut dyn Write,
    ) -> Result<usize, Unwritten> {
        let mut parts = Parts::default();
        for (number, section) in sections.into_iter().enumerate() {
            let (ids, heading) = (section.messages.ids(), section.heading);
            let writer = Writer {
                pdf,
                section: number,
                numbers: links::numbers(ids),
                store: self.store,
                register: None,
                mirror: None,
            };
            let (stretches, info) = section::lay_out(self, section, number == 0, Some(&writer))?;
            if number == 0 {
                parts.info = info;
            }
            let mut depths = Depths::new(usize::from(heading.is_some()), 0);
            for written in self.written(stretches, &writer, &parts.info)? {
                parts.add((number, heading), written, &mut depths);
            }
        }
        let mut world = self.world()?;
        if self.look.toc {
            let words = std::mem::take(&mut parts.words);
            let real = (0..).map_while(|number| {
                let address = format!("{SCHEME}{HEADING}{number}");
                Some(Destination::Url(Url::new(address).ok()?))
            });
            let pages = self.contents(&mut world, 0, &words, real)?;
            parts.begin_with(pages, pdf)?;
        }
        drop(world);
        let count = parts.sizes.len();
        self.progress_of_writing(count);
        let edges = self.edge_parts(&parts.sizes, &parts.info, pdf)?;
        let own = std::mem::take(&mut parts.parts);
        let whole = pdf::Whole {
            parts: own,
            store: self.store,
            outline: parts.headings.clone(),
            main: parts.main,
            edges,
            scheme: SCHEME,
            link: &|address| parts.link(address, &self.look.page_link),
            limited: pdf.is_archive,
            producer: &pdf::producer(),
        };
        // Typst drops the pages meanwhile.
        self.jobs.beside(|| comemo::evict(0), || whole.write(out))?;
        Ok(count)
    }

    /// Writes the stretches of a section that aren't written yet.
    pub(in crate::engine::layout) fn written(
        &self,
        mut stretches: Vec<Stretch>,
        writer: &Writer,
        info: &DocumentInfo,
    ) -> Result<Vec<Written>, Unwritten> {
        if self.look.cropped
            && let Some(Stretch::Pages(pages)) = stretches.last_mut()
        {
            self.crop(pages.last_mut());
        }
        let stretches: Vec<_> = stretches
            .into_iter()
            .filter(|stretch| !matches!(stretch, Stretch::Pages(pages) if pages.is_empty()))
            .map(|stretch| Mutex::new(Some(stretch)))
            .collect();
        let written = self.jobs.each(&stretches, |stretch| {
            let stretch = stretch.lock().expect("no panic while held").take();
            match stretch {
                Some(Stretch::Written(written)) => Ok(Some(*written)),
                Some(Stretch::Pages(pages)) => writer.write(pages, info.clone()).map(Some),
                None => Ok(None),
            }
        });
        written.into_iter().filter_map(Result::transpose).collect()
    }

    /// Headers and footers of all pages, as PDFs.
    pub(in crate::engine::layout) fn edge_parts(
        &self,
        sizes: &[Edged],
        info: &DocumentInfo,
        pdf: &Pdf,
    ) -> Result<Vec<Waiting>, Unwritten> {
        if !self.look.header && !self.look.footer {
            return Ok(Vec::new());
        }
        let count = sizes.len();
        let share = count.div_ceil(self.jobs.count());
        let size = share.clamp(FEWEST_EDGES, EDGES);
        let portions: Vec<_> = (0..).step_by(size).zip(sizes.chunks(size)).collect();
        let parts = self.jobs.each(&portions, |(before, sizes)| {
            let mut world = self.world()?;
            let edges = self.edges(&mut world, sizes, *before, count)?;
            let edges = PagedDocument::new(edges.into(), info.clone());
            stretch::part(&edges, &pdf.options)
        });
        parts.into_iter().collect()
    }
}

impl Parts {
    /// Adds pages of a section with the levels of their headings.
    fn add(
        &mut self,
        (section, heading): (usize, Option<&str>),
        mut written: Written,
        depths: &mut Depths,
    ) {
        let before = self.sizes.len();
        let sizes = written.sizes.into_iter();
        self.sizes
            .extend(sizes.map(|size| (size, heading.map(EcoString::from))));
        for (message, spot) in written.messages {
            let place = self.messages.entry((section, message));
            place.or_insert(spot.after(before));
        }
        let mut levels = Vec::new();
        for page in written.headings {
            let mut words = Vec::new();
            for heading in page {
                let level = depths.next(heading.over, heading.level).unwrap_or(1);
                let spot = heading.spot.after(before);
                self.headings.push(Bookmark {
                    title: heading.words.to_string(),
                    level: level - 1,
                    page: spot.page,
                    x: spot.x,
                    y: spot.y,
                });
                words.push((heading.words, level));
                levels.push(level);
            }
            self.words.push(words);
        }
        written.part.set_levels(levels);
        self.parts.push(written.part);
    }

    /// Puts pages before all others.
    fn begin_with(&mut self, pages: Vec<Page>, pdf: &Pdf) -> Result<(), Unwritten> {
        let sizes = pages.iter().map(|page| (page.frame.size(), None));
        let sizes: Vec<_> = sizes.collect();
        let spots = self.messages.values_mut();
        spots.for_each(|spot| spot.page += sizes.len());
        let headings = self.headings.iter_mut();
        headings.for_each(|heading| heading.page += sizes.len());
        self.sizes.splice(..0, sizes);
        let document = PagedDocument::new(pages.into(), self.info.clone());
        let part = write::bare_pdf(&document, &pdf.options).map_err(Unwritten::Faults)?;
        self.parts.insert(0, Waiting::new(part, None)?);
        self.main += 1;
        Ok(())
    }

    /// The target of an internal address, given without the scheme. `words` is the alternative
    /// text of a link to a page.
    fn link(&self, address: &str, words: &str) -> Option<Link> {
        let spot = if let Some(number) = address.strip_prefix(HEADING) {
            let heading = self.headings.get(number.parse::<usize>().ok()?)?;
            Spot {
                page: heading.page,
                x: heading.x,
                y: heading.y,
            }
        } else {
            let (section, number) = address.strip_prefix(MESSAGE)?.split_once('/')?;
            let place = (section.parse().ok()?, number.parse().ok()?);
            *self.messages.get(&place)?
        };
        let words = address
            .starts_with(MESSAGE)
            .then(|| links::page_words(words, spot.page + 1));
        Some(Link {
            page: spot.page,
            x: spot.x,
            y: spot.y,
            words,
        })
    }
}

#[cfg(test)]
mod tests {
    use scrollback_core::{Options, Pieces, Typeset};

    use super::*;
    use crate::engine::pdf::listing::listing;
    use crate::engine::write::pdf_options;
    use crate::engine::{Jobs, Look, TranscriptFiles};
    use crate::trial::{bundled_fonts, look};

    /// An export of messages over two weeks, of which every seventh answers another one,
    /// every fiftieth the next, and one in a hundred is pinned.
    fn export(count: usize) -> Vec<u8> {
        let message = |number: usize| {
            let day = 1 + number * 14 / count;
            let reply = match number {
                // A missing message.
                7 => Some(999_999),
                _ if number.is_multiple_of(50) => Some(number + 1),
                _ if number.is_multiple_of(7) => Some(number / 2),
                _ => None,
            };
            let reply = reply.map_or(String::new(), |to| {
                format!(r#","type":19,"message_reference":{{"message_id":"{to}"}}"#)
            });
            let pinned = number.is_multiple_of(100);
            let words = "word ".repeat(number % 40);
            format!(
                r#"{{"id":"{number}","content":"**{number}** {words} https://example.org/{number} \ud83c\udf89",
                "pinned":{pinned},"timestamp":"2024-03-{day:02}T12:00:00+00:00",
                "author":{{"id":"{0}","username":"ada {0}"}}{reply}}}"#,
                number % 3
            )
        };
        let messages: Vec<_> = (1..=count).map(message).collect();
        format!("[{}]", messages.join(",")).into_bytes()
    }

    /// The PDF of all messages and the pinned ones, in parts of `part` messages.
    fn written(
        look: &Look,
        all: &(Typeset, Pieces),
        some: &(Typeset, Pieces),
        stretch: usize,
        standards: &[typst_pdf::PdfStandard],
    ) -> Vec<u8> {
        let files = TranscriptFiles::new(look, &[b"[]"], []).unwrap();
        let jobs = Jobs::new(None).unwrap().shared(usize::MAX);
        let mut layout = Layout::new(look, &files, bundled_fonts(), Some(0), jobs, &|_| {});
        layout.stretch = stretch;
        if stretch < usize::MAX {
            // Parts are laid out in other runs, too.
            layout.run_bytes = 16 << 10;
        }
        fn section<'s>(of: &'s (Typeset, Pieces), heading: Option<&'s str>) -> Section<'s> {
            Section {
                transcript: of.0.cbor.clone(),
                messages: &of.1,
                heading,
                openings: &[],
                days: heading.is_none(),
                authors: &[],
            }
        }
        let chapter = Section {
            days: true,
            ..section(some, Some("Chapter"))
        };
        let pinned = section(some, Some("Pinned"));
        let sections = vec![section(all, None), pinned, chapter];
        let pdf = pdf_options(standards, Some(0)).unwrap();
        let mut out = Vec::new();
        let laid_out = layout.pdf(sections, &pdf, &mut out).unwrap();
        assert!(laid_out.warnings.plain.is_empty());
        out
    }

    #[test]
    fn a_pdf_joined_from_parts_equals_one_written_at_once() {
        use typst_pdf::PdfStandard::{A_2b, A_3a, Ua_1, V_2_0};

        let _reading = crate::READING.lock();
        let options = Options::default();
        let export = export(900);
        let archive = scrollback_core::read(&[&export], &options).unwrap();
        let select = |places: &[usize]| {
            let selection = archive.pick(places, &options).unwrap();
            selection.typeset_in_pieces().unwrap()
        };
        let all: Vec<_> = (0..900).collect();
        let pinned: Vec<_> = (0..9).map(|number| 99 + 100 * number).collect();
        let (all, some) = (select(&all), select(&pinned));
        for (toc, standards) in [
            (true, [A_3a, Ua_1].as_slice()),
            (false, &[A_2b]),
            (true, &[V_2_0]),
        ] {
            let look = Look {
                toc,
                range: Some("March".into()),
                sources: if toc && standards.len() > 1 {
                    vec!["a.json".into()]
                } else {
                    Vec::new()
                },
                ..look(true)
            };
            let whole = written(&look, &all, &some, usize::MAX, standards);
            let parts = written(&look, &all, &some, 200, standards);
            assert!(parts != whole, "they weren't made in different ways");
            let (whole, parts) = (listing(&whole), listing(&parts));
            assert!(whole.iter().any(|line| line.contains("link on 1")));
            let nested = "bookmark/Chapter/";
            assert!(whole.iter().any(|line| line.starts_with(nested)));
            for (whole, part) in whole.iter().zip(&parts) {
                assert_eq!(whole, part);
            }
            assert_eq!(whole.len(), parts.len());
        }
    }
}
