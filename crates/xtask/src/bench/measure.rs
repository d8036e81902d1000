//! What it costs to typeset a document.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a running program is looked at.
const INTERVAL: Duration = Duration::from_millis(2);

/// What one run took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cost {
    /// Wall time, in seconds.
    pub seconds: f64,
    /// The most memory it ever held, in megabytes (10^6 bytes).
    pub megabytes: f64,
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} s, {:.0} MB", self.seconds, self.megabytes)
    }
}

/// What to typeset.
#[derive(Debug, Clone)]
pub struct Run {
    /// What it is called in print.
    pub name: String,
    /// The document or export.
    pub input: PathBuf,
    /// Options for `scrollback render`.
    pub options: Vec<String>,
}

/// Typesets to PDF and tells what it took.
///
/// # Errors
/// When the input doesn't compile, or the system has no `/proc`.
pub fn measure(program: &Path, run: &Run) -> Result<Cost> {
    let start = Instant::now();
    let mut child = Command::new(program)
        .args(["render", "--no-config", "--ignore-system-fonts"])
        .args(&run.options)
        .arg(&run.input)
        .arg("-o")
        .arg(run.input.with_file_name(format!("{}.pdf", run.name)))
        .stdin(Stdio::null())
        // Warnings of exports are no news here; a failing run is told below.
        .stderr(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot run `{}`", program.display()))?;
    let status = format!("/proc/{}/status", child.id());
    let mut megabytes = 0.0_f64;
    let (success, seconds) = loop {
        if let Some(status) = child.try_wait()? {
            break (status.success(), start.elapsed().as_secs_f64());
        }
        // The peak only grows: the last look before the end has it.
        if let Some(peak) = fs::read_to_string(&status).ok().as_deref().and_then(peak) {
            megabytes = megabytes.max(peak);
        }
        thread::sleep(INTERVAL);
    };
    if !success {
        bail!(
            "`scrollback render {}` fails; run it to see why",
            run.input.display()
        );
    }
    if megabytes == 0.0 {
        bail!("this system doesn't tell a program's memory in /proc; measure on Linux");
    }
    Ok(Cost { seconds, megabytes })
}

/// The peak memory that a `/proc/PID/status` tells, in megabytes.
fn peak(status: &str) -> Option<f64> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024.0 / 1e6)
}

/// The median of each figure.
pub fn median(costs: &[Cost]) -> Cost {
    let middle = |figure: fn(&Cost) -> f64| {
        let mut figures: Vec<f64> = costs.iter().map(figure).collect();
        figures.sort_by(f64::total_cmp);
        let half = figures.len() / 2;
        if figures.len() % 2 == 1 {
            figures[half]
        } else {
            (figures[half - 1] + figures[half]) / 2.0
        }
    };
    Cost {
        seconds: middle(|cost| cost.seconds),
        megabytes: middle(|cost| cost.megabytes),
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
    fn figures_have_medians_of_their_own() {
        let cost = |seconds, megabytes| Cost { seconds, megabytes };
        let costs = [cost(3.0, 1.0), cost(1.0, 2.0), cost(2.0, 9.0)];
        assert_eq!(median(&costs), cost(2.0, 2.0));
        assert_eq!(median(&costs[..2]), cost(2.0, 1.5));
    }
}
