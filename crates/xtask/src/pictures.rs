//! `cargo xtask pictures` and `cargo xtask refs`: redraw the pictures that are kept in the
//! project.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::packages::Packages;
use crate::project::Project;
use crate::{process, scrollback, tools};

/// Arguments of `cargo xtask pictures`.
#[derive(Debug, clap::Args)]
pub struct PicturesArgs {
    /// Only the examples of these names, or `thumbnail`
    #[arg(value_name = "NAME")]
    names: Vec<String>,

    /// Pixels per inch
    #[arg(long, value_name = "N", default_value_t = 144)]
    ppi: u32,
}

/// The template's document and its thumbnail on Typst Universe.
const TEMPLATE: &str = "template/main.typ";
const THUMBNAIL: &str = "thumbnail.png";
/// Pixels per inch of the thumbnail: enough for the 1080 pixels that Universe asks for.
const THUMBNAIL_PPI: u32 = 192;

/// Draws the first page of each example to `docs/images/NAME.png`, and the template to
/// `thumbnail.png`. Examples that need an unavailable font or package are named and skipped.
///
/// # Errors
/// When a document doesn't compile.
pub fn pictures(project: &Project, args: &PicturesArgs) -> Result<bool> {
    let program = scrollback::build(project)?;
    let images = project.root.join("docs/images");
    fs::create_dir_all(&images)?;
    let is_wanted =
        |name: &str| args.names.is_empty() || args.names.iter().any(|wanted| wanted == name);
    let mut packages = Packages::new(project, tools::TYPST.ensure(project).ok());
    let mut drawn = 0;
    for example in project.examples()? {
        let stem = example.file_stem().unwrap_or_default();
        let name = stem.to_string_lossy().into_owned();
        if !is_wanted(&name) {
            continue;
        }
        if let Some(what) = packages.missing(&example) {
            println!("{}: {}", project.shown(&example), Packages::reason(&what));
            continue;
        }
        let target = images.join(&name).with_extension("png");
        first_page(project, &program, &example, &target, args.ppi)?;
        drawn += 1;
    }
    if is_wanted("thumbnail") {
        let (document, target) = (project.root.join(TEMPLATE), project.root.join(THUMBNAIL));
        first_page(project, &program, &document, &target, THUMBNAIL_PPI)?;
        drawn += 1;
    }
    if drawn == 0 {
        bail!("there is no such example in `examples/`");
    }
    Ok(true)
}

/// Draws the first page of a document.
fn first_page(
    project: &Project,
    program: &Path,
    document: &Path,
    target: &Path,
    ppi: u32,
) -> Result<()> {
    let name = target.file_stem().unwrap_or_default();
    let pages = project.target.join("pictures").join(name);
    if pages.exists() {
        fs::remove_dir_all(&pages)?;
    }
    fs::create_dir_all(&pages)?;
    let mut render = Command::new(program);
    render.args(["render", "--ignore-system-fonts", "--ppi", &ppi.to_string()]);
    let ended = process::capture(render.arg(document).arg("-o").arg(pages.join("{p}.png")))?;
    if !ended.success {
        bail!(
            "{} doesn't compile\n{}",
            project.shown(document),
            ended.output()
        );
    }
    fs::copy(pages.join("1.png"), target).with_context(|| target.display().to_string())?;
    println!("{}", project.shown(target));
    Ok(())
}

/// Arguments of `cargo xtask refs`.
#[derive(Debug, clap::Args)]
pub struct RefsArgs {
    /// The tests, by their names below `tests/`
    #[arg(value_name = "TEST", required = true)]
    tests: Vec<PathBuf>,
}

/// Has tytanic redraw the references of the named tests. Look at them before you commit them.
///
/// # Errors
/// When tytanic isn't available.
pub fn references(project: &Project, args: &RefsArgs) -> Result<bool> {
    let tytanic = tools::TYTANIC.ensure(project)?;
    let mut update = Command::new(tytanic);
    update
        .current_dir(&project.root)
        .args(["update", "--force", "--font-path"]);
    let ended = process::capture(update.arg(project.fonts()).args(&args.tests))?;
    println!("{}", ended.output());
    Ok(ended.success)
}
