//! The commands, one per file.

mod about;
mod demo;
mod fonts;
mod init;
mod inspect;
mod parse;
mod render;
mod shell;
mod watch;

pub use about::about;
pub use fonts::gather;

use crate::args::Command;
use crate::failure::Failure;

/// Runs the command, and returns the failures of single inputs.
///
/// # Errors
/// A failure that ends the run early.
pub fn run(command: &Command) -> Result<Vec<Failure>, Failure> {
    let done = |()| Vec::new();
    match command {
        Command::Render(args) => Ok(render::render(args)?.failures),
        Command::Watch(args) => watch::watch(args).map(done),
        Command::Inspect(args) => inspect::inspect(args),
        Command::Parse(args) => parse::parse(args).map(done),
        Command::Fonts(args) => fonts::list(args).map(done),
        Command::Demo(args) => demo::demo(args),
        Command::Init { folder } => init::init(folder.as_deref()).map(done),
        Command::Completions { shell } => shell::completions(*shell).map(done),
        Command::Man { command } => shell::man(command.as_deref()).map(done),
    }
}
