//! Polls and their results, as lines.

use super::parts::{Dress, Line};
use super::scene::{Scene, one_line};
use crate::markdown::Variant;
use crate::model::{Poll, PollMedia, PollResult};

impl Scene<'_, '_> {
    fn media_words(&self, media: &PollMedia) -> String {
        let text = self.typed(&media.text, Variant::Emoji);
        let words = self.labelled(media.emoji.as_ref(), &[&text]);
        if words.is_empty() {
            "…".into()
        } else {
            one_line(&words).into_owned()
        }
    }

    pub(super) fn poll(&self, poll: &Poll) -> Vec<Line> {
        let words = self.words();
        let question = self.media_words(&poll.question);
        let mut lines = vec![Line::new(
            format!("{}: {question}", words.text("poll")),
            Dress::Strong,
        )];
        for answer in &poll.answers {
            let mut line = Line::new(self.media_words(&answer.poll_media), Dress::Item);
            if let Some(votes) = answer.votes {
                line.after = format!(" — {}", words.count("votes", votes));
            }
            if answer.winner {
                line.after
                    .push_str(&format!(" ({})", words.text("winning-answer-alt")));
            }
            lines.push(line);
        }
        let closed = poll
            .results
            .as_ref()
            .is_some_and(|results| results.is_finalized);
        if poll.allow_multiselect && !closed {
            lines.push(Line::new(words.text("select-several"), Dress::Emphasis));
        }
        if closed {
            lines.push(Line::new(words.text("poll-closed"), Dress::Emphasis));
        } else if !poll.closes.is_empty() {
            let ends = words.say("ends", &[("time", &poll.closes)]);
            lines.push(Line::new(ends, Dress::Emphasis));
        }
        lines
    }

    pub(super) fn poll_result(&self, result: &PollResult) -> Vec<Line> {
        let words = self.words();
        let mut lines = vec![Line::new(one_line(&result.question), Dress::Strong)];
        if result.answer_id.is_some() {
            let emoji = result.emoji.as_ref().map(|emoji| self.emoji(emoji));
            let emoji = emoji.map_or_else(String::new, |emoji| format!("{emoji} "));
            let mut line = Line::new(
                format!(
                    "{}: {emoji}{}",
                    words.text("winning-answer"),
                    one_line(&result.text)
                ),
                Dress::Item,
            );
            if let Some(votes) = result.votes {
                line.after = format!(" — {}", words.count("votes", votes));
            }
            lines.push(line);
        } else if let Some(total) = result.total_votes {
            let key = if total > 0 { "tied" } else { "no-winner" };
            lines.push(Line::new(words.text(key), Dress::Item));
        }
        lines
    }
}
