//! Emoji: segmentation, shortcodes, jumbo.

use scrollback_core::emoji;
use scrollback_core::markdown::{MAX_JUMBO, Variant, is_emoji_only, parse};

use super::check;

#[test]
fn longest_match() {
    check(&[
        ("🤔", "🤔thinking"),
        ("👨‍👩‍👧", "👨‍👩‍👧family_mwg"),
        ("👍🏽", "👍🏽thumbsup_tone3"),
        ("🇩🇪🇫🇷", "🇩🇪flag_de 🇫🇷flag_fr"),
        ("🇩🇪🇫", "🇩🇪flag_de 🇫regional_indicator_f"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁥󠁮󠁧󠁿england"),
        ("🏴‍☠️", "🏴‍☠️pirate_flag"),
        ("❤️‍🔥", "❤️‍🔥heart_on_fire"),
        ("a1️⃣b", r#""a" 1️⃣one "b""#),
        ("1⃣", "1⃣one"),
        ("🫪🫯", "🫪distorted_face 🫯fight_cloud"),
        ("😀🏽", "😀grinning 🏽medium_skin_tone"),
        ("123 # *", r#""123 # *""#),
    ]);
}

#[test]
fn text_style() {
    check(&[
        ("™ © ® ™️", r#""™ © ® ™\u{fe0f}""#),
        ("❤️", "❤️heart"),
        // Whether it is written with U+FE0F or without, a font must draw it as an emoji.
        ("❤", "❤\u{FE0F}heart"),
        ("❤\u{200D}🔥", "❤\u{FE0F}\u{200D}🔥heart_on_fire"),
        ("❤\u{FE0E}", r#""❤\u{fe0e}""#),
        (r"\😀", r#""😀""#),
        (r"\👨‍👩‍👧", r#""👨\u{200d}👩\u{200d}👧""#),
        ("“quoted” – 5 €", "\"“quoted” – 5 €\""),
        ("かな", "\"かな\""),
    ]);
}

#[test]
fn shortcodes() {
    check(&[
        (":thinking:", "🤔thinking"),
        (":+1:", "👍thumbsup"),
        (":thumbsup_tone3:", "👍🏽thumbsup_tone3"),
        (":thumbsup_medium_light_skin_tone:", "👍🏼thumbsup_tone2"),
        (":thumbsup::skin-tone-2:", "👍🏻thumbsup_tone1"),
        (":heart:", "❤️heart"),
        (":nonsense:", r#"":nonsense:""#),
        (r"\:joy:", r#"":joy:""#),
        ("::joy:", r#"":" 😂joy"#),
        (":tm: :copyright:", r#""™ ©""#),
        // A name that nobody knows is text as a whole, with the colon that ends it.
        (":a_b_c:", r#"":a_b_c:""#),
        (":nonsense:joy:", r#"":nonsense:joy:""#),
        (":*a*:", r#"":" em("a") ":""#),
        ("`:joy:`", r#"code(":joy:")"#),
    ]);
}

#[test]
fn every_emoji_of_the_table_is_found_by_its_name_and_whole() {
    let table = include_str!("../../src/emoji/table.txt");
    let mut count = 0;
    for line in table.lines() {
        let mut words = line.split(' ');
        let (sequence, flags) = (words.next().unwrap(), words.next().unwrap());
        assert_eq!(
            emoji::at(sequence).map(|e| e.text),
            Some(sequence),
            "{line}"
        );
        for name in words.filter(|_| !flags.ends_with('p')) {
            let found = emoji::from_shortcode(name).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(found.replace('\u{FE0F}', ""), sequence, "{line}");
            assert_eq!(
                emoji::at(&found).map(|e| e.text.len()),
                Some(found.len()),
                "{line}"
            );
            count += 1;
        }
    }
    assert!(count > 2000, "{count} names");
    assert!(table.lines().is_sorted_by_key(|l| l.split(' ').next()));
    assert!(table.len() < 90_000, "{} bytes", table.len());
}

#[test]
fn jumbo() {
    let count = |text: &str| is_emoji_only(&parse(text, Variant::Full).children);
    assert_eq!(count("🤔"), Some(1));
    assert_eq!(count("🤔 :joy:\n<:ab:1>"), Some(3));
    assert_eq!(count("🤔 a"), None);
    assert_eq!(count("**🤔**"), None);
    assert_eq!(count(""), None);
    assert_eq!(count(&"🤔".repeat(MAX_JUMBO)), Some(MAX_JUMBO));
    assert_eq!(count(&"🤔".repeat(MAX_JUMBO + 1)), None);
}
