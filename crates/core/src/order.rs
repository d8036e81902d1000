//! Sorts through function pointers: each type that the standard library sorts adds several
//! kilobytes to the plugin.

use std::cmp::Ordering;

/// Sorts `items`; equal ones keep their order.
pub(crate) fn sort_by<T>(items: &mut Vec<T>, mut compare: impl FnMut(&T, &T) -> Ordering) {
    let order = order(items.len(), &mut |a, b| compare(&items[a], &items[b]));
    let mut slots: Vec<Option<T>> = std::mem::take(items).into_iter().map(Some).collect();
    items.extend(order.into_iter().filter_map(|at| slots[at].take()));
}

/// The indices of `count` items in their order.
#[inline(never)]
fn order(count: usize, compare: &mut dyn FnMut(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(|&a, &b| compare(a, b));
    order
}

#[cfg(test)]
mod tests {
    use super::sort_by;

    #[test]
    fn sorting_is_stable() {
        let mut items = vec!["bb", "a", "cc", "d", ""];
        sort_by(&mut items, |a, b| b.len().cmp(&a.len()));
        assert_eq!(items, ["bb", "cc", "a", "d", ""]);
    }
}
