//! Forced page breaks in long transcripts, so that the parts between them can be laid out in
//! parallel: otherwise, where a page begins depends on all pages before it.

/// The number of messages between two breaks. It must not depend on the number of workers,
/// so that the pages don't either.
const EVERY: usize = 1000;

/// The messages that begin a page: about one in a thousand, always the first of a day.
/// `days` are the first messages of all days, in order.
pub fn breaks(days: &[usize], count: usize) -> Vec<usize> {
    let most = EVERY / 2;
    (EVERY..count.saturating_sub(most))
        .step_by(EVERY)
        .filter_map(|ideal| nearest(days, ideal, most))
        .filter(|first| count - first > most)
        .collect()
}

/// The first message of each worker, at a break if one is close by.
pub fn firsts(breaks: &[usize], count: usize, workers: usize) -> Vec<usize> {
    let share = count / workers;
    let mut firsts: Vec<usize> = (0..workers)
        .map(|worker| {
            let ideal = count * worker / workers;
            let near = nearest(breaks, ideal, share / 2).filter(|_| worker > 0);
            near.unwrap_or(ideal)
        })
        .collect();
    firsts.dedup();
    firsts
}

/// The nearest of the sorted numbers, if it is less than `most` away.
fn nearest(numbers: &[usize], to: usize, most: usize) -> Option<usize> {
    let after = numbers.partition_point(|number| *number < to);
    let around = numbers[after.saturating_sub(1)..].iter().take(2);
    around
        .copied()
        .filter(|number| number.abs_diff(to) < most)
        .min_by_key(|number| number.abs_diff(to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_begin_with_a_day_now_and_then() {
        let days: Vec<usize> = (0..4000).step_by(70).collect();
        assert_eq!(breaks(&days, 4000), [980, 2030, 3010]);
        assert!(breaks(&days, 1400).is_empty());
        // The last stretch is at least half as long as the others.
        assert_eq!(breaks(&days, 3400), [980, 2030]);
        // There is no break within a long day.
        assert_eq!(breaks(&[0, 2100], 4000), [2100]);
        assert!(breaks(&[], 4000).is_empty());
    }

    #[test]
    fn workers_begin_at_breaks_where_they_can() {
        assert_eq!(firsts(&[980, 2030, 3010], 4000, 2), [0, 2030]);
        assert_eq!(firsts(&[980, 2030, 3010], 4000, 4), [0, 980, 2030, 3010]);
        assert_eq!(firsts(&[], 4000, 2), [0, 2000]);
        assert_eq!(firsts(&[980], 4000, 2), [0, 2000]);
        assert_eq!(firsts(&[980], 4000, 1), [0]);
    }
}
