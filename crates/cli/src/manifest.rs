//! The manifest, which lists the sources and outputs of a run as JSON (see
//! `docs/manifest.md`).

use std::path::Path;

use serde::Serialize;

use crate::engine::provenance::Program;
use crate::failure::Failure;
use crate::output;
use crate::report::{Document, Output, Report};

/// The manifest of a run.
#[derive(Serialize)]
struct Manifest<'r> {
    program: Program,
    /// Whether all requested outputs were written.
    complete: bool,
    outputs: &'r [Output],
    #[serde(skip_serializing_if = "<[Document]>::is_empty")]
    documents: &'r [Document],
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failures: Option<Vec<&'r str>>,
}

/// Writes the manifest. `words` tells whether warnings and failures may be quoted, because
/// they quote exports.
///
/// # Errors
/// [`Failure::Output`] when the file can't be written.
pub fn write(path: &Path, report: &Report, words: bool) -> Result<(), Failure> {
    let failures = report.failures.iter().map(|failure| match failure {
        Failure::Diagnosed => "",
        Failure::Output(message) | Failure::Usage(message) => message.error.as_str(),
    });
    let manifest = Manifest {
        program: Program::default(),
        complete: report.failures.is_empty(),
        outputs: &report.outputs,
        documents: &report.documents,
        warnings: words.then(|| report.warnings.texts()),
        failures: words.then(|| failures.collect()),
    };
    let mut json = output::json(&manifest, "what was made")?;
    json.push(b'\n');
    output::commit(vec![output::stage(path, json)?])
}
