//! What a Typst document can use in `scrollback render`: values of `--input`, files below the
//! root, fonts, and packages.
#![allow(missing_docs)]

mod project;

use std::process::Command;

use insta_cmd::assert_cmd_snapshot;
use project::{folder, scrollback};
use tempfile::TempDir;

/// `scrollback render` in a folder.
fn render(folder: &TempDir, args: &[&str]) -> Command {
    scrollback(folder, &[&["render"], args].concat())
}

#[test]
fn an_input_without_a_value() {
    assert_cmd_snapshot!(render(
        &folder(&[("doc.typ", "Hello")]),
        &["doc.typ", "--input", "x"]
    ), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: invalid value 'x' for '--input <KEY=VALUE>': expected KEY=VALUE, such as `--input theme=light`

    For more information, try '--help'.
    ");
}

#[test]
fn inputs_reach_the_document() {
    let folder = folder(&[("doc.typ", "#assert.eq(sys.inputs, (a: \"b=c\", d: \"\"))")]);
    assert_cmd_snapshot!(render(
        &folder,
        &["doc.typ", "--input", "a=b=c", "--input", "d="]
    ), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
}

#[test]
fn a_manifest_above_the_document_is_the_root() {
    let folder = folder(&[
        ("project/typst.toml", ""),
        ("project/lib.typ", "#let answer = 42"),
        (
            "project/examples/doc.typ",
            "#import \"../lib.typ\": answer\n#import \"/lib.typ\"\n#answer",
        ),
    ]);
    assert_cmd_snapshot!(render(&folder, &["project/examples/doc.typ"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
}

#[test]
fn files_beyond_the_root_are_out_of_reach() {
    let folder = folder(&[
        ("secret.txt", "42"),
        ("sub/doc.typ", "#read(\"../secret.txt\")"),
    ]);
    assert_cmd_snapshot!(render(&folder, &["sub/doc.typ"]), @r#"
    success: false
    exit_code: 1
    ----- stdout -----

    ----- stderr -----
    error: path `"../secret.txt"` would escape the project root
      ┌─ sub/doc.typ:1:6
      │
    1 │ #read("../secret.txt")
      │       ^^^^^^^^^^^^^^^
      │
      = hint: cannot access files outside of the project sandbox
      = hint: you can adjust the project root with the `--root` argument
    "#);
    assert!(
        render(&folder, &["sub/doc.typ", "--root", "."])
            .status()
            .unwrap()
            .success()
    );
}

#[test]
fn a_root_beside_the_document() {
    let folder = folder(&[("doc.typ", "Hello"), ("other/x", "")]);
    let output = render(&folder, &["doc.typ", "--root", "other"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(
        stderr.starts_with("error: the document `doc.typ` is not inside its root"),
        "{stderr}"
    );
}

#[test]
fn a_root_that_is_not_there() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--root", "nowhere"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the root `nowhere` is not a folder
    hint: pass the folder of your project to `--root`, or leave the option out
    ");
}

#[test]
fn a_font_path_that_is_not_there() {
    let folder = folder(&[("doc.typ", "Hello")]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--font-path", "nowhere"]), @r"
    success: false
    exit_code: 2
    ----- stdout -----

    ----- stderr -----
    error: the font path `nowhere` is not a folder
    hint: pass the folder that holds the font files to `--font-path`
    ");
}

#[test]
fn other_packages_come_from_typsts_folders() {
    let folder = folder(&[
        (
            "doc.typ",
            "#import \"@local/mine:1.2.3\": answer\n#assert.eq(answer, 42)",
        ),
        (
            "packages/local/mine/1.2.3/typst.toml",
            "[package]\nname = \"mine\"\nversion = \"1.2.3\"\nentrypoint = \"lib.typ\"\n",
        ),
        ("packages/local/mine/1.2.3/lib.typ", "#let answer = 42"),
    ]);
    assert_cmd_snapshot!(render(&folder, &["doc.typ", "--package-path", "packages"]), @r"
    success: true
    exit_code: 0
    ----- stdout -----

    ----- stderr -----
    ");
}

#[test]
fn a_package_out_of_reach() {
    let folder = folder(&[("doc.typ", "#import \"@preview/no-such-package:1.0.0\": *")]);
    let args = [
        "doc.typ",
        "--package-path",
        "none",
        "--package-cache-path",
        "none",
    ];
    let output = render(&folder, &args).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    for part in [
        "error: failed to download package (cannot reach ",
        "preview/no-such-package-1.0.0.tar.gz",
        "hint: connect to the internet, or put the package into a folder",
    ] {
        assert!(stderr.contains(part), "{stderr}");
    }
}

#[test]
fn another_version_of_the_package_out_of_reach() {
    let import = format!("#import \"@preview/scrollback:{}\": *", "9.0.0");
    let folder = folder(&[("doc.typ", import.as_str())]);
    let args = [
        "doc.typ",
        "--package-path",
        "none",
        "--package-cache-path",
        "none",
    ];
    let output = render(&folder, &args).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        "error: failed to load package (this program contains version {version}, and version \
         9.0.0 is out of reach; failed to download package ("
    );
    assert!(stderr.starts_with(&expected), "{stderr}");
}
