//! Lays out the pages of a section with several workers, which start at different messages.
//!
//! If possible, a worker starts at a forced page break (see `breaks`). Anywhere else, where a
//! page begins depends on everything before it, so the pages of one worker don't continue
//! those of another. But page breaks converge: after some pages, a worker breaks at a
//! message where the next worker has a break, too, and from there on their pages are the
//! same. So each worker continues into the part of the next until they meet. Either way, the
//! pages are those that a single worker would make.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use scrollback_core::Pieces;
use serde::Serialize;
use typst::layout::Abs;
use typst::model::DocumentInfo;
use typst_layout::{Page, PagedDocument};

use super::breaks;
use super::compile::Refused;
use super::pace::Pace;
use super::stretch::{Stretch, Unwritten, Writer};
use crate::engine::layout::frames::{cut, even, glyphs, lighten, outlines};
use crate::engine::layout::messages::Messages;
use crate::engine::layout::{Layout, Opening, Section};
use crate::engine::{Error, Progress, TranscriptFiles, World};

/// Messages in the first run within the part of another worker, where the two may meet at
/// any page. This can take long: for text alone, about sixty pages on average, and each run
/// costs some messages that are laid out again. So every further run is twice as long.
const SHORT_RUN: usize = 80;
/// The path of the transcript without its messages.
pub(in crate::engine::layout) const TRANSCRIPT: &str = "/transcript.cbor";
/// With fewer messages, another worker isn't worth it: the first few hundred are laid out
/// twice.
const SHARE: usize = 1500;

/// The content of `/run.json`, which `messages.typ` reads.
#[derive(Serialize)]
pub struct RunInput<'r> {
    /// The number of the first message.
    pub first: usize,
    /// Whether that one is drawn already, and only decides how the next one continues.
    pub drawn: bool,
    /// Whether the channel's header comes before it.
    pub header: bool,
    /// Whether there are date dividers between messages.
    pub days: bool,
    /// The heading before it.
    pub heading: Option<&'r str>,
    /// Its running head in an archive.
    pub openings: &'r [Opening],
    /// Whether sources are attached.
    pub attach: bool,
    /// By how much its pages are shortened, in points.
    pub shorter: f64,
}

/// The pages of one worker.
#[derive(Default)]
pub(in crate::engine::layout) struct WorkerPages {
    /// The finished stretches.
    pub stretches: Vec<Stretch>,
    /// The stretch in progress, and its first message.
    pages: Vec<Page>,
    first: usize,
    info: DocumentInfo,
    /// The worker whose pages continue these, and from where.
    next: Option<(usize, Start)>,
}

impl WorkerPages {
    /// Pages that are all in stretches.
    pub fn finished(stretches: Vec<Stretch>, next: Option<(usize, Start)>) -> Self {
        Self {
            stretches,
            next,
            ..Self::default()
        }
    }
}

/// A page in the stretches of a worker.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::engine::layout) struct Start {
    stretch: usize,
    page: usize,
}

/// A section being laid out.
pub(in crate::engine::layout) struct Work<'w> {
    pub layout: &'w Layout<'w>,
    pub files: TranscriptFiles,
    pub messages: Messages<'w>,
    pub heading: Option<&'w str>,
    pub openings: &'w [Opening],
    pub days: bool,
    /// Whether the document begins with this section.
    pub begins: bool,
    /// The messages with a forced page break before them.
    pub breaks: Vec<usize>,
    /// The first message of each worker.
    pub firsts: Vec<usize>,
    /// The pages of each worker that have a message at their very top, by that message.
    starts: Mutex<Vec<HashMap<usize, Start>>>,
    pub pace: Pace,
    /// Receives the progress, instead of the layout.
    pub tell: Option<&'w (dyn Fn(Progress) + Sync)>,
    /// Writes the pages, unless they are all needed in memory.
    pub writer: Option<&'w Writer<'w>>,
    /// Whether a worker has failed, so that the others can stop.
    pub failed: AtomicBool,
}

/// The number of workers for this many messages.
pub fn workers(layout: &Layout, messages: usize) -> usize {
    layout.jobs.count().min(messages / SHARE).max(1)
}

/// The pages of a section, and the document's metadata. With a `writer`, most pages are
/// written already.
pub fn lay_out(
    layout: &Layout,
    section: Section,
    begins: bool,
    writer: Option<&Writer>,
) -> Result<(Vec<Stretch>, DocumentInfo), Unwritten> {
    let count = section.messages.len();
    let workers = workers(layout, count);
    let work = Work::new(layout, section, begins, writer, |breaks| {
        breaks::firsts(breaks, count, workers)
    });
    let numbers: Vec<usize> = (0..work.firsts.len()).collect();
    let parts: Result<Vec<_>, _> = layout
        .jobs
        .each(&numbers, |&worker| work.part(worker))
        .into_iter()
        .collect();
    Ok(join(parts?))
}

/// The pages of all workers, in order.
fn join(mut parts: Vec<WorkerPages>) -> (Vec<Stretch>, DocumentInfo) {
    let info = parts[0].info.clone();
    let mut stretches = Vec::new();
    let mut next = Some((0, Start::default()));
    while let Some((worker, start)) = next {
        let mut part = std::mem::take(&mut parts[worker]);
        part.stretches.drain(..start.stretch);
        if let Some(Stretch::Pages(pages)) = part.stretches.first_mut() {
            cut::drop_first(pages, start.page);
        }
        stretches.append(&mut part.stretches);
        next = part.next;
    }
    (stretches, info)
}

impl<'w> Work<'w> {
    /// The work on a section, in which workers begin at the messages `firsts`, given those with
    /// a forced page break.
    pub(in crate::engine::layout) fn new(
        layout: &'w Layout<'w>,
        section: Section<'w>,
        begins: bool,
        writer: Option<&'w Writer<'w>>,
        firsts: impl FnOnce(&[usize]) -> Vec<usize>,
    ) -> Self {
        let (files, messages) = layout.transcript(section.transcript, section.messages);
        let breaks = if section.days {
            breaks::breaks(messages.day_starts(), messages.len())
        } else {
            Vec::new()
        };
        let firsts = firsts(&breaks);
        Self {
            layout,
            files,
            pace: Pace::new(messages.len()),
            messages,
            heading: section.heading,
            openings: section.openings,
            days: section.days,
            begins,
            breaks,
            starts: Mutex::new(vec![HashMap::new(); firsts.len()]),
            firsts,
            tell: None,
            writer,
            failed: AtomicBool::new(false),
        }
    }

    /// Lays out the pages from a worker's first message on, until they meet those of another.
    fn part(&self, worker: usize) -> Result<WorkerPages, Unwritten> {
        if let Some(part) = self.entrusted(worker) {
            return Ok(part);
        }
        let result = self.pages(worker);
        if result.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        result
    }

    /// Lays out a worker's pages here.
    pub(in crate::engine::layout) fn pages(&self, worker: usize) -> Result<WorkerPages, Unwritten> {
        let mut world = self.layout.world()?;
        let mut next = self.firsts[worker];
        let mut part = WorkerPages {
            first: next,
            ..WorkerPages::default()
        };
        let others = self.firsts.get(worker + 1).copied();
        let mut longer = 1;
        let mut short = SHORT_RUN;
        while !self.failed.load(Ordering::Relaxed) {
            let alone = others.is_none_or(|first| next < first);
            let most = if alone { self.layout.run } else { short };
            let bytes = longer * self.layout.run_bytes;
            let length = self.messages.run_end(next, longer * most, bytes) - next;
            let until = self.next_break(next);
            // The last run before a break needs enough pages to be evened out.
            let is_last = until - next <= length + length / 2;
            let end = if is_last { until } else { next + length };
            let (mut pages, info) = self.run(&mut world, next..end, Abs::zero())?;
            part.info = info;
            let mut starts = self.starts_of(&pages);
            if let Some((page, met)) = self.meeting(worker, &starts) {
                cut::keep_first(&mut pages, page);
                part.pages.append(&mut pages);
                part.next = Some(met);
                break;
            }
            if end == until {
                // The next message has a forced page break.
                if end < self.messages.len() {
                    self.make_even(&mut world, &mut pages, next..end, &starts)?;
                    starts = self.starts_of(&pages);
                }
                self.note(worker, &part, next, &starts);
                part.pages.append(&mut pages);
                self.count(next..end, others);
                part.next = self.who_begins(worker, end);
                if end == self.messages.len() || part.next.is_some() {
                    break;
                }
                (next, longer) = (end, 1);
                self.end_long_stretch(worker, &mut part, next)?;
                continue;
            }
            if !alone {
                short = self.layout.run.min(2 * short);
            }
            // The last page may have room for more, and the run has to make progress.
            let Some(&(message, page)) = starts.last() else {
                // A single message spans these pages, so the run has to be longer.
                longer *= 2;
                continue;
            };
            longer = 1;
            self.note(worker, &part, next, &starts);
            cut::keep_first(&mut pages, page);
            part.pages.append(&mut pages);
            self.count(next..message, others);
            next = message;
            self.end_long_stretch(worker, &mut part, next)?;
        }
        // Of these pages, only the section's last one may still be cropped.
        let may_be_cropped = self.layout.look.cropped && part.next.is_none();
        self.end_stretch(worker, &mut part, may_be_cropped)?;
        Ok(part)
    }

    /// The messages at the top of pages after the first, with the numbers of these pages.
    fn starts_of(&self, pages: &[Page]) -> Vec<(usize, usize)> {
        let top = self.layout.top();
        (1..pages.len())
            .filter_map(|page| Some((cut::start(&pages[page], top)?, page)))
            .collect()
    }

    /// Lays out the last pages again, slightly shorter, if the page before a forced break is
    /// nearly empty.
    fn make_even(
        &self,
        world: &mut World,
        pages: &mut Vec<Page>,
        messages: Range<usize>,
        starts: &[(usize, usize)],
    ) -> Result<(), Error> {
        let top = self.layout.top();
        let margins = (top, Abs::pt(self.layout.look.bottom));
        let own = [(messages.start, 0)];
        let starts: Vec<_> = own.iter().chain(starts).copied().collect();
        let Some(again) = even::again(pages, &starts, margins) else {
            return Ok(());
        };
        let (mut new, _) = self.run(world, again.message..messages.end, again.shorter)?;
        if even::is_better(&new, &pages[again.page..], top) {
            cut::keep_first(pages, again.page);
            pages.append(&mut new);
        }
        Ok(())
    }

    /// Counts messages as laid out, except those from the next worker's first one on.
    fn count(&self, messages: Range<usize>, others: Option<usize>) {
        let end = messages.end.min(others.unwrap_or(messages.end));
        self.pace.add_messages(end.saturating_sub(messages.start));
    }

    /// The next message with a forced page break; the number of messages if there is none.
    fn next_break(&self, message: usize) -> usize {
        let after = self.breaks.partition_point(|first| *first <= message);
        self.breaks
            .get(after)
            .copied()
            .unwrap_or(self.messages.len())
    }

    /// The later worker that starts at this forced break, or has a page that does.
    fn who_begins(&self, worker: usize, message: usize) -> Option<(usize, Start)> {
        match self.firsts.iter().position(|first| *first == message) {
            Some(other) => Some((other, Start::default())),
            None => self.meeting(worker, &[(message, 0)]).map(|(_, met)| met),
        }
    }

    /// Ends a worker's stretch if it is long enough.
    fn end_long_stretch(
        &self,
        worker: usize,
        part: &mut WorkerPages,
        next: usize,
    ) -> Result<(), Unwritten> {
        if self.writer.is_none() || next - part.first < self.layout.stretch {
            return Ok(());
        }
        self.end_stretch(worker, part, false)?;
        comemo::evict(self.layout.jobs.count());
        part.first = next;
        Ok(())
    }

    /// Ends a worker's stretch: writes its pages and drops them, unless they may still change
    /// or another worker may meet the first of them.
    fn end_stretch(
        &self,
        worker: usize,
        part: &mut WorkerPages,
        may_change: bool,
    ) -> Result<(), Unwritten> {
        let first = self.firsts[worker];
        let may_be_met = first > 0 && !self.breaks.contains(&first) && part.stretches.is_empty();
        let pages = std::mem::take(&mut part.pages);
        let stretch = match self.writer {
            Some(writer) if !may_be_met && !may_change && !pages.is_empty() => {
                Stretch::Written(Box::new(writer.write(pages, part.info.clone())?))
            }
            _ => Stretch::Pages(pages),
        };
        part.stretches.push(stretch);
        Ok(())
    }

    /// Records where a worker's pages begin, for others to meet: the pages of a run that starts
    /// at the message `first`, after those in `part`.
    fn note(&self, worker: usize, part: &WorkerPages, first: usize, starts: &[(usize, usize)]) {
        let mut all = self.starts.lock().expect("no panic while held");
        let stretch = part.stretches.len();
        let before = part.pages.len();
        // A worker's first page begins like any other, except the first worker's.
        let own = (first > 0).then_some((first, 0));
        for (message, page) in own.into_iter().chain(starts.iter().copied()) {
            let page = before + page;
            // Of a written part, only the first page can be a starting point.
            if stretch == 0 || page == 0 {
                all[worker].insert(message, Start { stretch, page });
            }
        }
    }

    /// The first of these pages that a later worker also has, with that worker and its page.
    fn meeting(&self, worker: usize, starts: &[(usize, usize)]) -> Option<(usize, (usize, Start))> {
        let all = self.starts.lock().expect("no panic while held");
        starts.iter().find_map(|&(message, page)| {
            (worker + 1..all.len())
                .find_map(|other| Some((page, (other, *all[other].get(&message)?))))
        })
    }

    /// Reports the progress.
    pub(in crate::engine::layout) fn report(&self) {
        match self.tell {
            Some(tell) => tell(self.pace.so_far()),
            None => (self.layout.progress)(&self.pace.words()),
        }
    }

    /// The pages of some messages, of which the first is at the top of a page.
    fn run(
        &self,
        world: &mut World,
        run: Range<usize>,
        shorter: Abs,
    ) -> Result<(Vec<Page>, DocumentInfo), Error> {
        self.report();
        let mut document = self
            .layout
            .insist(&self.messages, run, |run| self.compile(world, run, shorter))?;
        let info = std::mem::take(document.info_mut());
        let mut pages = glyphs::pages(self.layout, document);
        self.pace.add_pages(pages.len());
        lighten::lighten(&mut pages);
        outlines::outline(self.layout.letters, &mut pages);
        Ok((pages, info))
    }

    /// Lays out a run of messages in its own document.
    fn compile(
        &self,
        world: &mut World,
        messages: Range<usize>,
        shorter: Abs,
    ) -> Result<PagedDocument, Refused> {
        // The message before decides whether the next one continues its group.
        let first = messages.start.saturating_sub(1);
        let begins = messages.start == 0;
        let run = RunInput {
            first,
            drawn: !begins,
            header: self.begins && begins && self.layout.look.header,
            days: self.days,
            heading: self.heading.filter(|_| begins),
            openings: if begins { self.openings } else { &[] },
            attach: self.begins && begins,
            shorter: shorter.to_pt(),
        };
        let mut files = self.files.clone();
        files.json("/run.json", &run)?;
        files.add("/messages.cbor", self.messages.run(first..messages.end));
        let document = self.layout.compile(world, "/messages.typ", files)?;
        self.layout.try_writing(&document)?;
        Ok(document)
    }
}

impl Layout<'_> {
    /// The files of a transcript without its messages, and the messages.
    pub(in crate::engine::layout) fn transcript<'m>(
        &'m self,
        transcript: Vec<u8>,
        messages: &'m Pieces,
    ) -> (TranscriptFiles, Messages<'m>) {
        let messages = Messages::new(messages, &transcript, &self.look.plain_note);
        let mut files = self.files.clone();
        files.add(TRANSCRIPT, transcript);
        (files, messages)
    }

    /// The distance from the edge of a page to its content.
    fn top(&self) -> Abs {
        Abs::pt(self.look.top)
    }
}
