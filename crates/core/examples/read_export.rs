//! Reads exports and prints what was read, how fast, and with how much
//! memory: `cargo run --release -p scrollback-core --example read_export --
//! export.json…`

use std::time::Instant;

use scrollback_core::{Options, transcript};

/// Peak resident memory in kB (Linux).
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok())
        .unwrap_or_default()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files = std::env::args()
        .skip(1)
        .map(std::fs::read)
        .collect::<Result<Vec<_>, _>>()?;
    let inputs: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let size: usize = inputs.iter().map(|input| input.len()).sum();
    let before = peak();
    let start = Instant::now();
    let (transcript, warnings) = transcript(&inputs, &Options::default())?;
    let seconds = start.elapsed().as_secs_f64();
    let megabytes = size as f64 / 1e6;
    println!(
        "{} messages, {} people from {megabytes:.1} MB in {seconds:.3} s: {:.0} MB/s",
        transcript.messages.len(),
        transcript.people.len(),
        megabytes / seconds
    );
    println!(
        "peak memory {:.1} MB before, {:.1} MB after: {:.2} times the input",
        before as f64 / 1e3,
        peak() as f64 / 1e3,
        peak() as f64 / 1e3 / megabytes
    );
    for warning in warnings {
        println!("{warning}");
    }
    Ok(())
}
