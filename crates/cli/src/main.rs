//! `scrollback`, the program: it carries the Typst compiler, the scrollback
//! package and its fonts, so that nothing else need be installed.

mod args;
mod download;
mod failure;
mod fonts;
mod format;
mod output;
mod package;
mod render;
mod root;
mod terminal;
mod world;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

fn main() -> ExitCode {
    // Wrong usage ends here, with code 2 and clap's own words.
    let args = Args::parse();
    let result = match &args.command {
        Command::Render(args) => render::render(args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            failure.report();
            failure.exit_code()
        }
    }
}
