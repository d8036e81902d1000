//! Time zones since 2015, when Discord began.
//!
//! `zones.txt` is made from the time zone database by
//! `cargo run -p scrollback-core --example generate_zones`. A line holds
//! zones that agree since 2015: a POSIX rule; where the past differs from the
//! rule, `;`, the first offset and `@`-separated changes (Unix time `=`
//! offset, in minutes); a tab; the names. Before 2015 the first known offset
//! holds.

use super::civil::offset_minutes;
use super::posix::Posix;
use crate::order::sort_by;
use crate::packed::Packed;

static ZONES: Packed = Packed::new(include_bytes!(concat!(env!("OUT_DIR"), "/zones.deflate")));

/// A time zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Zone {
    /// Each time in the offset it was written with.
    #[default]
    Written,
    /// Always the same offset, in minutes east of UTC.
    Fixed(i16),
    /// A zone of the time zone database.
    Named {
        /// Its name.
        name: &'static str,
        /// Offset in minutes before the first of `changes`.
        first: i32,
        /// Unix times of changes outside of the rule, with the offsets after them.
        changes: Vec<(i64, i32)>,
        /// The rule after the last change.
        rule: Posix,
    },
}

impl Zone {
    /// Finds a zone by its IANA name (in any case), `UTC`, or an offset such
    /// as `+02:00` or `UTC+2`.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        let name = name.trim();
        let offset = ["UTC", "GMT"]
            .iter()
            .find_map(|start| name.strip_prefix(start))
            .unwrap_or(name);
        if let Some(minutes) = offset_minutes(offset.as_bytes()) {
            return minutes
                .map(Zone::Fixed)
                .or_else(|| (!name.is_empty()).then_some(Zone::Fixed(0)));
        }
        let name = name.replace(' ', "_");
        ZONES.text().lines().find_map(|line| {
            let (data, names) = line.split_once('\t')?;
            let name = names
                .split(' ')
                .find(|known| known.eq_ignore_ascii_case(&name))?;
            Self::parse(name, data)
        })
    }

    /// Names of all zones, in no particular order.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ZONES
            .text()
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .flat_map(|(_, n)| n.split(' '))
    }

    /// Up to five names that are similar to a wrong one, for errors.
    #[must_use]
    pub fn suggest(wrong: &str) -> Vec<&'static str> {
        let wrong = wrong.to_ascii_lowercase().replace(' ', "_");
        let word = wrong.rsplit('/').next().unwrap_or_default();
        let mut found: Vec<_> = Self::names()
            .filter(|name| {
                let name = name.to_ascii_lowercase();
                let city = name.rsplit('/').next().unwrap_or_default();
                word.len() >= 3 && (city.contains(word) || word.contains(city))
                    || city.len() >= 4 && word.len() >= 4 && city.get(..4) == word.get(..4)
            })
            .collect();
        sort_by(&mut found, |a, b| a.cmp(b));
        found.truncate(5);
        found
    }

    fn parse(name: &'static str, data: &'static str) -> Option<Self> {
        let (rule, past) = data.split_once(';').unwrap_or((data, ""));
        let rule = Posix::parse(rule)?;
        let mut parts = past.split('@');
        let first = parts.next()?.parse().unwrap_or_default();
        let changes = parts
            .map(|part| {
                let (at, offset) = part.split_once('=')?;
                Some((at.parse().ok()?, offset.parse().ok()?))
            })
            .collect::<Option<Vec<_>>>()?;
        Some(Zone::Named {
            name,
            first,
            changes,
            rule,
        })
    }

    /// Offset in minutes east of UTC at a Unix time (seconds). `written` is the offset that the
    /// time was written with.
    #[must_use]
    pub fn offset(&self, utc: i64, written: i16) -> i32 {
        match self {
            Zone::Written => i32::from(written),
            Zone::Fixed(minutes) => i32::from(*minutes),
            Zone::Named {
                first,
                changes,
                rule,
                ..
            } => match changes.partition_point(|(at, _)| *at <= utc) {
                0 if changes.is_empty() => rule.offset(utc.max(FIRST)) / 60,
                0 => *first,
                n if n == changes.len() => rule.offset(utc) / 60,
                n => changes[n - 1].1,
            },
        }
    }

    /// Unix time (seconds) of a local time. If a time occurs twice, the first is returned; if
    /// clocks skip it, the moment when they do.
    #[must_use]
    pub fn to_utc(&self, local: i64) -> i64 {
        let at = |offset: i32| local - i64::from(offset) * 60;
        let before = self.offset(local - 86_400, 0);
        let after = self.offset(local + 86_400, 0);
        if self.offset(at(before), 0) == before {
            return at(before);
        }
        let (mut low, mut high) = (at(after), at(before));
        if self.offset(low, 0) == after {
            return low;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.offset(middle, 0) == before {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    /// The display name.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Zone::Written => String::new(),
            Zone::Fixed(0) => "UTC".into(),
            Zone::Fixed(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            Zone::Named { name, .. } => (*name).into(),
        }
    }
}

/// 2015-01-01T00:00:00Z.
const FIRST: i64 = crate::snowflake::EPOCH_MS / 1000;
