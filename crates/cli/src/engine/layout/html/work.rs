//! Lays out the runs of a section as HTML.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use typst_html::HtmlDocument;

use super::dom::{self, Run};
use crate::engine::layout::marks::links;
use crate::engine::layout::messages::Messages;
use crate::engine::layout::runs::assignment::{About, Form};
use crate::engine::layout::runs::compile::Refused;
use crate::engine::layout::runs::section::RunInput;
use crate::engine::layout::{Layout, Section};
use crate::engine::{Error, Progress, TranscriptFiles, World};

/// The number of messages that are searched for the start of a group.
const SHORT: usize = 60;

/// The context that all runs of a section share.
pub struct Work<'w> {
    layout: &'w Layout<'w>,
    files: TranscriptFiles,
    messages: Messages<'w>,
    /// The numbers of the messages by id, and the set of these numbers.
    numbers: HashMap<&'w str, usize>,
    firsts: HashSet<usize>,
    heading: Option<&'w str>,
    days: bool,
    /// The number of the section, from 0.
    section: usize,
    /// Receives how many messages of a part are laid out, instead of the layout.
    tell: Option<&'w (dyn Fn(Progress) + Sync)>,
}

impl<'w> Work<'w> {
    /// The work on a section, by its number.
    pub fn new(layout: &'w Layout<'w>, section: Section<'w>, number: usize) -> Self {
        let (files, messages) = layout.transcript(section.transcript, section.messages);
        let numbers = links::numbers(section.messages.ids());
        Self {
            layout,
            files,
            messages,
            firsts: numbers.values().copied().collect(),
            numbers,
            heading: section.heading,
            days: section.days,
            section: number,
            tell: None,
        }
    }

    /// The same work, with another receiver of the progress.
    pub fn telling(self, tell: &'w (dyn Fn(Progress) + Sync)) -> Self {
        Self {
            tell: Some(tell),
            ..self
        }
    }

    /// The runs of a part, laid out by another process; `None` if there is none, or if it is the
    /// first part, with which the document begins.
    pub fn entrusted(&self, part: &Range<usize>) -> Option<Vec<Run>> {
        let pool = self.layout.jobs.pool().filter(|_| part.start > 0)?;
        let about = About {
            section: self.section,
            heading: self.heading,
            days: self.days,
        };
        let layout = self.layout;
        let request = layout.request(part, &self.messages, &self.files, about, Form::Html)?;
        let answer = pool.ask(&request, &|so_far| {
            self.report(part.start + so_far.messages);
            true
        });
        let (runs, warnings) = postcard::from_bytes(&answer?).ok()?;
        layout.add_warnings(warnings);
        Some(runs)
    }

    /// Reports the progress: the next message.
    fn report(&self, next: usize) {
        let messages = self.messages.len();
        (self.layout.progress)(&format!("laying out messages, {next} of {messages}"));
    }

    /// The first message from this one on that begins a group or another element.
    pub fn group_from(&self, first: usize, count: usize) -> Result<usize, Error> {
        if first == 0 {
            return Ok(0);
        }
        let mut world = self.layout.world()?;
        let mut length = SHORT;
        loop {
            let end = count.min(first + length);
            let mut document = self.insist(&mut world, first..end)?;
            let starts = dom::starts(dom::section(document.root_mut())?);
            let found = starts.iter().find(|(_, message)| *message > first);
            match found {
                Some((_, message)) => return Ok(*message),
                None if end == count => return Ok(count),
                None => length *= 2,
            }
        }
    }

    /// The runs of some of the messages, which must begin and end with whole groups.
    pub fn runs(&self, part: Range<usize>) -> Result<Vec<Run>, Error> {
        let mut world = self.layout.world()?;
        let mut runs = Vec::new();
        let mut next = part.start;
        let mut longer = 1;
        loop {
            match self.tell {
                Some(tell) => tell(Progress {
                    messages: next - part.start,
                    pages: 0,
                }),
                None => self.report(next),
            }
            let (most, bytes) = (longer * self.layout.run, longer * self.layout.run_bytes);
            let end = part.end.min(self.messages.run_end(next, most, bytes));
            let mut document = self.insist(&mut world, next..end)?;
            let section = dom::section(document.root_mut())?;
            let mut following = end;
            if end < part.end {
                let starts = dom::starts(section);
                let Some(&(place, message)) = starts.iter().rfind(|(_, message)| *message > next)
                else {
                    longer *= 2;
                    continue;
                };
                section.children.truncate(place);
                following = message;
            }
            longer = 1;
            runs.push(dom::run(
                document,
                self.section,
                (&self.numbers, &self.firsts),
            )?);
            comemo::evict(self.layout.jobs.count());
            next = following;
            if next == part.end {
                return Ok(runs);
            }
        }
    }

    fn insist(&self, world: &mut World, run: Range<usize>) -> Result<HtmlDocument, Error> {
        self.layout
            .insist(&self.messages, run, |run| self.compile(world, run))
    }

    fn compile(&self, world: &mut World, run: Range<usize>) -> Result<HtmlDocument, Refused> {
        let first = run.start.saturating_sub(1);
        let asked = RunInput {
            header: self.section == 0 && run.start == 0 && self.layout.look.header,
            days: self.days,
            heading: self.heading.filter(|_| run.start == 0),
            openings: &[],
            // The message before decides whether the next one continues its group.
            first,
            drawn: run.start > 0,
            attach: false,
            shorter: 0.0,
        };
        let mut files = self.files.clone();
        files.json("/run.json", &asked)?;
        files.add("/messages.cbor", self.messages.run(first..run.end));
        let document = self.layout.compile_any(world, "/messages.typ", files)?;
        self.layout.try_writing_html(&document)?;
        Ok(document)
    }
}
