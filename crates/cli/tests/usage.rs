//! The command line itself: usage errors, help and version.
#![allow(missing_docs)]

use std::process::Command;

use insta_cmd::{assert_cmd_snapshot, get_cargo_bin};

fn scrollback(args: &[&str]) -> Command {
    let mut command = Command::new(get_cargo_bin("scrollback"));
    command.args(args);
    command
}

/// The first line of an error, and its tip.
fn first_error(args: &[&str]) -> String {
    let output = scrollback(args).output().unwrap();
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    let error = String::from_utf8(output.stderr).unwrap();
    let lines = error
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("error:") || line.starts_with("tip:"));
    lines.collect::<Vec<_>>().join(" | ")
}

#[test]
fn an_unknown_command() {
    assert_cmd_snapshot!(scrollback(&["rendr"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: unrecognized subcommand 'rendr'

      tip: a similar subcommand exists: 'render'

    Usage: scrollback [OPTIONS] <COMMAND>

    For more information, try '--help'.
    ");
}

#[test]
fn an_unknown_option() {
    assert_cmd_snapshot!(scrollback(&["render", "doc.typ", "--colour"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: unexpected argument '--colour' found

    Usage: scrollback render <INPUT>...

    For more information, try '--help'.
    ");
}

#[test]
fn an_option_of_another_command() {
    let error = first_error(&["inspect", "x.json", "--theme", "light"]);
    assert_eq!(
        error,
        "error: unexpected argument '--theme' found | tip: '--theme' is an option of 'scrollback render'"
    );
}

#[test]
fn a_value_that_begins_with_a_hyphen() {
    for (option, value, written) in [
        ("--author", "-Max-", "--author=-Max-"),
        ("--author", "-fred", "--author=-fred"),
        ("--text", "- [ ]", "--text=\"- [ ]\""),
        ("--redact", "--\u{1b}[2J", "--redact=--"),
        ("--ppi", "-1", "--ppi=-1"),
        ("-o", "-x.pdf", "--output=-x.pdf"),
    ] {
        let error = first_error(&["render", "x.json", option, value]);
        let name = written.split('=').next().unwrap();
        let tip =
            format!("tip: to give '{name}' a value that begins with a hyphen, write '{written}");
        assert!(error.contains(&tip), "{option} {value}: {error}");
        assert!(
            !error.contains("-- -") && !error.contains('\u{1b}'),
            "{error}"
        );
    }
    // An option after one without its value.
    let error = first_error(&["render", "x.json", "--text", "--theme", "light"]);
    assert_eq!(
        error,
        "error: a value is required for '--text <TEXT>' but none was supplied"
    );
}

#[test]
fn no_document() {
    assert_cmd_snapshot!(scrollback(&["render"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the following required arguments were not provided:
      <INPUT>...

    Usage: scrollback render <INPUT>...

    For more information, try '--help'.
    ");
}

#[test]
fn help_tells_commands_and_exit_codes() {
    assert_cmd_snapshot!(scrollback(&["--help"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----
    Typeset Discord-style conversations

    Usage: scrollback [OPTIONS] <COMMAND>

    Commands:
      render       Typeset exports, or a Typst document
      watch        Typeset again whenever an input or its media change
      inspect      Show what is in exports: channel, dates, people, kinds, missing media
      parse        Print the syntax tree of Discord Markdown as JSON
      fonts        List the font families that documents can use
      demo         Typeset a built-in sample, to see what comes out
      init         Write a scrollback.toml with all options, each explained and commented out
      completions  Print a completion script for a shell
      man          Print the manual page of the program, or of a command
      help         Print this message or the help of the given subcommand(s)

    Options:
          --licenses  Print the licences of the program and of everything that it contains
      -h, --help      Print help
      -V, --version   Print version

    Exit codes:
      0  everything was written
      1  an input has an error, or its output could not be written; the others were written
      2  the command line or scrollback.toml is wrong: an option, a format, or an input
         that isn't there

    ----- stderr -----
    ");
}

#[test]
fn the_version_is_the_packages() {
    let output = scrollback(&["--version"]).output().unwrap();
    let expected = concat!("scrollback ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected);
}
