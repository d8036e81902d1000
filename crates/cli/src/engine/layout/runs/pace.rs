//! How far the layout of a section is, and how long the rest will take.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::engine::Progress;

/// The pace of a section's layout.
pub struct Pace {
    /// The number of all messages.
    all: usize,
    messages: AtomicUsize,
    pages: AtomicUsize,
    started: Instant,
}

impl Pace {
    /// Begins to lay out this many messages.
    pub fn new(all: usize) -> Self {
        Self {
            all,
            messages: AtomicUsize::new(0),
            pages: AtomicUsize::new(0),
            started: Instant::now(),
        }
    }

    /// Counts messages.
    pub fn add_messages(&self, count: usize) {
        self.messages.fetch_add(count, Ordering::Relaxed);
    }

    /// Counts pages.
    pub fn add_pages(&self, count: usize) {
        self.pages.fetch_add(count, Ordering::Relaxed);
    }

    /// Takes back what was counted, because it is laid out again.
    pub fn forget(&self, counted: Progress) {
        self.messages.fetch_sub(counted.messages, Ordering::Relaxed);
        self.pages.fetch_sub(counted.pages, Ordering::Relaxed);
    }

    /// What is laid out so far.
    pub fn so_far(&self) -> Progress {
        Progress {
            messages: self.messages.load(Ordering::Relaxed),
            pages: self.pages.load(Ordering::Relaxed),
        }
    }

    /// The progress as text, with the estimated time left.
    pub fn words(&self) -> String {
        words(self.so_far(), self.all, self.started.elapsed())
    }
}

fn words(so_far: Progress, all: usize, elapsed: Duration) -> String {
    let Progress { messages, pages } = so_far;
    let so_far = format!("laying out messages, {messages} of {all}");
    if messages == 0 || pages == 0 {
        return so_far;
    }
    #[allow(clippy::cast_precision_loss, reason = "an estimate")]
    let left = elapsed.mul_f64(all.saturating_sub(messages) as f64 / messages as f64);
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
        let at = |messages, pages, seconds| {
            words(
                Progress { messages, pages },
                1000,
                Duration::from_secs(seconds),
            )
        };
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
