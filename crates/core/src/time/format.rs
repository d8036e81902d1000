//! Formats times in Discord's styles and in a language.

use std::fmt::Write as _;

use super::civil::{Civil, DAY};
use super::plural::Plurals;
use super::relative::relative;
use super::words::TimeWords;
use super::{Clock, Coarse, Timestamp, Zone};

/// A style of a time, by the letter in `<t:seconds:letter>`. The examples are
/// in English.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// `t`: 4:20 PM
    ShortTime,
    /// `T`: 4:20:30 PM
    MediumTime,
    /// `d`: 4/20/2021
    ShortDate,
    /// `D`: April 20, 2021
    LongDate,
    /// `f`: April 20, 2021 at 4:20 PM
    #[default]
    LongDateShortTime,
    /// `F`: Tuesday, April 20, 2021 at 4:20 PM
    FullDateShortTime,
    /// `s`: 4/20/2021, 4:20 PM
    ShortDateShortTime,
    /// `S`: 4/20/2021, 4:20:30 PM
    ShortDateMediumTime,
    /// `R`: 4 years ago
    Relative,
}

impl Style {
    /// The style of a letter.
    #[must_use]
    pub fn from_letter(letter: char) -> Option<Self> {
        Some(match letter {
            't' => Style::ShortTime,
            'T' => Style::MediumTime,
            'd' => Style::ShortDate,
            'D' => Style::LongDate,
            'f' => Style::LongDateShortTime,
            'F' => Style::FullDateShortTime,
            's' => Style::ShortDateShortTime,
            'S' => Style::ShortDateMediumTime,
            'R' => Style::Relative,
            _ => return None,
        })
    }
}

/// Formats times for a zone, a clock, and a current time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formatter {
    /// The zone.
    pub zone: Zone,
    /// 12 or 24 hours.
    pub clock: Clock,
    /// "Now" in seconds of Unix time; without it all times are absolute.
    pub now: Option<i64>,
    /// The language's words and patterns.
    pub words: TimeWords,
    /// The language's rules for plurals.
    pub plurals: Plurals,
    /// Reduces times to the hour or the day.
    pub coarse: Option<Coarse>,
    /// The format of message times, if it isn't the language's: a CLDR pattern, or [`ISO`].
    pub format: Option<String>,
    /// Shows seconds in message times.
    pub seconds: bool,
    /// Shows the zone of message times.
    pub show_zone: bool,
}

/// The pattern for ISO 8601 with seconds and offset.
pub const ISO: &str = "iso";

/// Letters that a pattern may contain: CLDR's for dates, times of day and zones.
const LETTERS: &str = "yMdEhKHmsaxXV";

/// Checks a pattern of times: letters of CLDR (`y`, `yy`, `M` to `MMMM`, `d`, `dd`, `EEE`,
/// `EEEE`, `h`, `hh`, `K`, `H`, `HH`, `mm`, `ss`, `a`; `xxx` for an offset such as `+02:00`,
/// `XXX` for the same with `Z` instead of `+00:00`, `VV` for the name of the zone), others in
/// single quotes; or [`ISO`].
///
/// # Errors
/// The first unknown letter, or `None` if there is no letter at all: every time would be the same.
pub(crate) fn check_pattern(pattern: &str) -> Result<(), Option<char>> {
    if pattern == ISO {
        return Ok(());
    }
    let (mut quoted, mut told) = (false, false);
    for c in pattern.chars() {
        if c == '\'' {
            quoted = !quoted;
        } else if !quoted && c.is_ascii_alphabetic() {
            if !LETTERS.contains(c) {
                return Err(Some(c));
            }
            told = true;
        }
    }
    if told { Ok(()) } else { Err(None) }
}

/// Greatest distance from 1970 in seconds that Discord accepts.
const FARTHEST: u64 = 8_640_000_000_000;

impl Formatter {
    /// Formats a Unix time (seconds) as `<t:seconds:style>` shows it. Relative times need "now",
    /// and are written as [`Style::LongDateShortTime`] without it. `None` if the time is beyond
    /// what Discord accepts.
    #[must_use]
    pub fn style(&self, seconds: i64, style: Style) -> Option<String> {
        (seconds.unsigned_abs() <= FARTHEST).then(|| self.write(seconds, 0, style))
    }

    fn write(&self, seconds: i64, written: i16, style: Style) -> String {
        let civil = self.civil(seconds, written);
        let style = match (self.coarse, style) {
            (Some(Coarse::Day), Style::ShortTime | Style::MediumTime) => return String::new(),
            (Some(Coarse::Day), Style::FullDateShortTime) => {
                return self.pattern(&self.words.date_full, civil);
            }
            (Some(Coarse::Day), Style::ShortDateShortTime | Style::ShortDateMediumTime) => {
                Style::ShortDate
            }
            (Some(Coarse::Day), Style::LongDateShortTime | Style::Relative) => Style::LongDate,
            // A relative time would reveal more than the hour.
            (Some(Coarse::Hour), Style::Relative) => Style::LongDateShortTime,
            (_, style) => style,
        };
        let words = &self.words;
        let short = |seconds| {
            let date = self.pattern(&words.date, civil);
            together(&words.moment, &date, &self.time(civil, seconds))
        };
        let long = |pattern| timed(&self.long(pattern, civil), &self.time(civil, false));
        match style {
            Style::ShortTime => self.time(civil, false),
            Style::MediumTime => self.time(civil, true),
            Style::ShortDate => self.pattern(&words.date, civil),
            Style::LongDate => self.pattern(&words.date_long, civil),
            Style::LongDateShortTime => long(&words.date_long),
            Style::FullDateShortTime => long(&words.date_full),
            Style::ShortDateShortTime => short(false),
            Style::ShortDateMediumTime => short(true),
            Style::Relative => self
                .now
                .and_then(|now| relative(seconds, now, words, &self.plurals))
                .unwrap_or_else(|| long(&words.date_long)),
        }
    }

    /// The time after a message's author: `Today at 4:20 PM`, `Yesterday at 4:20 PM`, or
    /// `4/20/21, 4:20 PM`.
    #[must_use]
    pub fn header(&self, moment: Timestamp) -> String {
        let seconds = moment.ms.div_euclid(1000);
        let civil = self.civil(seconds, moment.offset);
        if self.coarse == Some(Coarse::Day) {
            return self.pattern(&self.words.date_header, civil);
        }
        if let Some(format) = &self.format {
            return self.formatted(format, moment);
        }
        let mut time = self.time(civil, self.seconds);
        if self.show_zone {
            time.push(' ');
            time.push_str(&self.offset_words(moment));
        }
        timed(&self.header_of_day(moment, civil), &time)
    }

    /// The header's text for a day, with [`TIME`] in place of the time of day.
    pub(super) fn header_of_day(&self, moment: Timestamp, civil: Civil) -> String {
        let seconds = moment.ms.div_euclid(1000);
        let day = |seconds: i64| {
            let offset = i64::from(self.zone.offset(seconds, moment.offset)) * 60;
            (seconds.saturating_add(offset)).div_euclid(DAY)
        };
        let near = match self.now.map(|now| day(now).saturating_sub(day(seconds))) {
            Some(0) => &self.words.today,
            Some(1) => &self.words.yesterday,
            _ => &String::new(),
        };
        if near.is_empty() {
            let date = self.pattern(&self.words.date_header, civil);
            together(&self.words.moment, &date, TIME)
        } else {
            near.clone()
        }
    }

    /// A date in words, with [`TIME`] in place of the time of day.
    pub(super) fn long(&self, pattern: &str, civil: Civil) -> String {
        together(&self.words.moment_long, &self.pattern(pattern, civil), TIME)
    }

    /// The time of day beside a message that continues a group: `4:20 PM`.
    #[must_use]
    pub fn short(&self, moment: Timestamp) -> String {
        let day = self.coarse == Some(Coarse::Day);
        match &self.format {
            Some(format) if !day => self.formatted(format, moment),
            _ => {
                let style = if self.seconds {
                    Style::MediumTime
                } else {
                    Style::ShortTime
                };
                let mut time = self.moment(moment, style);
                if self.show_zone && !time.is_empty() {
                    time.push(' ');
                    time.push_str(&self.offset_words(moment));
                }
                time
            }
        }
    }

    /// A time, formatted by the caller's pattern.
    fn formatted(&self, format: &str, moment: Timestamp) -> String {
        if format == ISO {
            return self.iso(moment);
        }
        let seconds = moment.ms.div_euclid(1000);
        let civil = self.civil(seconds, moment.offset);
        let offset = self.zone.offset(seconds, moment.offset);
        let mut written = self.pattern_at(format, civil, Some(offset));
        if self.show_zone {
            written.push(' ');
            written.push_str(&self.offset_words(moment));
        }
        written
    }

    /// The zone of a time, as its UTC offset: `UTC+02:00`.
    #[must_use]
    pub fn offset_words(&self, moment: Timestamp) -> String {
        let offset = self.zone.offset(moment.ms.div_euclid(1000), moment.offset);
        // No UTC offset is as large as a day.
        Zone::Fixed(i16::try_from(offset).unwrap_or_default()).name()
    }

    /// Formats a time of the transcript in a style.
    #[must_use]
    pub fn moment(&self, moment: Timestamp, style: Style) -> String {
        self.write(moment.ms.div_euclid(1000), moment.offset, style)
    }

    /// Rounds a time (Unix time in seconds, with the offset that it was written with) down to the
    /// hour or day, if times are coarse.
    #[must_use]
    pub fn beginning(&self, seconds: i64, written: i16) -> i64 {
        let Some(coarse) = self.coarse else {
            return seconds;
        };
        let offset = i64::from(self.zone.offset(seconds, written)) * 60;
        let local = seconds.saturating_add(offset);
        seconds.saturating_sub(local.rem_euclid(coarse.seconds()))
    }

    /// A time in ISO 8601, to the second and with the offset of the zone:
    /// `2021-04-20T16:20:30+02:00`. Coarse times have only the day, or the hour.
    #[must_use]
    pub fn iso(&self, moment: Timestamp) -> String {
        let seconds = self.beginning(moment.ms.div_euclid(1000), moment.offset);
        let civil = self.civil(seconds, moment.offset);
        let mut iso = format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day);
        if self.coarse != Some(Coarse::Day) {
            let (hour, minute, second) = (civil.hour, civil.minute, civil.second);
            let offset = self.zone.offset(seconds, moment.offset);
            let sign = if offset < 0 { '-' } else { '+' };
            let (hours, minutes) = (offset.unsigned_abs() / 60, offset.unsigned_abs() % 60);
            // Writing to a string doesn't fail.
            let _ = write!(
                iso,
                "T{hour:02}:{minute:02}:{second:02}{sign}{hours:02}:{minutes:02}"
            );
        }
        iso
    }

    /// A time in sortable form: `2021-04-20 16:20`; or by the caller's pattern, if there is one.
    #[must_use]
    pub fn sortable(&self, moment: Timestamp) -> String {
        let seconds = self.beginning(moment.ms.div_euclid(1000), moment.offset);
        let civil = self.civil(seconds, moment.offset);
        let (year, month, day) = (civil.year, civil.month, civil.day);
        if self.coarse == Some(Coarse::Day) {
            return format!("{year:04}-{month:02}-{day:02}");
        }
        if let Some(format) = &self.format {
            return self.formatted(format, moment);
        }
        let (hour, minute, second) = (civil.hour, civil.minute, civil.second);
        let mut sortable = format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}");
        if self.seconds {
            // Writing to a string doesn't fail.
            let _ = write!(sortable, ":{second:02}");
        }
        if self.show_zone {
            sortable.push(' ');
            sortable.push_str(&self.offset_words(moment));
        }
        sortable
    }

    /// Date and time of day in the zone.
    #[must_use]
    pub fn civil(&self, seconds: i64, written: i16) -> Civil {
        let offset = i64::from(self.zone.offset(seconds, written)) * 60;
        Civil::from_seconds(seconds.saturating_add(offset))
    }

    pub(super) fn time(&self, civil: Civil, with_seconds: bool) -> String {
        let words = &self.words;
        let pattern = match (self.clock, with_seconds) {
            (Clock::Hours12, false) => &words.time_12,
            (Clock::Hours12, true) => &words.time_12_seconds,
            (Clock::Hours24, false) => &words.time_24,
            (Clock::Hours24, true) => &words.time_24_seconds,
        };
        self.pattern(pattern, civil)
    }

    /// Formats a date or time by a CLDR pattern.
    pub(super) fn pattern(&self, pattern: &str, civil: Civil) -> String {
        self.pattern_at(pattern, civil, None)
    }

    /// Formats a date or time by a pattern, which may have letters for the offset.
    fn pattern_at(&self, pattern: &str, civil: Civil, offset: Option<i32>) -> String {
        let mut written = String::with_capacity(pattern.len() + 16);
        let mut rest = pattern;
        while let Some(&first) = rest.as_bytes().first() {
            if first == b'\'' {
                let (literal, after) = rest[1..].split_once('\'').unwrap_or((&rest[1..], ""));
                // Two quotes are a literal one.
                written.push_str(if literal.is_empty() { "'" } else { literal });
                rest = after;
                continue;
            }
            let is_letter = first.is_ascii_alphabetic();
            let length = rest.bytes().take_while(|&byte| match is_letter {
                true => byte == first,
                false => byte != b'\'' && !byte.is_ascii_alphabetic(),
            });
            let (run, after) = rest.split_at(length.count());
            let known = is_letter
                && (offset.is_some_and(|offset| self.zone_field(first, offset, &mut written))
                    || self.field(first, run.len(), civil, &mut written));
            if !known {
                written.push_str(run);
            }
            rest = after;
        }
        written
    }

    /// Writes the value of a pattern letter, if it concerns the zone.
    fn zone_field(&self, letter: u8, offset: i32, written: &mut String) -> bool {
        let name = match letter {
            b'V' => Some(self.zone.name()).filter(|name| !name.is_empty()),
            b'x' | b'X' => None,
            _ => return false,
        };
        match name {
            Some(name) => written.push_str(&name),
            None if letter == b'X' && offset == 0 => written.push('Z'),
            None => {
                written.push(if offset < 0 { '-' } else { '+' });
                let minutes = i64::from(offset.unsigned_abs());
                figures(minutes / 60, 2, written);
                written.push(':');
                figures(minutes % 60, 2, written);
            }
        }
        true
    }

    /// Writes the value of a pattern letter, if it is one.
    fn field(&self, letter: u8, count: usize, civil: Civil, written: &mut String) -> bool {
        let words = &self.words;
        let mut named = |names: &[String], index: u8| {
            written.push_str(names.get(usize::from(index)).map_or("", String::as_str));
            true
        };
        let number = match letter {
            b'y' if count == 2 => civil.year.rem_euclid(100),
            b'y' => {
                figures(civil.year, 1, written);
                return true;
            }
            b'M' if count == 3 => return named(&words.months_short, civil.month.saturating_sub(1)),
            b'M' if count > 3 => return named(&words.months, civil.month.saturating_sub(1)),
            b'E' if count < 4 => return named(&words.weekdays_short, civil.weekday % 7),
            b'E' => return named(&words.weekdays, civil.weekday % 7),
            b'a' => return named(&words.halves, u8::from(civil.hour >= 12)),
            b'M' => civil.month.into(),
            b'd' => civil.day.into(),
            b'h' => i64::from((civil.hour + 11) % 12 + 1),
            b'K' => (civil.hour % 12).into(),
            b'H' => civil.hour.into(),
            b'm' => civil.minute.into(),
            b's' => civil.second.into(),
            _ => return false,
        };
        figures(number, if count > 1 { 2 } else { 1 }, written);
        true
    }
}

/// Writes a number, padded to this many digits.
fn figures(number: i64, least: usize, written: &mut String) {
    // Nearly all have at most two.
    if let Ok(number @ 0..=99) = u8::try_from(number) {
        if least > 1 || number > 9 {
            written.push(char::from(b'0' + number / 10));
        }
        written.push(char::from(b'0' + number % 10));
    } else {
        // Writing to a string doesn't fail.
        let _ = write!(written, "{number:0least$}");
    }
}

/// The placeholder for the time of day in a day's text.
pub(super) const TIME: &str = "{time}";

/// Fills in the time of day.
fn timed(text: &str, time: &str) -> String {
    in_places(text, None, time)
}

/// Fills in date and time.
fn together(text: &str, date: &str, time: &str) -> String {
    in_places(text, Some(date), time)
}

fn in_places(text: &str, date: Option<&str>, time: &str) -> String {
    let room = date.map_or(0, str::len) + time.len();
    let mut written = String::with_capacity(text.len() + room);
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        written.push_str(&rest[..at]);
        rest = &rest[at..];
        let (value, after) = if let Some(date) = date
            && let Some(after) = rest.strip_prefix("{date}")
        {
            (date, after)
        } else if let Some(after) = rest.strip_prefix("{time}") {
            (time, after)
        } else {
            rest.split_at(1)
        };
        written.push_str(value);
        rest = after;
    }
    written.push_str(rest);
    written
}
