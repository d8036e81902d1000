//! Options that choose the `scrollback.toml`, and what it sets.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::{Arg, ValueHint};

use super::batch::BATCH;
use super::publish::PUBLISHING;
use crate::failure::{Failure, Message};

/// Options that choose the `scrollback.toml`.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Options from a file")]
pub struct ConfigArgs {
    /// The file with options [default: the nearest `scrollback.toml` in the working
    /// folder or above it]
    ///
    /// Its keys are the names of the options without leading dashes. Options on the
    /// command line and in the environment override it; `--no-` before the name of any of
    /// them, as in `--no-author`, leaves out what the file or a style sets.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,

    /// Ignore `scrollback.toml`
    #[arg(long, conflicts_with = "config")]
    pub no_config: bool,

    /// The file that had options for this run.
    #[arg(skip)]
    pub applied: Option<Applied>,

    /// The options on the command line that have an effect on exports only.
    #[arg(skip)]
    pub for_exports: Vec<ForExports>,
}

/// An option that has no effect on Typst documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForExports {
    /// The name, with its dashes.
    pub name: String,
    /// Whether it prepares transcripts for publication.
    pub publishes: bool,
}

impl ForExports {
    /// An option of this kind, by its heading in the help; `None` for another one.
    pub fn of(option: &Arg) -> Option<Self> {
        let heading = option.get_help_heading()?;
        // Batches have documents, too.
        let is_for_exports = heading.to_lowercase().contains("exports") && heading != BATCH;
        is_for_exports.then(|| Self {
            name: format!("--{}", option.get_long().unwrap_or_default()),
            publishes: heading == PUBLISHING,
        })
    }
}

/// A `scrollback.toml` that applies to this run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    path: PathBuf,
    options: Vec<Setting>,
}

/// An option that a `scrollback.toml` sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The option, as on a command line: `--name=value`.
    pub option: OsString,
    /// The line of the file, counted from 1.
    pub line: usize,
}

impl Setting {
    /// The name, with its dashes.
    fn name(&self) -> String {
        let option = self.option.to_string_lossy();
        option.split('=').next().unwrap_or_default().to_owned()
    }
}

impl Applied {
    /// A file with the options that it sets; `None` if none apply.
    pub fn of(path: &Path, options: &[Setting]) -> Option<Self> {
        (!options.is_empty()).then(|| Self {
            path: path.to_owned(),
            options: options.to_vec(),
        })
    }

    /// Adds to the failure of an option that the file sets where it is set.
    fn locate(&self, failure: &mut Failure) {
        let Failure::Usage(message) = failure else {
            return;
        };
        let texts: Vec<&String> = message.hints.iter().chain([&message.error]).collect();
        let mut places: Vec<String> = self
            .options
            .iter()
            .filter(|setting| texts.iter().any(|text| names(text, &setting.name())))
            .map(|Setting { line, .. }| format!("{}:{line}", self.path.display()))
            .collect();
        places.dedup();
        if !places.is_empty() {
            message
                .hints
                .push(format!("it is set in {}", places.join(", ")));
        }
    }
}

/// Whether a text names an option, and not just one that begins like it.
fn names(text: &str, option: &str) -> bool {
    text.match_indices(option).any(|(at, _)| {
        let next = text[at + option.len()..].chars().next();
        !next.is_some_and(|next| next.is_alphanumeric() || next == '-')
    })
}

impl ConfigArgs {
    /// The configuration file in use.
    pub fn path(&self) -> Option<&Path> {
        let applied = self.applied.as_ref().map(|applied| &*applied.path);
        applied.or(self.config.as_deref())
    }

    /// Adds to failures of options from the file where they are set.
    pub fn locate(&self, failures: &mut [Failure]) {
        for failure in failures {
            if let Some(applied) = &self.applied {
                applied.locate(failure);
            }
        }
    }

    /// A notice that names the file and the options taken from it.
    pub fn note(&self) -> Option<Message> {
        let applied = self.applied.as_ref()?;
        let mut options: Vec<String> = applied.options.iter().map(Setting::name).collect();
        options.dedup();
        Some(Message {
            error: format!(
                "using options from `{}`: {}",
                applied.path.display(),
                options.join(", ")
            ),
            hints: Vec::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_not_named_by_a_longer_one() {
        assert!(names("`--split`: no", "--split"));
        assert!(names("needs --split", "--split"));
        assert!(names("add `--split month`", "--split"));
        assert!(!names("`--splitter`: no", "--split"));
        assert!(names("not `--not-author` but `--not`", "--not"));
        assert!(!names("`--not-author`: no", "--not"));
    }
}
