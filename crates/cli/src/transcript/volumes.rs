//! Dividing a transcript into volumes.

use scrollback_core::model::Message;
use scrollback_core::time::{Civil, Formatter};
use scrollback_core::{Error, Options, formatter, transcript};

use crate::args::Split;

/// A part of a transcript, in a file of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Volume {
    /// Its name, where there are several: `2024-03`, `2024-w09`, `007`.
    pub name: Option<String>,
    /// The options that keep its messages alone.
    pub options: Options,
}

impl Volume {
    /// The whole transcript.
    pub fn whole(options: &Options) -> Self {
        Self {
            name: None,
            options: options.clone(),
        }
    }
}

/// Divides the transcript of these parts. A volume keeps its messages by their first
/// and last id, which the messages of a channel are ordered by.
///
/// # Errors
/// When the parts hold no messages, or an option makes no sense.
pub fn divide(parts: &[&[u8]], options: &Options, split: Split) -> Result<Vec<Volume>, Error> {
    let formatter = formatter(options)?;
    // Ids and times as they are; names and order don't matter here.
    let plain = Options {
        anonymize: false,
        newest_first: false,
        ..options.clone()
    };
    let (transcript, _) = transcript(parts, &plain)?;
    let total = transcript.messages.len();
    let mut runs: Vec<(String, Vec<u64>)> = Vec::new();
    for (index, message) in transcript.messages.iter().enumerate() {
        let name = match split {
            Split::Messages(most) => {
                let width = total.div_ceil(most).to_string().len();
                format!("{:0width$}", index / most + 1)
            }
            calendar => match day(message, &formatter) {
                Some(civil) => calendar_name(calendar, civil),
                // Untimed messages go with those before them.
                None => runs
                    .last()
                    .map_or_else(|| "undated".into(), |(name, _)| name.clone()),
            },
        };
        if runs.last().is_none_or(|(known, _)| *known != name) {
            runs.push((name, Vec::new()));
        }
        if let (Some((_, ids)), Ok(id)) = (runs.last_mut(), message.id.parse()) {
            ids.push(id);
        }
    }
    let mut volumes = Vec::new();
    for (name, ids) in runs {
        let (Some(first), Some(last)) = (ids.iter().min(), ids.iter().max()) else {
            return Err(Error {
                place: None,
                message:
                    "option `split`: expected messages with ids to divide between, got some without"
                        .into(),
            });
        };
        let mut options = options.clone();
        options.filter.from_id = Some(first.to_string());
        options.filter.to_id = Some(last.to_string());
        volumes.push(Volume {
            name: Some(name),
            options,
        });
    }
    if volumes.is_empty() {
        volumes.push(Volume::whole(options));
    }
    Ok(volumes)
}

/// The day of a message in the zone of the transcript.
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
            date.map_or_else(
                || "undated".into(),
                |date| date.format("%G-w%V").to_string(),
            )
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

    fn names(split: Split, timezone: Option<&str>) -> Vec<String> {
        let options = Options {
            timezone: timezone.map(Into::into),
            ..Options::default()
        };
        let volumes = divide(&[EXPORT], &options, split).unwrap();
        volumes
            .into_iter()
            .filter_map(|volume| volume.name)
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
    fn volumes_hold_every_message_once() {
        let volumes = divide(&[EXPORT], &Options::default(), Split::Messages(2)).unwrap();
        let sizes: Vec<_> = volumes
            .iter()
            .map(|volume| {
                transcript(&[EXPORT], &volume.options)
                    .unwrap()
                    .0
                    .messages
                    .len()
            })
            .collect();
        assert_eq!(sizes, [2, 1]);
    }
}
