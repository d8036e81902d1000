//! Reports characters that no font has, by script, with fonts that have them.

use std::collections::BTreeMap;

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
}

/// The characters as text, and what to do about them.
pub fn words(chars: impl IntoIterator<Item = char>) -> (String, String) {
    let mut groups: BTreeMap<Group, Vec<char>> = BTreeMap::new();
    for char in chars {
        groups.entry(group(char)).or_default().push(char);
    }
    // In the order of their first characters.
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|(_, chars)| chars.first().copied());
    let shown: Vec<_> = groups
        .iter()
        .map(|(group, chars)| shown(*group, chars))
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

fn group(char: char) -> Group {
    match char.script() {
        _ if matches!(char, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..) => Group::PrivateUse,
        Script::Common | Script::Inherited | Script::Unknown => Group::Symbols,
        script => Group::Script(script.full_name()),
    }
}

/// The characters of a group, and its name.
fn shown(group: Group, chars: &[char]) -> String {
    let first = chars.iter().take(MOST_SHOWN);
    let more = if chars.len() > MOST_SHOWN { "…" } else { "" };
    match group {
        Group::Script(name) => {
            let chars: String = first.collect();
            format!("{}{more} ({})", printable(&chars), name.replace('_', " "))
        }
        Group::Symbols => {
            let chars: String = first.collect();
            format!("{}{more} (symbols)", printable(&chars))
        }
        Group::PrivateUse => {
            let chars: Vec<_> = first
                .map(|char| format!("U+{:04X}", u32::from(*char)))
                .collect();
            format!("{}{more} (private use)", chars.join(" "))
        }
    }
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
        Group::PrivateUse => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_told_by_script() {
        let (error, hint) = words("天あกข\u{e0ff}🀀".chars());
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
        let (error, hint) = words('ก'..='ฮ');
        assert!(error.ends_with("ด… (Thai)"), "{error}");
        assert!(
            hint.starts_with("install Noto Sans Thai, or name"),
            "{hint}"
        );
        assert!(words(['\u{e000}']).1.starts_with("name the folder"));
    }
}
