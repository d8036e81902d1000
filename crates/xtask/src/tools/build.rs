//! Builds the tools from source, all in one workspace, so that common crates are built once.
//! That includes Typst, which takes most of the time. `cargo install` would resolve the crates
//! of each tool separately, and build Typst for each.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context, Result, bail};
use toml::{Table, Value};

use super::{TYPST, TYTANIC, Tool};
use crate::package::copy;
use crate::process;
use crate::project::Project;

/// Builds all tools, and copies their programs to the folder of tools.
///
/// # Errors
/// When their sources can't be fetched, or don't build.
pub fn together(project: &Project) -> Result<()> {
    // The first one draws the reference pictures, so it gets the crates that it was released with.
    let tools = [&TYTANIC, &TYPST];
    println!(
        "  building {} (some minutes, once; `cargo binstall`, where installed, would fetch them)",
        tools.map(Tool::spec).join(" and ")
    );
    let folder = project.tools().join("build");
    let workspace = folder.join("workspace");
    if workspace.exists() {
        fs::remove_dir_all(&workspace).with_context(|| workspace.display().to_string())?;
    }
    for (tool, source) in tools.into_iter().zip(sources(project, &folder, &tools)?) {
        copy(&source, &workspace.join(tool.krate))?;
    }
    let lock = workspace.join(tools[0].krate).join("Cargo.lock");
    fs::copy(&lock, workspace.join("Cargo.lock")).with_context(|| lock.display().to_string())?;
    let profile = fs::read_to_string(project.root.join("Cargo.toml"))?;
    let members: Vec<&str> = tools.iter().map(|tool| tool.krate).collect();
    let manifest = workspace.join("Cargo.toml");
    fs::write(&manifest, manifest_of(&members, &profile)?)?;

    let mut build = cargo(project, &manifest, "build");
    build.env("CARGO_TARGET_DIR", &folder);
    for member in &members {
        build.args(["--package", member]);
    }
    if !has_openssl() {
        let vendored = members
            .iter()
            .map(|krate| format!("{krate}/vendor-openssl"));
        build
            .arg("--features")
            .arg(vendored.collect::<Vec<_>>().join(","));
    }
    if !process::show(&mut build)? {
        bail!("the tools don't build together");
    }
    let bin = project.tools().join("bin");
    fs::create_dir_all(&bin).with_context(|| bin.display().to_string())?;
    for tool in tools {
        let built = folder.join("debug").join(tool.file());
        fs::copy(&built, bin.join(tool.file())).with_context(|| built.display().to_string())?;
    }
    Ok(())
}

/// Builds a tool with the crates that it was released with, in case a newer version of a common
/// crate doesn't fit.
///
/// # Errors
/// When it doesn't build.
pub fn alone(project: &Project, tool: &Tool) -> Result<()> {
    let folder = project.tools();
    let spec = tool.spec();
    let mut install = project.cargo();
    install
        .args(["install", "--locked", &spec, "--root"])
        .arg(&folder)
        .env("CARGO_TARGET_DIR", folder.join("build"));
    if !has_openssl() {
        install.args(["--features", "vendor-openssl"]);
    }
    if !process::show(&mut install)? {
        bail!("cannot install {spec}; try `cargo install --locked {spec}` and run this again");
    }
    Ok(())
}

/// Fetches the sources of tools, and returns their folders.
fn sources(project: &Project, folder: &Path, tools: &[&Tool]) -> Result<Vec<PathBuf>> {
    // Cargo warns that they have no library, but fetches them.
    let fetch = folder.join("fetch");
    fs::create_dir_all(&fetch).with_context(|| fetch.display().to_string())?;
    let exact = tools.iter();
    let exact = exact.map(|tool| format!("{} = \"={}\"\n", tool.krate, tool.version));
    let manifest = fetch.join("Cargo.toml");
    fs::write(
        &manifest,
        format!(
            "[package]\nname = \"fetch\"\nedition = \"2024\"\n[lib]\npath = \"lib.rs\"\n\
             [workspace]\n[dependencies]\n{}",
            exact.collect::<String>()
        ),
    )?;
    fs::write(fetch.join("lib.rs"), "")?;
    let mut fetched = cargo(project, &manifest, "fetch");
    let ended = process::capture(&mut fetched)?;
    if !ended.success {
        bail!("cannot fetch the sources of the tools\n{}", ended.stderr);
    }
    tools.iter().map(|tool| unpacked(tool)).collect()
}

/// Where Cargo has unpacked the sources of a tool.
fn unpacked(tool: &Tool) -> Result<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| Some(dirs::home_dir()?.join(".cargo")));
    let registries = home
        .context("there is no home folder")?
        .join("registry/src");
    let name = format!("{}-{}", tool.krate, tool.version);
    for registry in fs::read_dir(&registries).with_context(|| registries.display().to_string())? {
        let folder = registry?.path().join(&name);
        if folder.join("Cargo.toml").is_file() {
            return Ok(folder);
        }
    }
    bail!("Cargo has no sources of {name} in {}", registries.display())
}

/// A Cargo command for a workspace that isn't the project's.
fn cargo(project: &Project, manifest: &Path, command: &str) -> Command {
    let mut cargo = project.cargo();
    cargo.arg(command).arg("--manifest-path").arg(manifest);
    cargo
}

/// The manifest of the workspace with these crates. Its profile is the project's, which
/// optimises Typst but not crates that take no time, without the project's own crates.
fn manifest_of(members: &[&str], project: &str) -> Result<String> {
    let mut project: Table = project.parse().context("Cargo.toml is no TOML")?;
    let mut profile = match project.remove("profile") {
        Some(Value::Table(mut profiles)) => profiles.remove("dev"),
        _ => None,
    };
    let packages = profile
        .as_mut()
        .and_then(|profile| profile.get_mut("package"));
    if let Some(Value::Table(packages)) = packages {
        packages.retain(|name, _| name != "xtask" && !name.starts_with("scrollback"));
    }
    let mut workspace = Table::new();
    workspace.insert("resolver".into(), "3".into());
    let members: Vec<Value> = members.iter().map(|&member| member.into()).collect();
    workspace.insert("members".into(), members.into());
    let mut manifest = Table::new();
    manifest.insert("workspace".into(), workspace.into());
    if let Some(profile) = profile {
        let profiles = Table::from_iter([("dev".to_owned(), profile)]);
        manifest.insert("profile".into(), profiles.into());
    }
    Ok(manifest.to_string())
}

/// Whether the tools can link the system's OpenSSL; otherwise they build their own.
fn has_openssl() -> bool {
    if !cfg!(target_os = "linux") || env::var_os("OPENSSL_DIR").is_some() {
        return true;
    }
    let mut probe = Command::new("pkg-config");
    process::capture(probe.args(["--exists", "openssl"])).is_ok_and(|ended| ended.success)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_are_optimised_as_the_project_is() {
        let project = "[workspace]\nmembers = [\"crates/*\"]\n\
            [profile.dev]\nopt-level = 3\n[profile.dev.package.xtask]\nopt-level = 1\n\
            [profile.dev.package.scrollback-core]\ndebug = true\n\
            [profile.dev.package.rustls]\nopt-level = 0\n[profile.release]\nlto = \"thin\"\n";
        let manifest: Table = manifest_of(&["tytanic", "typst-cli"], project)
            .unwrap()
            .parse()
            .unwrap();
        let expected = "[workspace]\nresolver = \"3\"\nmembers = [\"tytanic\", \"typst-cli\"]\n\
            [profile.dev]\nopt-level = 3\n[profile.dev.package.rustls]\nopt-level = 0\n";
        assert_eq!(manifest, expected.parse::<Table>().unwrap());
    }
}
