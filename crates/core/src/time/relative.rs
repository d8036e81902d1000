//! "3 days ago".

/// How far `then` is from `now` (both Unix time in seconds), in words.
#[must_use]
pub fn relative(then: i64, now: i64) -> String {
    let apart = then.saturating_sub(now);
    let words = distance(apart);
    if apart > 0 {
        format!("in {words}")
    } else {
        format!("{words} ago")
    }
}

/// A length of time (seconds), roughly, in words.
///
/// The steps are those of the library that Discord's clients use: 45 seconds,
/// 90 seconds, 45 minutes, 90 minutes, 22 hours, 36 hours, 26 days, 45 days,
/// 320 days, 548 days.
#[must_use]
pub fn distance(seconds: i64) -> String {
    let seconds = seconds.unsigned_abs();
    let rounded = |unit: u64| seconds.saturating_add(unit / 2) / unit;
    let (minutes, hours, days) = (rounded(60), rounded(3600), rounded(86_400));
    // The mean Gregorian month has 30.436875 days.
    let months = rounded(2_629_746);
    let years = rounded(31_556_952);
    if seconds < 45 {
        "a few seconds".to_owned()
    } else if minutes <= 1 {
        "a minute".to_owned()
    } else if minutes < 45 {
        format!("{minutes} minutes")
    } else if hours <= 1 {
        "an hour".to_owned()
    } else if hours < 22 {
        format!("{hours} hours")
    } else if days <= 1 {
        "a day".to_owned()
    } else if days < 26 {
        format!("{days} days")
    } else if months <= 1 {
        "a month".to_owned()
    } else if days < 320 {
        format!("{months} months")
    } else if years <= 1 {
        "a year".to_owned()
    } else {
        format!("{years} years")
    }
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn tells_distances() {
        let cases = [
            (0, "a few seconds ago"),
            (-44, "a few seconds ago"),
            (45, "in a minute"),
            (89, "in a minute"),
            (90, "in 2 minutes"),
            (-44 * 60, "44 minutes ago"),
            (-45 * 60, "an hour ago"),
            (-90 * 60, "2 hours ago"),
            (21 * 3600, "in 21 hours"),
            (22 * 3600, "in a day"),
            (36 * 3600, "in 2 days"),
            (3 * 86_400, "in 3 days"),
            (-30 * 86_400, "a month ago"),
            (-60 * 86_400, "2 months ago"),
            (-400 * 86_400, "a year ago"),
            (-4 * 31_556_952, "4 years ago"),
            (i64::MIN, "292277024627 years ago"),
        ];
        for (distance, words) in cases {
            assert_eq!(relative(distance, 0), words, "{distance}");
        }
    }
}
