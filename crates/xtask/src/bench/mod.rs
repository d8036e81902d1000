//! `cargo xtask bench`: what a chat costs over the floor, a bare document of the
//! same texts. Ratios, as they carry over from machine to machine.

mod documents;
mod measure;
mod table;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::scrollback;
use documents::Kind;
use measure::Cost;

/// How many messages the conversations have.
const SIZES: [usize; 2] = [2_000, 10_000];

/// Arguments of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How often each document is typeset; the median counts
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(3..))]
    runs: u32,
}

/// Measures and prints the table. Missing an aim is a result, not a failure.
///
/// # Errors
/// When the program doesn't build, a document doesn't compile, or the system
/// doesn't tell how much memory a program took.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    let program = scrollback::build(project)?;
    let folder = project.target.join("bench");
    let mut costs = Vec::new();
    for size in SIZES {
        for kind in [Kind::Floor, Kind::Chat] {
            let document = documents::write(&folder, kind, size)
                .with_context(|| format!("cannot write to `{}`", folder.display()))?;
            costs.push((document, Vec::new()));
        }
    }
    // Interleaved, so that whatever else the machine does strikes all alike.
    for run in 1..=args.runs {
        for (document, costs) in &mut costs {
            let cost = measure::measure(&program, document)?;
            let name = document.file_stem().unwrap_or_default().display();
            println!("run {run}: {name}: {cost}");
            costs.push(cost);
        }
    }
    let medians: Vec<Cost> = costs
        .iter_mut()
        .map(|(_, costs)| measure::median(costs))
        .collect();
    let rows: Vec<_> = SIZES
        .iter()
        .zip(medians.chunks_exact(2))
        .map(|(&messages, pair)| table::Row {
            messages,
            floor: pair[0],
            chat: pair[1],
        })
        .collect();
    println!("\n{}", table::render(&rows));
    Ok(true)
}
