//! Resolves votes of polls.

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
        .filter_map(|count| count.count)
        .fold(0_u64, u64::saturating_add)
        // Typst's largest integer.
        .min(i64::MAX.unsigned_abs());
    let most = counts.iter().filter_map(|count| count.count).max();
    let most = most.unwrap_or_default();
    let mut places = Index::default();
    for (at, count) in counts.iter().enumerate() {
        places.insert(count.id.to_string().into(), at);
    }
    for answer in &mut poll.answers {
        let place = places.get(&*answer.answer_id.to_string());
        let count = place.map(|&at| &counts[at]);
        // An answer without a count has no votes.
        let votes = count.map_or(Some(0), |count| count.count);
        answer.votes = votes;
        answer.me_voted = count.is_some_and(|count| count.me_voted);
        answer.winner =
            results.is_finalized && votes.is_some_and(|votes| votes > 0 && votes == most);
    }
}
