//! Tips for mistakes on the command line that help more than clap's own.

use std::ffi::OsString;
use std::path::Path;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};

use crate::args::CONFIGURED;
use crate::engine::sanitize::printable;
use crate::failure::Failure;

/// The failure for a file or folder in place of the command; `None` for another mistake.
pub fn without_command(error: &Error) -> Option<Failure> {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(input)) if Path::new(input).exists() => {
            let input = printable(input);
            let word = quoted(&input);
            Some(Failure::usage(
                format!("there is no command `{input}`"),
                format!("to typeset this input, write `scrollback render {word}`"),
            ))
        }
        _ => None,
    }
}

/// The error with a tip about a value that begins with a hyphen, or about an option of another
/// command. Clap's own tip takes both for inputs.
pub fn explained(mut error: Error, line: &[OsString], mut program: Command) -> Error {
    // Only then do options know how they are written.
    program.build();
    let (Some(ContextValue::String(named)), [_, name, words @ ..]) =
        (error.get(ContextKind::InvalidArg), line)
    else {
        return error;
    };
    let Some(command) = program.find_subcommand(name) else {
        return error;
    };
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    let mut pairs = words.windows(2).filter_map(|pair| {
        let option = command
            .get_arguments()
            .find(|option| takes(option, &pair[0]))?;
        let is_value = pair[1].len() > 1 && pair[1].starts_with('-');
        (is_value && !is_option(command, &pair[1])).then_some((option, &*pair[1]))
    });
    let tip = match error.kind() {
        ErrorKind::UnknownArgument => match pairs.find(|(_, value)| value.starts_with(&**named)) {
            Some((option, value)) => Some(with_hyphen(option, value)),
            None if words
                .iter()
                .any(|word| Path::new(&**word).exists() && word.starts_with(&**named)) =>
            {
                return error;
            }
            None => elsewhere(&program, named),
        },
        // It names the option with its placeholder, `--text <TEXT>`.
        ErrorKind::InvalidValue => match pairs.find(|(option, _)| option.to_string() == *named) {
            Some((option, value)) => Some(with_hyphen(option, value)),
            None => return error,
        },
        _ => return error,
    };
    error.remove(ContextKind::Suggested);
    if let Some(tip) = tip {
        let tips = vec![StyledStr::from(tip)];
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(tips));
    }
    error
}

/// Whether this word is the option, and the next one its value.
fn takes(option: &Arg, word: &str) -> bool {
    let is_long = option
        .get_long()
        .is_some_and(|long| word.strip_prefix("--") == Some(long));
    let is_short = option
        .get_short()
        .is_some_and(|short| *word == format!("-{short}"));
    (is_long || is_short) && option.get_action().takes_values() && !option.is_require_equals_set()
}

/// Whether a word is an option of the command, with or without a value.
fn is_option(command: &Command, word: &str) -> bool {
    let name = word.split('=').next().unwrap_or_default();
    let mut options = command.get_arguments();
    options.any(|option| {
        option
            .get_long()
            .is_some_and(|long| name.strip_prefix("--") == Some(long))
    })
}

fn with_hyphen(option: &Arg, value: &str) -> String {
    let name = option.get_long().unwrap_or_default();
    let value = quoted(&printable(value));
    format!("to give '--{name}' a value that begins with a hyphen, write '--{name}={value}'")
}

/// The tip for an option that only other commands have.
fn elsewhere(program: &Command, named: &str) -> Option<String> {
    let name = CONFIGURED.into_iter().find(|name| {
        let command = program.find_subcommand(name);
        command.is_some_and(|command| is_option(command, named))
    })?;
    Some(format!("'{named}' is an option of 'scrollback {name}'"))
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    match word.contains(char::is_whitespace) {
        true => format!("\"{word}\""),
        false => word.to_owned(),
    }
}
