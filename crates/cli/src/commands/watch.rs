//! `scrollback watch`: renders again whenever a source changes.

use std::fs::File;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chrono::Local;
use tempfile::NamedTempFile;
use typst_kit::watcher::Watcher;

use super::render;
use crate::args::RenderArgs;
use crate::failure::Failure;
use crate::output::temporary::Temporary;
use crate::{input, terminal};

/// How often folders are checked for new exports.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Renders, and again after every change, until the user ends the program. Failures are
/// reported, and rendering resumes at the next change.
///
/// # Errors
/// [`Failure::Usage`] for what is wrong with the options, [`Failure::Output`] when the
/// files can't be watched.
pub fn watch(args: &RenderArgs) -> Result<(), Failure> {
    if args.inputs.iter().any(|input| input.as_os_str() == "-") {
        return Err(Failure::usage(
            "standard input cannot be watched",
            "pass a file, or use `scrollback render`",
        ));
    }
    if args.batch.files_from.is_some() {
        return Err(Failure::usage(
            "the files of a list cannot be watched",
            "pass the folder that they are in, or use `scrollback render`",
        ));
    }
    let unwatchable = |error: &dyn std::fmt::Display| {
        Failure::output(
            format!("cannot watch the inputs: {error}"),
            "use `scrollback render` after each change",
        )
    };
    let mut watcher = Watcher::new(args.output.clone()).map_err(|error| unwatchable(&error))?;
    loop {
        // Printed before rendering, which may take long.
        let folders = Folders::watch(args).map_err(|error| unwatchable(&error))?;
        let report = render::render(args)?;
        for failure in &report.failures {
            terminal::report(failure);
        }
        let state = if report.failures.is_empty() {
            "rendered"
        } else {
            "failed"
        };
        eprintln!("{} {state}; watching", Local::now().format("%H:%M:%S"));
        let sources = report.sources.into_iter().chain(folders.sign());
        watcher
            .update(sources)
            .map_err(|error| unwatchable(&error))?;
        folders.begin();
        watcher.wait().map_err(|error| unwatchable(&error))?;
    }
}

/// Folders among the inputs, where exports may come and go. Watching a folder would also
/// react to outputs written there, so the folders are polled, and a watched temporary file
/// is changed when their exports do.
struct Folders {
    sign: Option<Temporary<NamedTempFile>>,
    begin: mpsc::Sender<()>,
    looking: Option<JoinHandle<()>>,
}

impl Folders {
    /// Records the current exports.
    fn watch(args: &RenderArgs) -> std::io::Result<Self> {
        let (begin, begun) = mpsc::channel();
        if !args.inputs.iter().any(|input| input.is_dir()) {
            return Ok(Self {
                sign: None,
                begin,
                looking: None,
            });
        }
        let sign = Temporary::new(NamedTempFile::new)?;
        let mut file = sign.inner.reopen()?;
        let inputs = args.inputs.clone();
        let before = exports(&inputs);
        let looking = thread::spawn(move || {
            // No signal is needed before somebody watches.
            if begun.recv().is_ok() {
                look(&inputs, &before, &begun, &mut file);
            }
        });
        Ok(Self {
            sign: Some(sign),
            begin,
            looking: Some(looking),
        })
    }

    /// The file to watch.
    fn sign(&self) -> Option<PathBuf> {
        self.sign.as_ref().map(|sign| sign.path().to_owned())
    }

    /// Starts polling for changes.
    fn begin(&self) {
        // Without folders, there is nothing to poll.
        let _ = self.begin.send(());
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        // Closing the channel ends the thread.
        self.begin = mpsc::channel().0;
        if let Some(looking) = self.looking.take() {
            let _ = looking.join();
        }
    }
}

/// Writes to the file when the set of exports has changed.
fn look(inputs: &[PathBuf], before: &[PathBuf], ended: &mpsc::Receiver<()>, sign: &mut File) {
    while exports(inputs) == before {
        if ended.recv_timeout(LOOK_EVERY) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
    // If the temporary file can't be written, changes to single files are still noticed.
    let _ = sign.write_all(b"changed").and_then(|()| sign.sync_all());
}

/// The current exports.
fn exports(inputs: &[PathBuf]) -> Vec<PathBuf> {
    let inputs = input::find(inputs, true).inputs;
    inputs.iter().flat_map(input::Input::files).collect()
}
