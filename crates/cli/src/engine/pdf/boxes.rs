//! The boxes of pages with bleed: Typst writes the TrimBox, where the page is cut, but not the
//! BleedBox, how far it is printed.

use hayro_syntax::object::Dict;

use super::value::{New, Own, is_a, write};

/// Adds a BleedBox to a page that has only a TrimBox; other objects stay unchanged.
pub fn bleed<'o>(page: &Dict<'o>, new: New<'o>, own: &mut Own<'o>) {
    if page.contains_key("TrimBox")
        && !page.contains_key("BleedBox")
        && is_a(page, &["Page"])
        && let Some(all) = page.get_raw("MediaBox")
    {
        own.set("BleedBox", move |out| write(&all, out, new));
    }
}

#[cfg(test)]
mod tests {
    use hayro_syntax::object::FromBytes;

    use super::super::value::{same, write_entries, written};
    use super::*;

    #[test]
    fn pages_that_are_cut_say_how_far_they_are_printed() {
        for (page, expected) in [
            (
                "<</MediaBox[0 0 9 9]/TrimBox[1 1 8 8]/Type/Page>>",
                "<</MediaBox[0 0 9 9]/TrimBox[1 1 8 8]/Type/Page/BleedBox[0 0 9 9]>>",
            ),
            (
                "<</BleedBox[0 0 9 9]/MediaBox[0 0 9 9]/TrimBox[1 1 8 8]/Type/Page>>",
                "",
            ),
            ("<</MediaBox[0 0 9 9]/Type/Page>>", ""),
            ("<</MediaBox[0 0 9 9]/TrimBox[1 1 8 8]/Type/Annot>>", ""),
        ] {
            let dict = Dict::from_bytes(page.as_bytes()).unwrap();
            let mut own = Own::default();
            bleed(&dict, &same, &mut own);
            let bled = written(|out| write_entries(&dict, &mut out.dict(), &same, &own));
            let expected = if expected.is_empty() { page } else { expected };
            assert_eq!(String::from_utf8(bled).unwrap(), expected);
        }
    }
}
