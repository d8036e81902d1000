//! Builds the plugin.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::toolchain::{Optimizer, Std, TARGET, Toolchain};
use crate::process;
use crate::project::Project;

/// The bytes of the plugin. They don't depend on the location of the project, Cargo's home and
/// the toolchain: paths in panic messages are relative to these.
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

    // When optimising for size, LLVM inlines hardly anything, and calls are expensive in Typst's
    // interpreter. This threshold saves a third of the work of reading exports, for 1 % of the
    // size.
    flags.push("-Cllvm-args=-inline-threshold=25".into());

    if toolchain.std == Std::Built {
        // Typst doesn't show panic messages, and their code would be a tenth of the plugin.
        flags.extend([
            "-Zunstable-options".into(),
            "-Cpanic=immediate-abort".into(),
        ]);
    }

    let target = project.target.join("plugin");
    let mut cargo = project.cargo_of(&toolchain.cargo);
    cargo
        .args(["build", "--locked", "--profile", "plugin"])
        .args(["--package", "scrollback-plugin", "--target", TARGET])
        .env("RUSTC", &toolchain.rustc)
        .env("CARGO_TARGET_DIR", &target)
        // Replaces any flags that are configured on the machine.
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\x1f"))
        .env_remove("RUSTFLAGS")
        .env_remove("RUSTC_WRAPPER");
    if toolchain.std == Std::Built {
        // Cargo builds the standard library only on request, and asks for consent.
        cargo
            .args([
                "-Zbuild-std=std,panic_abort",
                "-Zbuild-std-features=optimize_for_size",
            ])
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
    match &toolchain.optimizer {
        Some(optimizer) => optimize(&path, optimizer),
        None => fs::read(&path).with_context(|| path.display().to_string()),
    }
}

/// Optimises a plugin with `wasm-opt`, which makes it a seventh smaller, and nearly as much
/// faster in Typst's interpreter. `-O3` reads exports 4 % faster than `-Oz`, but loads more
/// slowly, because it is 7 kB larger.
fn optimize(path: &Path, optimizer: &Optimizer) -> Result<Vec<u8>> {
    let optimized = path.with_extension("opt.wasm");
    let mut command = Command::new(&optimizer.program);
    command
        .arg("-Oz")
        // The features of the compiler's target, and no others.
        .args(["--enable-bulk-memory", "--enable-sign-ext"])
        .args([
            "--enable-nontrapping-float-to-int",
            "--enable-mutable-globals",
        ])
        .arg(path)
        .arg("-o")
        .arg(&optimized);
    let ended = process::capture(&mut command)?;
    if !ended.success {
        bail!("{} fails\n{}", optimizer.version, ended.output());
    }
    fs::read(&optimized).with_context(|| optimized.display().to_string())
}

fn remap(from: &str, to: &str) -> String {
    format!("--remap-path-prefix={from}=/{to}")
}
