//! Tests that errors point at the author's line: Typst's own program must refuse the documents
//! of `tests/stops`. Each begins with the text of its error, and marks the wrong line with
//! `// here`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::Workbench;
use crate::process;
use crate::report::Report;
use crate::tools;

/// The start of a document, before the text of its error.
const WORDS: &str = "//! ";

/// The mark of the wrong line.
const HERE: &str = "// here";

/// Compiles the documents to PDF and to HTML.
pub fn run(bench: &Workbench, report: &mut Report) -> Result<()> {
    let typst = tools::TYPST.ensure(bench.project)?;
    let documents = bench.project.documents("tests/stops")?;
    if documents.is_empty() {
        bail!("there are no documents in `tests/stops/`");
    }
    for document in documents {
        let source = fs::read_to_string(&document)?;
        let name = bench.project.shown(&document);
        let expected = Expected::read(&source).with_context(|| name.clone())?;
        for format in ["pdf", "html"] {
            let said = refusal(bench, &typst, &document, format)?;
            let place = format!("{}:{}:", name, expected.line);
            match said {
                None => report.fail(&name, &format!("{format}: it compiles")),
                Some(said) if !said.contains(expected.words) || !said.contains(&place) => {
                    report.fail(
                        &name,
                        &format!("{format}: expected `{}` at {place}\n{said}", expected.words),
                    );
                }
                Some(_) => report.pass(&format!("{name} ({format})")),
            }
        }
    }
    Ok(())
}

/// The error that is expected for a document.
struct Expected<'a> {
    words: &'a str,
    /// The number of the wrong line, from 1.
    line: usize,
}

impl<'a> Expected<'a> {
    fn read(source: &'a str) -> Result<Self> {
        let words = source
            .lines()
            .next()
            .and_then(|line| line.strip_prefix(WORDS));
        let line = source.lines().position(|line| line.contains(HERE));
        let (Some(words), Some(line)) = (words, line) else {
            bail!("begins with no `{WORDS}`, or has no line with `{HERE}`");
        };
        Ok(Self {
            words,
            line: line + 1,
        })
    }
}

/// Typst's error for a document; `None` if it compiles.
fn refusal(
    bench: &Workbench,
    typst: &Path,
    document: &Path,
    format: &str,
) -> Result<Option<String>> {
    let folder = bench.project.target.join("test");
    fs::create_dir_all(&folder)?;
    let mut compile = bench.compile(typst)?;
    compile.args(["--features", "html", "--format", format]);
    let ended = process::capture(compile.arg(document).arg(folder.join("stops.out")))?;
    Ok((!ended.success).then_some(ended.stderr))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_line_are_read() {
        let expected = Expected::read("//! It is wrong\n#a\n#b // here\n").unwrap();
        assert_eq!((expected.words, expected.line), ("It is wrong", 3));
        assert!(Expected::read("//! It is wrong\n#a\n").is_err());
        assert!(Expected::read("#a // here\n").is_err());
    }
}
