//! `cargo xtask bench`: the cost of chats and exports, relative to hand-written documents and
//! to bare documents of the same texts.

mod channel;
mod dice;
mod documents;
mod figures;
mod measure;
mod page;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process;
use crate::project::Project;
use crate::scrollback;
use documents::{Exported, Written};
use figures::{Aim, Figure, Unit};
use measure::{Cost, Run};

/// How many messages the plain chat has.
const CHAT: usize = 10_000;
/// How many messages the mixed chat has.
const MIXED: usize = 2_000;
/// How many messages the export has that start-up is measured with.
const SMALL: usize = 20;
/// How many messages the export has that is measured against the look-alike.
const EXPORT: usize = 4_000;
/// How many messages the export has that becomes HTML.
const HTML: usize = 10_000;
/// How many messages the export has that is typeset in one go.
const LARGE: usize = 100_000;

/// Arguments of `cargo xtask bench`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How often each document is typeset; the median counts
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// Leave out the export of 100 000 messages, and docs/performance.md as it is
    #[arg(long)]
    quick: bool,
}

/// Measures, and prints the tables. Missing an aim is a result, not a failure.
///
/// # Errors
/// When the program doesn't build, a document doesn't compile, or the system
/// doesn't tell how much time and memory a program took.
pub fn run(project: &Project, args: &Args) -> Result<bool> {
    let program = scrollback::build(project)?;
    // Within the project, whose parts the mixed chat imports.
    let folder = project.root.join("target/bench");
    let runs = prepare(&folder, args.quick)
        .with_context(|| format!("cannot write to `{}`", folder.display()))?;
    let medians = medians(&program, &runs, args.runs)?;
    let speed = import_speed(project)?;
    let figures = figures::figures_table(&figures(&medians, speed));
    let medians = figures::medians_table(&medians);
    println!("\n{figures}\n\n{medians}");
    if !args.quick {
        page::write(project, &figures, &medians, args.runs)?;
    }
    Ok(true)
}

/// Names of what is measured, as the tables and the figures have them.
mod name {
    pub const LOOKALIKE: &str = "look-alike, 4 000 messages";
    /// PDF 1.4 has no object streams, and Typst writes none in any version.
    pub const LOOSE: &str = "look-alike, 4 000 messages, without object streams";
    pub const EXPORT: &str = "export, 4 000";
    pub const TWO: &str = "export, 4 000, two workers";
    pub const BOTH: &str = "export, 4 000, by two programs at once";
    pub const PACKAGE: &str = "export through the package, 4 000";
    pub const READING: &str = "export only read with the plugin, 4 000";
    pub const FLOOR: &str = "bare floor, 10 000";
    pub const CHAT: &str = "plain chat, 10 000";
    pub const MIXED_FLOOR: &str = "bare floor, 2 000";
    pub const MIXED: &str = "mixed chat, 2 000";
    pub const BARE: &str = "bare document, 20";
    pub const START: &str = "export, 20";
    pub const PDF: &str = "export, 10 000";
    pub const HTML: &str = "export as HTML, 10 000";
    pub const LARGE: &str = "export, 100 000, two workers";
}

/// Writes all documents and exports, and returns how to typeset them.
fn prepare(folder: &Path, quick: bool) -> std::io::Result<Vec<Run>> {
    fs::create_dir_all(folder)?;
    let run = |name, input: PathBuf| Run {
        name,
        input,
        output: "pdf",
        version: None,
        jobs: 1,
        together: 1,
        at_once: 1,
        times: u32::MAX,
    };
    let small = documents::write_export(folder, SMALL)?;
    let export = documents::write_export(folder, EXPORT)?;
    let long = documents::write_export(folder, HTML)?;
    let around = |kind| documents::write_around(folder, kind, EXPORT);
    let written = |kind, size| documents::write(folder, kind, size);
    let mut runs = vec![
        run(name::LOOKALIKE, around(Exported::Lookalike)?),
        Run {
            version: Some("1.4"),
            times: 1,
            ..run(name::LOOSE, around(Exported::Lookalike)?)
        },
        run(name::EXPORT, export.clone()),
        Run {
            jobs: 2,
            ..run(name::TWO, export.clone())
        },
        Run {
            at_once: 2,
            ..run(name::BOTH, export)
        },
        run(name::PACKAGE, around(Exported::Package)?),
        run(name::READING, around(Exported::Reading)?),
        run(name::FLOOR, written(Written::Floor, CHAT)?),
        run(name::CHAT, written(Written::Chat, CHAT)?),
        run(name::MIXED_FLOOR, written(Written::Floor, MIXED)?),
        run(name::MIXED, written(Written::Mixed, MIXED)?),
        Run {
            together: 10,
            ..run(
                name::BARE,
                documents::write_around(folder, Exported::Bare, SMALL)?,
            )
        },
        Run {
            together: 10,
            ..run(name::START, small)
        },
        Run {
            times: 1,
            ..run(name::PDF, long.clone())
        },
        Run {
            output: "html",
            times: 1,
            ..run(name::HTML, long)
        },
    ];
    if !quick {
        runs.push(Run {
            jobs: 2,
            times: 1,
            ..run(name::LARGE, documents::write_export(folder, LARGE)?)
        });
    }
    Ok(runs)
}

/// Typesets everything this often, and returns the medians.
fn medians(program: &Path, runs: &[Run], times: u32) -> Result<Vec<(&'static str, Cost)>> {
    let mut costs = vec![Vec::new(); runs.len()];
    // Interleaved, so that other load on the machine affects all alike.
    for time in 1..=times {
        for (run, costs) in runs.iter().zip(&mut costs) {
            if time > run.times {
                continue;
            }
            let cost = measure::measure(program, run)?;
            println!("run {time}: {}: {cost}", run.name);
            costs.push(cost);
        }
    }
    let medians = runs.iter().zip(&costs);
    Ok(medians
        .map(|(run, costs)| (run.name, measure::median(costs)))
        .collect())
}

/// How fast an export becomes a transcript, in MiB a second: the median of core's own benchmark,
/// which is built for speed, as the installed program is.
fn import_speed(project: &Project) -> Result<f64> {
    const NAME: &str = "10 MB";
    let mut bench = project.cargo();
    bench.args(["bench", "--locked", "--package", "scrollback-core"]);
    if !process::show(bench.args(["--bench", "import", "--", NAME]))? {
        bail!("`cargo bench --package scrollback-core --bench import` fails; its output is above");
    }
    let folder = project
        .target
        .join("criterion/import")
        .join(NAME)
        .join("new");
    let number = |file: &str, pointer: &str| {
        let path = folder.join(file);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let json: serde_json::Value = serde_json::from_str(&text)?;
        let number = json.pointer(pointer).and_then(serde_json::Value::as_f64);
        number.with_context(|| format!("`{}` has no `{pointer}`", path.display()))
    };
    let bytes = number("benchmark.json", "/throughput/Bytes")?;
    let nanoseconds = number("estimates.json", "/median/point_estimate")?;
    Ok(bytes / f64::from(1 << 20) / (nanoseconds / 1e9))
}

/// The figures that have aims.
fn figures(medians: &[(&str, Cost)], import_speed: f64) -> Vec<Figure> {
    let costs = Costs(medians);
    let mut figures = export_figures(&costs);
    figures.extend(chat_figures(&costs));
    figures.extend(package_figures(&costs));
    figures.extend(html_figures(&costs));
    figures.push(Figure {
        work: "export's text to transcript",
        got: import_speed,
        unit: Unit::MebibytesPerSecond,
        aim: Aim::AtLeast(300.0),
    });
    figures.extend(large_figures(&costs));
    figures
}

/// The median costs by name.
struct Costs<'c>(&'c [(&'c str, Cost)]);

impl Costs<'_> {
    fn find(&self, wanted: &str) -> Option<Cost> {
        let found = self.0.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, cost)| *cost)
    }

    fn of(&self, wanted: &str) -> Cost {
        self.find(wanted)
            .unwrap_or_else(|| unreachable!("{wanted} is measured"))
    }

    /// The CPU time of one as a multiple of another's.
    fn ratio(&self, of: &str, against: &str) -> f64 {
        self.of(of).cpu / self.of(against).cpu
    }
}

/// A ratio with its aim.
fn times(work: &'static str, got: f64, aim: Aim) -> Figure {
    Figure {
        work,
        got,
        unit: Unit::Times,
        aim,
    }
}

fn export_figures(costs: &Costs) -> Vec<Figure> {
    let export = costs.of(name::EXPORT);
    vec![
        times(
            "export of 4 000, CPU against the look-alike",
            costs.ratio(name::EXPORT, name::LOOKALIKE),
            Aim::AtMost(2.0),
        ),
        times(
            "two workers against one, wall",
            export.wall / costs.of(name::TWO).wall,
            Aim::AtLeast(1.85),
        ),
        // The limit of the cores themselves: on some machines, two are halves of one.
        times(
            "two programs at once against one after the other, wall",
            2.0 * export.wall / costs.of(name::BOTH).wall,
            Aim::AtLeast(1.85),
        ),
    ]
}

fn chat_figures(costs: &Costs) -> Vec<Figure> {
    vec![
        times(
            "plain chat of 10 000, CPU against the bare floor",
            costs.ratio(name::CHAT, name::FLOOR),
            Aim::AtMost(1.8),
        ),
        times(
            "mixed chat of 2 000, CPU against the bare floor",
            costs.ratio(name::MIXED, name::MIXED_FLOOR),
            Aim::AtMost(3.0),
        ),
    ]
}

fn package_figures(costs: &Costs) -> Vec<Figure> {
    let size = costs.of(name::EXPORT).size;
    vec![
        times(
            "export of 4 000 through the package, CPU against the look-alike",
            costs.ratio(name::PACKAGE, name::LOOKALIKE),
            Aim::AtMost(2.5),
        ),
        Figure {
            work: "of it, the plugin",
            got: costs.ratio(name::READING, name::PACKAGE),
            unit: Unit::Percent,
            aim: Aim::AtMost(0.15),
        },
        times(
            "PDF of 4 000, size against the look-alike as Typst writes it",
            size / costs.of(name::LOOSE).size,
            Aim::AtMost(1.1),
        ),
        times(
            "the same against the look-alike with object streams",
            size / costs.of(name::LOOKALIKE).size,
            Aim::AtMost(1.1),
        ),
        times(
            "start-up: export of 20, CPU against a bare document",
            costs.ratio(name::START, name::BARE),
            Aim::AtMost(3.0),
        ),
    ]
}

fn html_figures(costs: &Costs) -> Vec<Figure> {
    vec![
        times(
            "HTML of 10 000, CPU against the PDF",
            costs.ratio(name::HTML, name::PDF),
            Aim::AtMost(1.0),
        ),
        Figure {
            work: "HTML of 10 000, memory",
            got: costs.of(name::HTML).memory,
            unit: Unit::Megabytes,
            aim: Aim::AtMost(400.0),
        },
    ]
}

/// The figures of the largest export, which a quick run leaves out.
fn large_figures(costs: &Costs) -> Vec<Figure> {
    let Some(large) = costs.find(name::LARGE) else {
        return Vec::new();
    };
    let per_message = large.cpu / LARGE as f64;
    vec![
        Figure {
            work: "100 000 messages in one go, memory",
            got: large.memory,
            unit: Unit::Megabytes,
            aim: Aim::AtMost(2000.0),
        },
        times(
            "growth: CPU a message in 100 000 against 4 000",
            per_message / (costs.of(name::EXPORT).cpu / EXPORT as f64),
            Aim::AtMost(1.1),
        ),
    ]
}
