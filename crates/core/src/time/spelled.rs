//! Times as people, mail and programs spell them, in English.
//!
//! Only what can be read in one way is read: in `3/8/2024`, either number may be the month.

use super::civil::{Civil, DAY, days_from_civil};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// A time in ISO 8601 that is written `Sat, 28 Nov 2026 02:51:22 +0000` (RFC 2822) or as JavaScript
/// does, `Sat Nov 28 2026 02:51:22 GMT+0000 (UTC)`; with the month's name, with dots, or with the
/// year first; as the day of a week or of a year; with a clock of 12 or 24 hours, or none.
pub fn as_iso(text: &str) -> Option<String> {
    // A remark in brackets names the zone once more.
    let text = text.split('(').next()?;
    let mut parts = Parts::default();
    // Many write a narrow space before AM, which `is_whitespace` includes.
    for word in text.split(|c: char| c.is_whitespace() || c == ',') {
        let (date, clock) = word
            .char_indices()
            .find(|(at, c)| *c == 'T' && is_between_digits(word, *at))
            .map_or((word, ""), |(at, _)| (&word[..at], &word[at + 1..]));
        for word in [date, clock] {
            if !word.is_empty() {
                parts.add(&word.to_ascii_lowercase())?;
            }
        }
    }
    parts.joined()
}

fn is_between_digits(word: &str, at: usize) -> bool {
    let bytes = word.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    at > 0 && digit(at - 1) && digit(at + 1)
}

/// What was found so far.
#[derive(Default)]
struct Parts {
    year: Option<i64>,
    month: Option<u8>,
    day: Option<u8>,
    weekday: Option<usize>,
    clock: Option<String>,
    afternoon: Option<bool>,
    zone: Option<String>,
}

impl Parts {
    /// Adds a word in lower case; `None` if it is none of a time.
    fn add(&mut self, word: &str) -> Option<()> {
        let first = word.bytes().next()?;
        if word == "at" {
            Some(())
        } else if let Some(afternoon) = half_of_day(word) {
            set(&mut self.afternoon, afternoon)
        } else if matches!(first, b'+' | b'-') {
            set(&mut self.zone, word.to_owned())
        } else if !first.is_ascii_digit() {
            self.add_name(word)
        } else if word.contains(':') || is_clock_of_digits(word) {
            self.add_clock(word)
        } else if let Some((hour, afternoon)) = hour_of_half(word) {
            set(&mut self.afternoon, afternoon)?;
            set(&mut self.clock, format!("{hour}:00"))
        } else if let Some(separator) = ['-', '/', '.'].into_iter().find(|c| word.contains(*c)) {
            let parts: Vec<&str> = word.split(separator).collect();
            self.add_date(&parts, separator)
        } else if word.len() == 8 {
            self.add_date(&[word.get(..4)?, word.get(4..6)?, word.get(6..)?], '-')
        } else if word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            set(&mut self.year, word.parse().ok()?)
        } else {
            set(&mut self.day, day_of(word)?)
        }
    }

    /// A month, a day of the week or a zone.
    fn add_name(&mut self, word: &str) -> Option<()> {
        let word = word.strip_suffix('.').unwrap_or(word);
        if let Some(month) = month_of(word) {
            return set(&mut self.month, month);
        }
        if let Some(weekday) = position(&WEEKDAYS, word) {
            return set(&mut self.weekday, weekday);
        }
        let zone = ["utc", "gmt", "ut", "z"];
        let offset = zone.iter().find_map(|zone| word.strip_prefix(zone))?;
        let offset = if offset.is_empty() { "+00" } else { offset };
        match &self.zone {
            // As in `+00:00 UTC`.
            Some(zone) if offset == "+00" && zone.bytes().all(|byte| b"+0:".contains(&byte)) => {
                Some(())
            }
            _ => set(&mut self.zone, offset.to_owned()),
        }
    }

    /// A clock, with the half of the day or the zone that may follow it at once.
    fn add_clock(&mut self, word: &str) -> Option<()> {
        let is_clock = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.');
        let end = word.find(|c| !is_clock(c)).unwrap_or(word.len());
        let (clock, rest) = word.split_at(end);
        if !rest.is_empty() {
            self.add(rest)?;
        }
        let clock = match clock.as_bytes() {
            [a, b, c, d, e, f] if is_clock_of_digits(clock) => {
                let [a, b, c, d, e, f] = [a, b, c, d, e, f].map(|byte| char::from(*byte));
                format!("{a}{b}:{c}{d}:{e}{f}")
            }
            _ => clock.to_owned(),
        };
        set(&mut self.clock, clock)
    }

    /// A date in one word.
    fn add_date(&mut self, parts: &[&str], separator: char) -> Option<()> {
        let number = |text: &str| {
            let digits = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| digits)
        };
        let is_year = |text: &str| text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let (year, month, day) = match *parts {
            [year, week, weekday] if is_year(year) && week.starts_with('w') => {
                of_week(year.parse().ok()?, number(&week[1..])?, number(weekday)?)?
            }
            [year, week] if is_year(year) && week.starts_with('w') => {
                of_week(year.parse().ok()?, number(&week[1..])?, 1)?
            }
            [year, day] if is_year(year) && day.len() == 3 => {
                of_year(year.parse().ok()?, day.parse().ok()?)?
            }
            [year, month, day] if is_year(year) => {
                let month = month_of(month).or_else(|| number(month))?;
                (year.parse().ok()?, month, number(day)?)
            }
            [day, month, year] => {
                let century = if is_year(year) { 0 } else { 2000 };
                // Two digits are a year beside a month's name, and after Discord began.
                let years = year.parse::<i64>().ok()? + century;
                let named = month_of(month).filter(|_| is_year(year) || years >= 2015);
                match (number(day)?, named, number(month)) {
                    (day, Some(month), _) => (years, month, day),
                    _ if !is_year(year) => return None,
                    (day, None, Some(month)) if separator == '.' || day > 12 || day == month => {
                        (years, month, day)
                    }
                    (month, None, Some(day)) if day > 12 => (years, month, day),
                    _ => return None,
                }
            }
            _ => return None,
        };
        set(&mut self.year, year)?;
        set(&mut self.month, month)?;
        set(&mut self.day, day)
    }

    fn joined(self) -> Option<String> {
        let clock = self.clock.unwrap_or_else(|| "0:00".into());
        let (hour, rest) = clock.split_once(':')?;
        let mut hours: u8 = hour.parse().ok()?;
        if let Some(afternoon) = self.afternoon {
            if !(1..=12).contains(&hours) {
                return None;
            }
            hours = hours % 12 + if afternoon { 12 } else { 0 };
        }
        let (year, month, day) = (self.year?, self.month?, self.day?);
        let zone = self.zone.unwrap_or_default();
        Some(format!(
            "{year:04}-{month:02}-{day:02}T{hours:02}:{rest}{zone}"
        ))
    }
}

/// Sets what must not be set yet.
fn set<T>(part: &mut Option<T>, value: T) -> Option<()> {
    part.replace(value).is_none().then_some(())
}

/// The name that a word abbreviates, or is.
fn position(names: &[&str], word: &str) -> Option<usize> {
    let found = names.iter().position(|name| name.starts_with(word));
    found.filter(|_| word.len() >= 3)
}

fn month_of(word: &str) -> Option<u8> {
    let word = if word == "sept" { "sep" } else { word };
    u8::try_from(position(&MONTHS, word)? + 1).ok()
}

/// Whether a word is `PM`, rather than `AM`.
fn half_of_day(word: &str) -> Option<bool> {
    match word {
        "am" | "a.m." => Some(false),
        "pm" | "p.m." => Some(true),
        _ => None,
    }
}

/// `4pm`.
fn hour_of_half(word: &str) -> Option<(u8, bool)> {
    let end = word.find(|c: char| !c.is_ascii_digit())?;
    let (hour, half) = word.split_at(end);
    Some((hour.parse().ok()?, half_of_day(half)?))
}

/// `162030`, also with a zone.
fn is_clock_of_digits(word: &str) -> bool {
    let end = word.find(|c: char| !c.is_ascii_digit());
    end.unwrap_or(word.len()) == 6
}

/// `8`, or `8th`.
fn day_of(word: &str) -> Option<u8> {
    let number = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    number.parse().ok().filter(|_| number.len() <= 2)
}

/// The date of a day of an ISO week, of which the first has the year's first Thursday.
fn of_week(year: i64, week: u8, weekday: u8) -> Option<(i64, u8, u8)> {
    let fourth = days_from_civil(year, 1, 4);
    let monday = fourth - (fourth + 3).rem_euclid(7) + (i64::from(week) - 1) * 7;
    let valid = (1..=7).contains(&weekday) && date(monday + 3).0 == year;
    valid.then(|| date(monday + i64::from(weekday) - 1))
}

fn of_year(year: i64, day: u16) -> Option<(i64, u8, u8)> {
    let found = date(days_from_civil(year, 1, 1) + i64::from(day) - 1);
    (found.0 == year).then_some(found)
}

/// The date of a day after 1970-01-01.
fn date(days: i64) -> (i64, u8, u8) {
    let civil = Civil::from_seconds(days * DAY);
    (civil.year, civil.month, civil.day)
}

#[cfg(test)]
mod tests {
    use crate::time::parse_spelled;

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
            "Sat Nov 28 02:51:22 2026",
            "Sat Nov 28 02:51:22 UTC 2026",
            "Sat Nov 28 02:51:22 +0000 2026",
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

    #[test]
    fn reads_what_people_write_where_it_has_one_meaning() {
        let seconds = |text| parse_spelled(text).map(|time| time.ms / 1000);
        let day = 1_709_856_000;
        for text in [
            "March 8, 2024",
            "Mar 8,2024",
            "Friday, March 8th, 2024",
            "8 March 2024",
            "08-Mar-2024",
            "08-Mar-24",
            "2024-Mar-08",
            "2024/03/08",
            "2024.3.8",
            "08.03.2024",
            "8.3.2024",
            "20240308",
            "2024-W10-5",
            "2024-068",
        ] {
            assert_eq!(seconds(text), Some(day), "{text}");
        }
        for text in [
            "March 8, 2024 4:20 PM",
            "March 8, 2024 at 4:20\u{202f}PM",
            "Fri, Mar. 8, 2024,\u{a0}4:20:00 p.m.",
            "2024-03-08 4:20 PM",
            "2024-03-08T04:20PM",
            "08-Mar-24 04:20 PM",
            "08.03.2024\u{202f}16:20",
            "2024-W10-5T16:20Z",
            "20240308T162000Z",
            "20240308T182000+0200",
            "8 March 2024, 17:20:00.5 UTC+01:00",
        ] {
            assert_eq!(seconds(text), Some(day + 58_800), "{text}");
        }
        let midnight = |text| seconds(text) == Some(day);
        assert!(midnight("Mar 8 2024 12:00 AM") && midnight("2024-03-07 24:00:00"));
        assert_eq!(seconds("15/3/2024"), seconds("3/15/2024"));
        assert_eq!(seconds("3/3/2024"), seconds("2024-03-03"));
        assert_eq!(seconds("2020-W53-7"), seconds("2021-01-03"));
        assert_eq!(seconds("2024-W10"), seconds("2024-03-04"));
        for wrong in [
            "3/8/2024",
            "03-08-2024",
            "3/15/24",
            "08-Mar-08",
            "March 8",
            "March 2024",
            "March 8, 2024 0:20 AM",
            "March 8, 2024 16:20 PM",
            "March 8, 2024 PM",
            "March 8 9 2024",
            "Marching 8, 2024",
            "2021-W53-1",
            "2024-W00-1",
            "2024-W10-8",
            "2023-366",
            "2024-03-08T24:00:01",
            "20241308",
            "1714557600",
            "é",
        ] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
