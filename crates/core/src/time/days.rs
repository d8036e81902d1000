//! Formats the times of consecutive messages. Most are on the same day as the one before, so
//! the day's text is cached.

use super::civil::Civil;
use super::format::{Style, TIME};
use super::{Formatter, Timestamp};

/// The formatted times of a message.
pub(crate) struct Worded {
    /// [`Formatter::header`].
    pub header: String,
    /// [`Formatter::short`].
    pub short: String,
    /// In the style [`Style::LongDate`].
    pub day: String,
    /// In the style [`Style::FullDateShortTime`].
    pub full: String,
}

/// Formats times one after the other.
pub(crate) struct Days<'f> {
    formatter: &'f Formatter,
    last: Option<Day>,
}

/// The text that the times of a day share.
struct Day {
    /// Year, month, day, and the UTC offset that the time was written with.
    date: (i64, u8, u8, i16),
    header: Frame,
    long: String,
    full: Frame,
}

/// The text around the time of day.
struct Frame(Vec<String>);

impl Frame {
    fn new(text: &str) -> Self {
        Self(text.split(TIME).map(str::to_owned).collect())
    }

    fn around(&self, time: &str) -> String {
        self.0.join(time)
    }
}

impl<'f> Days<'f> {
    pub fn new(formatter: &'f Formatter) -> Self {
        Self {
            formatter,
            last: None,
        }
    }

    /// The times of a message that was sent at this time.
    pub fn word(&mut self, moment: Timestamp) -> Worded {
        let formatter = self.formatter;
        if formatter.coarse.is_some() || formatter.format.is_some() || formatter.show_zone {
            return Worded {
                header: formatter.header(moment),
                short: formatter.short(moment),
                day: formatter.moment(moment, Style::LongDate),
                full: formatter.moment(moment, Style::FullDateShortTime),
            };
        }
        let civil = formatter.civil(moment.ms.div_euclid(1000), moment.offset);
        let day = self.day(moment, civil);
        let mut time = formatter.time(civil, false);
        let full = day.full.around(&time);
        if formatter.seconds {
            time = formatter.time(civil, true);
        }
        Worded {
            header: day.header.around(&time),
            day: day.long.clone(),
            short: time,
            full,
        }
    }

    fn day(&mut self, moment: Timestamp, civil: Civil) -> &Day {
        let date = (civil.year, civil.month, civil.day, moment.offset);
        let formatter = self.formatter;
        let last = self.last.take().filter(|last| last.date == date);
        self.last.insert(last.unwrap_or_else(|| Day {
            date,
            header: Frame::new(&formatter.header_of_day(moment, civil)),
            long: formatter.pattern(&formatter.words.date_long, civil),
            full: Frame::new(&formatter.long(&formatter.words.date_full, civil)),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Coarse, Zone};

    #[test]
    fn a_cached_day_formats_as_the_formatter_does() {
        let mut formatter = Formatter {
            zone: Zone::find("America/New_York").unwrap(),
            now: Some(1_700_000_000),
            ..Formatter::default()
        };
        formatter.words.today = "today, {time}".into();
        formatter.words.date_full = "EEEE y-MM-dd 'o''clock' é".into();
        let with = |change: fn(&mut Formatter)| {
            let mut formatter = formatter.clone();
            change(&mut formatter);
            formatter
        };
        let formatters = [
            with(|_| ()),
            with(|formatter| formatter.seconds = true),
            with(|formatter| formatter.show_zone = true),
            with(|formatter| formatter.format = Some("y/MM xxx".into())),
            with(|formatter| formatter.coarse = Some(Coarse::Day)),
            with(|formatter| formatter.zone = Zone::Written),
        ];
        for formatter in &formatters {
            let mut days = Days::new(formatter);
            for step in 0..500 {
                let moment = Timestamp {
                    ms: 1_699_500_000_000 + step * 2_345_678,
                    offset: if step % 50 == 0 { 120 } else { 0 },
                };
                let worded = days.word(moment);
                assert_eq!(worded.header, formatter.header(moment));
                assert_eq!(worded.short, formatter.short(moment));
                assert_eq!(worded.day, formatter.moment(moment, Style::LongDate));
                assert_eq!(
                    worded.full,
                    formatter.moment(moment, Style::FullDateShortTime)
                );
            }
        }
    }
}
