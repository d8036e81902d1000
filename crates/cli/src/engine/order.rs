//! The order of names in lists.

use std::sync::LazyLock;

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

/// Unicode's order of all languages, with numbers by their value: `über` is before `week-2`, and
/// that before `week-10`.
static ORDER: LazyLock<CollatorBorrowed<'static>> = LazyLock::new(|| {
    let mut preferences = CollatorPreferences::default();
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).expect("its data is built in")
});

/// The place of a name among others. Names that count as the same, such as those whose numbers
/// differ only in zeros, have an order, too.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank(Vec<u8>, String);

impl Rank {
    /// The name.
    pub fn into_name(self) -> String {
        self.1
    }
}

/// The place of a name.
pub fn rank(name: &str) -> Rank {
    let mut key = Vec::new();
    let Ok(()) = ORDER.write_sort_key_to(name, &mut key);
    Rank(key, name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn numbers_and_accents_in_names_are_in_order() {
        let names = [
            "",
            "007",
            "7",
            "08",
            "2024-9-1",
            "2024-10-1",
            "Channel",
            "channel-2",
            "channel-10",
            "Channel-10",
            "channel-10a",
            "channel-99999999999999999999999",
            "über",
            "zebra",
            "雪2",
            "雪10",
        ];
        let mut sorted = names;
        sorted.reverse();
        sorted.sort_by_key(|name| rank(name));
        assert_eq!(sorted, names);
    }
}
