//! `scrollback`, the program. It contains the Typst compiler, the scrollback package and its
//! fonts, so that nothing else needs to be installed.

mod args;
mod commands;
mod config;
mod engine;
mod export;
mod failure;
mod input;
mod manifest;
mod media;
mod output;
mod pool;
mod progress;
mod report;
mod terminal;
#[cfg(test)]
mod trial;
mod typst_document;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Typst makes many small allocations.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Tests that read exports hold this lock, so that one of them can count reads.
#[cfg(test)]
static READING: std::sync::Mutex<()> = std::sync::Mutex::new(());

/// Runs the command. Failures of options from a file say where they are set.
fn run(command: &args::Command) -> Result<Vec<failure::Failure>, failure::Failure> {
    let mut result = commands::run(command);
    if let Some(config) = command.config() {
        match &mut result {
            Ok(failures) => config.locate(failures),
            Err(failure) => config.locate(std::slice::from_mut(failure)),
        }
    }
    result
}

fn main() -> ExitCode {
    engine::guard::keep_quiet();
    let line: Vec<_> = std::env::args_os().collect();
    if line.get(1).is_some_and(|first| first == pool::WORKER) {
        return pool::serve(&line[1..], commands::gather);
    }
    output::temporary::remove_on_interruption();
    let result = engine::guard::caught(|| match commands::about(&line) {
        Some(printed) => printed.map(|()| Vec::new()),
        // Usage errors end here, with exit code 2 and clap's message.
        None => config::args(line).and_then(|args| run(&args.command)),
    });
    let result =
        result.unwrap_or_else(|words| Err(failure::Failure::stopped("scrollback", &words)));
    terminal::end(&result.unwrap_or_else(|failure| vec![failure]))
}
