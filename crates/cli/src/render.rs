//! `scrollback render`: exports and documents in, files out.

use std::path::PathBuf;
use std::sync::Arc;

use typst_kit::fonts::FontStore;

use crate::args::RenderArgs;
use crate::failure::Failure;
use crate::format::Format;
use crate::input::{self, Input};
use crate::jobs::Jobs;
use crate::output::Place;
use crate::package;
use crate::progress::Progress;
use crate::warnings::Warnings;
use crate::{compile, document, fonts, transcript};

/// What a run made of its inputs.
#[derive(Debug)]
pub struct Outcome {
    /// What was wrong, in the order of the inputs.
    pub failures: Vec<Failure>,
    /// The files and folders that the outputs were made of.
    pub sources: Vec<PathBuf>,
}

/// Renders all inputs and prints the warnings about them. One that fails doesn't
/// stop the others.
///
/// # Errors
/// [`Failure::Usage`] for what is wrong with the options, before anything is
/// rendered.
pub fn render(args: &RenderArgs) -> Result<Outcome, Failure> {
    // Wrong options come first: they would fail every input alike.
    fonts::check(&args.fonts)?;
    transcript::check(args)?;
    let (inputs, mut failures) = input::find(&args.inputs, args.export.source.merge);
    let place = Place::new(
        args.output.as_deref(),
        args.format,
        inputs.len() + failures.len(),
    )?;
    if place.format() != Format::Html {
        compile::check(&args.typst)?;
    }
    // Before anything that uses its threads.
    let jobs = Jobs::new(args.jobs)?;
    if inputs.iter().any(|input| matches!(input, Input::Export(_))) {
        // Meanwhile, fonts are looked for and exports read.
        std::thread::spawn(package::sources);
    }
    let fonts = Arc::new(fonts::gather(&args.fonts));
    let progress = Progress::new(inputs.len());
    let share = jobs.shared(inputs.len());
    let results = jobs.each(&inputs, |input| {
        render_one(input, args, &place, &fonts, &progress, share)
    });
    let mut warnings = Warnings::default();
    // Folders stay out: outputs appear in them.
    let mut sources: Vec<PathBuf> = args
        .inputs
        .iter()
        .filter(|path| !path.is_dir())
        .cloned()
        .collect();
    for result in results {
        warnings.append(result.warnings);
        sources.extend(result.sources);
        failures.extend(result.failures);
    }
    progress.end();
    warnings.print();
    Ok(Outcome { failures, sources })
}

/// What came of one input.
#[derive(Debug, Default)]
pub struct Rendered {
    /// What was odd.
    pub warnings: Warnings,
    /// What was wrong.
    pub failures: Vec<Failure>,
    /// The files and folders that it was made of.
    pub sources: Vec<PathBuf>,
}

fn render_one(
    input: &Input,
    args: &RenderArgs,
    place: &Place,
    fonts: &Arc<FontStore>,
    progress: &Progress,
    jobs: Jobs,
) -> Rendered {
    let rendered = match input {
        Input::Document(path) => {
            let (sources, result) = document::render(path, args, place, fonts.clone(), progress);
            Rendered {
                failures: result.err().into_iter().collect(),
                sources,
                ..Rendered::default()
            }
        }
        Input::Export(export) => transcript::render(export, args, place, fonts, progress, jobs),
    };
    // What Typst remembers of one input is of no use to the next.
    comemo::evict(0);
    rendered
}
