//! `cargo xtask …`: the project's tasks.
//!
//! It has no heavy dependencies, so that it builds in seconds; the Typst compiler is run as a
//! program.

mod bench;
mod dist;
mod notices;
mod package;
mod packages;
mod pictures;
mod plugin;
mod process;
mod project;
mod release;
mod report;
mod scrollback;
mod sources;
mod test;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::project::Project;

/// The project's own tasks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Measure what a chat costs compared with a plain document of the same text
    Bench(bench::Args),
    /// Build the program as it is released, for one platform
    Dist(dist::Args),
    /// List the licences of the crates in the plugin and in the program
    Notices(notices::Args),
    /// Write the directory for Typst Universe, and check it
    Package(package::Args),
    /// Draw the first page of the examples into docs/images
    Pictures(pictures::PicturesArgs),
    /// Build the package's plugin, and record what it was built from
    Plugin(plugin::Args),
    /// Draw the reference pictures of tests again
    Refs(pictures::RefsArgs),
    /// Set the version everywhere, move the changelog, rebuild the plugin, check the package
    Release(release::Args),
    /// Run every test, and set up what the tests need
    Test(test::Args),
}

fn main() -> ExitCode {
    let args = Args::parse();
    let result = Project::find().and_then(|project| match args.command {
        Command::Bench(args) => bench::run(&project, &args),
        Command::Dist(args) => dist::run(&project, &args),
        Command::Notices(args) => notices::run(&project, &args),
        Command::Package(args) => package::run(&project, &args),
        Command::Pictures(args) => pictures::pictures(&project, &args),
        Command::Plugin(args) => plugin::run(&project, &args),
        Command::Refs(args) => pictures::references(&project, &args),
        Command::Release(args) => release::run(&project, &args),
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
