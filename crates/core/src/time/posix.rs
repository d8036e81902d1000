//! The rule at the end of a time zone's data: `CET-1CEST,M3.5.0,M10.5.0/3`
//! (POSIX TZ, with the extensions of RFC 9636).

use super::civil::{Civil, DAY, days_from_civil, days_of_month};

/// Offsets of a zone by rule. Seconds east of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posix {
    standard: i32,
    summer: Option<Summer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Summer {
    offset: i32,
    start: Switch,
    end: Switch,
}

/// When the clock changes: seconds of local time after the start of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Switch {
    day: Day,
    time: i32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    /// The `week`th `weekday` of `month`; 5 for the last.
    Weekday { month: u8, week: u8, weekday: u8 },
    /// Day of the year from 1; 29 February is not counted.
    Julian(u16),
    /// Day of the year from 0; 29 February is counted.
    Plain(u16),
}

impl Posix {
    /// Reads a rule.
    pub fn parse(rule: &str) -> Option<Self> {
        let mut parts = rule.split(',');
        let mut names = parts.next()?;
        skip_name(&mut names)?;
        let standard = -time(&mut names)?;
        if names.is_empty() {
            return Some(Posix {
                standard,
                summer: None,
            });
        }
        skip_name(&mut names)?;
        let offset = if names.is_empty() {
            standard + 3600
        } else {
            -time(&mut names)?
        };
        let start = Switch::parse(parts.next()?)?;
        let end = Switch::parse(parts.next()?)?;
        Some(Posix {
            standard,
            summer: Some(Summer { offset, start, end }),
        })
    }

    /// Offset at a moment of UTC.
    pub fn offset(&self, utc: i64) -> i32 {
        let Some(summer) = self.summer else {
            return self.standard;
        };
        let year = Civil::from_seconds(utc + i64::from(self.standard)).year;
        let start = summer.start.of_year(year) - i64::from(self.standard);
        let end = summer.end.of_year(year) - i64::from(summer.offset);
        let is_summer = if start < end {
            (start..end).contains(&utc)
        } else {
            !(end..start).contains(&utc)
        };
        if is_summer {
            summer.offset
        } else {
            self.standard
        }
    }
}

impl Switch {
    fn parse(rule: &str) -> Option<Self> {
        let (day, mut at) = rule.split_once('/').unwrap_or((rule, "2"));
        let day = if let Some(weekday) = day.strip_prefix('M') {
            let mut numbers = weekday.splitn(3, '.').map(|n| n.parse().ok());
            Day::Weekday {
                month: numbers.next()??,
                week: numbers.next()??,
                weekday: numbers.next()??,
            }
        } else if let Some(day) = day.strip_prefix('J') {
            Day::Julian(day.parse().ok()?)
        } else {
            Day::Plain(day.parse().ok()?)
        };
        Some(Switch {
            day,
            time: time(&mut at)?,
        })
    }

    /// Seconds of local time after 1970.
    fn of_year(self, year: i64) -> i64 {
        let days = match self.day {
            Day::Weekday {
                month,
                week,
                weekday,
            } => {
                let first = days_from_civil(year, month, 1);
                let skip = (i64::from(weekday) - (first + 4)).rem_euclid(7);
                let day = skip + 7 * (i64::from(week) - 1);
                let last = i64::from(days_of_month(year, month)) - 1;
                first + if day > last { day - 7 } else { day }
            }
            Day::Julian(day) => {
                let leap = days_of_month(year, 2) == 29 && day >= 60;
                days_from_civil(year, 1, 1) + i64::from(day) - 1 + i64::from(leap)
            }
            Day::Plain(day) => days_from_civil(year, 1, 1) + i64::from(day),
        };
        days * DAY + i64::from(self.time)
    }
}

/// Skips `CET` or `<+03>`.
fn skip_name(rule: &mut &str) -> Option<()> {
    let length = if rule.starts_with('<') {
        rule.find('>')? + 1
    } else {
        rule.find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rule.len())
    };
    *rule = rule.get(length..).filter(|_| length > 0)?;
    Some(())
}

/// Takes `[+-]hh[:mm[:ss]]`; seconds.
fn time(rule: &mut &str) -> Option<i32> {
    let length = rule
        .find(|c: char| !(c.is_ascii_digit() || matches!(c, '+' | '-' | ':')))
        .unwrap_or(rule.len());
    let (text, rest) = rule.split_at(length);
    *rule = rest;
    let (sign, text) = match text.strip_prefix('-') {
        Some(text) => (-1, text),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut seconds = 0;
    for (part, unit) in text.splitn(3, ':').zip([3600, 60, 1]) {
        seconds += part.parse::<u8>().ok().map(i32::from)? * unit;
    }
    Some(sign * seconds)
}
