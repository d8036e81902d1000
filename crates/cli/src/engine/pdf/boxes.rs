//! The boxes of pages that go on beyond where they are cut: Typst writes where that is, but
//! not how far it is printed.

use super::file::File;
use super::metadata::set;
use super::syntax;

/// A page with its BleedBox, where it has a TrimBox; none for all other objects.
pub fn bled(page: &[u8]) -> Option<Vec<u8>> {
    if !page.starts_with(b"<</Type/Page") || syntax::get(page, "BleedBox").is_some() {
        return None;
    }
    syntax::get(page, "TrimBox")?;
    let all = syntax::get(page, "MediaBox")?;
    Some(set(page, "BleedBox", &String::from_utf8_lossy(all)))
}

/// Gives all pages of a file their BleedBox.
pub fn bleed(file: &mut File) {
    for number in 1..=file.len() {
        let page = file.object(number).and_then(|object| bled(object.value));
        if let Some(page) = page {
            file.replace(number, page, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_are_cut_say_how_far_they_are_printed() {
        let page = b"<</Type/Page/MediaBox[0 0 10 10]/TrimBox[1 1 9 9]>>";
        let bled = bled(page).unwrap();
        assert_eq!(
            syntax::get(&bled, "BleedBox"),
            Some(b"[0 0 10 10]".as_slice())
        );
        assert!(super::bled(&bled).is_none());
        assert!(super::bled(b"<</Type/Page/MediaBox[0 0 10 10]>>").is_none());
        assert!(super::bled(b"<</Type/Annot/TrimBox[0 0 1 1]/MediaBox[0 0 1 1]>>").is_none());
    }
}
