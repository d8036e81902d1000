//! The pages of a section, laid out from several messages on at a time.
//!
//! Where a page begins depends on all that came before, so the pages of one worker
//! don't go on where those of another end. But page breaks find together: after some
//! pages, one worker breaks at a message where the other, who began later, has broken
//! too. From there on their pages are the same. So each worker goes on into the part
//! of the next until it meets one of its pages, and the pages are those that a single
//! worker would make.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::Serialize;
use typst::layout::Abs;
use typst::model::DocumentInfo;
use typst_layout::{Page, PagedDocument};

use super::messages::Messages;
use super::run::Refused;
use super::{Layout, Section, cut, glyphs, lighten};
use crate::engine::{Error, TranscriptFiles, World};

/// Messages laid out at a time. More take more memory; fewer, more time, since the
/// last page of each run is laid out again.
const RUN: usize = 250;
/// The same in the part of another worker, which may be met any time.
const SHORT_RUN: usize = 150;
/// Fewer messages are not worth a worker: those after its first hundreds are laid out
/// twice.
const SHARE: usize = 1500;

/// What `messages.typ` reads from `/run.json`.
#[derive(Serialize)]
struct Run<'r> {
    /// The number of the first message.
    first: usize,
    /// Whether that one was drawn already, and only tells how the next goes on.
    drawn: bool,
    /// Whether the channel's header stands before it.
    header: bool,
    /// Whether lines with the days stand between messages.
    days: bool,
    /// The heading before it.
    heading: Option<&'r str>,
    /// Whether sources are attached.
    attach: bool,
}

/// The pages of one worker.
#[derive(Default)]
struct WorkerPages {
    pages: Vec<Page>,
    info: Option<DocumentInfo>,
    /// The worker whose pages go on from these, and its first such page.
    next: Option<(usize, usize)>,
}

/// A section being laid out.
struct Work<'w> {
    layout: &'w Layout<'w>,
    files: TranscriptFiles,
    messages: Messages<'w>,
    heading: Option<&'w str>,
    days: bool,
    /// Whether the document begins with this section.
    begins: bool,
    /// The first message of each worker.
    firsts: Vec<usize>,
    /// The pages of each worker that begin with a message at their very top, by that
    /// message.
    starts: Mutex<Vec<HashMap<usize, usize>>>,
    /// How many messages are laid out.
    done: AtomicUsize,
    /// How many pages, those that workers have in common among them.
    pages: AtomicUsize,
    started: Instant,
}

/// The pages of a section, and what its document tells about itself.
pub fn lay_out(
    layout: &Layout,
    section: Section,
    begins: bool,
) -> Result<(Vec<Page>, DocumentInfo), Error> {
    let count = section.messages.len();
    let workers = layout.jobs.count().min(count / SHARE).max(1);
    let note = &layout.look.plain_note;
    let messages = Messages::new(section.messages, &section.transcript, note);
    let mut files = layout.files.clone();
    files.add("/transcript.cbor", section.transcript);
    let work = Work {
        layout,
        files,
        messages,
        heading: section.heading,
        days: section.days,
        begins,
        firsts: (0..workers)
            .map(|worker| count * worker / workers)
            .collect(),
        starts: Mutex::new(vec![HashMap::new(); workers]),
        done: AtomicUsize::new(0),
        pages: AtomicUsize::new(0),
        started: Instant::now(),
    };
    let numbers: Vec<usize> = (0..workers).collect();
    let parts: Result<Vec<_>, _> = layout
        .jobs
        .each(&numbers, |&worker| work.part(worker))
        .into_iter()
        .collect();
    Ok(join(parts?))
}

/// The pages of workers, from the first one's on.
fn join(mut parts: Vec<WorkerPages>) -> (Vec<Page>, DocumentInfo) {
    let info = parts[0].info.take().unwrap_or_default();
    let mut pages = Vec::new();
    let mut next = Some((0, 0));
    while let Some((worker, first)) = next {
        let mut part = std::mem::take(&mut parts[worker]);
        cut::drop_first(&mut part.pages, first);
        pages.append(&mut part.pages);
        next = part.next;
    }
    (pages, info)
}

impl Work<'_> {
    /// Lays out the pages from a worker's first message on, until they meet the pages
    /// of another.
    fn part(&self, worker: usize) -> Result<WorkerPages, Error> {
        let mut world = self.layout.world()?;
        let mut part = WorkerPages::default();
        let mut next = self.firsts[worker];
        let others = self.firsts.get(worker + 1).copied();
        let mut longer = 1;
        loop {
            let alone = others.is_none_or(|first| next < first);
            let length = longer * if alone { RUN } else { SHORT_RUN };
            let end = self.messages.len().min(next + length);
            let (mut pages, info) = self.run(&mut world, next, end)?;
            part.info.get_or_insert(info);
            if end == self.messages.len() {
                part.pages.append(&mut pages);
                return Ok(part);
            }
            // The last page may have room for more; and the run has to get on.
            let top = self.layout.top();
            let starts: Vec<(usize, usize)> = (1..pages.len())
                .filter_map(|page| Some((cut::start(&pages[page], top)?, page)))
                .collect();
            if let Some((page, met)) = self.meeting(worker, &starts) {
                cut::keep_first(&mut pages, page);
                part.pages.append(&mut pages);
                part.next = Some(met);
                return Ok(part);
            }
            let Some(&(message, page)) = starts.last() else {
                // One message over so many pages: the run has to be longer.
                longer *= 2;
                continue;
            };
            longer = 1;
            self.note(worker, part.pages.len(), next, &starts);
            cut::keep_first(&mut pages, page);
            part.pages.append(&mut pages);
            if alone {
                let laid_out = message.min(others.unwrap_or(message)) - next;
                self.done.fetch_add(laid_out, Ordering::Relaxed);
            }
            next = message;
        }
    }

    /// Notes where a worker's pages begin, for others to meet: those of a run after
    /// `before` pages, from the message `first` on.
    fn note(&self, worker: usize, before: usize, first: usize, starts: &[(usize, usize)]) {
        let mut all = self.starts.lock().expect("no panic while held");
        // A worker's first page begins like any other, but for the first worker's.
        if first > 0 {
            all[worker].insert(first, before);
        }
        for (message, page) in starts {
            all[worker].insert(*message, before + page);
        }
    }

    /// The first of these pages that another worker, who began later, has too; and
    /// that worker, with its page.
    fn meeting(&self, worker: usize, starts: &[(usize, usize)]) -> Option<(usize, (usize, usize))> {
        let all = self.starts.lock().expect("no panic while held");
        starts.iter().find_map(|&(message, page)| {
            (worker + 1..all.len())
                .find_map(|other| Some((page, (other, *all[other].get(&message)?))))
        })
    }

    /// The pages of some messages, the first one at the top of a page.
    fn run(
        &self,
        world: &mut World,
        next: usize,
        end: usize,
    ) -> Result<(Vec<Page>, DocumentInfo), Error> {
        let messages = self.messages.len();
        let done = self.done.load(Ordering::Relaxed);
        let pages = self.pages.load(Ordering::Relaxed);
        (self.layout.progress)(&pace(done, messages, pages, self.started.elapsed()));
        let mut document = self
            .layout
            .insist(&self.messages, next..end, |run| self.compile(world, run))?;
        let info = std::mem::take(document.info_mut());
        let mut pages = document.pages().to_vec();
        drop(document);
        self.pages.fetch_add(pages.len(), Ordering::Relaxed);
        lighten::lighten(&mut pages);
        glyphs::mend(self.layout, &mut pages);
        Ok((pages, info))
    }

    /// Lays out a run of messages in a document of their own.
    fn compile(&self, world: &mut World, messages: Range<usize>) -> Result<PagedDocument, Refused> {
        // The message before tells whether the next one stands under its name.
        let first = messages.start.saturating_sub(1);
        let begins = messages.start == 0;
        let run = Run {
            first,
            drawn: !begins,
            header: self.begins && begins && self.layout.look.header,
            days: self.days,
            heading: self.heading.filter(|_| begins),
            attach: self.begins && begins,
        };
        let mut files = self.files.clone();
        files.json("/run.json", &run)?;
        files.add("/messages.cbor", self.messages.run(first..messages.end));
        self.layout.compile(world, "/messages.typ", files)
    }
}

impl Layout<'_> {
    /// How far from the edge of a page its content begins.
    fn top(&self) -> Abs {
        Abs::pt(self.look.top)
    }
}

/// How far the layout is, in words, and how long the rest will take at this pace.
fn pace(done: usize, messages: usize, pages: usize, elapsed: Duration) -> String {
    let so_far = format!("laying out messages, {done} of {messages}");
    if done == 0 || pages == 0 {
        return so_far;
    }
    #[allow(clippy::cast_precision_loss, reason = "an estimate")]
    let left = elapsed.mul_f64(messages.saturating_sub(done) as f64 / done as f64);
    let left = match left.as_secs() {
        seconds @ 0..60 => format!("{} s", seconds.max(1)),
        seconds => format!("{} min", seconds.div_ceil(60)),
    };
    format!("{so_far}, {pages} pages, about {left} left")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_is_estimated_from_the_pace() {
        let at = |done, pages, seconds| pace(done, 1000, pages, Duration::from_secs(seconds));
        assert_eq!(at(0, 0, 0), "laying out messages, 0 of 1000");
        assert_eq!(
            at(250, 17, 10),
            "laying out messages, 250 of 1000, 17 pages, about 30 s left"
        );
        assert_eq!(
            at(100, 8, 60),
            "laying out messages, 100 of 1000, 8 pages, about 9 min left"
        );
        assert_eq!(
            at(1000, 80, 3),
            "laying out messages, 1000 of 1000, 80 pages, about 1 s left"
        );
    }
}
