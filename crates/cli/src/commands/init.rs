//! `scrollback init`: a `scrollback.toml` with every option, explained.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use clap::{Arg, ArgAction};

use crate::config::{self, NAME};
use crate::failure::Failure;
use crate::terminal;

/// The width of comments.
const WIDTH: usize = 88;
const HEAD: &str = "\
# Options of `scrollback render`, `watch` and `inspect` in this folder and below it.
# To set one, remove the `#` in front of it and change the value. Options on the command
# line win.
";

/// Writes the file, unless there is one.
///
/// # Errors
/// [`Failure::Usage`] when there is one, [`Failure::Output`] when it can't be written.
pub fn init(folder: Option<&Path>) -> Result<(), Failure> {
    let path = folder.unwrap_or(Path::new("")).join(NAME);
    let shown = path.display();
    let parent = folder.filter(|folder| !folder.is_dir());
    if let Some(parent) = parent {
        return Err(Failure::usage(
            format!("`{}` is not a folder", parent.display()),
            "create the folder, or leave out its name to write to the working folder",
        ));
    }
    let created =
        fs::File::create_new(&path).and_then(|mut file| file.write_all(text().as_bytes()));
    match created {
        Ok(()) => {
            terminal::say(&format!("wrote {shown}"));
            Ok(())
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(Failure::usage(
            format!("there is already a `{shown}`"),
            "edit it, or move it away first",
        )),
        Err(error) => Err(Failure::output(
            format!("cannot write `{shown}`: {error}"),
            "check that you may write in the folder",
        )),
    }
}

/// The text of the file.
fn text() -> String {
    let mut text = HEAD.to_owned();
    let mut heading = String::new();
    for option in config::keys() {
        let next = option.get_help_heading().unwrap_or_default();
        if next != heading {
            next.clone_into(&mut heading);
            text += &format!("\n## {heading}\n");
        }
        text.push('\n');
        text += &entry(&option);
    }
    text
}

/// An option: what it does, its values, and the line that sets it.
fn entry(option: &Arg) -> String {
    let help = option
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default();
    let mut entry = comment(&help, "");
    let is_switch = is_switch(option);
    if !is_switch {
        for value in option.get_possible_values() {
            let name = value.get_name();
            entry += &match value.get_help() {
                Some(help) => comment(&format!("{name}: {help}"), "  "),
                None => comment(name, "  "),
            };
        }
    }
    let key = option.get_long().unwrap_or_default();
    let default = option.get_default_values().first();
    let value = match default.map(|value| value.to_string_lossy()) {
        _ if is_switch => "true".to_owned(),
        Some(value) => toml::Value::from(value.into_owned()).to_string(),
        None => {
            let names = option.get_value_names().unwrap_or_default();
            let name = names.first().map_or("…", |name| name.as_str());
            let value = toml::Value::from(name);
            if matches!(option.get_action(), ArgAction::Append) {
                format!("[{value}]")
            } else {
                value.to_string()
            }
        }
    };
    entry + &format!("# {key} = {value}\n")
}

/// Whether an option is on or off.
fn is_switch(option: &Arg) -> bool {
    matches!(option.get_action(), ArgAction::SetTrue)
        || option
            .get_value_names()
            .is_some_and(|names| names.iter().any(|name| name == "BOOL"))
}

/// A comment, in lines that are not too long.
fn comment(text: &str, indent: &str) -> String {
    let mut lines = String::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + word.chars().count() + 4 > WIDTH {
            lines += &format!("# {indent}{line}\n");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += word;
    }
    if !line.is_empty() {
        lines += &format!("# {indent}{line}\n");
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_is_there_and_explained() {
        let text = text();
        for option in config::keys() {
            let key = option.get_long().unwrap();
            assert!(text.contains(&format!("\n# {key} = ")), "{key}");
        }
        for key in ["config", "output", "open", "json"] {
            assert!(!text.contains(&format!("\n# {key} = ")), "{key}");
        }
        assert!(
            text.lines()
                .all(|line| line.is_empty() || line.starts_with('#'))
        );
        assert!(
            text.lines().all(|line| line.chars().count() <= WIDTH + 8),
            "{text}"
        );
    }

    #[test]
    fn each_line_is_toml_once_its_sign_is_removed() {
        let lines: Vec<String> = text()
            .lines()
            .filter(|line| {
                line.split_once(" = ")
                    .is_some_and(|(key, _)| !key[2..].contains(' '))
            })
            .map(|line| line[2..].to_owned())
            .collect();
        let table: toml::Table = lines.join("\n").parse().unwrap();
        assert_eq!(table.len(), config::keys().len());
        assert_eq!(table["theme"].as_str(), Some("dark"));
        assert_eq!(table["anonymize"].as_bool(), Some(true));
        assert!(table["author"].is_array());
    }
}
