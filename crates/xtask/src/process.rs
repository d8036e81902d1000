//! Runs programs.

use std::env;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// The result of a program.
#[derive(Debug)]
pub struct Ended {
    /// Whether it succeeded, in time.
    pub success: bool,
    /// What it wrote to standard output.
    pub stdout: String,
    /// What it wrote to standard error.
    pub stderr: String,
}

impl Ended {
    /// Everything that it wrote, for a report.
    pub fn output(&self) -> String {
        let parts = [self.stdout.trim_end(), self.stderr.trim_end()];
        parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join("\n")
    }

    /// The same, without lines that only report successes.
    pub fn output_without(&self, is_good: impl Fn(&str) -> bool) -> String {
        let output = self.output();
        output
            .lines()
            .filter(|line| !is_good(line))
            .collect::<Vec<_>>()
            .join("\n")
    }
}

/// Runs a program to its end and keeps what it writes.
///
/// # Errors
/// When it cannot be started.
pub fn capture(command: &mut Command) -> Result<Ended> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot run {}", program(command)))?;
    Ok(Ended {
        success: output.status.success(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    })
}

/// Like [`capture`], but ends the program when it takes longer than `limit`.
///
/// # Errors
/// When it cannot be started.
pub fn capture_within(command: &mut Command, limit: Duration) -> Result<Ended> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", program(command)))?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let success = wait(&mut child, limit)?;
    Ok(Ended {
        success,
        stdout: stdout.join().unwrap_or_default(),
        stderr: stderr.join().unwrap_or_default(),
    })
}

/// Runs a program, and passes its progress on standard error through.
///
/// # Errors
/// When it cannot be started.
pub fn show(command: &mut Command) -> Result<bool> {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("cannot run {}", program(command)))?;
    Ok(status.success())
}

/// A program on the path.
pub fn on_path(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}

/// Reads a stream to its end, so that the program never waits for a reader.
fn drain(stream: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            // What was read before an error is still worth showing.
            let _ = stream.read_to_end(&mut bytes);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Waits for the program, at most for `limit`.
fn wait(child: &mut Child, limit: Duration) -> Result<bool> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status.success());
        }
        if start.elapsed() >= limit {
            child.kill()?;
            child.wait()?;
            return Ok(false);
        }
        thread::sleep(Duration::from_millis(20));
    }
}

/// The name of the program, for errors.
fn program(command: &Command) -> String {
    format!("`{}`", command.get_program().to_string_lossy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_cannot_start_is_named() {
        let error = capture(&mut Command::new("no-such-program-anywhere")).unwrap_err();
        assert_eq!(error.to_string(), "cannot run `no-such-program-anywhere`");
    }

    #[cfg(unix)]
    #[test]
    fn a_slow_program_is_ended() {
        let start = Instant::now();
        let limit = Duration::from_millis(100);
        let ended = capture_within(Command::new("sleep").arg("60"), limit).unwrap();
        assert!(!ended.success);
        assert!(start.elapsed() < Duration::from_secs(30));
    }

    #[cfg(unix)]
    #[test]
    fn both_streams_are_kept() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let ended = capture_within(&mut command, Duration::from_secs(30)).unwrap();
        assert!(!ended.success);
        assert_eq!(ended.output(), "out\nerr");
        assert_eq!(ended.output_without(|line| line == "out"), "err");
    }
}
