//! Building the plugin.

use std::fs;

use anyhow::{Context, Result, bail};

use super::toolchain::{Std, TARGET, Toolchain};
use crate::process;
use crate::project::Project;

/// The bytes of the plugin. They are the same wherever the project, Cargo's home
/// and the toolchain are: paths in messages of panics are written relative to these.
///
/// # Errors
/// When the plugin doesn't build.
pub fn build(project: &Project, toolchain: &Toolchain) -> Result<Vec<u8>> {
    let home = dirs::home_dir().map(|home| home.join(".cargo"));
    let home = std::env::var_os("CARGO_HOME").map(Into::into).or(home);
    let mut flags = vec![remap(&project.root.to_string_lossy(), "scrollback")];
    if let Some(home) = home {
        flags.push(remap(&home.to_string_lossy(), "cargo"));
    }
    let source = toolchain.library_source();
    if let Ok(resolved) = source.canonicalize() {
        flags.push(remap(&resolved.to_string_lossy(), "rust"));
    }
    flags.push(remap(&source.to_string_lossy(), "rust"));

    let target = project.target.join("plugin");
    let mut cargo = project.cargo_of(&toolchain.cargo);
    cargo
        .args(["build", "--locked", "--profile", "plugin"])
        .args(["--package", "scrollback-plugin", "--target", TARGET])
        .env("RUSTC", &toolchain.rustc)
        .env("CARGO_TARGET_DIR", &target)
        // In place of whatever flags the machine is set up with.
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER");
    if toolchain.std == Std::Built {
        // Cargo builds the standard library only on request, and asks for consent.
        cargo
            .arg("-Zbuild-std=std,panic_abort")
            .env("RUSTC_BOOTSTRAP", "1");
    }
    if let Some(linker) = &toolchain.linker {
        cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", linker);
    }
    let ended = process::capture(&mut cargo)?;
    if !ended.success {
        bail!(
            "the plugin doesn't build with {toolchain}\n{}",
            ended.output()
        );
    }
    let path = target.join(TARGET).join("plugin/scrollback_plugin.wasm");
    fs::read(&path).with_context(|| path.display().to_string())
}

fn remap(from: &str, to: &str) -> String {
    format!("--remap-path-prefix={from}=/{to}")
}
