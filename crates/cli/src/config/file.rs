//! Turns the keys and values of a file into command-line options.

use std::ffi::OsString;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command, CommandFactory, ValueHint};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::args::{Args, CONFIGURED, Setting};
use crate::engine::sanitize::printable;
use crate::failure::{Failure, Message};

/// Options that belong to a single run rather than a folder.
pub const NOT_KEYS: [&str; 13] = [
    "archive",
    "config",
    "no-config",
    "help",
    "output",
    "files-from",
    "shard",
    "manifest",
    "json",
    "no-header",
    "no-footer",
    "open",
    "version",
];
/// How similar a key must be to be suggested, from 0 to 1.
const ALIKE: f64 = 0.8;

/// The options for `command` that the file at `path` sets, without those that `is_given` on
/// the command line.
///
/// # Errors
/// [`Failure::Usage`] when the file cannot be read, or has a wrong key or value, even for
/// another command.
pub fn options(
    path: &Path,
    command: &str,
    is_given: impl Fn(&str) -> bool,
) -> Result<Vec<Setting>, Failure> {
    let shown = printable(&path.display().to_string());
    let text = fs::read_to_string(path).map_err(|error| {
        let fix = match error.kind() {
            ErrorKind::NotFound => "check the name that you passed to `--config`",
            ErrorKind::InvalidData => "save the file as UTF-8",
            _ => "check that it is a file and that you may read it, or pass `--no-config`",
        };
        Failure::usage(
            format!("cannot read the options in `{shown}`: {error}"),
            fix,
        )
    })?;
    let file = File { shown, text };
    let table = DeTable::parse(&file.text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        file.wrong(
            at,
            error.message(),
            "the format is TOML; see https://toml.io",
        )
    })?;

    let commands = commands();
    let mut options = Vec::new();
    for (key, value) in table.get_ref().iter() {
        let at = key.span().start;
        let name = key.get_ref().as_ref();
        let Some((owner, argument)) = find(&commands, command, name) else {
            return Err(file.unknown(at, name, &commands));
        };
        let given = file.words(name, argument, value, path)?;
        check(owner, name, &given)
            .map_err(|(error, hint)| file.wrong(value.span().start, &error, hint))?;
        if owner.get_name() == command && !is_given(argument.get_id().as_str()) {
            let (line, _) = file.position(at);
            options.extend(given.into_iter().map(|option| Setting { option, line }));
        }
    }
    Ok(options)
}

/// The commands that take their options from the file.
pub fn commands() -> Vec<Command> {
    let mut program = Args::command();
    program.build();
    program
        .get_subcommands()
        .filter(|command| CONFIGURED.contains(&command.get_name()))
        .cloned()
        .collect()
}

/// The option for a key, preferably of this command.
fn find<'c>(commands: &'c [Command], command: &str, key: &str) -> Option<(&'c Command, &'c Arg)> {
    if NOT_KEYS.contains(&key) {
        return None;
    }
    let of = |owner: &'c Command| {
        let argument = owner
            .get_arguments()
            .find(|argument| argument.get_long() == Some(key))?;
        Some((owner, argument))
    };
    let own = commands
        .iter()
        .find(|known| known.get_name() == command)
        .and_then(of);
    own.or_else(|| commands.iter().find_map(of))
}

/// Checks that a command takes options from the file; otherwise, the error and a hint.
fn check(command: &Command, key: &str, options: &[OsString]) -> Result<(), (String, String)> {
    let line = [OsString::from("scrollback")]
        .into_iter()
        .chain(options.iter().cloned())
        .chain(["-".into()]);
    let Err(error) = command.clone().try_get_matches_from(line) else {
        return Ok(());
    };
    let valid: Vec<String> = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) => values.clone(),
        _ => Vec::new(),
    };
    let got = match error.get(ContextKind::InvalidValue) {
        Some(ContextValue::String(value)) => printable(value),
        _ => String::new(),
    };
    let hint = if valid.is_empty() {
        std::error::Error::source(&error).map(ToString::to_string)
    } else {
        Some(format!("valid values: {}", valid.join(", ")))
    };
    Err((
        format!("invalid value `{got}` for `{key}`"),
        hint.unwrap_or_else(|| format!("see `scrollback {} --help`", command.get_name())),
    ))
}

/// A configuration file.
struct File {
    /// Its path, for errors.
    shown: String,
    text: String,
}

impl File {
    /// A failure at a byte offset of the file.
    fn wrong(&self, at: usize, error: &str, hint: impl Into<String>) -> Failure {
        let (line, column) = self.position(at);
        Failure::Usage(Message {
            error: format!("{}:{line}:{column}: {error}", self.shown),
            hints: vec![hint.into()],
        })
    }

    /// The line and column of a byte offset, counted from 1.
    fn position(&self, at: usize) -> (usize, usize) {
        let before = &self.text[..self.text.floor_char_boundary(at)];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        (line, column)
    }

    /// The failure for an unknown key.
    fn unknown(&self, at: usize, key: &str, commands: &[Command]) -> Failure {
        let mut keys: Vec<&str> = commands
            .iter()
            .flat_map(Command::get_arguments)
            .filter_map(Arg::get_long)
            .filter(|known| !NOT_KEYS.contains(known))
            .collect();
        keys.sort_unstable();
        keys.dedup();
        let nearest = keys
            .iter()
            .map(|known| (strsim::jaro_winkler(known, key), known))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(alike, _)| *alike >= ALIKE);
        let hint = match nearest {
            Some((_, known)) => format!("did you mean `{known}`?"),
            None if NOT_KEYS.contains(&key) => {
                "this option is only available on the command line".to_owned()
            }
            None => format!("valid keys: {}", keys.join(", ")),
        };
        self.wrong(at, &format!("unknown key `{}`", printable(key)), hint)
    }

    /// The command-line form of a value.
    fn words(
        &self,
        key: &str,
        argument: &Arg,
        value: &Spanned<DeValue>,
        path: &Path,
    ) -> Result<Vec<OsString>, Failure> {
        let word = |value: &Spanned<DeValue>| {
            let text = match value.get_ref() {
                DeValue::String(text) => text.to_string(),
                DeValue::Integer(number) => number.to_string(),
                DeValue::Float(number) => number.to_string(),
                DeValue::Boolean(truth) => truth.to_string(),
                DeValue::Datetime(time) => time.to_string(),
                DeValue::Array(_) | DeValue::Table(_) => {
                    return Err(self.wrong(
                        value.span().start,
                        &format!("the value of `{key}` must be one value or a list of them"),
                        format!("write `{key} = \"…\"` or `{key} = [\"…\", \"…\"]`"),
                    ));
                }
            };
            let mut word = OsString::from(format!("--{key}="));
            // Paths are relative to the file, not to the working folder.
            match argument.get_value_hint() {
                ValueHint::DirPath | ValueHint::FilePath => {
                    let folder = path.parent().unwrap_or(Path::new(""));
                    word.push(folder.join(PathBuf::from(text)));
                }
                _ => word.push(text),
            }
            Ok(word)
        };
        match value.get_ref() {
            DeValue::Array(values) => values.iter().map(word).collect(),
            _ => Ok(vec![word(value)?]),
        }
    }
}
