//! Divides a transcript into volumes.

use std::collections::BTreeSet;

use scrollback_core::model::Message;
use scrollback_core::time::{Civil, Formatter};
use scrollback_core::{Archive, Error, Options};

use crate::args::Split;

/// A part of a transcript, which gets its own file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Its name: `2024-03`, `2024-w09`, `007`.
    pub name: String,
    /// The positions of its messages in the archive.
    pub places: Vec<usize>,
}

/// Divides the selected messages of an archive; without messages, there are no volumes.
///
/// # Errors
/// When an option makes no sense.
pub fn divide(archive: &Archive, options: &Options, split: Split) -> Result<Vec<Volume>, Error> {
    let formatter = archive.formatter(options)?;
    let kept = archive.kept(options)?;
    let messages = &archive.transcript().messages;
    let count = kept.len();
    let mut volumes: Vec<Volume> = Vec::new();
    for (index, place) in kept.into_iter().enumerate() {
        let last = volumes.last().map(|volume| volume.name.as_str());
        let name = match split {
            Split::Messages(most) => numbered(index / most + 1, count.div_ceil(most)),
            calendar => match day(&messages[place], &formatter) {
                Some(civil) => calendar_name(calendar, civil),
                // Untimed messages go with those before them.
                None => last.unwrap_or(UNDATED).to_owned(),
            },
        };
        // Messages by their ids may be out of the order of their times.
        match volumes.iter_mut().rfind(|volume| volume.name == name) {
            Some(volume) => volume.places.push(place),
            None => volumes.push(Volume {
                name,
                places: vec![place],
            }),
        }
    }
    Ok(volumes)
}

/// Divides a streamed transcript, which is never in memory as a whole. In a first pass, each
/// message is recorded; in later passes, it can be asked for the volume of each.
pub struct Survey {
    split: Split,
    formatter: Formatter,
    /// Names of volumes by the calendar.
    names: BTreeSet<String>,
    /// Times and ids of messages, which may be recorded more than once.
    keys: Vec<(i64, u64)>,
    kept: usize,
}

impl Survey {
    /// An empty survey.
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn new(options: &Options, split: Split) -> Result<Self, Error> {
        Ok(Self {
            split,
            formatter: scrollback_core::formatter(options)?,
            names: BTreeSet::new(),
            keys: Vec::new(),
            kept: 0,
        })
    }

    /// Records a message.
    pub fn note(&mut self, message: &Message) {
        match self.split {
            Split::Messages(_) => {}
            calendar => {
                self.names.insert(self.calendar_name(calendar, message));
            }
        }
        self.keys.push(key(message));
    }

    /// The number of distinct messages. Call [`Survey::names`] first.
    pub fn kept(&self) -> usize {
        self.kept
    }

    /// The names of all volumes, in order. This ends the first pass.
    pub fn names(&mut self) -> Vec<String> {
        self.keys.sort_unstable();
        self.keys.dedup();
        self.kept = self.keys.len();
        let Split::Messages(most) = self.split else {
            self.keys = Vec::new();
            return self.names.iter().cloned().collect();
        };
        let count = self.keys.len().div_ceil(most);
        // Only the first of each volume matters.
        let first = std::mem::take(&mut self.keys).into_iter().step_by(most);
        self.keys = first.collect();
        (1..=count).map(|number| numbered(number, count)).collect()
    }

    /// The name of the volume that a message is in.
    pub fn name(&self, message: &Message) -> String {
        match self.split {
            Split::Messages(_) => {
                let key = key(message);
                let number = self.keys.partition_point(|first| *first <= key);
                numbered(number, self.keys.len())
            }
            calendar => self.calendar_name(calendar, message),
        }
    }

    fn calendar_name(&self, calendar: Split, message: &Message) -> String {
        match day(message, &self.formatter) {
            Some(civil) => calendar_name(calendar, civil),
            None => UNDATED.into(),
        }
    }
}

/// The name of the volume of messages without a time.
const UNDATED: &str = "undated";

/// The sort key of messages.
fn key(message: &Message) -> (i64, u64) {
    let time = message.timestamp.map_or(i64::MIN, |time| time.ms);
    (time, message.id.parse().unwrap_or_default())
}

/// A number, padded to the width of the last one.
fn numbered(number: usize, last: usize) -> String {
    let width = last.to_string().len();
    format!("{number:0width$}")
}

/// The day of a message in the transcript's time zone.
fn day(message: &Message, formatter: &Formatter) -> Option<Civil> {
    let time = message.timestamp?;
    Some(formatter.civil(time.ms.div_euclid(1000), time.offset))
}

/// The name of the volume that a day belongs to.
fn calendar_name(split: Split, civil: Civil) -> String {
    let Civil {
        year, month, day, ..
    } = civil;
    match split {
        Split::Day => format!("{year:04}-{month:02}-{day:02}"),
        Split::Week => {
            let date = chrono::NaiveDate::from_ymd_opt(
                i32::try_from(year).unwrap_or_default(),
                month.into(),
                day.into(),
            );
            date.map_or_else(|| UNDATED.into(), |date| date.format("%G-w%V").to_string())
        }
        Split::Month | Split::Messages(_) => format!("{year:04}-{month:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &[u8] = br#"[
        {"id":"1","content":"a","timestamp":"2024-02-29T23:30:00+00:00","author":{"id":"9","username":"x"}},
        {"id":"2","content":"b","timestamp":"2024-03-01T00:30:00+00:00","author":{"id":"9","username":"x"}},
        {"id":"3","content":"c","timestamp":"2024-03-04T12:00:00+00:00","author":{"id":"9","username":"x"}}
    ]"#;

    fn volumes(split: Split, timezone: Option<&str>) -> Vec<(String, usize)> {
        let options = Options {
            timezone: timezone.map(Into::into),
            ..Options::default()
        };
        let _reading = crate::READING.lock();
        let archive = scrollback_core::read(&[EXPORT], &options).unwrap();
        let volumes = divide(&archive, &options, split).unwrap();
        volumes
            .into_iter()
            .map(|volume| (volume.name, volume.places.len()))
            .collect()
    }

    fn names(split: Split, timezone: Option<&str>) -> Vec<String> {
        volumes(split, timezone)
            .into_iter()
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn volumes_follow_the_calendar_of_the_zone() {
        assert_eq!(names(Split::Month, None), ["2024-02", "2024-03"]);
        assert_eq!(names(Split::Month, Some("Europe/Berlin")), ["2024-03"]);
        assert_eq!(names(Split::Week, None), ["2024-w09", "2024-w10"]);
        assert_eq!(names(Split::Day, None).len(), 3);
    }

    #[test]
    fn a_survey_divides_as_the_whole_is_divided() {
        let _reading = crate::READING.lock();
        let options = Options::default();
        let archive = scrollback_core::read(&[EXPORT], &options).unwrap();
        let messages = &archive.transcript().messages;
        for split in [Split::Day, Split::Week, Split::Month, Split::Messages(2)] {
            let expected = divide(&archive, &options, split).unwrap();
            let mut survey = Survey::new(&options, split).unwrap();
            // Messages come in any order, and repeatedly.
            messages
                .iter()
                .chain(messages)
                .rev()
                .for_each(|m| survey.note(m));
            let names = survey.names();
            let known: Vec<&str> = expected.iter().map(|volume| &*volume.name).collect();
            assert_eq!(names, known, "{split:?}");
            for volume in &expected {
                for &place in &volume.places {
                    assert_eq!(survey.name(&messages[place]), volume.name, "{split:?}");
                }
            }
        }
    }

    #[test]
    fn volumes_hold_every_message_once() {
        let volumes = volumes(Split::Messages(2), None);
        assert_eq!(volumes, [("1".into(), 2), ("2".into(), 1)]);
    }
}
