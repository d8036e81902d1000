//! Lays out transcripts as HTML, one run of messages after the other.
//!
//! As for pages, Typst gets a few hundred messages at a time, and what isn't complete at the
//! end of a run is left for the next one: here, the last group of messages. The elements of
//! all runs go into the section of the first run, under one style sheet.

mod back;
mod dom;
mod work;

use std::ops::Range;

use typst_html::{HtmlDocument, HtmlElement, HtmlNode, attr, tag};

use crate::engine::layout::{LaidOut, Layout, Section, Writing};
use crate::engine::{Error, Locale, Progress};
use dom::Run;
use work::Work;

/// With fewer messages, another worker isn't worth its start-up.
const SHARE: usize = 500;

/// The elements of a section.
struct Drawn {
    /// What stands before and after the messages.
    around: (String, String),
    /// The style sheet.
    sheet: String,
    /// Rules for pictures, which runs may share.
    pictures: Vec<String>,
    /// The messages.
    runs: Vec<Run>,
}

impl Layout<'_> {
    /// The style sheets of a site, as the elements of a document.
    ///
    /// # Errors
    /// When Typst can't compile it.
    pub fn sheets(&self) -> Result<HtmlDocument, Error> {
        let mut world = self.world()?;
        let document = self.compile_any(&mut world, "/sheets.typ", self.files.clone())?;
        Ok(document)
    }

    /// The first section, and the pinned messages after it, as HTML.
    ///
    /// # Errors
    /// As [`pages`](Self::pages) has.
    pub fn html(self, section: Section, pinned: Option<Section>) -> Result<LaidOut<String>, Error> {
        let sections: Vec<Section> = [Some(section), pinned].into_iter().flatten().collect();
        if let Ok(html) = self.joined(&sections) {
            return Ok(self.laid_out(html));
        }
        // Typst may fail while it writes. Drawing each run by itself finds the messages.
        let tried = self.trying(Writing::Html);
        let html = tried.joined(&sections)?;
        Ok(tried.laid_out(html))
    }

    /// The document of these sections.
    fn joined(&self, sections: &[Section]) -> Result<String, Error> {
        let drawn: Result<Vec<_>, Error> = (0..)
            .zip(sections)
            .map(|(number, section)| self.draw(section.clone(), number))
            .collect();
        let drawn = drawn?;
        let mut before = String::new();
        if let Some(front) = self.look.front.filter(|_| !self.look.site) {
            let mut world = self.world()?;
            let document = self.compile_any(&mut world, front, self.files.clone())?;
            before += &dom::inner(&document)?;
        }
        if self.look.toc {
            before += &self.html_contents(&drawn)?;
        }
        let mut after = String::new();
        if let (Some(section), Some(drawn)) = (sections.first(), drawn.first()) {
            let headings = drawn.runs.iter().flat_map(|run| run.headings.clone());
            after = self.html_back(section, &headings.collect::<Vec<_>>())?;
        }
        // A site adds its own title and frame.
        let title = (!self.look.site).then_some(&*self.look.title);
        let leftwards = Locale::find(&self.look.lang).is_some_and(|lang| lang.goes_leftwards());
        Ok(joined(drawn, title, (&before, &after), leftwards))
    }

    /// Draws a section.
    fn draw(&self, section: Section, number: usize) -> Result<Drawn, Error> {
        let count = section.messages.len();
        let work = Work::new(self, section, number);
        let workers = self.jobs.count().min(count / SHARE).max(1);
        let firsts: Vec<usize> = (0..workers)
            .map(|worker| count * worker / workers)
            .collect();
        // Each worker begins at the start of a group.
        let firsts = self
            .jobs
            .each(&firsts, |first| work.group_from(*first, count));
        let mut firsts: Vec<usize> = firsts.into_iter().collect::<Result<_, _>>()?;
        firsts.dedup();
        let ends = firsts.iter().skip(1).copied().chain([count]);
        let parts: Vec<Range<usize>> = firsts
            .iter()
            .copied()
            .zip(ends)
            .map(|(first, end)| first..end)
            .collect();
        let runs = self.jobs.each(&parts, |part| match work.entrusted(part) {
            Some(runs) => Ok(runs),
            None => work.runs(part.clone()),
        });
        let runs: Vec<Vec<_>> = runs.into_iter().collect::<Result<_, Error>>()?;
        let mut drawn = Drawn {
            around: Default::default(),
            sheet: String::new(),
            pictures: Vec::new(),
            runs: Vec::new(),
        };
        for (index, mut run) in runs.into_iter().flatten().enumerate() {
            if index == 0 {
                drawn.around = std::mem::take(&mut run.around);
                drawn.sheet = std::mem::take(&mut run.sheet);
            }
            for rule in std::mem::take(&mut run.pictures) {
                if !drawn.pictures.contains(&rule) {
                    drawn.pictures.push(rule);
                }
            }
            drawn.runs.push(run);
        }
        Ok(drawn)
    }

    /// Some messages of a section, which must begin and end with whole groups.
    pub(in crate::engine::layout) fn html_part(
        &self,
        section: Section,
        number: usize,
        part: Range<usize>,
        tell: &(dyn Fn(Progress) + Sync),
    ) -> Result<Vec<Run>, Error> {
        Work::new(self, section, number).telling(tell).runs(part)
    }

    /// The table of days, which links to their headings.
    fn html_contents(&self, sections: &[Drawn]) -> Result<String, Error> {
        let headings = sections
            .iter()
            .flat_map(|section| &section.runs)
            .flat_map(|run| &run.headings);
        let headings = headings.cloned().map(|(words, id)| ((words, 1), id));
        let (words, ids): (Vec<(_, usize)>, Vec<_>) = headings.unzip();
        let mut files = self.files.clone();
        files.json("/headings.json", &(0, [words]))?;
        let mut world = self.world()?;
        let mut document: HtmlDocument = self.compile_any(&mut world, "/contents.typ", files)?;
        let body = dom::body(document.root_mut());
        body.children
            .retain(|node| matches!(node, HtmlNode::Element(element) if element.tag == tag::nav));
        let mut ids = ids.into_iter();
        dom::each(body, &mut |element: &mut HtmlElement| {
            if element.tag == tag::a
                && let Some(href) = element.attrs.get_mut(attr::href)
                && let Some(id) = ids.next()
            {
                *href = format!("#{id}").into();
            }
        });
        dom::inner(&document)
    }
}

/// The document of these sections, with its title for screen readers, and with what comes before
/// and after the messages. Its language may go from right to left.
fn joined(
    sections: Vec<Drawn>,
    title: Option<&str>,
    (before_all, after_all): (&str, &str),
    leftwards: bool,
) -> String {
    let mut out = String::new();
    let mut end = String::new();
    let mut styles = String::new();
    for (number, section) in sections.into_iter().enumerate() {
        let (before, after) = section.around;
        let (document_before, own_before) = before.split_once(dom::BODY).unwrap_or(("", &before));
        let (own_after, document_after) = after.rsplit_once("</body>").unwrap_or((&after, ""));
        if number == 0 {
            if leftwards {
                // Typst doesn't write the direction of the document's language.
                out.push_str(&document_before.replacen("<html", "<html dir=\"rtl\"", 1));
            } else {
                out.push_str(document_before);
            }
            out.push_str(dom::BODY);
            let (style, own_before) = own_before.split_at(end_of_style(own_before));
            styles.push_str(style);
            let mut main_end = "";
            if let Some(title) = title {
                let title = title.replace('&', "&amp;").replace('<', "&lt;");
                out.push_str(&format!("<main><h1>{title}</h1>"));
                main_end = "</main>";
            }
            out.push_str(before_all);
            out.push_str(own_before);
            end = format!("{main_end}</body>{document_after}");
        } else {
            out.push_str(&own_before[end_of_style(own_before)..]);
        }
        let sheets = [if number == 0 {
            section.sheet
        } else {
            String::new()
        }]
        .into_iter()
        .chain(section.pictures);
        let sheets: Vec<_> = sheets.filter(|sheet| !sheet.is_empty()).collect();
        if !sheets.is_empty() {
            styles.push_str(&format!("<style>{}</style>", sheets.join("\n")));
        }
        for run in section.runs {
            out.push_str(&run.inner);
        }
        out.push_str(own_after);
    }
    out.push_str(after_all);
    out.push_str(&end);
    // Elsewhere, HTML doesn't allow them.
    let head = out.find("</head>").expect("Typst writes a head");
    out.insert_str(head, &styles);
    out
}

/// The end of the page's style, which each document has.
fn end_of_style(body: &str) -> usize {
    const END: &str = "</style>";
    body.find(END).map_or(0, |at| at + END.len())
}

#[cfg(test)]
mod tests {
    use scrollback_core::Options;

    use super::*;
    use crate::engine::{Jobs, Look, TranscriptFiles};
    use crate::trial::{bundled_fonts, look};

    /// Messages of several people on several days, some of which answer others.
    fn export(count: usize) -> Vec<u8> {
        let message = |number: usize| {
            let day = 1 + number * 5 / count;
            let reply = match number {
                // A missing message.
                7 => Some(999_999),
                _ if number.is_multiple_of(10) => Some(count - number),
                _ => None,
            };
            let reply = reply.map_or(String::new(), |to| {
                format!(r#","type":19,"message_reference":{{"message_id":"{to}"}}"#)
            });
            // Two have the same id.
            let id = if number == 90 { 3 } else { number };
            format!(
                r#"{{"id":"{id}","content":"**{number}**","timestamp":"2024-03-{day:02}T12:00:00+00:00",
                "author":{{"id":"{0}","username":"ada {0}"}}{reply}}}"#,
                number / 3 % 3
            )
        };
        let messages: Vec<_> = (1..=count).map(message).collect();
        format!("[{}]", messages.join(",")).into_bytes()
    }

    #[test]
    fn runs_make_the_document_that_one_makes() {
        let _reading = crate::READING.lock();
        let options = Options::default();
        let export = export(120);
        let archive = scrollback_core::read(&[&export], &options).unwrap();
        let select = |places: &[usize]| {
            let selection = archive.pick(places, &options).unwrap();
            selection.typeset_in_pieces().unwrap()
        };
        let all: Vec<_> = (0..120).collect();
        let (all, some) = (select(&all), select(&[4, 50, 99]));
        let look = Look {
            toc: true,
            ..look(false)
        };
        let files = TranscriptFiles::new(&look, &[], []).unwrap();
        let html = |run, bytes| {
            let jobs = Jobs::new(None).unwrap();
            let mut layout = Layout::new(&look, &files, bundled_fonts(), Some(0), jobs, &|_| {});
            layout.run = run;
            layout.run_bytes = bytes;
            let section = Section::of(all.0.cbor.clone(), &all.1);
            let pinned = Section {
                transcript: some.0.cbor.clone(),
                messages: &some.1,
                heading: Some("Pinned"),
                openings: &[],
                days: false,
                authors: &[],
            };
            layout.html(section, Some(pinned)).unwrap().document
        };
        let one = html(1000, 1 << 30);
        // Some runs end within the first group of a day, or after so many bytes.
        for (run, bytes) in [(20, 1 << 20), (25, 1 << 20), (26, 1 << 20), (1000, 4096)] {
            let several = html(run, bytes);
            assert!(one == several, "runs of {run}: {one}\n\n{several}");
        }
        assert_eq!(one.matches("<body>").count(), 1);
        assert_eq!(one.matches("class=\"scrollback ").count(), 2);
        // The style of the page and that of the chats.
        let (head, _) = one.split_once("</head>").unwrap();
        for part in [head, &one] {
            assert_eq!(part.matches("<style>").count(), 2, "{part}");
        }
        assert_eq!(one.matches("id=\"message-").count(), 119);
        assert_eq!(one.matches("id=\"chat-2-message-").count(), 3);
        assert!(!one.contains("\"scrollback:"), "{one}");
        // Every link leads somewhere.
        let links: Vec<_> = one.split("href=\"#").skip(1).collect();
        assert!(links.len() >= 10 + 6, "{links:?}");
        for link in links {
            let id = link.split('"').next().unwrap();
            assert_eq!(one.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
        }
    }
}
