//! The command line itself.
#![allow(missing_docs)]

use std::process::Command;

use insta_cmd::{assert_cmd_snapshot, get_cargo_bin};

fn scrollback(args: &[&str]) -> Command {
    let mut command = Command::new(get_cargo_bin("scrollback"));
    command.args(args);
    command
}

#[test]
fn an_unknown_command() {
    assert_cmd_snapshot!(scrollback(&["rendr"]));
}

#[test]
fn an_unknown_option() {
    assert_cmd_snapshot!(scrollback(&["render", "doc.typ", "--colour"]));
}

#[test]
fn no_document() {
    assert_cmd_snapshot!(scrollback(&["render"]));
}

#[test]
fn help_tells_commands_and_exit_codes() {
    assert_cmd_snapshot!(scrollback(&["--help"]));
}

#[test]
fn the_version_is_the_packages() {
    let output = scrollback(&["--version"]).output().unwrap();
    let expected = concat!("scrollback ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}
