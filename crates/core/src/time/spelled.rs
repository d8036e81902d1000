//! Times as mail, HTTP and JavaScript spell them: months by English names.

use super::{Timestamp, parse_iso};

const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

/// Reads `Sat, 28 Nov 2026 02:51:22 +0000` (RFC 2822), and what JavaScript makes of a date:
/// `Sat Nov 28 2026 02:51:22 GMT+0000 (UTC)`. Without an offset, it is UTC.
pub fn parse_spelled(text: &str) -> Option<Timestamp> {
    // A remark in brackets names the zone once more.
    let text = text.split('(').next()?;
    let mut words = text
        .split(|c: char| c.is_ascii_whitespace() || c == ',')
        .filter(|word| !word.is_empty())
        .peekable();
    let is_name = |word: &&str| word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let month_of = |word: &str| {
        let start = word.get(..3)?.to_ascii_lowercase();
        MONTHS.iter().position(|month| *month == start)
    };
    // The weekday is redundant.
    words.next_if(|word| is_name(word) && month_of(word).is_none());
    let (first, second) = (words.next()?, words.next()?);
    let (day, month) = if is_name(&first) {
        (second, first)
    } else {
        (first, second)
    };
    let month = month_of(month)? + 1;
    let (year, clock) = (words.next()?, words.next()?);
    let offset = words.next().unwrap_or_default();
    let offset = ["GMT", "UTC", "UT"]
        .iter()
        .find_map(|zone| offset.strip_prefix(zone))
        .unwrap_or(offset);
    if words.next().is_some() {
        return None;
    }
    parse_iso(&format!("{year}-{month:02}-{day:0>2}T{clock:0>5}{offset}"))
}

#[cfg(test)]
mod tests {
    use super::parse_spelled;

    #[test]
    fn reads_what_mail_and_scripts_write() {
        let ms = |text| parse_spelled(text).map(|t| (t.ms, t.offset));
        let then = 1_795_834_282_000;
        for text in [
            "Sat, 28 Nov 2026 02:51:22 +0000",
            "28 Nov 2026 02:51:22 GMT",
            "Sat, 28 Nov 2026 02:51:22",
            "Sat Nov 28 2026 02:51:22 GMT+0000 (Coordinated Universal Time)",
            "Saturday, 28 November 2026 02:51:22 UTC",
        ] {
            assert_eq!(ms(text), Some((then, 0)), "{text}");
        }
        assert_eq!(ms("Sat, 28 Nov 2026 03:51:22 +0100"), Some((then, 60)));
        assert_eq!(
            ms("5 Mar 2026 9:07 Z"),
            ms("Thu, 05 Mar 2026 09:07:00 +0000")
        );
        for wrong in [
            "",
            "yesterday",
            "Sat, 28 Nov",
            "Sat, 31 Nov 2026 02:51:22 +0000",
            "28 Foo 2026 02:51:22",
            "Sat, 28 Nov 2026 02:51:22 EST",
            "28 Nov 2026 02:51:22 GMT and more",
        ] {
            assert_eq!(ms(wrong), None, "{wrong}");
        }
    }
}
