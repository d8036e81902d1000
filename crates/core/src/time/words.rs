//! The words and patterns of times in a language, which the caller supplies. Core has none of
//! its own.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The words and patterns of times in a language, as the tables `time` and
/// `plurals` of the package's `locales/` have them. Patterns are CLDR's:
/// `y`, `yy`, `M` to `MMMM`, `d`, `dd`, `EEE`, `EEEE`, `h`, `hh`, `K`, `H`,
/// `HH`, `mm`, `ss`, `a`, and literals in single quotes.
///
/// The default has no language: dates and times are in ISO 8601, and never relative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct TimeWords {
    /// The usual clock: 12 or 24 hours.
    pub clock: usize,
    /// Names of the months, as used in dates.
    pub months: Vec<String>,
    /// Short names of the months.
    pub months_short: Vec<String>,
    /// Names of the weekdays, from Sunday on.
    pub weekdays: Vec<String>,
    /// Short names of the weekdays.
    pub weekdays_short: Vec<String>,
    /// The names of the halves of the day.
    pub halves: Vec<String>,
    /// Pattern of a time of day on a 12-hour clock.
    #[serde(rename = "time-12")]
    pub time_12: String,
    /// The same with seconds.
    #[serde(rename = "time-12-seconds")]
    pub time_12_seconds: String,
    /// Pattern of a time of day on a 24-hour clock.
    #[serde(rename = "time-24")]
    pub time_24: String,
    /// The same with seconds.
    #[serde(rename = "time-24-seconds")]
    pub time_24_seconds: String,
    /// Pattern of a date in figures.
    pub date: String,
    /// Pattern of a date in words.
    pub date_long: String,
    /// Pattern of a date in words with its weekday.
    pub date_full: String,
    /// Pattern of the date in a message's header.
    pub date_header: String,
    /// A numeric date with a time: has the placeholders `{date}` and `{time}`.
    pub moment: String,
    /// A date in words with a time.
    pub moment_long: String,
    /// A `{time}` today; if empty, the date is written instead.
    pub today: String,
    /// A `{time}` yesterday.
    pub yesterday: String,
    /// The current second; if empty, there are no relative times.
    pub now: String,
    /// Future times, by unit.
    pub future: Units,
    /// Past times, by unit.
    pub past: Units,
    /// CLDR's plural rules for integers, by category.
    pub plurals: BTreeMap<String, String>,
}

impl Default for TimeWords {
    fn default() -> Self {
        Self {
            clock: 24,
            months: Vec::new(),
            months_short: Vec::new(),
            weekdays: Vec::new(),
            weekdays_short: Vec::new(),
            halves: Vec::new(),
            time_12: "hh:mm".into(),
            time_12_seconds: "hh:mm:ss".into(),
            time_24: "HH:mm".into(),
            time_24_seconds: "HH:mm:ss".into(),
            date: "y-MM-dd".into(),
            date_long: "y-MM-dd".into(),
            date_full: "y-MM-dd".into(),
            date_header: "y-MM-dd".into(),
            moment: "{date} {time}".into(),
            moment_long: "{date} {time}".into(),
            today: String::new(),
            yesterday: String::new(),
            now: String::new(),
            future: Units::default(),
            past: Units::default(),
            plurals: BTreeMap::new(),
        }
    }
}

impl TimeWords {
    /// Checks that nothing is missing.
    ///
    /// # Errors
    /// When a list of names has the wrong length, or the clock is invalid.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let lists = [
            ("months", &self.months, 12),
            ("months-short", &self.months_short, 12),
            ("weekdays", &self.weekdays, 7),
            ("weekdays-short", &self.weekdays_short, 7),
            ("halves", &self.halves, 2),
        ];
        for (name, list, count) in lists {
            if !list.is_empty() && list.len() != count {
                return Err(Error::option(
                    &format!("times.{name}"),
                    format_args!("expected {count} names, got {}", list.len()),
                ));
            }
        }
        match self.clock {
            12 | 24 => Ok(()),
            other => Err(Error::option(
                "times.clock",
                format_args!("expected 12 or 24, got {other}"),
            )),
        }
    }
}

/// Units of time, in their plural forms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Units {
    /// Up to 44 seconds.
    pub seconds: Forms,
    /// Up to 44 minutes.
    pub minutes: Forms,
    /// Up to 21 hours.
    pub hours: Forms,
    /// Up to 25 days.
    pub days: Forms,
    /// Up to 10 months.
    pub months: Forms,
    /// Years.
    pub years: Forms,
}

/// A text in its plural forms: one for each of the language's CLDR categories or for a single
/// number (`"1"`), or one for all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Forms {
    /// One for all numbers.
    One(String),
    /// By category or number.
    Many(BTreeMap<String, String>),
}

impl Default for Forms {
    fn default() -> Self {
        Forms::One(String::new())
    }
}

impl Forms {
    /// The text for a number of a category, with the number filled in.
    pub(crate) fn fill(&self, count: u64, category: &str) -> String {
        self.form(count, category)
            .replace("{count}", &count.to_string())
    }

    /// The text for a number of a category.
    pub(crate) fn form(&self, count: u64, category: &str) -> &str {
        match self {
            Forms::One(text) => text,
            Forms::Many(forms) => forms
                .get(&count.to_string())
                .or_else(|| forms.get(category))
                .map_or("", String::as_str),
        }
    }

    /// The text without a number.
    pub(crate) fn one(&self) -> &str {
        match self {
            Forms::One(text) => text,
            Forms::Many(forms) => forms.get("other").map_or("", String::as_str),
        }
    }

    /// The text in all its forms.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        let (one, many) = match self {
            Forms::One(text) => (Some(text.as_str()), None),
            Forms::Many(forms) => (None, Some(forms.values().map(String::as_str))),
        };
        one.into_iter().chain(many.into_iter().flatten())
    }
}
