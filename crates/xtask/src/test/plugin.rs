//! The plugin in the package, against its sources.

use anyhow::Result;

use super::Workbench;
use crate::plugin;
use crate::report::Report;

/// Checks the record, and rebuilds the plugin if possible.
pub fn run(bench: &Workbench, report: &mut Report) -> Result<()> {
    plugin::check(bench.project, report)
}
