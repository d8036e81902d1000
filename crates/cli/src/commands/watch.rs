//! `scrollback watch`: rendering again whenever a source changes.

use chrono::Local;
use typst_kit::watcher::Watcher;

use super::render;
use crate::args::RenderArgs;
use crate::failure::Failure;
use crate::terminal;

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
    let unwatchable = |error: ecow::EcoString| {
        Failure::output(
            format!("cannot watch the inputs: {error}"),
            "use `scrollback render` after each change",
        )
    };
    let mut watcher = Watcher::new(args.output.clone()).map_err(unwatchable)?;
    loop {
        let outcome = render::render(args)?;
        for failure in &outcome.failures {
            terminal::report(failure);
        }
        let state = if outcome.failures.is_empty() {
            "rendered"
        } else {
            "failed"
        };
        eprintln!("{} {state}; watching", Local::now().format("%H:%M:%S"));
        watcher.update(outcome.sources).map_err(unwatchable)?;
        watcher.wait().map_err(unwatchable)?;
    }
}
