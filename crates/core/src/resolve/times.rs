//! Times of messages in words.

use crate::model::{Times, Timestamp, Transcript};
use crate::text::Text;
use crate::time::{Formatter, Style};

/// Writes the times of all messages.
pub fn times(transcript: &mut Transcript, formatter: &Formatter) {
    for message in &mut transcript.messages {
        message.time = write(message.timestamp, message.edited_timestamp, formatter);
        for snapshot in &mut message.message_snapshots {
            snapshot.time = write(snapshot.timestamp, snapshot.edited_timestamp, formatter);
        }
    }
    transcript.timezone = formatter.zone.name().into();
}

fn write<'a>(
    sent: Option<Timestamp>,
    edited: Option<Timestamp>,
    formatter: &Formatter,
) -> Option<Box<Times<'a>>> {
    let sent = sent?;
    let text = |style| Text::from(formatter.moment(sent, style));
    let edited = edited.map(|at| formatter.moment(at, Style::FullDateShortTime));
    Some(Box::new(Times {
        header: formatter.header(sent).into(),
        short: text(Style::ShortTime),
        day: text(Style::LongDate),
        full: text(Style::FullDateShortTime),
        edited: edited.unwrap_or_default().into(),
        extra: Vec::new(),
    }))
}
