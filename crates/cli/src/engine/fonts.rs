//! The bundled fonts.

use typst::foundations::Bytes;
use typst::text::{Font, FontInfo};
use typst_kit::fonts::{self, FontStore};

/// Adds the project's own fonts, then Typst's. If two match a text equally well, the
/// earlier one wins.
pub fn add_bundled(store: &mut FontStore) {
    store.extend(bundled());
    store.extend(fonts::embedded());
}

/// The project's own fonts.
fn bundled() -> impl Iterator<Item = (Font, FontInfo)> {
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
    fn the_fonts_of_the_readme_are_bundled() {
        let mut store = FontStore::new();
        add_bundled(&mut store);
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
    fn every_bundled_file_holds_a_font() {
        assert_eq!(bundled().count(), scrollback_fonts::FILES.len());
    }
}
