//! The bundled fonts.

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::{self, FontStore};

/// Adds the project's own fonts, then Typst's. If two match a text equally well, the
/// earlier one wins.
pub fn add_carried(store: &mut FontStore) {
    store.extend(carried());
    store.extend(fonts::embedded());
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
        let mut store = FontStore::new();
        add_carried(&mut store);
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
