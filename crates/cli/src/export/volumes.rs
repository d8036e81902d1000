//! Dividing a transcript into volumes.

use scrollback_core::model::Message;
use scrollback_core::time::{Civil, Formatter};
use scrollback_core::{Archive, Error, Options};

use crate::args::Split;

/// A part of a transcript, in a file of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// Its name: `2024-03`, `2024-w09`, `007`.
    pub name: String,
    /// The places of its messages in the archive.
    pub places: Vec<usize>,
}

/// Divides what the options keep of an archive; nothing makes no volumes.
///
/// # Errors
/// When an option makes no sense.
pub fn divide(archive: &Archive, options: &Options, split: Split) -> Result<Vec<Volume>, Error> {
    let formatter = archive.formatter(options)?;
    let kept = archive.kept(options)?;
    let messages = &archive.transcript().messages;
    let width = match split {
        Split::Messages(most) => kept.len().div_ceil(most).to_string().len(),
        _ => 0,
    };
    let mut volumes: Vec<Volume> = Vec::new();
    for (index, place) in kept.into_iter().enumerate() {
        let last = volumes.last().map(|volume| volume.name.as_str());
        let name = match split {
            Split::Messages(most) => format!("{:0width$}", index / most + 1),
            calendar => match day(&messages[place], &formatter) {
                Some(civil) => calendar_name(calendar, civil),
                // Untimed messages go with those before them.
                None => last.unwrap_or("undated").to_owned(),
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
    fn volumes_hold_every_message_once() {
        let volumes = volumes(Split::Messages(2), None);
        assert_eq!(volumes, [("1".into(), 2), ("2".into(), 1)]);
    }
}
