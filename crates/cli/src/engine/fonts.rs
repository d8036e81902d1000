//! The fonts that documents can use.

use std::path::PathBuf;

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::{self, FontStore};

/// Gathers the fonts in these folders, the carried ones, and the system's where asked
/// for. Of two that fit a text equally well the earlier wins, so that the user's own come
/// first, and the system's cannot change the look of a document that the carried ones
/// serve.
pub fn gather(folders: &[PathBuf], system: bool) -> FontStore {
    let mut store = FontStore::new();
    for path in folders {
        store.extend(fonts::scan(path));
    }
    store.extend(carried());
    store.extend(fonts::embedded());
    if system {
        store.extend(fonts::system());
    }
    store
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
        let store = gather(&[], false);
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
