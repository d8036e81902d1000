//! `scrollback`, the program: it carries the Typst compiler, the scrollback
//! package and its fonts, so that nothing else need be installed.

mod args;
mod compile;
mod config;
mod document;
mod download;
mod failure;
mod fonts;
mod format;
mod input;
mod inspect;
mod jobs;
mod media;
mod output;
mod package;
mod parse;
mod printable;
mod progress;
mod render;
mod root;
mod shell;
mod terminal;
mod transcript;
mod warnings;
mod watch;
mod world;

use std::process::ExitCode;

use mimalloc::MiMalloc;

use crate::args::Command;

/// Typst allocates much and small.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    // Wrong usage ends here, with code 2 and clap's own words.
    let result = config::args(std::env::args_os().collect()).and_then(|args| match args.command {
        Command::Render(args) => Ok(render::render(&args)?.failures),
        Command::Watch(args) => watch::watch(&args).map(|()| Vec::new()),
        Command::Inspect(args) => inspect::inspect(&args),
        Command::Parse(args) => parse::parse(&args).map(|()| Vec::new()),
        Command::Fonts(args) => fonts::list(&args).map(|()| Vec::new()),
        Command::Completions { shell } => shell::completions(shell).map(|()| Vec::new()),
        Command::Man { command } => shell::man(command.as_deref()).map(|()| Vec::new()),
    });
    failure::end(&result.unwrap_or_else(|failure| vec![failure]))
}
