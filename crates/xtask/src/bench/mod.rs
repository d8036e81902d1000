//! `cargo xtask bench`: what a chat and an export cost over the floor, a bare
//! document of the same texts. Ratios, as they carry over from machine to machine.

mod documents;
mod exports;
mod measure;
mod table;

use std::path::Path;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::scrollback;
use documents::Kind;
use measure::{Cost, Run};
use table::{Aims, Row};

/// How many messages the conversations have.
const CHATS: [usize; 2] = [2_000, 10_000];
/// How many messages the export has that start-up is measured with.
const SMALL: usize = 20;
/// How many messages the export has that counts.
const EXPORT: usize = 10_000;
/// Exports of `--large`, typeset once each.
const LARGE: [usize; 2] = [50_000, 100_000];
/// Messages to a volume, where a large export is divided.
const VOLUME: usize = 2_500;

/// What a chat may cost over its floor.
const CHAT_AIMS: Aims = Aims {
    name: "chat",
    time: 1.5,
    memory: Some(2.5),
};
/// How many messages the mixed chat has.
const MIXED: usize = 2_000;
/// What a chat of every part may cost over the floor of its plain messages.
const MIXED_AIMS: Aims = Aims {
    name: "mixed",
    time: 2.5,
    memory: None,
};
/// What an export may cost over its floor.
const EXPORT_AIMS: Aims = Aims {
    name: "export",
    time: 2.5,
    memory: Some(4.0),
};
/// What the first page of a small export may cost.
const START_AIMS: Aims = Aims {
    name: "start",
    time: 2.0,
    memory: None,
};

/// Arguments of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How often each document is typeset; the median counts
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(3..))]
    runs: u32,

    /// Measure only exports
    #[arg(long)]
    exports: bool,

    /// Also typeset exports of 50 000 and 100 000 messages, once each, whole and in
    /// volumes
    #[arg(long)]
    large: bool,
}

/// Measures and prints the tables. Missing an aim is a result, not a failure.
///
/// # Errors
/// When the program doesn't build, a document doesn't compile, or the system
/// doesn't tell how much memory a program took.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    let program = scrollback::build(project)?;
    // Within the project, whose parts the mixed chat imports.
    let folder = project.root.join("target/bench");
    let written = || format!("cannot write to `{}`", folder.display());
    let mut runs = Vec::new();
    if !args.exports {
        for size in CHATS {
            for kind in [Kind::Floor, Kind::Chat] {
                runs.push(documents::write(&folder, kind, size).with_context(written)?);
            }
        }
        for kind in [Kind::Floor, Kind::Mixed] {
            runs.push(documents::write(&folder, kind, MIXED).with_context(written)?);
        }
    }
    for size in [SMALL, EXPORT] {
        let pair = exports::write(&folder, size).with_context(written)?;
        runs.extend([pair.floor, pair.export]);
    }
    runs.extend(exports::write_documents(&folder, EXPORT).with_context(written)?);
    let mut medians = medians(&program, &runs, args.runs)?;
    let documents = medians.split_off(medians.len() - 2);
    let rows = |sizes: &[usize], costs: &[Cost]| -> Vec<Row> {
        sizes
            .iter()
            .zip(costs.chunks_exact(2))
            .map(|(&messages, pair)| Row {
                messages,
                floor: pair[0],
                chat: pair[1],
            })
            .collect()
    };
    let (chats, exports) = medians.split_at(medians.len() - 4);
    if !args.exports {
        let (plain, mixed) = chats.split_at(chats.len() - 2);
        println!("\n{}", table::render(&CHAT_AIMS, &rows(&CHATS, plain)));
        println!("\n{}", table::render(&MIXED_AIMS, &rows(&[MIXED], mixed)));
    }
    println!(
        "\n{}",
        table::render(&START_AIMS, &rows(&[SMALL], &exports[..2]))
    );
    println!(
        "\n{}",
        table::render(&EXPORT_AIMS, &rows(&[EXPORT], &exports[2..]))
    );
    println!(
        "\n{}",
        through_package(exports[2], documents[0], documents[1])
    );
    if args.large {
        large(&program, &folder)?;
    }
    Ok(true)
}

/// Typesets everything so often, and tells the medians.
fn medians(program: &Path, runs: &[Run], times: u32) -> Result<Vec<Cost>> {
    let mut costs = vec![Vec::new(); runs.len()];
    // Interleaved, so that whatever else the machine does strikes all alike.
    for time in 1..=times {
        for (run, costs) in runs.iter().zip(&mut costs) {
            let cost = measure::measure(program, run)?;
            println!("run {time}: {}: {cost}", run.name);
            costs.push(cost);
        }
    }
    Ok(costs.iter().map(|costs| measure::median(costs)).collect())
}

/// What an export costs as a document of the package, and the plugin's share in it.
fn through_package(floor: Cost, package: Cost, reading: Cost) -> String {
    let (whole, plugin) = (package.seconds, reading.seconds);
    format!(
        "{EXPORT} messages through the package: {package}, {:.2}× the floor in time; \
         {:.0} % of it for reading with the plugin",
        whole / floor.seconds,
        100.0 * plugin / whole,
    )
}

/// Typesets large exports, whole and in volumes.
fn large(program: &Path, folder: &Path) -> Result<()> {
    for size in LARGE {
        let whole = exports::write(folder, size)
            .with_context(|| format!("cannot write to `{}`", folder.display()))?;
        let volumes = Run {
            name: format!("volumes-{size}"),
            options: vec![format!("--split={VOLUME}"), "--jobs=1".into()],
            ..whole.export.clone()
        };
        for run in [&whole.floor, &whole.export, &volumes] {
            println!("{}: {}", run.name, measure::measure(program, run)?);
        }
    }
    Ok(())
}
