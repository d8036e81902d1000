//! The figures in print, next to what is aimed at.

use std::fmt::Write as _;

use super::measure::Cost;

/// What is measured, and what it may cost.
pub struct Aims {
    /// What it is called in the table, in at most eight letters.
    pub name: &'static str,
    /// At most this much of the floor's time.
    pub time: f64,
    /// At most this much of the floor's memory, where that counts.
    pub memory: Option<f64>,
}

/// What still counts as linear: so much more a message in the longer chat.
const GROWTH_AIM: f64 = 1.1;

/// The medians for conversations of one size.
pub struct Row {
    /// How many messages they have.
    pub messages: usize,
    /// The bare document.
    pub floor: Cost,
    /// The chat or export.
    pub chat: Cost,
}

/// The table for conversations of growing size.
pub fn render(aims: &Aims, rows: &[Row]) -> String {
    let mut out = String::from("messages  document      time   ratio     memory   ratio\n");
    for Row {
        messages,
        floor,
        chat,
    } in rows
    {
        writeln!(
            out,
            "{messages:>8}  floor     {:>6.2} s         {:>7.0} MB",
            floor.seconds, floor.megabytes
        )
        .expect("writing to a string");
        writeln!(
            out,
            "{messages:>8}  {:<8}  {:>6.2} s  {:>5.2}× {:>7.0} MB  {:>5.2}×",
            aims.name,
            chat.seconds,
            chat.seconds / floor.seconds,
            chat.megabytes,
            chat.megabytes / floor.megabytes
        )
        .expect("writing to a string");
    }
    let worst = |ratio: fn(&Row) -> f64| rows.iter().map(ratio).fold(0.0, f64::max);
    let time = worst(|row| row.chat.seconds / row.floor.seconds);
    let memory = worst(|row| row.chat.megabytes / row.floor.megabytes);
    aim(&mut out, "time over the floor", time, aims.time);
    if let Some(most) = aims.memory {
        aim(&mut out, "memory over the floor", memory, most);
    }
    if let [first, .., last] = rows {
        let longer = last.messages as f64 / first.messages as f64;
        let time = last.chat.seconds / first.chat.seconds;
        let memory = last.chat.megabytes / first.chat.megabytes;
        let name = format!("growth of time over {longer:.0}× the messages, a message");
        aim(&mut out, &name, time / longer, GROWTH_AIM);
        let name = format!("growth of memory over {longer:.0}× the messages, a message");
        aim(&mut out, &name, memory / longer, GROWTH_AIM);
    }
    out
}

/// Adds a line on one aim.
fn aim(out: &mut String, name: &str, got: f64, aim: f64) {
    let verdict = if got <= aim { "met" } else { "missed" };
    writeln!(out, "{name}: {got:.2}× (aim: at most {aim}×, {verdict})")
        .expect("writing to a string");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_and_aims_are_told() {
        let cost = |seconds, megabytes| Cost { seconds, megabytes };
        let aims = Aims {
            name: "chat",
            time: 1.5,
            memory: Some(2.5),
        };
        let rows = [
            Row {
                messages: 2_000,
                floor: cost(1.0, 100.0),
                chat: cost(1.4, 200.0),
            },
            Row {
                messages: 10_000,
                floor: cost(5.0, 400.0),
                chat: cost(10.0, 900.0),
            },
        ];
        assert_eq!(
            render(&aims, &rows),
            "\
messages  document      time   ratio     memory   ratio
    2000  floor       1.00 s             100 MB
    2000  chat        1.40 s   1.40×     200 MB   2.00×
   10000  floor       5.00 s             400 MB
   10000  chat       10.00 s   2.00×     900 MB   2.25×
time over the floor: 2.00× (aim: at most 1.5×, missed)
memory over the floor: 2.25× (aim: at most 2.5×, met)
growth of time over 5× the messages, a message: 1.43× (aim: at most 1.1×, missed)
growth of memory over 5× the messages, a message: 0.90× (aim: at most 1.1×, met)
"
        );
    }
}
