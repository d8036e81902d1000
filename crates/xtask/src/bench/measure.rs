//! Measures the cost of typesetting a document.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// The interval at which a running program is sampled.
const INTERVAL: Duration = Duration::from_millis(2);

/// Memory is looked at after each such part of the time so far.
const LOOKS: u32 = 50;

/// Linux's clock ticks per second.
const TICKS: f64 = 100.0;

/// The cost of one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// CPU time, in seconds.
    pub cpu: f64,
    /// Wall time, in seconds.
    pub wall: f64,
    /// Peak memory, in megabytes (10^6 bytes).
    pub memory: f64,
    /// The size of the file that it wrote, in megabytes.
    pub size: f64,
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:.2} s of CPU, {:.2} s, {:.0} MB of memory, {:.2} MB written",
            self.cpu, self.wall, self.memory, self.size
        )
    }
}

/// What to typeset.
#[derive(Debug, Clone)]
pub struct Run {
    /// Its display name.
    pub name: &'static str,
    /// The document or export.
    pub input: PathBuf,
    /// The extension of what it makes.
    pub output: &'static str,
    /// The PDF version to write; Typst's default if there is none.
    pub version: Option<&'static str>,
    /// The number of parallel jobs.
    pub jobs: usize,
    /// The number of runs per measurement, so that short runs aren't lost between two clock
    /// ticks.
    pub together: u32,
    /// The number of programs that do it at once: the best that the machine can do with more than
    /// one worker.
    pub at_once: u32,
    /// The most measurements.
    pub times: u32,
}

/// Typesets, and returns the cost.
///
/// # Errors
/// When the input doesn't compile, or the system has no `/proc`.
pub fn measure(program: &Path, run: &Run) -> Result<Cost> {
    let output = |number: u32| {
        let ending = match number {
            0 => run.output.to_owned(),
            number => format!("{number}.{}", run.output),
        };
        run.input.with_extension(ending)
    };
    let before = children_seconds()?;
    let start = Instant::now();
    let mut memory = 0.0_f64;
    for _ in 0..run.together {
        let peaks = thread::scope(|scope| {
            let started: Vec<_> = (0..run.at_once)
                .map(|number| scope.spawn(move || typeset(program, run, &output(number))))
                .collect();
            let ended = started.into_iter().map(|one| one.join());
            let ended = ended.map(|peak| peak.expect("measuring doesn't panic"));
            ended.collect::<Result<Vec<_>>>()
        })?;
        memory = peaks.into_iter().fold(memory, f64::max);
    }
    let wall = start.elapsed().as_secs_f64();
    let cpu = children_seconds()? - before;
    let size = fs::metadata(output(0))
        .with_context(|| output(0).display().to_string())?
        .len();
    Ok(Cost {
        cpu: cpu / f64::from(run.together * run.at_once),
        wall: wall / f64::from(run.together),
        memory,
        size: size as f64 / 1e6,
    })
}

/// Typesets once, and returns the peak memory in megabytes, of all processes together.
fn typeset(program: &Path, run: &Run, output: &Path) -> Result<f64> {
    let mut child = Command::new(program)
        .args(["render", "--no-config", "--ignore-system-fonts"])
        .arg(format!("--jobs={}", run.jobs))
        .args(
            run.version
                .map(|version| format!("--pdf-standard={version}")),
        )
        .arg(&run.input)
        .arg("-o")
        .arg(output)
        .stdin(Stdio::null())
        // Warnings are ignored here; a failed run is reported below.
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run `{}`", program.display()))?;
    let mut peaks = BTreeMap::new();
    let start = Instant::now();
    let mut next = Duration::ZERO;
    let success = loop {
        if let Some(status) = child.try_wait()? {
            break status.success();
        }
        let elapsed = start.elapsed();
        if elapsed >= next {
            // Peaks only grow: the last look before the end has them. Looking takes time from the
            // programs, so it is rarer the longer they take.
            note_peaks(child.id(), &mut peaks);
            next = elapsed + elapsed / LOOKS;
        }
        thread::sleep(INTERVAL);
    };
    if !success {
        bail!(
            "`scrollback render {}` fails; run it to see why",
            run.input.display()
        );
    }
    if peaks.is_empty() {
        bail!("this system doesn't tell a program's memory in /proc; measure on Linux");
    }
    Ok(peaks.values().sum())
}

/// Notes the peak memory of a process and of those that it has started, in megabytes.
fn note_peaks(process: u32, peaks: &mut BTreeMap<u32, f64>) {
    let folder = PathBuf::from(format!("/proc/{process}"));
    let status = fs::read_to_string(folder.join("status"));
    if let Some(peak) = status.ok().as_deref().and_then(peak) {
        peaks.insert(process, peak);
    }
    let threads = fs::read_dir(folder.join("task")).into_iter().flatten();
    for thread in threads.flatten() {
        let started = fs::read_to_string(thread.path().join("children"));
        for child in started.unwrap_or_default().split_whitespace() {
            if let Ok(child) = child.parse() {
                note_peaks(child, peaks);
            }
        }
    }
}

/// The peak memory in a `/proc/PID/status`, in megabytes.
fn peak(status: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

/// The CPU time of all programs that this one has run so far, in seconds.
fn children_seconds() -> Result<f64> {
    fs::read_to_string("/proc/self/stat")
        .ok()
        .as_deref()
        .and_then(children_ticks)
        .map(|ticks| ticks / TICKS)
        .context("this system doesn't tell programs their time in /proc; measure on Linux")
}

/// The ticks of user and system time of children in a `/proc/PID/stat`.
fn children_ticks(stat: &str) -> Option<f64> {
    // The program's name stands in brackets and may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let mut times = fields.split_whitespace().skip(13);
    let (user, system): (f64, f64) = (times.next()?.parse().ok()?, times.next()?.parse().ok()?);
    Some(user + system)
}

/// The median of each figure.
pub fn median(costs: &[Cost]) -> Cost {
    let middle = |figure: fn(&Cost) -> f64| median_of(costs.iter().map(figure).collect());
    Cost {
        cpu: middle(|cost| cost.cpu),
        wall: middle(|cost| cost.wall),
        memory: middle(|cost| cost.memory),
        size: middle(|cost| cost.size),
    }
}

/// The middle one of some figures, or the mean of the two in the middle.
pub fn median_of(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let half = figures.len() / 2;
    if figures.len() % 2 == 1 {
        figures[half]
    } else {
        (figures[half - 1] + figures[half]) / 2.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_peak_is_read() {
        let status = "Name:\tscrollback\nVmPeak:\t  900000 kB\nVmHWM:\t  125000 kB\nThreads:\t2\n";
        assert_eq!(peak(status), Some(128.0));
        assert_eq!(peak("Name:\tzombie\n"), None);
    }

    #[test]
    fn the_time_of_children_is_read() {
        let stat = "7 (a ) b) S 1 2 3 4 5 6 7 8 9 10 500 60 1234 66 20 0 1";
        assert_eq!(children_ticks(stat), Some(1300.0));
        assert_eq!(children_ticks("7 (a) S 1"), None);
    }

    #[test]
    fn figures_have_medians_of_their_own() {
        let cost = |cpu, memory| Cost {
            cpu,
            wall: 2.0 * cpu,
            memory,
            size: 1.0,
        };
        let costs = [cost(3.0, 1.0), cost(1.0, 2.0), cost(2.0, 9.0)];
        assert_eq!(median(&costs), cost(2.0, 2.0));
        assert_eq!(median(&costs[..2]), cost(2.0, 1.5));
    }
}
