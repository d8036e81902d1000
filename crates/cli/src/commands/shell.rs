//! Shell completions and manual pages.

use std::io::{self, Write};

use clap::CommandFactory;

use crate::args::Args;
use crate::failure::Failure;

/// `scrollback completions`: prints the script for a shell.
///
/// # Errors
/// [`Failure::Output`] when standard output can't be written to.
pub fn completions(shell: clap_complete::Shell) -> Result<(), Failure> {
    // The generator panics on write errors, so it writes to memory.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "scrollback", &mut script);
    print(&script)
}

/// `scrollback man`: prints the manual page of the program or a command.
///
/// # Errors
/// [`Failure::Usage`] when there is no such command, [`Failure::Output`] when standard
/// output can't be written to.
pub fn man(name: Option<&str>) -> Result<(), Failure> {
    let mut program = Args::command().disable_help_subcommand(true);
    program.build();
    let command = match name {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone().name(format!("scrollback-{name}")),
            None => {
                let names: Vec<_> = program
                    .get_subcommands()
                    .map(clap::Command::get_name)
                    .collect();
                return Err(Failure::usage(
                    format!("there is no command `{name}`"),
                    format!("the commands are {}", names.join(", ")),
                ));
            }
        },
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command)
        .render(&mut page)
        .map_err(|error| Failure::stdout(&error))?;
    print(&page)
}

/// Prints to standard output.
///
/// # Errors
/// [`Failure::Output`] when it can't be written to.
pub fn print(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|error| Failure::stdout(&error))
}
