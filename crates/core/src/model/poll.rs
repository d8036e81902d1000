//! Polls and their results.

use super::{Emoji, Tree};
use crate::record::record;
use crate::text::Text;
use crate::time::Timestamp;

record! {
    /// A poll.
    Poll {
        /// Question.
        question: PollMedia<'a> = "question",
        /// Answers in order.
        answers: Vec<PollAnswer<'a>> = "answers",
        /// When it closes.
        expiry: Option<Timestamp> = "expiry",
        /// More than one answer may be chosen.
        allow_multiselect: bool = "allow_multiselect",
        /// Layout; 1 is the only one.
        layout_type: u64 = "layout_type",
        /// Votes; unknown when absent.
        results: Option<PollResults<'a>> = "results",
    }
    computed {
        /// `expiry` in words: `April 20, 2021 at 4:20 PM`.
        closes: Text<'a> = "closes",
    }
}

record! {
    /// Text and emoji of a question or answer; plain text.
    PollMedia {
        /// Text.
        text: Text<'a> = "text",
        /// Emoji.
        emoji: Option<Emoji<'a>> = "emoji",
    }
    computed {
        /// Tree of the text, for Typst.
        tree: Option<Box<Tree>> = "tree",
    }
}

record! {
    /// An answer that can be chosen.
    PollAnswer {
        /// Number of the answer, from 1.
        answer_id: u64 = "answer_id",
        /// Text and emoji.
        poll_media: PollMedia<'a> = "poll_media",
    }
    computed {
        /// Votes, when they are known.
        votes: Option<u64> = "votes",
        /// The one who exported chose it.
        me_voted: bool = "me_voted",
        /// Has the most votes of a closed poll.
        winner: bool = "winner",
    }
}

record! {
    /// Votes.
    PollResults {
        /// Counted to the end.
        is_finalized: bool = "is_finalized",
        /// One entry an answer; an absent one has no votes. Unknown when absent itself.
        answer_counts: Option<Vec<AnswerCount<'a>>> = "answer_counts",
    }
    computed {
        /// Total votes; meaningless if they aren't known.
        total: u64 = "total",
    }
}

record! {
    /// Votes of an answer.
    AnswerCount {
        /// Number of the answer.
        id: u64 = "id",
        /// Votes, where they are known.
        count: Option<u64> = "count",
        /// The one who exported chose it.
        me_voted: bool = "me_voted",
    }
}

record! {
    /// The notice that a poll has closed (message type 46), taken from the
    /// fields of its embed.
    PollResult {}
    computed {
        /// Question.
        question: Text<'a> = "question",
        /// Votes in all, as far as known.
        total_votes: Option<u64> = "total_votes",
        /// Number of the winning answer; absent when nobody won.
        answer_id: Option<u64> = "answer_id",
        /// Votes of the winning answer, or of each of those that tie, as far as known.
        votes: Option<u64> = "votes",
        /// Text of the winning answer.
        text: Text<'a> = "text",
        /// Emoji of the winning answer.
        emoji: Option<Emoji<'a>> = "emoji",
    }
}
