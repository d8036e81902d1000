//! Worker processes: copies of the program that lay out parts of long transcripts. They are
//! started when the first part is ready, and get parts on standard input.

use std::ffi::{OsStr, OsString};
use std::io::{self, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitCode, Stdio};
use std::sync::{Arc, Mutex, OnceLock};

use clap::Parser;
use typst_kit::fonts::FontStore;

use crate::args::FontArgs;
use crate::engine::{self, Jobs, Pool, Progress, guard, package};

/// The argument that makes the program a worker process.
pub const WORKER: &str = "--worker-process";

/// The worker processes of this run.
static PROCESSES: OnceLock<Processes> = OnceLock::new();

/// The command line of a worker process.
#[derive(Debug, Parser)]
struct WorkerArgs {
    #[command(flatten)]
    fonts: FontArgs,
}

/// What a message of a worker process is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// How far it is.
    Progress = 0,
    /// The answer.
    Answer = 1,
    /// It has no answer.
    Failure = 2,
}

/// Worker processes, of which those that do nothing are kept.
pub struct Processes {
    /// Their command line.
    args: Vec<OsString>,
    idle: Mutex<Vec<Process>>,
}

/// The worker processes of this run, which use these fonts.
pub fn of(fonts: &FontArgs) -> &'static Processes {
    PROCESSES.get_or_init(|| {
        let paths = fonts.font_paths.iter();
        let paths = paths.flat_map(|path| [OsStr::new("--font-path"), path.as_os_str()]);
        let system = fonts.ignore_system_fonts;
        let system = system.then_some(OsStr::new("--ignore-system-fonts"));
        Processes {
            args: [OsStr::new(WORKER)]
                .into_iter()
                .chain(paths)
                .chain(system)
                .map(OsStr::to_owned)
                .collect(),
            idle: Mutex::default(),
        }
    })
}

impl Processes {
    /// Starts a process, which will be needed soon.
    pub fn prepare(&self) {
        let mut idle = self.idle.lock().expect("no panic while held");
        if idle.is_empty() {
            idle.extend(Process::start(&self.args));
        }
    }

    /// Ends the processes.
    pub fn dismiss(&self) {
        self.idle.lock().expect("no panic while held").clear();
    }
}

impl Pool for Processes {
    fn ask(&self, request: &[u8], heard: &dyn Fn(Progress) -> bool) -> Option<Vec<u8>> {
        let idle = self.idle.lock().expect("no panic while held").pop();
        let mut process = match idle {
            Some(process) => process,
            None => Process::start(&self.args).ok()?,
        };
        // One that failed may be in any state, and is not asked again.
        let answer = process.ask(request, heard).ok()??;
        self.idle.lock().expect("no panic while held").push(process);
        Some(answer)
    }
}

/// A worker process. It ends when this is dropped.
struct Process {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Process {
    fn start(args: &[OsString]) -> io::Result<Self> {
        let mut child = Command::new(program()?)
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // If it fails, the work is done here, and fails here.
            .stderr(Stdio::null())
            .spawn()?;
        let pipes = (child.stdin.take(), child.stdout.take());
        let (Some(input), Some(output)) = pipes else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        Ok(Self {
            child,
            input,
            output: BufReader::new(output),
        })
    }

    /// The answer to a request; `None` if it failed, or if the answer is of no use anymore.
    fn ask(
        &mut self,
        request: &[u8],
        heard: &dyn Fn(Progress) -> bool,
    ) -> io::Result<Option<Vec<u8>>> {
        write(&mut self.input, request)?;
        loop {
            let kind = read_exactly::<1>(&mut self.output)?;
            let message = read(&mut self.output)?;
            match kind {
                [kind] if kind == Kind::Progress as u8 => {
                    let so_far = postcard::from_bytes(&message).map_err(io::Error::other)?;
                    if !heard(so_far) {
                        return Ok(None);
                    }
                }
                [kind] if kind == Kind::Answer as u8 => return Ok(Some(message)),
                _ => return Ok(None),
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The path of this program. On Linux, it is the same program even if its file was replaced.
fn program() -> io::Result<PathBuf> {
    if cfg!(target_os = "linux") {
        Ok("/proc/self/exe".into())
    } else {
        std::env::current_exe()
    }
}

/// Answers requests on standard input until there are no more, with the fonts that `gather`
/// finds.
pub fn serve(line: &[OsString], gather: fn(&FontArgs) -> FontStore) -> ExitCode {
    let Ok(args) = WorkerArgs::try_parse_from(line) else {
        return ExitCode::FAILURE;
    };
    match answer_all(|| gather(&args.fonts)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn answer_all(gather: impl Fn() -> FontStore) -> io::Result<()> {
    // The other processors have processes of their own.
    Jobs::new(Some(1)).map_err(|error| io::Error::other(error.message))?;
    std::thread::spawn(package::parse);
    let fonts = Arc::new(gather());
    let mut input = io::stdin().lock();
    while let Some(request) = read_next(&mut input)? {
        let say = |kind: Kind, message: &[u8]| {
            let mut output = io::stdout().lock();
            output.write_all(&[kind as u8])?;
            write(&mut output, message)
        };
        let tell = |so_far: Progress| {
            // Nobody needs the answer if nobody reads the progress.
            let told = postcard::to_stdvec(&so_far).map(|words| say(Kind::Progress, &words));
            if !matches!(told, Ok(Ok(()))) {
                std::process::exit(1);
            }
        };
        let answer = || guard::caught(|| engine::answer(&request, &fonts, &tell));
        match engine::deep(answer) {
            Ok(Ok(answer)) => say(Kind::Answer, &answer)?,
            Ok(Err(_)) | Err(_) => say(Kind::Failure, &[])?,
        }
    }
    Ok(())
}

/// Writes a message with its length.
fn write(to: &mut dyn Write, message: &[u8]) -> io::Result<()> {
    to.write_all(&(message.len() as u64).to_le_bytes())?;
    to.write_all(message)?;
    to.flush()
}

/// Reads a message.
fn read(from: &mut dyn Read) -> io::Result<Vec<u8>> {
    let length = u64::from_le_bytes(read_exactly(from)?);
    let mut message = Vec::new();
    from.take(length).read_to_end(&mut message)?;
    if message.len() as u64 == length {
        Ok(message)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

/// Reads a message, if there is another.
fn read_next(from: &mut dyn Read) -> io::Result<Option<Vec<u8>>> {
    match read(from) {
        Ok(message) => Ok(Some(message)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

fn read_exactly<const LENGTH: usize>(from: &mut dyn Read) -> io::Result<[u8; LENGTH]> {
    let mut bytes = [0; LENGTH];
    from.read_exact(&mut bytes)?;
    Ok(bytes)
}
