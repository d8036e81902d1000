//! `scrollback.toml` sets options like the command line.
#![allow(missing_docs)]

mod project;

use insta_cmd::assert_cmd_snapshot;
use project::{ended, export, folder, message, scrollback};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with an export of two people, and options.
fn harbour(config: &str) -> TempDir {
    let export = export(&[
        message(10, 1, "ada", "hello", ""),
        message(11, 2, "bob", "look", ""),
        message(12, 3, "ada", "bye", ""),
    ]);
    folder(&[
        ("chat.json", &export),
        ("scrollback.toml", config),
        ("sub/x", ""),
    ])
}

/// How many messages an inspection keeps.
fn kept(folder: &TempDir, args: &[&str]) -> Value {
    let args = [&["inspect", "chat.json", "--json"], args].concat();
    let output = scrollback(folder, &args).output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice::<Value>(&output.stdout).unwrap()["messages"].clone()
}

#[test]
fn the_file_and_options_agree() {
    let with_file = harbour("author = [\"ada\"]\nafter = \"2024-03-02\"\ntheme = \"light\"\n");
    let without = harbour("");
    assert_eq!(kept(&with_file, &[]), 1);
    assert_eq!(
        kept(&without, &["--author", "ada", "--after", "2024-03-02"]),
        1
    );
}

#[test]
fn options_win() {
    let folder = harbour("author = [\"ada\"]\n");
    assert_eq!(kept(&folder, &["--author", "bob"]), 1);
    assert_eq!(kept(&folder, &["--author=ada", "--author=bob"]), 3);
    assert_eq!(kept(&folder, &["--no-config"]), 3);
}

#[test]
fn switches_can_be_turned_off_again() {
    let folder = harbour("pinned-only = true\n");
    assert_eq!(kept(&folder, &["--pinned-only=false"]), 3);
    assert_eq!(kept(&harbour("pinned-only = false\n"), &[]), 3);
}

#[test]
fn whatever_the_file_sets_can_be_left_out() {
    for (line, option) in [
        ("author = [\"ada\"]", "--no-author"),
        ("has = [\"poll\"]", "--no-has"),
        ("after = \"2024-03-02\"", "--no-after"),
        ("from-id = 11", "--no-from-id"),
        ("pinned-only = true", "--no-pinned-only"),
    ] {
        let folder = harbour(&format!("{line}\n"));
        assert_ne!(kept(&folder, &[]), 3, "{line}");
        assert_eq!(kept(&folder, &[option]), 3, "{line}");
        let (_, told) = ended(&mut scrollback(&folder, &["inspect", "chat.json", option]));
        assert_eq!(told, "", "{line}");
    }
    // The last one counts, as everywhere on a command line.
    let folder = harbour("author = [\"ada\"]\n");
    assert_eq!(kept(&folder, &["--no-author", "--author=bob"]), 1);
    assert_eq!(kept(&folder, &["--author=bob", "--no-author"]), 3);
}

#[test]
fn what_a_style_sets_can_be_left_out() {
    let folder = harbour("style = \"record\"\n");
    let text = |args: &[&str]| {
        let args = [&["render", "chat.json", "-f", "html", "-o", "-"], args].concat();
        String::from_utf8(scrollback(&folder, &args).output().unwrap().stdout).unwrap()
    };
    assert!(text(&[]).contains("0001"));
    assert!(!text(&["--no-numbers"]).contains("0001"));
    assert!(!text(&["--no-style"]).contains("SHA-256"));
}

#[test]
fn the_nearest_file_above_applies() {
    let folder = harbour("author = \"ada\"\n");
    let mut command = scrollback(&folder, &["inspect", "../chat.json", "--json"]);
    command.current_dir(folder.path().join("sub"));
    let output = command.output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["messages"], 2);
}

#[test]
fn paths_are_relative_to_the_file() {
    let folder = harbour("media = \"pictures\"\n");
    let mut command = scrollback(&folder, &["inspect", "../chat.json"]);
    command.current_dir(folder.path().join("sub"));
    let output = command.output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    let path = folder.path().canonicalize().unwrap().join("pictures");
    assert!(
        stderr.contains(&format!("`{}`", path.display())),
        "{stderr}"
    );
}

#[test]
fn an_unknown_key() {
    let folder = harbour("\ntheme = \"dark\"\nanonymise = true\n");
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["render", "chat.json", "--config", "scrollback.toml"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: scrollback.toml:3:1: unknown key `anonymise`
    hint: did you mean `anonymize`?
    ");
}

#[test]
fn a_key_like_no_other() {
    let folder = harbour("zzz = 1\n");
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["inspect", "chat.json", "--config", "scrollback.toml"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: scrollback.toml:1:1: unknown key `zzz`
    hint: valid keys: after, anonymize, attach-files, attach-source, author, before, binding, bleed, chapters, clock, coarse-times, creation-timestamp, dialect, display, font-path, footer, format, from-id, has, has-not, header, ids, ignore-system-fonts, incremental, input, jobs, key, lang, map, margin, media, mentions, merge, newest-first, not-author, not-text, now, numbers, own, package-cache-path, package-path, paper, partial, pdf-standard, pinned, pinned-only, ppi, reaction, reactors, redact, root, seconds, show-zone, size, split, spoilers, strict, style, text, theme, threads, time-format, times, timezone, to-id, toc, two-sided, usernames
    ");
}

#[test]
fn a_key_of_the_command_line_alone() {
    let folder = harbour("output = \"x.pdf\"\n");
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["render", "chat.json", "--config", "scrollback.toml"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: scrollback.toml:1:1: unknown key `output`
    hint: this option is only available on the command line
    ");
}

#[test]
fn a_wrong_value() {
    let folder = harbour("theme = \"drak\"\n");
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["render", "chat.json", "--config", "scrollback.toml"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: scrollback.toml:1:9: invalid value `drak` for `theme`
    hint: valid values: dark, light, ash, onyx, classic-dark, classic-light, print, paper
    ");
}

#[test]
fn a_wrong_value_of_another_command_is_told_too() {
    let folder = harbour("paper = \"a99\"\n");
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["inspect", "chat.json", "--config", "scrollback.toml"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: scrollback.toml:1:9: invalid value `a99` for `paper`
    hint: expected a4, a5, letter, legal, continuous, or a size such as 160mmx90mm
    ");
}

#[test]
fn a_table_where_a_value_is_expected() {
    let folder = harbour("[theme]\nname = \"dark\"\n");
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["render", "chat.json", "--config", "scrollback.toml"]
    ), @r#"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: scrollback.toml:1:1: the value of `theme` must be one value or a list of them
    hint: write `theme = "…"` or `theme = ["…", "…"]`
    "#);
}

#[test]
fn a_file_that_is_not_toml_is_an_error() {
    let folder = harbour("theme = dark\n");
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["render", "chat.json", "--config", "scrollback.toml"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: scrollback.toml:1:9: string values must be quoted, expected literal string
    hint: the format is TOML; see https://toml.io
    ");
}

#[test]
fn a_file_that_is_not_there() {
    let folder = harbour("");
    assert_cmd_snapshot!(scrollback(
        &folder,
        &["render", "chat.json", "--config", "none.toml"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: cannot read the options in `none.toml`: No such file or directory (os error 2)
    hint: check the name that you passed to `--config`
    ");
}

#[test]
fn a_file_that_cannot_be_read_says_what_to_do() {
    let folder = harbour("");
    project::write(&folder, "latin.toml", b"theme = \"\xff\"");
    project::write(&folder, "sub/x", b"");
    for (name, fix) in [
        ("latin.toml", "save the file as UTF-8"),
        ("sub", "check that it is a file"),
    ] {
        let (output, told) = ended(&mut scrollback(
            &folder,
            &["render", "chat.json", "--config", name],
        ));
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(fix), "{told}");
    }
}

#[test]
fn values_that_are_checked_late_name_their_line() {
    for (line, error) in [
        ("timezone = \"X\"", "`--timezone`"),
        ("after = \"tomorrow\"", "`--after`"),
        ("author = [\"nobody\"]", "`--author`"),
        ("time-format = \"qqq\"", "`--time-format`"),
        ("redact = \"/[/\"", "`--redact`"),
        ("media = \"nowhere\"", "nowhere"),
        ("margin = \"140mm\"", "`--margin`"),
    ] {
        let folder = harbour(&format!("theme = \"dark\"\n{line}\n"));
        let args = ["render", "chat.json", "--config", "scrollback.toml"];
        let (_, told) = ended(&mut scrollback(&folder, &args));
        assert!(told.contains(error), "{line}: {told}");
        assert!(
            told.contains("hint: it is set in scrollback.toml:2\n"),
            "{line}: {told}"
        );
    }
    // The command line overrides the file, so its own mistakes aren't blamed on it.
    let folder = harbour("after = \"2024-03-01\"\n");
    let args = ["render", "chat.json", "--after", "tomorrow"];
    let (_, told) = ended(&mut scrollback(&folder, &args));
    assert!(!told.contains("it is set in"), "{told}");
}

#[test]
fn an_inspection_names_the_options_of_the_file() {
    let folder = harbour("author = \"ada\"\n");
    let args = ["inspect", "chat.json", "--config", "scrollback.toml"];
    let (_, told) = ended(&mut scrollback(&folder, &args));
    assert_eq!(
        told,
        "note: using options from `scrollback.toml`: --author\n"
    );
}
