//! Builds the plugin.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::Files;
use super::toolchain::{Optimizer, Std, TARGET, Toolchain};
use crate::process;
use crate::project::Project;

/// The plugin's files. They don't depend on the location of the project, Cargo's home and
/// the toolchain: paths in panic messages are relative to these.
///
/// # Errors
/// When the plugin doesn't build.
pub fn build(project: &Project, toolchain: &Toolchain) -> Result<Files> {
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

    // LLVM's own threshold, 225, makes the packed plugin 27 kB larger and reads exports 3 % faster.
    flags.push("-Cllvm-args=-inline-threshold=100".into());

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
        .args(["--package", "scrollback-plugin"])
        .args(["--package", "scrollback-unpack"])
        .args(["--target", TARGET])
        .env("RUSTC", &toolchain.rustc)
        .env("CARGO_TARGET_DIR", &target)
        // Replaces any flags that are configured on the machine.
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
    let built = target.join(TARGET).join("plugin");
    let finish = |name: &str| {
        let path = built.join(name);
        match &toolchain.optimizer {
            Some(optimizer) => optimize(&path, optimizer),
            None => fs::read(&path).with_context(|| path.display().to_string()),
        }
    };
    let plugin = finish("scrollback_plugin.wasm")?;
    Ok([
        super::pack::pack(&plugin)?,
        finish("scrollback_unpack.wasm")?,
    ])
}

/// Optimises a plugin with `wasm-opt`, which makes it a seventh smaller, and nearly as much
/// faster in Typst's interpreter.
fn optimize(path: &Path, optimizer: &Optimizer) -> Result<Vec<u8>> {
    let optimized = path.with_extension("opt.wasm");
    let mut command = Command::new(&optimizer.program);
    command
        .arg("-O3")
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
