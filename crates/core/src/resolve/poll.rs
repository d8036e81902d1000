//! Votes of polls.

use crate::index::Index;
use crate::model::Poll;

/// Gives each answer its votes and marks the winners of a closed poll.
pub fn count(poll: &mut Poll) {
    let Some(results) = &mut poll.results else {
        return;
    };
    let Some(counts) = &results.answer_counts else {
        return;
    };
    results.total = counts
        .iter()
        .fold(0_u64, |sum, count| sum.saturating_add(count.count))
        // Typst has no larger numbers.
        .min(i64::MAX.unsigned_abs());
    let most = counts.iter().map(|count| count.count).max();
    let most = most.unwrap_or_default();
    let mut places = Index::default();
    for (at, count) in counts.iter().enumerate() {
        places.insert(count.id.to_string().into(), at);
    }
    for answer in &mut poll.answers {
        let place = places.get(&*answer.answer_id.to_string());
        let count = place.map(|&at| &counts[at]);
        // An answer that is not counted has no votes.
        let votes = count.map_or(0, |count| count.count);
        answer.votes = Some(votes);
        answer.me_voted = count.is_some_and(|count| count.me_voted);
        answer.winner = results.is_finalized && votes > 0 && votes == most;
    }
}
