//! What is going on, on long work and on a terminal only.

use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

/// How often something moves.
const TICK: Duration = Duration::from_millis(120);

/// The lines on standard error that tell what is going on. Nothing is written where
/// that is no terminal.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    lines: MultiProgress,
    total: Option<ProgressBar>,
}

impl Progress {
    /// Progress on so many inputs.
    pub fn new(inputs: usize) -> Self {
        let lines = MultiProgress::new();
        let total = (inputs > 1).then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} inputs")
                .expect("the template is right");
            lines.add(ProgressBar::new(inputs as u64).with_style(style))
        });
        Self { lines, total }
    }

    /// A line for an input. `name` has to be printable.
    pub fn task(&self, name: &str) -> Task {
        let style = ProgressStyle::with_template("{spinner} {prefix}: {msg} ({elapsed})")
            .expect("the template is right");
        let line = ProgressBar::new_spinner()
            .with_style(style)
            .with_prefix(name.to_owned());
        let line = match &self.total {
            Some(total) => self.lines.insert_before(total, line),
            None => self.lines.add(line),
        };
        line.enable_steady_tick(TICK);
        Task {
            line,
            total: self.total.clone(),
        }
    }

    /// Takes all lines away.
    pub fn end(&self) {
        if let Some(total) = &self.total {
            total.finish_and_clear();
        }
    }

    /// Does something that writes to standard error.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.lines.suspend(write)
    }
}

/// The line of an input; it goes away with this.
#[derive(Debug)]
pub struct Task {
    line: ProgressBar,
    total: Option<ProgressBar>,
}

impl Task {
    /// Tells what is being done now.
    pub fn stage(&self, stage: impl Into<String>) {
        self.line.set_message(stage.into());
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.line.finish_and_clear();
        if let Some(total) = &self.total {
            total.inc(1);
        }
    }
}
