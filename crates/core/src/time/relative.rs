//! "3 days ago".

use super::plural::Plurals;
use super::words::{Forms, TimeWords, Units};

/// The relative time from `now` to `then` (both Unix time in seconds); `None` if the language
/// has no relative times.
pub fn relative(then: i64, now: i64, words: &TimeWords, plurals: &Plurals) -> Option<String> {
    if words.now.is_empty() {
        return None;
    }
    let apart = then.saturating_sub(now);
    if apart == 0 {
        return Some(words.now.clone());
    }
    let units = if apart > 0 {
        &words.future
    } else {
        &words.past
    };
    let (forms, count) = distance(apart.unsigned_abs(), units);
    Some(forms.fill(count, plurals.category(count)))
}

/// The unit and count for a duration (seconds). The largest unit is days.
pub fn lasted(seconds: u64, units: &Units) -> (&Forms, u64) {
    let (forms, count) = distance(seconds, units);
    if std::ptr::eq(forms, &units.months) || std::ptr::eq(forms, &units.years) {
        return (&units.days, seconds.saturating_add(43_200) / 86_400);
    }
    (forms, count)
}

/// The unit and count for a relative time (seconds).
///
/// The thresholds are those of moment.js, which Discord's client uses: 45 seconds are a
/// minute, 45 minutes an hour, 22 hours a day, 26 days a month, 11 months a year. Like the
/// client, it counts seconds.
fn distance(seconds: u64, units: &Units) -> (&Forms, u64) {
    let rounded = |unit: u64| seconds.saturating_add(unit / 2) / unit;
    let (minutes, hours, days) = (rounded(60), rounded(3600), rounded(86_400));
    // The mean Gregorian month has 30.436875 days.
    let months = rounded(2_629_746);
    if seconds < 45 {
        (&units.seconds, seconds)
    } else if minutes < 45 {
        (&units.minutes, minutes.max(1))
    } else if hours < 22 {
        (&units.hours, hours.max(1))
    } else if days < 26 {
        (&units.days, days.max(1))
    } else if months < 11 {
        (&units.months, months.max(1))
    } else {
        (&units.years, ((months + 6) / 12).max(1))
    }
}
