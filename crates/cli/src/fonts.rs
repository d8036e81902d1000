//! The fonts that documents can use.

use std::io::Write as _;

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::{self, FontStore};

use crate::args::FontArgs;
use crate::failure::Failure;
use crate::printable::printable;

/// Finds out whether the folders are there.
///
/// # Errors
/// [`Failure::Usage`] when one isn't.
pub fn check(args: &FontArgs) -> Result<(), Failure> {
    match args.font_paths.iter().find(|path| !path.is_dir()) {
        Some(path) => Err(Failure::usage(
            format!("the font path `{}` is not a folder", path.display()),
            "pass the folder that holds the font files to `--font-path`",
        )),
        None => Ok(()),
    }
}

/// Gathers the fonts. Of two that fit a text equally well the earlier wins, so
/// that the user's own come first, and the system's cannot change the look of a
/// document that the carried ones serve.
pub fn gather(args: &FontArgs) -> FontStore {
    let mut store = FontStore::new();
    for path in &args.font_paths {
        store.extend(fonts::scan(path));
    }
    store.extend(carried());
    store.extend(fonts::embedded());
    if !args.ignore_system_fonts {
        store.extend(fonts::system());
    }
    store
}

/// `scrollback fonts`: prints the families and how many fonts each has.
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

/// The project's own fonts.
fn carried() -> impl Iterator<Item = (Font, FontInfo)> {
    scrollback_fonts::FILES.iter().flat_map(|(_, data)| {
        Font::iter(Bytes::new(*data)).map(|font| {
            let info = font.info().clone();
            (font, info)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_of_the_readme_are_carried() {
        let store = gather(&FontArgs {
            font_paths: Vec::new(),
            ignore_system_fonts: true,
        });
        for family in [
            "noto sans",
            "source code pro",
            "twemoji",
            "libertinus serif",
        ] {
            assert!(store.book().contains_family(family), "{family}");
        }
    }

    #[test]
    fn every_carried_file_holds_a_font() {
        assert_eq!(carried().count(), scrollback_fonts::FILES.len());
    }
}
