//! Reports characters that no font has, by script, with fonts that have them.

use std::collections::BTreeMap;

use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};
use unicode_script::{Script, UnicodeScript as _};

use crate::engine::sanitize::printable;

/// The most characters of a script that are listed.
const MOST_SHOWN: usize = 20;

/// A group of missing characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    Script(&'static str),
    Symbols,
    PrivateUse,
    /// Letters with marks, which are in fonts, but not in the same one.
    Together,
}

/// The characters as text, and what to do about them.
pub fn words<'t>(texts: impl IntoIterator<Item = &'t str>) -> (String, String) {
    let mut groups: BTreeMap<Group, Vec<&str>> = BTreeMap::new();
    for text in texts {
        groups.entry(group(text)).or_default().push(text);
    }
    // In the order of their first characters.
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, texts)| texts.first().copied());
    let shown: Vec<_> = groups
        .iter()
        .map(|(group, texts)| shown(*group, texts))
        .collect();
    let mut fonts: Vec<_> = groups
        .iter()
        .filter_map(|(group, _)| font(*group))
        .collect();
    fonts.dedup();
    let error = format!(
        "no font has these characters; they are drawn as boxes: {}",
        shown.join(", ")
    );
    let hint = match fonts.split_last() {
        None => "name the folder of a font that has them with `--font-path`".to_owned(),
        Some((last, [])) => {
            format!("install {last}, or name the folder of such a font with `--font-path`")
        }
        Some((last, others)) => format!(
            "install {} and {last}, or name the folder of such fonts with `--font-path`",
            others.join(", ")
        ),
    };
    (error, hint)
}

fn group(text: &str) -> Group {
    let mut chars = text.chars();
    let (Some(char), None) = (chars.next(), chars.next()) else {
        return Group::Together;
    };
    match char.script() {
        _ if matches!(char, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) => Group::PrivateUse,
        Script::Common | Script::Inherited | Script::Unknown => Group::Symbols,
        script => Group::Script(script.full_name()),
    }
}

/// The characters of a group, and its name. A mark stands on a circle, as in charts.
fn shown(group: Group, texts: &[&str]) -> String {
    let first = texts.iter().take(MOST_SHOWN);
    let more = if texts.len() > MOST_SHOWN { "…" } else { "" };
    let drawn = |text: &&str| match text.chars().next() {
        Some(char) if char.general_category_group() == GeneralCategoryGroup::Mark => {
            format!("\u{25cc}{text}")
        }
        _ => (*text).to_owned(),
    };
    let (texts, name) = match group {
        Group::Script(name) => (first.map(drawn).collect::<String>(), name.replace('_', " ")),
        Group::Symbols => (first.map(drawn).collect(), "symbols".to_owned()),
        Group::Together => (first.map(drawn).collect(), "letters with marks".to_owned()),
        Group::PrivateUse => {
            let codes = first.flat_map(|text| text.chars());
            let codes: Vec<_> = codes
                .map(|char| format!("U+{:04X}", u32::from(char)))
                .collect();
            (codes.join(" "), "private use".to_owned())
        }
    };
    format!("{}{more} ({name})", printable(&texts))
}

/// A font that has the characters of a group.
fn font(group: Group) -> Option<String> {
    match group {
        Group::Script("Han" | "Hiragana" | "Katakana" | "Hangul" | "Bopomofo") => {
            Some("Noto Sans CJK".into())
        }
        Group::Script(name) => Some(format!("Noto Sans {}", name.replace('_', " "))),
        Group::Symbols => Some("Noto Sans Symbols 2".into()),
        // Only the author of a text knows which font has its private-use characters.
        Group::PrivateUse | Group::Together => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_told_by_script() {
        let (error, hint) = words(["天", "あ", "ก", "ข", "\u{e0ff}", "🀀"]);
        assert_eq!(
            error,
            "no font has these characters; they are drawn as boxes: กข (Thai), あ (Hiragana), \
             天 (Han), U+E0FF (private use), 🀀 (symbols)"
        );
        assert_eq!(
            hint,
            "install Noto Sans Thai, Noto Sans CJK and Noto Sans Symbols 2, or name the folder \
             of such fonts with `--font-path`"
        );
    }

    #[test]
    fn many_characters_are_shortened() {
        let letters: Vec<String> = ('ก'..='ฮ').map(String::from).collect();
        let (error, hint) = words(letters.iter().map(String::as_str));
        assert!(error.ends_with("ด… (Thai)"), "{error}");
        assert!(
            hint.starts_with("install Noto Sans Thai, or name"),
            "{hint}"
        );
        assert!(words(["\u{e000}"]).1.starts_with("name the folder"));
    }

    #[test]
    fn marks_are_told_and_not_their_letters() {
        let (error, hint) = words(["\u{20dd}", "ก\u{304}"]);
        assert_eq!(
            error,
            "no font has these characters; they are drawn as boxes: ก\u{304} (letters with marks), \
             \u{25cc}\u{20dd} (symbols)"
        );
        assert!(
            hint.starts_with("install Noto Sans Symbols 2, or"),
            "{hint}"
        );
    }
}
