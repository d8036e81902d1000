//! Toolchains that can build for WebAssembly.

use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process;
use crate::project::Project;

/// The target of plugins.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// The hint if there is none.
pub const MISSING: &str = "no toolchain here can build for WebAssembly: run \
    `rustup target add wasm32-unknown-unknown` (on Debian, without rustup: \
    `apt install rustc-web rust-web-src lld`)";

/// The origin of a toolchain's standard library for WebAssembly. The two kinds give different
/// bytes, because they are optimised differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Std {
    /// It came with the compiler, as by `rustup target add`.
    Shipped,
    /// It is built with the plugin, from the sources that came with the compiler.
    Built,
}

impl Std {
    /// The name that it is recorded by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Shipped => "shipped",
            Self::Built => "built",
        }
    }
}

/// A toolchain that can build for WebAssembly.
#[derive(Debug, Clone)]
pub struct Toolchain {
    /// Its Cargo.
    pub cargo: PathBuf,
    /// Its compiler.
    pub rustc: PathBuf,
    /// Where the compiler has its parts.
    sysroot: PathBuf,
    /// The compiler's version.
    pub compiler: String,
    /// Where the standard library comes from.
    pub std: Std,
    /// The linker, if the compiler doesn't come with one.
    pub linker: Option<PathBuf>,
    /// The optimiser, if it is installed.
    pub optimizer: Option<Optimizer>,
}

/// Binaryen's `wasm-opt`.
#[derive(Debug, Clone)]
pub struct Optimizer {
    /// The program.
    pub program: PathBuf,
    /// Its version: other versions give different bytes.
    pub version: String,
}

impl fmt::Display for Toolchain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let std = self.std.name();
        let optimizer = self.optimizer();
        write!(
            f,
            "{} (standard library: {std}; optimizer: {optimizer})",
            self.compiler
        )
    }
}

impl Toolchain {
    /// The optimiser's name in the record.
    pub fn optimizer(&self) -> &str {
        self.optimizer
            .as_ref()
            .map_or("none", |optimizer| &optimizer.version)
    }

    /// The sources of the compiler's library, which may be missing.
    pub fn library_source(&self) -> PathBuf {
        self.sysroot.join("lib/rustlib/src/rust")
    }
}

/// The toolchain that the plugin is meant to be built with.
const PINNED: &str = "crates/plugin/rust-toolchain.toml";

/// The toolchains of this machine that can build the plugin, best first: the pinned one,
/// the one that this program was run by, then the system's.
pub fn find(project: &Project) -> Vec<Toolchain> {
    let own = env::var_os("CARGO").map_or_else(|| "cargo".into(), PathBuf::from);
    let rustc = env::var_os("RUSTC").map_or_else(|| "rustc".into(), PathBuf::from);
    let mut found: Vec<Toolchain> = Vec::new();
    let system = Path::new("/usr/bin");
    let others = [(own, rustc), (system.join("cargo"), system.join("rustc"))];
    for (cargo, rustc) in pinned(project).into_iter().chain(others) {
        if let Some(toolchain) = probe(project, cargo, rustc)
            && found.iter().all(|known| known.sysroot != toolchain.sysroot)
        {
            found.push(toolchain);
        }
    }
    found
}

/// The Cargo and compiler of the pinned toolchain, if rustup has it.
fn pinned(project: &Project) -> Option<(PathBuf, PathBuf)> {
    let text = fs::read_to_string(project.root.join(PINNED)).ok()?;
    let table: toml::Table = text.parse().ok()?;
    let channel = table.get("toolchain")?.get("channel")?.as_str()?;
    let which = |program: &str| {
        let mut command = Command::new("rustup");
        command.args(["which", "--toolchain", channel, program]);
        // This must not download it.
        let ended = process::capture(command.env("RUSTUP_AUTO_INSTALL", "0")).ok()?;
        ended.success.then(|| PathBuf::from(ended.stdout.trim()))
    };
    Some((which("cargo")?, which("rustc")?))
}

/// The toolchain of these two programs, if it can build for WebAssembly.
fn probe(project: &Project, cargo: PathBuf, rustc: PathBuf) -> Option<Toolchain> {
    let ask = |argument: &[&str]| {
        let mut command = Command::new(&rustc);
        let ended = process::capture(command.current_dir(&project.root).args(argument)).ok()?;
        ended.success.then(|| ended.stdout.trim().to_owned())
    };
    let sysroot = PathBuf::from(ask(&["--print", "sysroot"])?);
    let compiler = ask(&["--version"])?;
    let shipped = sysroot.join("lib/rustlib").join(TARGET).join("lib");
    let std = if shipped.is_dir() {
        Std::Shipped
    } else {
        Std::Built
    };
    let mut toolchain = Toolchain {
        cargo,
        rustc,
        sysroot,
        compiler,
        std,
        linker: None,
        optimizer: optimizer(),
    };
    if std == Std::Built {
        let library = toolchain.library_source().join("library/std/Cargo.toml");
        if !library.is_file() {
            return None;
        }
        toolchain.linker = Some(process::on_path("wasm-ld")?);
    }
    Some(toolchain)
}

/// The optimizer of this machine.
fn optimizer() -> Option<Optimizer> {
    let program = process::on_path("wasm-opt")?;
    let ended = process::capture(Command::new(&program).arg("--version")).ok()?;
    ended.success.then(|| Optimizer {
        program,
        version: ended.stdout.trim().to_owned(),
    })
}
