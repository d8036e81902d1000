//! `cargo xtask pictures` and `cargo xtask refs`: redraw the pictures that are kept in the
//! project.

use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use png::{ColorType, Compression, Decoder, Encoder, Filter, Transformations};

use crate::packages::Packages;
use crate::project::Project;
use crate::{process, scrollback, tools};

/// Arguments of `cargo xtask pictures`.
#[derive(Debug, clap::Args)]
pub struct PicturesArgs {
    /// Only the examples of these names, or `thumbnail`
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

/// Pixels per inch of a page that fits into [`PORTRAIT`] or [`LANDSCAPE`]; wider pages get fewer.
const PPI: f64 = 144.0;
/// Pixels per inch at which a pixel is a point.
const POINTS: f64 = 72.0;
/// Pixels that a page may be wide, and that are left of its height: two such pictures are next
/// to each other in the examples' README.
const PORTRAIT: (u32, u32) = (800, 1200);
/// The same for pages that are wider than high.
const LANDSCAPE: (u32, u32) = (1200, 900);

/// The template's document and its thumbnail on Typst Universe.
const TEMPLATE: &str = "template/main.typ";
const THUMBNAIL: &str = "thumbnail.png";
/// Pixels per inch of the thumbnail: enough for the 1080 pixels that Universe asks for.
const THUMBNAIL_PPI: f64 = 192.0;

/// Draws the top of each example's first page to `docs/images/NAME.png`, and the template to
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
        let page = first_page(project, &program, &example, POINTS)?;
        let (points, high) = size(&page)?;
        let (width, height) = if high < points { LANDSCAPE } else { PORTRAIT };
        let ppi = PPI.min(POINTS * f64::from(width) / f64::from(points));
        let page = first_page(project, &program, &example, ppi)?;
        write_top(&page, height, &target)?;
        println!("{}", project.shown(&target));
        drawn += 1;
    }
    if is_wanted("thumbnail") {
        let (document, target) = (project.root.join(TEMPLATE), project.root.join(THUMBNAIL));
        let page = first_page(project, &program, &document, THUMBNAIL_PPI)?;
        fs::copy(page, &target).with_context(|| target.display().to_string())?;
        println!("{}", project.shown(&target));
        drawn += 1;
    }
    if drawn == 0 {
        bail!("there is no such example in `examples/`");
    }
    Ok(true)
}

/// Draws a document, and returns the picture of its first page.
fn first_page(project: &Project, program: &Path, document: &Path, ppi: f64) -> Result<PathBuf> {
    let name = document.file_stem().unwrap_or_default();
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
    Ok(pages.join("1.png"))
}

/// The width and height of a picture, in pixels.
fn size(picture: &Path) -> Result<(u32, u32)> {
    let file = BufReader::new(File::open(picture)?);
    Ok(Decoder::new(file).read_info()?.info().size())
}

/// Writes the first `height` rows of a picture of an opaque page, small enough to be committed.
fn write_top(picture: &Path, height: u32, target: &Path) -> Result<()> {
    let mut decoder = Decoder::new(BufReader::new(File::open(picture)?));
    decoder.set_transformations(Transformations::EXPAND | Transformations::STRIP_16);
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![
        0;
        reader
            .output_buffer_size()
            .context("the picture is too large")?
    ];
    let read = reader.next_frame(&mut pixels)?;
    let height = height.min(read.height);
    let samples = read.color_type.samples();
    let rows = &pixels[..read.line_size * height as usize];
    let opaque: Vec<u8> = match read.color_type {
        ColorType::Rgba => rows
            .chunks(samples)
            .flat_map(|pixel| &pixel[..3])
            .copied()
            .collect(),
        other => bail!("{} is {other:?}, not RGBA", picture.display()),
    };
    let mut encoder = Encoder::new(File::create(target)?, read.width, height);
    encoder.set_color(ColorType::Rgb);
    encoder.set_compression(Compression::High);
    encoder.set_filter(Filter::Adaptive);
    Ok(encoder.write_header()?.write_image_data(&opaque)?)
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
