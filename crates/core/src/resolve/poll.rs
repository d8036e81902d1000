//! Votes of polls.

use std::collections::HashMap;

use crate::model::{AnswerCount, Poll};

/// Gives each answer its votes and marks the winners of a closed poll.
pub fn count(poll: &mut Poll) {
    let Some(results) = &mut poll.results else {
        return;
    };
    results.total = results
        .answer_counts
        .iter()
        .fold(0, |sum, count| sum.saturating_add(count.count));
    let most = results
        .answer_counts
        .iter()
        .map(|count| count.count)
        .max()
        .unwrap_or_default();
    let counts: HashMap<u64, &AnswerCount> = results
        .answer_counts
        .iter()
        .map(|count| (count.id, count))
        .collect();
    for answer in &mut poll.answers {
        let count = counts.get(&answer.answer_id);
        // An answer that is not counted has no votes.
        let votes = count.map_or(0, |count| count.count);
        answer.votes = Some(votes);
        answer.me_voted = count.is_some_and(|count| count.me_voted);
        answer.winner = results.is_finalized && votes > 0 && votes == most;
    }
}
