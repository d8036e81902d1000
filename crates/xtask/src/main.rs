//! `cargo xtask …`: the project's own chores.
//!
//! It depends on nothing heavy, so that it is built in seconds; what needs the
//! Typst compiler is run as a program.

mod package;
mod packages;
mod process;
mod project;
mod report;
mod scrollback;
mod sources;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::project::Project;

/// The project's own chores.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the directory that Typst Universe would get, and check it
    Package(package::Args),
    /// Run every test, and set up what the tests need
    Test(test::Args),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = Project::find().and_then(|project| match args.command {
        Command::Package(args) => package::run(&project, &args),
        Command::Test(args) => test::run(&project, &args),
    });
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
