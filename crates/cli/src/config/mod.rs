//! `scrollback.toml`: options for every run in a folder.
//!
//! The file's values become options in front of those on the command line. Both are then
//! parsed, checked and reported in one place, and the command line wins. Options that a
//! style sets come before both.

mod file;
mod mistake;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, CommandFactory, FromArgMatches};

use crate::args::{Applied, Args, CONFIGURED, Command, ForExports, Style};
use crate::failure::Failure;

/// The name of the file.
pub const NAME: &str = "scrollback.toml";

/// Parses the command line and the configuration file that applies.
///
/// # Errors
/// [`Failure::Usage`] when the file cannot be read or has a wrong key or value, and when an
/// input stands in place of the command.
/// A wrong command line ends the program with clap's error and exit code 2.
pub fn args(line: Vec<OsString>) -> Result<Args, Failure> {
    // After the names of the program and the command.
    let (head, tail) = line.split_at(2.min(line.len()));
    let with = |options: &[OsString]| {
        let options = options.iter().cloned();
        let line = head.iter().cloned().chain(options);
        program().get_matches_from(line.chain(tail.iter().cloned()))
    };
    let mut applied = None;
    let mut for_exports = Vec::new();
    let mut matches = match program().try_get_matches_from(&line) {
        Ok(matches) => matches,
        Err(error) => {
            return Err(mistake::without_command(&error)
                .unwrap_or_else(|| mistake::explained(error, &line, program()).exit()));
        }
    };
    if let Some((name, given)) = matches.subcommand()
        && CONFIGURED.contains(&name)
    {
        for_exports = given_for_exports(name, given);
        let mut options = Vec::new();
        if let Some(path) = path(given)? {
            let set = file::options(&path, name, |id| is_given(given, id))?;
            applied = Applied::of(&path, &set);
            options.extend(set.into_iter().map(|setting| setting.option));
            matches = with(&options);
        }
        let of_style = matches.subcommand().map(|(name, given)| style(name, given));
        if let Some(of_style) = of_style.filter(|options| !options.is_empty()) {
            options.extend(of_style);
            matches = with(&options);
        }
    }
    let mut args = Args::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    match &mut args.command {
        Command::Render(args) | Command::Watch(args) => {
            args.config.applied = applied;
            args.config.for_exports = for_exports;
        }
        Command::Inspect(args) => args.config.applied = applied,
        _ => {}
    }
    Ok(args)
}

/// The options that the file can set, each once.
pub fn keys() -> Vec<Arg> {
    let mut keys: Vec<Arg> = Vec::new();
    for command in file::commands() {
        for option in command.get_arguments() {
            let is_new = |key| !keys.iter().any(|known| known.get_long() == Some(key));
            let is_key = option
                .get_long()
                .is_some_and(|key| !file::NOT_KEYS.contains(&key) && is_new(key));
            if is_key {
                keys.push(option.clone());
            }
        }
    }
    keys
}

/// The options that a style sets, without those that are given.
fn style(command: &str, given: &ArgMatches) -> Vec<OsString> {
    let Ok(Some(style)) = given.try_get_one::<Style>("style") else {
        return Vec::new();
    };
    let program = program();
    let arguments = program.find_subcommand(command);
    let is_set = |name: &str| {
        let mut arguments = arguments
            .into_iter()
            .flat_map(|command| command.get_arguments());
        let argument = arguments.find(|argument| argument.get_long() == Some(name));
        argument.is_none_or(|argument| is_given(given, argument.get_id().as_str()))
    };
    let options = style.options().iter();
    options
        .filter(|(name, _)| !is_set(name))
        .map(|(name, value)| format!("--{name}={value}").into())
        .collect()
}

/// The options on the command line that have an effect on exports only.
fn given_for_exports(command: &str, given: &ArgMatches) -> Vec<ForExports> {
    let program = Args::command();
    let options = program.find_subcommand(command).into_iter();
    options
        .flat_map(|command| command.get_arguments())
        .filter(|option| {
            given.value_source(option.get_id().as_str()) == Some(ValueSource::CommandLine)
        })
        .filter_map(ForExports::of)
        .collect()
}

/// Whether the user gave an option for this run, or left it out with `--no-…`.
fn is_given(matches: &ArgMatches, id: &str) -> bool {
    let sources = [matches.value_source(id), matches.value_source(&without(id))];
    sources
        .into_iter()
        .flatten()
        .any(|source| matches!(source, ValueSource::CommandLine | ValueSource::EnvVariable))
}

/// The command line, with an option `--no-…` for each one that a file can set. It overrides
/// what stands before it, as files and styles do.
fn program() -> clap::Command {
    let mut program = Args::command();
    for name in CONFIGURED {
        program = program.mut_subcommand(name, |command| {
            let without: Vec<Arg> = command.get_arguments().filter_map(negation).collect();
            command.args(without)
        });
    }
    program
}

/// The option that leaves out another one, if a file can set that.
fn negation(option: &Arg) -> Option<Arg> {
    let key = option
        .get_long()
        .filter(|key| !file::NOT_KEYS.contains(key))?;
    let name = format!("no-{key}");
    // The help has some of them.
    (!file::NOT_KEYS.contains(&&*name)).then(|| {
        Arg::new(without(option.get_id().as_str()))
            .long(name)
            .action(ArgAction::SetTrue)
            .overrides_with(option.get_id())
            .hide(true)
    })
}

/// The id of the option that leaves out the one with this id.
fn without(id: &str) -> String {
    format!("no_{id}")
}

/// The file that applies, if any.
fn path(matches: &ArgMatches) -> Result<Option<PathBuf>, Failure> {
    if matches.get_flag("no_config") {
        return Ok(None);
    }
    if let Some(path) = matches.get_one::<PathBuf>("config") {
        return Ok(Some(path.clone()));
    }
    let folder = std::env::current_dir().map_err(|error| {
        Failure::usage(
            format!("cannot determine the working folder: {error}"),
            "go to a folder that exists, or pass `--no-config`",
        )
    })?;
    Ok(folder
        .ancestors()
        .map(|folder| folder.join(NAME))
        .find(|path| path.is_file()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_can_be_left_out() {
        for key in keys() {
            let key = key.get_long().unwrap();
            let none = format!("--no-{key}");
            let is_taken = |command: &str| {
                let line = ["scrollback", command, "x", &none];
                program().try_get_matches_from(line).is_ok()
            };
            assert!(is_taken("render") || is_taken("inspect"), "{none}");
        }
    }
}
