//! Parts of a section that worker processes lay out.
//!
//! Typst keeps the results of functions in one cache, so workers within a process wait for one
//! another at its lock. Processes don't. Of pages, only those between forced page breaks can be
//! handed on: where others end depends on their neighbours.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use scrollback_core::Pieces;
use serde::{Deserialize, Serialize};
use typst::layout::{Abs, Axes};
use typst_kit::fonts::FontStore;
use typst_pdf::PdfStandard;

use super::section::{Start, TRANSCRIPT, Work, WorkerPages};
use super::stretch::{Headed, Spot, Stretch, Writer, Written};
use crate::engine::layout::frames::outlines::Letters;
use crate::engine::layout::marks::links;
use crate::engine::layout::messages::Messages;
use crate::engine::layout::messages::warnings::LayoutWarnings;
use crate::engine::layout::{Layout, Opening, Section};
use crate::engine::pdf::{Store, Waiting};
use crate::engine::{Error, Jobs, Look, Progress, TranscriptFiles, pdf_options};

/// The most bytes of pictures and other files that are sent to a process; more would take memory
/// in each.
const MOST_FILES: usize = 64 << 20;

/// A part of a section to lay out.
#[derive(Serialize, Deserialize)]
pub(in crate::engine::layout) struct Assignment<'a> {
    /// The messages.
    messages: Range<usize>,
    /// All messages, with the content of those in this part and of the one before.
    pieces: Pieces,
    files: Vec<(Cow<'a, str>, Cow<'a, [u8]>)>,
    heading: Option<Cow<'a, str>>,
    days: bool,
    /// The number of the section.
    section: usize,
    /// The note in simplified messages.
    plain_note: Cow<'a, str>,
    today: Option<i64>,
    /// Messages and bytes in a run, and messages in a part of a PDF.
    sizes: (usize, usize, usize),
    form: Form<'a>,
}

/// The section that a part belongs to.
pub(in crate::engine::layout) struct About<'s> {
    /// Its number.
    pub section: usize,
    /// The heading before it.
    pub heading: Option<&'s str>,
    /// Whether there are date dividers between messages.
    pub days: bool,
}

/// What is made of a part.
#[derive(Serialize, Deserialize)]
pub(in crate::engine::layout) enum Form<'a> {
    /// Pages, as parts of a PDF.
    Pages {
        openings: Cow<'a, [Opening]>,
        /// The margins at the top and bottom, in points.
        margins: (f64, f64),
        letters: Letters,
        standards: Cow<'a, [PdfStandard]>,
        date: Option<i64>,
    },
    /// Elements.
    Html,
}

/// The pages of a part.
#[derive(Serialize, Deserialize)]
struct Outcome {
    stretches: Vec<Sent>,
    warnings: LayoutWarnings,
}

/// Pages that are written, between two processes.
#[derive(Serialize, Deserialize)]
struct Sent {
    pdf: Vec<u8>,
    sizes: Vec<(f64, f64)>,
    messages: Vec<(usize, Spot)>,
    exhibits: Vec<(usize, Spot)>,
    headings: Vec<Vec<Headed>>,
}

impl Sent {
    fn of(written: Written) -> Option<Self> {
        Some(Self {
            pdf: written.part.into_pdf()?,
            sizes: written
                .sizes
                .iter()
                .map(|size| (size.x.to_pt(), size.y.to_pt()))
                .collect(),
            messages: written.messages,
            exhibits: written.exhibits,
            headings: written.headings,
        })
    }

    fn received(self, store: Option<&dyn Store>) -> Option<Stretch> {
        let sizes = self.sizes.into_iter();
        Some(Stretch::Written(Box::new(Written {
            part: Waiting::new(self.pdf, store).ok()?,
            sizes: sizes
                .map(|(width, height)| Axes::new(Abs::pt(width), Abs::pt(height)))
                .collect(),
            messages: self.messages,
            exhibits: self.exhibits,
            headings: self.headings,
        })))
    }
}

impl Work<'_> {
    /// A worker's pages, laid out by another process. `None` if they depend on others, or if there
    /// is no such process.
    pub(in crate::engine::layout) fn entrusted(&self, worker: usize) -> Option<WorkerPages> {
        let pool = self.layout.jobs.pool()?;
        let writer = self.writer?;
        let messages = self.between_breaks(worker)?;
        let about = About {
            section: writer.section,
            heading: self.heading,
            days: self.days,
        };
        let form = self.form(writer)?;
        let layout = self.layout;
        let request = layout.request(&messages, &self.messages, &self.files, about, form)?;
        let counted = Cell::new(Progress::default());
        let answer = pool.ask(&request, &|so_far| {
            self.pace.forget(counted.replace(so_far));
            self.pace.add_messages(so_far.messages);
            self.pace.add_pages(so_far.pages);
            self.report();
            !self.failed.load(Ordering::Relaxed)
        });
        let Some(answer) = answer else {
            self.pace.forget(counted.get());
            return None;
        };
        let Outcome {
            stretches,
            warnings,
        } = postcard::from_bytes(&answer).ok()?;
        let stretches = stretches
            .into_iter()
            .map(|sent| sent.received(writer.store));
        let stretches: Option<Vec<_>> = stretches.collect();
        let stretches = stretches?;
        self.layout.add_warnings(warnings);
        let is_last = messages.end == self.messages.len();
        let next = (!is_last).then(|| (worker + 1, Start::default()));
        Some(WorkerPages::finished(stretches, next))
    }

    /// The messages of a worker, if they begin and end at forced page breaks. The first worker
    /// always stays here: it knows about the whole document.
    fn between_breaks(&self, worker: usize) -> Option<Range<usize>> {
        let is_break = |message: &usize| self.breaks.contains(message);
        let first = *self.firsts.get(worker).filter(|first| is_break(first))?;
        let end = match self.firsts.get(worker + 1) {
            Some(next) => *Some(next).filter(|next| is_break(next))?,
            None => self.messages.len(),
        };
        (worker > 0).then_some(first..end)
    }

    fn form(&self, writer: &Writer) -> Option<Form<'_>> {
        let look = self.layout.look;
        // What depends on other parts.
        if look.cropped || writer.mirror.is_some() || writer.register.is_some() {
            return None;
        }
        Some(Form::Pages {
            openings: self.openings.into(),
            margins: (look.top, look.bottom),
            letters: self.layout.letters,
            standards: writer.pdf.standards.clone().into(),
            date: writer.pdf.date,
        })
    }
}

impl Layout<'_> {
    /// A request for a part of a section, which has some of its messages and all of these files.
    /// `None` if the part must be laid out here.
    pub(in crate::engine::layout) fn request(
        &self,
        part: &Range<usize>,
        messages: &Messages,
        files: &TranscriptFiles,
        about: About,
        form: Form,
    ) -> Option<Vec<u8>> {
        let files = files.to_send();
        let files: Vec<(Cow<str>, Cow<[u8]>)> = files
            .map(|(path, data)| (path.into(), data.into()))
            .collect();
        let size: usize = files.iter().map(|(_, data)| data.len()).sum();
        if self.trial.is_some() || size > MOST_FILES {
            return None;
        }
        let assignment = Assignment {
            messages: part.clone(),
            pieces: messages.only(part.start.saturating_sub(1)..part.end),
            files,
            heading: about.heading.map(Cow::from),
            days: about.days,
            section: about.section,
            plain_note: self.look.plain_note.as_str().into(),
            today: self.today,
            sizes: (self.run, self.run_bytes, self.stretch),
            form,
        };
        postcard::to_stdvec(&assignment).ok()
    }
}

/// Lays out the part of a transcript that another process asked for. `tell` receives the progress.
///
/// # Errors
/// When the request isn't one, or the part can't be laid out or written.
pub fn answer(
    request: &[u8],
    fonts: &Arc<FontStore>,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<u8>, Error> {
    let asked: Assignment = postcard::from_bytes(request).map_err(unreadable)?;
    let (top, bottom) = match &asked.form {
        Form::Pages { margins, .. } => *margins,
        Form::Html => Default::default(),
    };
    let look = Look {
        paged: matches!(asked.form, Form::Pages { .. }),
        top,
        bottom,
        plain_note: asked.plain_note.into_owned(),
        ..Look::default()
    };
    let files = asked.files.into_iter();
    let mut files: HashMap<String, Vec<u8>> = files
        .map(|(path, data)| (path.into_owned(), data.into_owned()))
        .collect();
    let transcript = files.remove(TRANSCRIPT).unwrap_or_default();
    let files = TranscriptFiles::received(files);
    let (fonts, jobs) = (fonts.clone(), Jobs::of(1));
    let mut layout = Layout::new(&look, &files, fonts, asked.today, jobs, &|_| ());
    (layout.run, layout.run_bytes, layout.stretch) = asked.sizes;
    let section = Section {
        heading: asked.heading.as_deref(),
        days: asked.days,
        ..Section::of(transcript, &asked.pieces)
    };
    match &asked.form {
        Form::Pages {
            openings,
            letters,
            standards,
            date,
            ..
        } => {
            layout.letters = *letters;
            let writer = Writer {
                pdf: &pdf_options(standards, *date)?,
                section: asked.section,
                numbers: links::numbers(asked.pieces.ids()),
                store: None,
                register: None,
                mirror: None,
            };
            let section = Section {
                openings,
                ..section
            };
            pages(layout, section, asked.messages, &writer, tell)
        }
        Form::Html => {
            let runs = layout.html_part(section, asked.section, asked.messages, tell)?;
            let warnings = layout.laid_out(()).warnings;
            postcard::to_stdvec(&(runs, warnings)).map_err(unreadable)
        }
    }
}

fn pages(
    layout: Layout,
    section: Section,
    Range { start, end }: Range<usize>,
    writer: &Writer,
    tell: &(dyn Fn(Progress) + Sync),
) -> Result<Vec<u8>, Error> {
    let mut work = Work::new(&layout, section, false, Some(writer), |_| vec![start, end]);
    work.tell = Some(tell);
    let part = work.pages(0)?;
    tell(work.pace.so_far());
    drop(work);
    let stretches = part.stretches.into_iter();
    let stretches = stretches.filter_map(|stretch| match stretch {
        Stretch::Written(written) => Some(Sent::of(*written)),
        Stretch::Pages(pages) => (!pages.is_empty()).then_some(None),
    });
    let stretches: Option<Vec<_>> = stretches.collect();
    let outcome = Outcome {
        stretches: stretches.ok_or_else(|| failed("the pages depend on others"))?,
        warnings: layout.laid_out(()).warnings,
    };
    postcard::to_stdvec(&outcome).map_err(unreadable)
}

fn failed(why: &str) -> Error {
    Error::document(why, "please report this")
}

fn unreadable(error: postcard::Error) -> Error {
    failed(&error.to_string())
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::sync::Mutex;

    use scrollback_core::Options;

    use super::*;
    use crate::engine::pdf::listing::listing;
    use crate::engine::{LayoutWarnings, Pool};
    use crate::trial::{bundled_fonts, look};

    /// A process that is none, and how far it was each time that it was heard.
    #[derive(Default)]
    struct Here {
        heard: Mutex<Vec<Progress>>,
        fails: bool,
    }

    impl Pool for Here {
        fn ask(&self, request: &[u8], heard: &dyn Fn(Progress) -> bool) -> Option<Vec<u8>> {
            let told = Mutex::new(Vec::new());
            let answer = answer(request, &bundled_fonts(), &|so_far| {
                told.lock().unwrap().push(so_far);
            });
            let mut told = told.into_inner().unwrap();
            assert!(told.iter().all(|so_far| heard(*so_far)));
            self.heard.lock().unwrap().append(&mut told);
            answer.ok().filter(|_| !self.fails)
        }
    }

    /// An export of four days, in which a character is in no font.
    fn export() -> Vec<u8> {
        let mut messages = String::new();
        for number in 1..=3100 {
            let separator = if number > 1 { "," } else { "" };
            let words = if number == 3000 { "\u{f8ff}" } else { "a word" };
            write!(
                messages,
                r#"{separator}{{"id":"{number}","content":"{words} {number}","timestamp":"2024-03-0{}T12:00:00+00:00",
                "author":{{"id":"{}","username":"ada"}}}}"#,
                1 + number / 800,
                number % 3
            )
            .unwrap();
        }
        format!("[{messages}]").into_bytes()
    }

    /// The PDF, or the HTML.
    fn written(pool: Option<&'static Here>, paged: bool) -> (Vec<u8>, LayoutWarnings) {
        let (options, export) = (Options::default(), export());
        let archive = scrollback_core::read(&[&export], &options).unwrap();
        let selection = archive.into_selection(&options).unwrap();
        let (typeset, pieces) = selection.typeset_in_pieces().unwrap();
        let look = look(paged);
        let files = TranscriptFiles::new(&look, &[], []).unwrap();
        let jobs = match pool {
            Some(pool) => Jobs::of(2).with_pool(pool),
            None => Jobs::of(2),
        };
        let told = |words: &str| {
            let so_far = words.strip_prefix("laying out messages, ");
            let so_far = so_far.and_then(|words| words.split_once(" of 3100")?.0.parse().ok());
            assert!(
                so_far.is_none_or(|messages: u32| messages <= 3100),
                "{words}"
            );
        };
        let layout = Layout::new(&look, &files, bundled_fonts(), Some(0), jobs, &told);
        let section = Section::of(typeset.cbor, &pieces);
        if !paged {
            let laid_out = layout.html(section, None).unwrap();
            return (laid_out.document.into_bytes(), laid_out.warnings);
        }
        let pdf = pdf_options(&[], Some(0)).unwrap();
        let mut out = Vec::new();
        let laid_out = layout.pdf(vec![section], &pdf, &mut out).unwrap();
        (out, laid_out.warnings)
    }

    #[test]
    fn a_part_is_the_same_from_another_process() {
        let _reading = crate::READING.lock();
        let pool: &Here = Box::leak(Box::default());
        let (here, there) = (written(None, true), written(Some(pool), true));
        let heard = pool.heard.lock().unwrap();
        assert!(heard.len() > 2 && heard.is_sorted_by_key(|so_far| so_far.messages));
        // The second worker begins at the second day, where a page begins.
        assert_eq!(heard.last().map(|so_far| so_far.messages), Some(3100 - 799));
        assert_eq!(listing(&here.0), listing(&there.0));
        assert_eq!(here.1, there.1);
        assert_eq!(here.1.missing.len(), 1);
    }

    #[test]
    fn html_is_the_same_from_another_process() {
        let _reading = crate::READING.lock();
        let pool: &Here = Box::leak(Box::default());
        let (here, there) = (written(None, false), written(Some(pool), false));
        assert!(pool.heard.lock().unwrap().len() > 2);
        assert!(here == there, "they differ");
    }

    #[test]
    fn a_process_that_fails_leaves_its_part_here() {
        let _reading = crate::READING.lock();
        let pool: &Here = Box::leak(Box::new(Here {
            fails: true,
            ..Here::default()
        }));
        let (here, there) = (written(None, true), written(Some(pool), true));
        assert!(!pool.heard.lock().unwrap().is_empty());
        assert_eq!(listing(&here.0), listing(&there.0));
        assert_eq!(here.1, there.1);
    }
}
