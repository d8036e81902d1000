//! Shows the progress of long work, on terminals only.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use crate::output::STDOUT;

/// The refresh interval.
const TICK: Duration = Duration::from_millis(120);

/// The progress lines on standard error. Nothing is written if that isn't a terminal.
#[derive(Debug, Clone, Default)]
pub struct Progress {
    lines: MultiProgress,
    total: Option<ProgressBar>,
    written: Arc<Mutex<Tally>>,
}

/// The totals of what a run has written so far.
#[derive(Debug, Default, Clone)]
pub struct Tally {
    /// The outputs, or their patterns if they have several pages.
    pub outputs: Vec<PathBuf>,
    /// The first file.
    pub first: Option<PathBuf>,
    /// The number of messages.
    pub messages: usize,
    /// The number of pages; HTML has none.
    pub pages: usize,
    /// The number of pictures that could not be drawn.
    pub missing: usize,
}

impl Tally {
    /// Adds an output.
    fn add(&mut self, other: Self) {
        self.outputs.extend(other.outputs);
        self.first = self.first.take().or(other.first);
        self.messages += other.messages;
        self.pages += other.pages;
        self.missing += other.missing;
    }

    /// A summary line: `chat.pdf: 1 203 messages, 84 pages, 3 pictures missing`. `None` if
    /// nothing was written, or only to standard output.
    pub fn summary(&self) -> Option<String> {
        let mut files = self
            .outputs
            .iter()
            .filter(|path| *path != Path::new(STDOUT));
        let name = match (files.next(), files.count()) {
            (None, _) => return None,
            (Some(file), 0) => file.display().to_string(),
            (Some(_), more) => counted(more + 1, "output"),
        };
        let counts = [
            (self.messages, "message", ""),
            (self.pages, "page", ""),
            (self.missing, "picture", " missing"),
        ];
        let counts: Vec<String> = counts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, noun, what)| format!("{}{what}", counted(count, noun)))
            .collect();
        Some(if counts.is_empty() {
            name
        } else {
            format!("{name}: {}", counts.join(", "))
        })
    }
}

/// A count, with grouped digits.
pub fn counted(count: usize, noun: &str) -> String {
    let digits = count.to_string();
    let mut number = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            number.push('\u{a0}');
        }
        number.push(digit);
    }
    let plural = if count == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

impl Progress {
    /// Starts the progress of this many inputs.
    pub fn new(inputs: usize) -> Self {
        let lines = MultiProgress::new();
        let total = (inputs > 1).then(|| {
            let style = ProgressStyle::with_template("{bar:30} {pos} of {len} inputs")
                .expect("the template is right");
            lines.add(ProgressBar::new(inputs as u64).with_style(style))
        });
        Self {
            lines,
            total,
            written: Arc::default(),
        }
    }

    /// Adds a line for an input. `name` must be printable.
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
            written: self.written.clone(),
        }
    }

    /// Removes all lines.
    pub fn end(&self) {
        if let Some(total) = &self.total {
            total.finish_and_clear();
        }
    }

    /// The totals so far.
    pub fn written(&self) -> Tally {
        self.written.lock().expect("no panic while held").clone()
    }

    /// Runs something that writes to standard error.
    pub fn suspend<T>(&self, write: impl FnOnce() -> T) -> T {
        self.lines.suspend(write)
    }
}

/// The line of an input, which disappears when this is dropped.
#[derive(Debug)]
pub struct Task {
    line: ProgressBar,
    total: Option<ProgressBar>,
    written: Arc<Mutex<Tally>>,
}

impl Task {
    /// Records an output.
    pub fn wrote(&self, written: Tally) {
        self.written
            .lock()
            .expect("no panic while held")
            .add(written);
    }

    /// Shows the current step.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(outputs: &[&str], messages: usize, pages: usize, missing: usize) -> Option<String> {
        let written = Tally {
            outputs: outputs.iter().map(PathBuf::from).collect(),
            messages,
            pages,
            missing,
            ..Tally::default()
        };
        written.summary().map(|line| line.replace('\u{a0}', " "))
    }

    #[test]
    fn a_run_is_summed_up_in_a_line() {
        let line = |text: &str| Some(text.to_owned());
        assert_eq!(
            summary(&["a.pdf"], 1203, 84, 3),
            line("a.pdf: 1 203 messages, 84 pages, 3 pictures missing")
        );
        assert_eq!(
            summary(&["a.pdf", "b.pdf", "-"], 1_000_000, 1, 1),
            line("2 outputs: 1 000 000 messages, 1 page, 1 picture missing")
        );
        assert_eq!(summary(&["a.html"], 1, 0, 0), line("a.html: 1 message"));
        assert_eq!(summary(&["a.svg"], 0, 0, 0), line("a.svg"));
        assert_eq!(summary(&["-"], 5, 1, 0), None);
        assert_eq!(summary(&[], 0, 0, 0), None);
    }

    #[test]
    fn outputs_add_up() {
        let progress = Progress::new(1);
        let task = progress.task("a");
        for pages in [2, 3] {
            task.wrote(Tally {
                outputs: vec!["a.pdf".into()],
                first: Some(format!("{pages}.pdf").into()),
                messages: 10,
                pages,
                missing: 1,
            });
        }
        let written = progress.written();
        assert_eq!(
            (
                written.outputs.len(),
                written.messages,
                written.pages,
                written.missing
            ),
            (2, 20, 5, 2)
        );
        assert_eq!(written.first, Some("2.pdf".into()));
    }
}
