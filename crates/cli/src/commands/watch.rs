//! `scrollback watch`: rendering again whenever a source changes.

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
use crate::{input, terminal};

/// How often folders are looked into for new exports.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Renders, and again after every change, until the user ends the program. What
/// fails is told and waited for to be mended.
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
        // Before the rendering, which may take long.
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

/// Folders among the inputs, in which exports may appear and go. They can't be watched
/// as files are: outputs appear in them, too. So they are looked into, and a file of our
/// own that is watched changes when they do.
struct Folders {
    sign: Option<NamedTempFile>,
    begin: mpsc::Sender<()>,
    looking: Option<JoinHandle<()>>,
}

impl Folders {
    /// Notes which exports there are now.
    fn watch(args: &RenderArgs) -> std::io::Result<Self> {
        let (begin, begun) = mpsc::channel();
        if !args.inputs.iter().any(|input| input.is_dir()) {
            return Ok(Self {
                sign: None,
                begin,
                looking: None,
            });
        }
        let sign = NamedTempFile::new()?;
        let mut file = sign.reopen()?;
        let inputs = args.inputs.clone();
        let before = exports(&inputs);
        let looking = thread::spawn(move || {
            // Nothing is signalled before somebody watches for it.
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

    /// Begins to look for changes.
    fn begin(&self) {
        // Without folders, nobody listens.
        let _ = self.begin.send(());
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        // Ends the thread: its channel closes.
        self.begin = mpsc::channel().0;
        if let Some(looking) = self.looking.take() {
            let _ = looking.join();
        }
    }
}

/// Writes into the file once there are other exports than before.
fn look(inputs: &[PathBuf], before: &[PathBuf], ended: &mpsc::Receiver<()>, sign: &mut File) {
    while exports(inputs) == before {
        if ended.recv_timeout(LOOK_EVERY) != Err(RecvTimeoutError::Timeout) {
            return;
        }
    }
    // Where the temporary file can't be written to, changes of files are still seen.
    let _ = sign.write_all(b"changed").and_then(|()| sign.sync_all());
}

/// The exports that there are now.
fn exports(inputs: &[PathBuf]) -> Vec<PathBuf> {
    let inputs = input::find(inputs, true).inputs;
    inputs.iter().flat_map(input::Input::files).collect()
}
