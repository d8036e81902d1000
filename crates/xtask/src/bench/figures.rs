//! The figures, with their aims.

use std::fmt;

use super::measure::Cost;

/// The aim of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Aim {
    AtMost(f64),
    AtLeast(f64),
}

impl Aim {
    fn met(self, got: f64) -> bool {
        match self {
            Self::AtMost(most) => got <= most,
            Self::AtLeast(least) => got >= least,
        }
    }
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Unit {
    Times,
    Percent,
    Megabytes,
    MebibytesPerSecond,
}

impl Unit {
    /// A figure in print.
    fn shown(self, figure: f64, digits: usize) -> String {
        match self {
            Self::Times => format!("{figure:.digits$}×"),
            Self::Percent => format!("{:.0} %", 100.0 * figure),
            Self::Megabytes => format!("{figure:.0} MB"),
            Self::MebibytesPerSecond => format!("{figure:.0} MiB/s"),
        }
    }
}

/// One figure of the table.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub work: &'static str,
    pub got: f64,
    pub unit: Unit,
    pub aim: Aim,
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let aim = match self.aim {
            Aim::AtMost(most) => format!("≤ {}", self.unit.shown(most, 1)),
            Aim::AtLeast(least) => format!("≥ {}", self.unit.shown(least, 2)),
        };
        let verdict = if self.aim.met(self.got) {
            "met"
        } else {
            "missed"
        };
        let got = self.unit.shown(self.got, 2);
        write!(f, "| {} | {got} | {aim} | {verdict} |", self.work)
    }
}

/// The table of figures, as Markdown.
pub fn figures_table(figures: &[Figure]) -> String {
    let head = "| work | measured | aim | |\n| --- | --- | --- | --- |";
    let rows = figures.iter().map(|figure| format!("\n{figure}"));
    head.to_owned() + &rows.collect::<String>()
}

/// The table of medians, as Markdown.
pub fn medians_table(medians: &[(&str, Cost)]) -> String {
    let head = "| document | CPU | wall | memory | written |\n| --- | ---: | ---: | ---: | ---: |";
    let rows = medians.iter().map(|(name, cost)| {
        format!(
            "\n| {name} | {:.2} s | {:.2} s | {:.0} MB | {:.2} MB |",
            cost.cpu, cost.wall, cost.memory, cost.size
        )
    });
    head.to_owned() + &rows.collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_told_with_their_aims() {
        let figure = |work, got, unit, aim| Figure {
            work,
            got,
            unit,
            aim,
        };
        let figures = [
            figure("a", 2.345, Unit::Times, Aim::AtMost(2.0)),
            figure("b", 0.14, Unit::Percent, Aim::AtMost(0.15)),
            figure("c", 301.2, Unit::MebibytesPerSecond, Aim::AtLeast(300.0)),
            figure("d", 1.8, Unit::Times, Aim::AtLeast(1.85)),
        ];
        assert_eq!(
            figures_table(&figures),
            "\
| work | measured | aim | |
| --- | --- | --- | --- |
| a | 2.35× | ≤ 2.0× | missed |
| b | 14 % | ≤ 15 % | met |
| c | 301 MiB/s | ≥ 300 MiB/s | met |
| d | 1.80× | ≥ 1.85× | missed |"
        );
    }

    #[test]
    fn medians_are_told() {
        let cost = Cost {
            cpu: 1.234,
            wall: 2.0,
            memory: 99.6,
            size: 0.5,
        };
        assert_eq!(
            medians_table(&[("chat", cost)]).lines().last(),
            Some("| chat | 1.23 s | 2.00 s | 100 MB | 0.50 MB |")
        );
    }
}
