//! Options for runs over many exports, and for reports on them.

use std::path::PathBuf;

use clap::{ArgAction, ValueHint};

/// The heading of these options in the help.
pub const BATCH: &str = "Many exports";

/// More inputs than those named on the command line, and records of the run.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = BATCH)]
pub struct BatchArgs {
    /// Also read inputs listed in this file, one path per line; `-` is standard input
    ///
    /// If the list contains NUL characters, these separate the paths, as written by
    /// `find -print0`. Empty lines are ignored.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,

    /// Process one share of the inputs: I of N, such as `2/8`
    ///
    /// The share of an input depends only on its path as given and on N, so N runs on
    /// any computers process each input once.
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,

    /// Write a list of sources and outputs as JSON, with SHA-256, channel, dates,
    /// people, counts, filters and warnings
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub manifest: Option<PathBuf>,

    /// Fail (exit code 1) if anything is not drawn, cut off or missing, and list it;
    /// the outputs are still written
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
        default_value_t = false, default_missing_value = "true", action = ArgAction::Set)]
    pub strict: bool,
}

/// One share of the inputs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Its number, counted from 1.
    index: u32,
    /// The number of shares.
    count: u32,
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shard = text.split_once('/').and_then(|(index, count)| {
            let (index, count) = (index.parse().ok()?, count.parse().ok()?);
            (1..=count)
                .contains(&index)
                .then_some(Self { index, count })
        });
        shard.ok_or_else(|| "expected a share such as 2/8, the first being 1/8".to_owned())
    }
}

impl Shard {
    /// Whether the input with this name is in the share.
    pub fn holds(self, name: &str) -> bool {
        // FNV-1a, because the result must be the same on every machine and in every version.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        // Its low bits alone are unevenly distributed for small counts.
        let mixed = (hash ^ (hash >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        mixed % u64::from(self.count) == u64::from(self.index - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_written_as_fractions() {
        let read = |text: &str| text.parse::<Shard>();
        assert_eq!(read("2/8"), Ok(Shard { index: 2, count: 8 }));
        assert_eq!(read("1/1"), Ok(Shard { index: 1, count: 1 }));
        for wrong in ["0/8", "9/8", "8", "a/b", "1/0", "-1/2", ""] {
            assert!(
                read(wrong).unwrap_err().starts_with("expected a share"),
                "{wrong}"
            );
        }
    }

    #[test]
    fn each_name_is_in_one_share_and_shares_are_even() {
        let names: Vec<String> = (0..1000).map(|n| format!("exports/{n}.json")).collect();
        for count in [1, 2, 3, 8, 100] {
            let sizes: Vec<usize> = (1..=count)
                .map(|index| {
                    let shard = Shard { index, count };
                    names.iter().filter(|name| shard.holds(name)).count()
                })
                .collect();
            assert_eq!(sizes.iter().sum::<usize>(), 1000);
            let mean = 1000 / count as usize;
            assert!(
                sizes.iter().all(|size| *size > mean / 4),
                "{count}: {sizes:?}"
            );
        }
        // The same in every version of the program.
        let shard = Shard { index: 1, count: 2 };
        let held: Vec<bool> = ["a.json", "b.json", "c.json", "d.json"]
            .map(|name| shard.holds(name))
            .to_vec();
        assert_eq!(held, HELD);
    }

    const HELD: [bool; 4] = [true, true, false, false];
}
