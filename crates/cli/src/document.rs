//! Typst documents in, files out.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use typst_kit::fonts::FontStore;

use crate::args::RenderArgs;
use crate::compile::Target;
use crate::failure::Failure;
use crate::output::{self, Names, Place};
use crate::printable::printable;
use crate::progress::Progress;
use crate::world::DocumentWorld;

/// Renders a document, and tells which files it was made of.
///
/// # Errors
/// As [`Target::stage`]; also when the output cannot be where it is to be.
pub fn render(
    path: &Path,
    args: &RenderArgs,
    place: &Place,
    fonts: Arc<FontStore>,
    progress: &Progress,
) -> (Vec<PathBuf>, Result<(), Failure>) {
    let mut files = vec![path.to_owned()];
    let result = output_of(path, place).and_then(|output| {
        let mut world = DocumentWorld::of_document(path, &args.typst, fonts, place.format())?;
        let task = progress.task(&printable(&path.display().to_string()));
        task.stage("laying out");
        let target = Target {
            format: place.format(),
            output: &output,
            args: &args.typst,
            untrusted: false,
            progress,
            task: &task,
        };
        let staged = target.stage(&world);
        files.extend(world.dependencies());
        output::commit(staged?)
    });
    (files, result)
}

/// Where the output of a document goes. One page is the rule, so that a picture
/// gets no number unless asked for.
fn output_of(path: &Path, place: &Place) -> Result<PathBuf, Failure> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let names = Names {
        name: &name,
        folder: Some(path.parent().unwrap_or(Path::new(""))),
        channel: &name,
        volume: None,
    };
    let output = place.take(&names, false, &printable(&path.display().to_string()))?;
    output::check(&output, [path])?;
    Ok(output)
}
