//! The order of names in lists.

/// A part of a name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// A number of any length: the count of its digits without leading zeros, and these.
    Number(usize, String),
    /// What is between numbers.
    Words(String),
}

/// The place of a name among others, whatever its capitals: `week-2` is before `week-10`. Names whose
/// numbers differ only in zeros have an order, too.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Natural(Vec<Part>, String);

/// The place of a name.
pub fn natural(name: &str) -> Natural {
    let lower = name.to_lowercase();
    let mut parts = Vec::new();
    let mut rest = lower.as_str();
    while let Some(first) = rest.chars().next() {
        let is_number = first.is_ascii_digit();
        let end = rest.find(|c: char| c.is_ascii_digit() != is_number);
        let (part, after) = rest.split_at(end.unwrap_or(rest.len()));
        parts.push(if is_number {
            let digits = part.trim_start_matches('0');
            Part::Number(digits.len(), digits.to_owned())
        } else {
            Part::Words(part.to_owned())
        });
        rest = after;
    }
    Natural(parts, lower)
}

#[cfg(test)]
mod tests {
    use super::natural;

    #[test]
    fn numbers_in_names_are_in_order() {
        let names = [
            "",
            "007",
            "7",
            "08",
            "2024-9-1",
            "2024-10-1",
            "Channel",
            "channel-2",
            "Channel-10",
            "channel-10a",
            "channel-99999999999999999999999",
            "über",
            "雪2",
            "雪10",
        ];
        let mut sorted = names;
        sorted.reverse();
        sorted.sort_by_key(|name| natural(name));
        assert_eq!(sorted, names);
    }
}
