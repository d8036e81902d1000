//! Runs jobs in parallel.
//!
//! Typst parallelises its own work with rayon, whose threads pick up other tasks while they
//! wait. If documents were rayon tasks too, a thread could start one inside another and
//! hold both in memory. So documents have their own threads.

use std::num::NonZero;
use std::sync::Mutex;
use std::thread;

use serde::{Deserialize, Serialize};

use super::Error;

/// Stack size for deeply nested documents: twice that of a main thread.
const STACK: usize = 16 << 20;

/// What a worker has laid out so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// The number of messages.
    pub messages: usize,
    /// The number of pages, including those that were laid out by two workers.
    pub pages: usize,
}

/// Processes that lay out parts of a document.
pub trait Pool: Send + Sync {
    /// Has a process answer a request, with [`answer`](super::answer). `heard` receives its
    /// progress, and says whether the answer is still of use. `None` if there is no answer: whoever
    /// asked does the work.
    fn ask(&self, request: &[u8], heard: &dyn Fn(Progress) -> bool) -> Option<Vec<u8>>;
}

/// The number of parallel jobs.
#[derive(Clone, Copy)]
pub struct Jobs {
    count: usize,
    /// Worker processes, if there are any.
    pool: Option<&'static dyn Pool>,
}

impl Jobs {
    /// The requested number of jobs, or the number of processors. Also limits Typst's threads.
    ///
    /// # Errors
    /// When the threads can't be started.
    pub fn new(asked: Option<u16>) -> Result<Self, Error> {
        let Some(jobs) = asked else {
            return Ok(Self::of(
                thread::available_parallelism().map_or(1, NonZero::get),
            ));
        };
        let jobs = usize::from(jobs);
        match rayon::ThreadPoolBuilder::new()
            .num_threads(jobs)
            .build_global()
        {
            Ok(()) => Ok(Self::of(jobs)),
            // `watch` calls this for every run; rayon's threads exist already.
            Err(_) if rayon::current_num_threads() == jobs => Ok(Self::of(jobs)),
            Err(error) => Err(Error::document(
                format!("cannot start {jobs} threads: {error}"),
                "pass a smaller number to `--jobs`",
            )),
        }
    }

    /// This many jobs.
    pub fn of(count: usize) -> Self {
        Self { count, pool: None }
    }

    /// The same with worker processes.
    pub fn with_pool(self, pool: &'static dyn Pool) -> Self {
        Self {
            pool: Some(pool),
            ..self
        }
    }

    /// The worker processes, if there are any.
    pub fn pool(self) -> Option<&'static dyn Pool> {
        self.pool
    }

    /// How many things are done at a time.
    pub fn count(self) -> usize {
        self.count
    }

    /// The jobs that remain for each of this many tasks.
    pub fn shared(self, among: usize) -> Self {
        Self {
            count: (self.count / among.max(1)).max(1),
            ..self
        }
    }

    /// Runs two tasks in parallel, or one after the other if there is one job.
    pub fn beside<R>(self, aside: impl FnOnce() + Send, work: impl FnOnce() -> R) -> R {
        if self.count == 1 {
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

    /// Maps every item in parallel; the results are in the order of the items.
    pub fn each<T: Sync, R: Send>(self, items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
        let workers = self.count.min(items.len());
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
            // Does the work of threads that couldn't be started.
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

/// Runs work in a thread with a stack for deeply nested documents, or here if there can't be one.
pub fn deep<R: Send>(work: impl Fn() -> R + Sync) -> R {
    thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        match thread.spawn_scoped(scope, &work) {
            Ok(thread) => match thread.join() {
                Ok(result) => result,
                Err(panic) => std::panic::resume_unwind(panic),
            },
            Err(_) => work(),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_keep_the_order_of_the_items() {
        let items: Vec<usize> = (0..100).collect();
        for jobs in [1, 2, 7, 200] {
            assert_eq!(
                Jobs::of(jobs).each(&items, |item| item * 2),
                items.iter().map(|item| item * 2).collect::<Vec<_>>()
            );
        }
        assert!(Jobs::of(3).each(&[] as &[u8], |item| *item).is_empty());
    }

    #[test]
    fn a_job_beside_others_runs_once() {
        for jobs in [1, 2] {
            let done = Mutex::new(0);
            let result = Jobs::of(jobs).beside(|| *done.lock().unwrap() += 1, || 7);
            assert_eq!((result, *done.lock().unwrap()), (7, 1));
        }
    }

    #[test]
    fn jobs_are_shared() {
        assert_eq!(Jobs::of(8).shared(3).count, 2);
        assert_eq!(Jobs::of(1).shared(0).count, 1);
    }
}
