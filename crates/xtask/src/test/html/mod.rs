//! Tests chats in Typst's HTML export: compares the documents of `tests/html` with their
//! references, and checks rules for every document.

mod parse;
mod rules;
mod shape;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Workbench;
use crate::packages::Packages;
use crate::process;
use crate::report::Report;
use crate::tools;

/// Typst's warnings for every HTML export, and for every document with pages.
const EXPECTED: [&str; 2] = [
    "warning: html export is under active development",
    "warning: page set rule was ignored",
];

/// Compiles the tests' documents and the examples. `bless` rewrites the references.
pub fn run(bench: &mut Workbench, report: &mut Report, bless: bool) -> Result<()> {
    let typst = tools::TYPST.ensure(bench.project)?;
    let tests = bench.project.documents("tests/html")?;
    if tests.is_empty() {
        bail!("there are no documents in `tests/html/`");
    }
    for document in tests {
        let name = bench.project.shown(&document);
        let reference = document.with_extension("html");
        match compile(bench, &typst, &document)? {
            Err(said) => report.fail(&name, &said),
            Ok(html) => {
                let mut found = warnings(&html.messages, &EXPECTED[..1]);
                found.extend(rules::check(&html.text));
                found.extend(compare(&html.text, &reference, bless)?);
                tell(report, &name, &found);
            }
        }
    }
    for document in bench.project.examples()? {
        let name = format!("{} (HTML)", bench.project.shown(&document));
        if let Some(package) = bench.packages.missing(&document) {
            report.skip(&name, &Packages::reason(&package));
            continue;
        }
        match compile(bench, &typst, &document)? {
            Err(said) => report.fail(&name, &said),
            // The rules don't apply outside of an example's chats.
            Ok(html) => tell(report, &name, &rules::check(&html.text)),
        }
    }
    Ok(())
}

/// A document in HTML.
struct Html {
    text: String,
    /// The compiler's output.
    messages: String,
}

/// Compiles a document, or returns the compiler's errors.
fn compile(bench: &Workbench, typst: &Path, document: &Path) -> Result<Result<Html, String>> {
    let folder = bench.project.target.join("test/html");
    fs::create_dir_all(&folder)?;
    let stem = document.file_stem().unwrap_or_default();
    let output = folder.join(stem).with_extension("html");
    let mut command = bench.compile(typst)?;
    command.args(["--features", "html", "--format", "html"]);
    let ended = process::capture(command.arg(document).arg(&output))?;
    if !ended.success {
        return Ok(Err(ended.output()));
    }
    Ok(Ok(Html {
        text: fs::read_to_string(&output).with_context(|| output.display().to_string())?,
        messages: ended.stderr,
    }))
}

/// The compiler's warnings, except expected ones.
fn warnings(messages: &str, expected: &[&str]) -> Vec<String> {
    messages
        .lines()
        .filter(|line| line.starts_with("warning:"))
        // The fonts of a test's own theme don't exist.
        .filter(|line| !line.starts_with("warning: unknown font family"))
        .filter(|line| !expected.iter().any(|known| line.starts_with(known)))
        .map(ToOwned::to_owned)
        .collect()
}

/// The differences from the reference, which `bless` rewrites.
fn compare(html: &str, reference: &Path, bless: bool) -> Result<Vec<String>> {
    let shape = shape::of(html);
    if bless {
        fs::write(reference, &shape)?;
        return Ok(Vec::new());
    }
    let Ok(expected) = fs::read_to_string(reference) else {
        return Ok(vec![
            "has no reference; `cargo xtask test --only html --bless` writes it".into(),
        ]);
    };
    let differs = |(at, (came, wanted)): (usize, (&str, &str))| {
        (came != wanted).then(|| {
            format!(
                "line {} differs from the reference; `--bless` accepts the new output\n  expected {wanted}\n  got      {came}",
                at + 1
            )
        })
    };
    let first = shape
        .lines()
        .zip(expected.lines())
        .enumerate()
        .find_map(differs);
    let lengths = (shape.lines().count(), expected.lines().count());
    Ok(first
        .or_else(|| {
            (lengths.0 != lengths.1)
                .then(|| format!("has {} lines, the reference {}", lengths.0, lengths.1))
        })
        .into_iter()
        .collect())
}

/// Reports the findings in a document.
fn tell(report: &mut Report, name: &str, found: &[String]) {
    if found.is_empty() {
        report.pass(name);
    } else {
        report.fail(name, &found.join("\n"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_expected_warnings_pass() {
        let said = "warning: html export is under active development and incomplete\nwarning: box was ignored\n";
        assert_eq!(warnings(said, &EXPECTED), ["warning: box was ignored"]);
    }

    #[test]
    fn a_difference_is_shown() {
        let folder = tempfile::tempdir().unwrap();
        let reference = folder.path().join("a.html");
        let html = "<body><p>a</p><p>b</p></body>";
        assert_eq!(compare(html, &reference, false).unwrap().len(), 1);
        assert!(compare(html, &reference, true).unwrap().is_empty());
        assert!(compare(html, &reference, false).unwrap().is_empty());
        let other = compare("<body><p>a</p><p>c</p></body>", &reference, false).unwrap();
        assert!(other[0].contains("expected <p>b</p>"), "{other:?}");
        let longer = compare("<body><p>a</p><p>b</p><p>c</p></body>", &reference, false).unwrap();
        assert!(longer[0].contains("lines"), "{longer:?}");
    }
}
