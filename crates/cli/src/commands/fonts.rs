//! `scrollback fonts`: the fonts that documents can use.

use std::io::Write as _;

use typst_kit::fonts::{self, FontStore};

use crate::args::FontArgs;
use crate::engine;
use crate::engine::sanitize::printable;
use crate::failure::Failure;

/// Checks that the folders exist.
///
/// # Errors
/// [`Failure::Usage`] when one doesn't.
pub fn check(args: &FontArgs) -> Result<(), Failure> {
    match args.font_paths.iter().find(|path| !path.is_dir()) {
        Some(path) => Err(Failure::usage(
            format!("the font path `{}` is not a folder", path.display()),
            "pass the folder that holds the font files to `--font-path`",
        )),
        None => Ok(()),
    }
}

/// Collects the fonts: the user's come first and the system's last, so that system fonts
/// can't change a document that the bundled ones cover.
pub fn gather(args: &FontArgs) -> FontStore {
    let mut store = FontStore::new();
    for path in &args.font_paths {
        store.extend(fonts::scan(path));
    }
    engine::fonts::add_bundled(&mut store);
    if !args.ignore_system_fonts {
        store.extend(fonts::system());
    }
    store
}

/// Prints the families and how many fonts each has.
///
/// # Errors
/// [`Failure::Usage`] when a font path isn't there, [`Failure::Output`] when standard
/// output can't be written to.
pub fn list(args: &FontArgs) -> Result<(), Failure> {
    check(args)?;
    let store = gather(args);
    let mut out = std::io::stdout().lock();
    store
        .book()
        .families()
        .try_for_each(|(family, fonts)| writeln!(out, "{} ({})", printable(family), fonts.count()))
        .map_err(|error| Failure::stdout(&error))
}
