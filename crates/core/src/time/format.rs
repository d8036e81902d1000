//! Discord's styles of times, in English.

use super::civil::{Civil, DAY};
use super::relative::relative;
use super::{Clock, Timestamp, Zone};

/// A style of a time, by the letter in `<t:seconds:letter>`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Style {
    /// `t`: 16:20
    ShortTime,
    /// `T`: 16:20:30
    MediumTime,
    /// `d`: 20/04/2021
    ShortDate,
    /// `D`: April 20, 2021
    LongDate,
    /// `f`: April 20, 2021 at 16:20
    #[default]
    LongDateShortTime,
    /// `F`: Tuesday, April 20, 2021 at 16:20
    FullDateShortTime,
    /// `s`: 20/04/2021, 16:20
    ShortDateShortTime,
    /// `S`: 20/04/2021, 16:20:30
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

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];

/// Writes times in a zone, by a clock, as seen at some moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formatter {
    /// The zone.
    pub zone: Zone,
    /// 12 or 24 hours.
    pub clock: Clock,
    /// "Now" in seconds of Unix time; without it all times are absolute.
    pub now: Option<i64>,
}

/// Greatest distance from 1970 in seconds that Discord accepts.
const FARTHEST: u64 = 8_640_000_000_000;

impl Formatter {
    /// Writes a moment of Unix time (seconds) as `<t:seconds:style>` shows
    /// it. Relative times need "now", and are written as
    /// [`Style::LongDateShortTime`] without it. `None` when the moment is
    /// beyond what Discord accepts.
    #[must_use]
    pub fn style(&self, seconds: i64, style: Style) -> Option<String> {
        (seconds.unsigned_abs() <= FARTHEST).then(|| self.write(seconds, 0, style))
    }

    fn write(&self, seconds: i64, written: i16, style: Style) -> String {
        let civil = self.civil(seconds, written);
        match style {
            Style::ShortTime => self.time(civil, false),
            Style::MediumTime => self.time(civil, true),
            Style::ShortDate => self.short_date(civil),
            Style::LongDate => long_date(civil),
            Style::LongDateShortTime => {
                format!("{} at {}", long_date(civil), self.time(civil, false))
            }
            Style::FullDateShortTime => {
                let weekday = WEEKDAYS[usize::from(civil.weekday % 7)];
                format!(
                    "{weekday}, {} at {}",
                    long_date(civil),
                    self.time(civil, false)
                )
            }
            Style::ShortDateShortTime => {
                format!("{}, {}", self.short_date(civil), self.time(civil, false))
            }
            Style::ShortDateMediumTime => {
                format!("{}, {}", self.short_date(civil), self.time(civil, true))
            }
            Style::Relative => match self.now {
                Some(now) => relative(seconds, now),
                None => self.write(seconds, written, Style::LongDateShortTime),
            },
        }
    }

    /// The time after a message's author: `Today at 4:20 PM`,
    /// `Yesterday at 4:20 PM`, else `4/20/21, 4:20 PM` (12 hours) or
    /// `20/04/2021, 16:20` (24 hours).
    #[must_use]
    pub fn header(&self, moment: Timestamp) -> String {
        let seconds = moment.ms.div_euclid(1000);
        let civil = self.civil(seconds, moment.offset);
        let time = self.time(civil, false);
        let day = |seconds: i64| {
            let offset = i64::from(self.zone.offset(seconds, moment.offset)) * 60;
            (seconds.saturating_add(offset)).div_euclid(DAY)
        };
        match self.now.map(|now| day(now).saturating_sub(day(seconds))) {
            Some(0) => return format!("Today at {time}"),
            Some(1) => return format!("Yesterday at {time}"),
            _ => {}
        }
        match self.clock {
            Clock::Hours12 => {
                let year = civil.year.rem_euclid(100);
                format!("{}/{}/{year:02}, {time}", civil.month, civil.day)
            }
            Clock::Hours24 => format!("{}, {time}", self.short_date(civil)),
        }
    }

    /// Writes a moment of the transcript in a style.
    #[must_use]
    pub fn moment(&self, moment: Timestamp, style: Style) -> String {
        self.write(moment.ms.div_euclid(1000), moment.offset, style)
    }

    /// Date and time of day of a moment in the zone.
    #[must_use]
    pub fn civil(&self, seconds: i64, written: i16) -> Civil {
        let offset = i64::from(self.zone.offset(seconds, written)) * 60;
        Civil::from_seconds(seconds.saturating_add(offset))
    }

    fn time(&self, civil: Civil, with_seconds: bool) -> String {
        let Civil {
            hour,
            minute,
            second,
            ..
        } = civil;
        let seconds = if with_seconds {
            format!(":{second:02}")
        } else {
            String::new()
        };
        match self.clock {
            Clock::Hours24 => format!("{hour:02}:{minute:02}{seconds}"),
            Clock::Hours12 => {
                let half = if hour < 12 { "AM" } else { "PM" };
                let hour = (hour + 11) % 12 + 1;
                format!("{hour}:{minute:02}{seconds} {half}")
            }
        }
    }

    fn short_date(&self, civil: Civil) -> String {
        let Civil {
            year, month, day, ..
        } = civil;
        match self.clock {
            Clock::Hours24 => format!("{day:02}/{month:02}/{year}"),
            Clock::Hours12 => format!("{month}/{day}/{year}"),
        }
    }
}

fn long_date(civil: Civil) -> String {
    let month = MONTHS[usize::from(civil.month.clamp(1, 12)) - 1];
    format!("{month} {}, {}", civil.day, civil.year)
}
