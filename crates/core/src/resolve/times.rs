//! Formats the times of messages.

use super::threads::UNDER;
use crate::json::Json;
use crate::model::{Embed, Extra, Spot, Times, Timestamp, Transcript, Visit, Walk};
use crate::text::Text;
use crate::time::{Days, Formatter, Style};

/// Formats all times of a transcript.
pub fn times(transcript: &mut Transcript, formatter: &Formatter) {
    let text = |moment: Option<Timestamp>| {
        let moment = moment.map(|moment| formatter.moment(moment, Style::LongDateShortTime));
        Text::from(moment.unwrap_or_default())
    };
    let mut days = Days::new(formatter);
    for message in &mut transcript.messages {
        message.time = write(
            message.timestamp,
            message.edited_timestamp,
            &mut days,
            formatter,
        );
        embeds(&mut message.embeds, formatter);
        let answered = [&mut message.reply, &mut message.starter];
        let answered = answered
            .into_iter()
            .flatten()
            .map(|reply| &mut reply.system);
        for system in answered.chain([&mut message.system]).flatten() {
            let until = system.until.map(|moment| formatter.header(moment));
            system.until_text = until.unwrap_or_default().into();
            for notice in &mut system.notices {
                if let Some(at) = notice.at {
                    notice.value = formatter.header(at).into();
                }
            }
        }
        if let Some(poll) = &mut message.poll {
            poll.closes = text(poll.expiry);
        }
        // A thread's starter is drawn from its copy.
        if let Some(copy) = &mut message.referenced_message {
            embeds(&mut copy.embeds, formatter);
            if let Some(poll) = &mut copy.poll {
                poll.closes = text(poll.expiry);
            }
        }
        for snapshot in &mut message.message_snapshots {
            snapshot.time = write(
                snapshot.timestamp,
                snapshot.edited_timestamp,
                &mut days,
                formatter,
            );
            embeds(&mut snapshot.embeds, formatter);
        }
    }
    // Threads don't interrupt the days of their channel.
    let mut day = Text::default();
    for message in &mut transcript.messages {
        let Some(time) = &mut message.time else {
            continue;
        };
        if message.nested == UNDER {
            time.day = day.clone();
        } else {
            day = time.day.clone();
        }
    }
    if let Some(range) = &mut transcript.date_range {
        range.after_text = text(range.after);
        range.before_text = text(range.before);
    }
    transcript.exported = text(transcript.exported_at);
    transcript.timezone = formatter.zone.name().into();
}

fn embeds(embeds: &mut [Embed], formatter: &Formatter) {
    for embed in embeds {
        let time = embed.timestamp.map(|moment| formatter.header(moment));
        embed.time = time.unwrap_or_default().into();
    }
}

fn write<'a>(
    sent: Option<Timestamp>,
    edited: Option<Timestamp>,
    days: &mut Days,
    formatter: &Formatter,
) -> Option<Box<Times<'a>>> {
    let sent = days.word(sent?);
    let edited = edited.map(|at| {
        let words = formatter.format.is_some() || formatter.seconds || formatter.show_zone;
        if words {
            formatter.header(at)
        } else {
            formatter.moment(at, Style::FullDateShortTime)
        }
    });
    Some(Box::new(Times {
        header: sent.header.into(),
        short: sent.short.into(),
        day: sent.day.into(),
        full: sent.full.into(),
        edited: edited.unwrap_or_default().into(),
        extra: Vec::new(),
    }))
}

/// Rounds all times of a transcript.
pub fn coarsen(transcript: &mut Transcript, formatter: &Formatter) {
    if formatter.coarse.is_some() {
        let spot = Spot {
            record: "",
            field: "",
        };
        transcript.walk(spot, &mut Coarsen(formatter));
    }
}

struct Coarsen<'f>(&'f Formatter);

impl<'a> Visit<'a> for Coarsen<'_> {
    fn text(&mut self, _: Spot, _: &mut Text<'a>) {}
    fn extra(&mut self, _: &mut Extra<'a>) {}
    fn json(&mut self, _: &mut Json<'a>) {}
    fn moment(&mut self, moment: &mut Timestamp) {
        let seconds = moment.ms.div_euclid(1000);
        let beginning = self.0.beginning(seconds, moment.offset);
        moment.ms = beginning.saturating_mul(1000);
    }
}
