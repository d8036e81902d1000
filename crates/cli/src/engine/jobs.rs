//! Doing several things at a time.
//!
//! Typst divides its own work with rayon, whose threads take up other work while they
//! wait. Were the documents rayon's work too, a thread would begin one inside another,
//! and hold both in memory. So documents have threads of their own.

use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

use super::Error;

/// Room for deeply nested documents; twice what a main thread has.
const STACK: usize = 16 << 20;

/// How many things are done at a time.
#[derive(Debug, Clone, Copy)]
pub struct Jobs(usize);

impl Jobs {
    /// As many as asked for, else as there are processors; Typst's own threads, too.
    ///
    /// # Errors
    /// When the threads can't be started.
    pub fn new(asked: Option<u16>) -> Result<Self, Error> {
        let Some(jobs) = asked else {
            return Ok(Self(
                thread::available_parallelism().map_or(1, NonZero::get),
            ));
        };
        let jobs = usize::from(jobs);
        match rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global()
        {
            Ok(()) => Ok(Self(jobs)),
            // Watching comes here each time; the threads are there already.
            Err(_) if rayon::current_num_threads() == jobs => Ok(Self(jobs)),
            Err(error) => Err(Error::document(
                format!("cannot start {jobs} threads: {error}"),
                "pass a smaller number to `--jobs`",
            )),
        }
    }

    /// How many things are done at a time.
    pub fn count(self) -> usize {
        self.0
    }

    /// What each of so many things may use.
    pub fn shared(self, among: usize) -> Self {
        Self((self.0 / among.max(1)).max(1))
    }

    /// Does something beside something else, or before it where one thing is done at a time.
    pub fn beside<R>(self, aside: impl FnOnce() + Send, work: impl FnOnce() -> R) -> R {
        if self.0 == 1 {
            aside();
            return work();
        }
        let aside = Mutex::new(Some(aside));
        let run = || {
            let aside = aside.lock().expect("no panic while held").take();
            if let Some(aside) = aside {
                aside();
            }
        };
        thread::scope(|scope| {
            let thread = thread::Builder::new().stack_size(STACK);
            if thread.spawn_scoped(scope, run).is_err() {
                run();
            }
            work()
        })
    }

    /// Does something with every item, and gives the results in the items' order.
    pub fn each<T: Sync, R: Send>(self, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        let workers = self.0.min(items.len());
        if workers <= 1 {
            return items.iter().map(work).collect();
        }
        let queue = Mutex::new(items.iter().enumerate());
        let next = || queue.lock().expect("no panic while held").next();
        let drain = || {
            let mut done = Vec::new();
            while let Some((index, item)) = next() {
                done.push((index, work(item)));
            }
            done
        };
        let mut results: Vec<(usize, R)> = thread::scope(|scope| {
            let workers: Vec<_> = (0..workers)
                .filter_map(|_| {
                    thread::Builder::new()
                        .stack_size(STACK)
                        .spawn_scoped(scope, drain)
                        .ok()
                })
                .collect();
            // What threads that couldn't be started leave is done here.
            let mut results = if workers.is_empty() {
                drain()
            } else {
                Vec::new()
            };
            for worker in workers {
                match worker.join() {
                    Ok(done) => results.extend(done),
                    Err(panic) => std::panic::resume_unwind(panic),
                }
            }
            results
        });
        results.sort_by_key(|(index, _)| *index);
        results.into_iter().map(|(_, result)| result).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for jobs in [1, 2, 7, 200] {
            assert_eq!(
                Jobs(jobs).each(&items, |item| item * 2),
                items.iter().map(|item| item * 2).collect::<Vec<_>>()
            );
        }
        assert!(Jobs(3).each(&[] as &[u8], |item| *item).is_empty());
    }

    #[test]
    fn what_is_done_beside_is_done_once() {
        for jobs in [1, 2] {
            let done = Mutex::new(0);
            let result = Jobs(jobs).beside(|| *done.lock().unwrap() += 1, || 7);
            assert_eq!((result, *done.lock().unwrap()), (7, 1));
        }
    }

    #[test]
    fn jobs_are_shared() {
        assert_eq!(Jobs(8).shared(3).0, 2);
        assert_eq!(Jobs(1).shared(0).0, 1);
    }
}
