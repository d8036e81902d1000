//! Formats numbers in a language.

use serde::Deserialize;

use super::{Words, filled};
use crate::time::Forms;

/// A language's number formats.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) struct Numbers {
    decimal: String,
    group: String,
    /// The fewest digits of numbers with grouping.
    group_from: usize,
    percent: String,
    bytes: Forms,
    kilobytes: String,
    megabytes: String,
    gigabytes: String,
    terabytes: String,
}

impl Words {
    /// A number with grouped digits: "18,733".
    #[must_use]
    pub fn number(&self, number: u64) -> String {
        let digits = number.to_string();
        if digits.len() < self.numbers.group_from {
            return digits;
        }
        let first = (digits.len() - 1) % 3 + 1;
        let mut parted = digits[..first].to_owned();
        for at in (first..digits.len()).step_by(3) {
            parted.push_str(&self.numbers.group);
            parted.push_str(&digits[at..at + 3]);
        }
        parted
    }

    /// A share in percent: "40%".
    #[must_use]
    pub fn percent(&self, count: u64) -> String {
        filled(&self.numbers.percent, &[("count", &count.to_string())])
    }

    /// A file's size: "345 bytes", "12.34 KB", "1.2 MB" (of 1024 each).
    #[must_use]
    pub fn file_size(&self, bytes: u64) -> String {
        let numbers = &self.numbers;
        if bytes < 1024 {
            let form = numbers.bytes.form(bytes, self.plurals.category(bytes));
            return filled(form, &[("count", &self.number(bytes))]);
        }
        let units = [
            &numbers.kilobytes,
            &numbers.megabytes,
            &numbers.gigabytes,
            &numbers.terabytes,
        ];
        // In hundredths, rounded; a value that would round to 1024 becomes 1 of the next unit.
        let mut unit = 0;
        let mut size = 1024_u128;
        let hundredths = |size: u128| (u128::from(bytes) * 200 / size).div_ceil(2);
        while unit + 1 < units.len() && hundredths(size) >= 102_400 {
            unit += 1;
            size *= 1024;
        }
        let hundredths = hundredths(size);
        let whole = u64::try_from(hundredths / 100).unwrap_or(u64::MAX);
        let mut amount = self.number(whole);
        let rest = format!("{:02}", hundredths % 100);
        let rest = rest.trim_end_matches('0');
        if !rest.is_empty() {
            amount.push_str(&numbers.decimal);
            amount.push_str(rest);
        }
        filled(units[unit], &[("count", &amount)])
    }
}
