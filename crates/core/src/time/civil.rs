//! Dates and times of day from seconds, and offsets from UTC.

/// A date and time of day in some zone, Gregorian throughout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
    /// Day of the week, 0 for Sunday.
    pub weekday: u8,
}

/// Seconds of a day.
pub const DAY: i64 = 86_400;

impl Civil {
    /// The date and time of day, `seconds` after 1970-01-01T00:00:00 of the
    /// same zone.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        let days = seconds.div_euclid(DAY);
        let time = seconds.rem_euclid(DAY);
        // Counting years from March puts the leap day last. 400 years, an
        // era, have 146 097 days.
        let shifted = days + 719_468;
        let era = shifted.div_euclid(146_097);
        let of_era = shifted.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 {
            from_march + 3
        } else {
            from_march - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let small = |value: i64| u8::try_from(value).unwrap_or_default();
        Civil {
            year,
            month: small(month),
            day: small(day),
            hour: small(time / 3600),
            minute: small(time / 60 % 60),
            second: small(time % 60),
            weekday: small((days + 4).rem_euclid(7)),
        }
    }
}

/// Days from 1970-01-01 to a date.
#[must_use]
pub fn days_from_civil(year: i64, month: u8, day: u8) -> i64 {
    let year = year - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + of_era - 719_468
}

/// Number of days of a month.
#[must_use]
pub fn days_of_month(year: i64, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// `+02:00`, `-0330`, `+02`, `Z` or nothing; minutes east of UTC.
pub fn offset_minutes(bytes: &[u8]) -> Option<Option<i16>> {
    let digit = |byte: &u8| byte.is_ascii_digit().then(|| i16::from(byte - b'0'));
    let (sign, rest) = match bytes {
        [] => return Some(None),
        [b'Z' | b'z'] => return Some(Some(0)),
        [b'+', rest @ ..] => (1, rest),
        [b'-', rest @ ..] => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match rest {
        [a] => (digit(a)?, 0),
        [a, b] => (digit(a)? * 10 + digit(b)?, 0),
        [a, b, b':', c, d] | [a, b, c, d] => {
            (digit(a)? * 10 + digit(b)?, digit(c)? * 10 + digit(d)?)
        }
        _ => return None,
    };
    (hours <= 18 && minutes < 60).then_some(Some(sign * (hours * 60 + minutes)))
}

#[cfg(test)]
mod tests {
    use super::{Civil, DAY, days_from_civil};

    #[test]
    fn days_and_dates_convert_both_ways() {
        for days in (-800_000..800_000).step_by(17) {
            let civil = Civil::from_seconds(days * DAY + 3723);
            assert_eq!(days_from_civil(civil.year, civil.month, civil.day), days);
            assert_eq!((civil.hour, civil.minute, civil.second), (1, 2, 3));
        }
        let civil = Civil::from_seconds(1_618_935_630);
        assert_eq!(
            (civil.year, civil.month, civil.day, civil.weekday),
            (2021, 4, 20, 2)
        );
    }
}
