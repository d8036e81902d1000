//! Linear time: steps are counted, not seconds.

use scrollback_core::markdown::{Variant, parse_counted};

/// No more steps a byte than this, whatever the input. Eleven levels of lists and one of quotes each read their
/// lines anew, which is where most of it goes.
const STEPS_A_BYTE: f64 = 80.0;

/// What is repeated to make a hostile text.
const UNITS: &[&str] = &[
    "*",
    "_",
    "~",
    "|",
    "`",
    ">",
    "[",
    "]",
    "<",
    "(",
    ":",
    "\\",
    "@",
    "#",
    "-",
    " ",
    "\n",
    "> ",
    ">>> ",
    "- ",
    "# ",
    "-# ",
    "1. ",
    "* ",
    "**",
    "*_",
    "*_*_",
    "**a *b",
    "*a **b",
    "_a __b",
    "[a](",
    "[[[[",
    "](",
    "[a](http://",
    "[😀](http://b(",
    "[a](http://b ",
    "[a](http://b \"",
    "||a||b|",
    "||a",
    "~~a~~_",
    "~~a",
    "<http://",
    "<https://a ",
    "<:ab",
    "<@1",
    "<t:",
    "</a ",
    "<id:",
    "<a@b.",
    "<+1",
    ":a",
    ":joy",
    "http://",
    "https://.,",
    "a://",
    "`a``b```c",
    "``` ",
    "```\n",
    "````",
    "`` ` ",
    "\\*",
    "\\\\",
    "*\\",
    "> - ",
    "- > ",
    "> a\n",
    "> ```\n",
    "- a\n  ",
    "# a\n",
    "- a\n",
    "-\n",
    "1",
    "1.",
    "¯",
    "é",
    "😀",
    "👨‍",
    "🇩",
    "\u{FE0F}",
    "\u{20E3}",
    "1\u{FE0F}\u{20E3}",
    "[a] ",
    "[`a](http://b)`",
    "@everyon",
    "*a  ",
    "*a   *",
    "[x](http://y)",
    "[http://y](http://y)",
    "שa\n",
    "***a**",
    "__*a",
    "  ",
    "\t",
    "||`",
    "*`",
];

fn ratio(text: &str, variant: Variant) -> f64 {
    parse_counted(text, variant).1 as f64 / text.len() as f64
}

/// The steps of 10 kB, and that 100 kB take no more a byte.
fn check(name: &str, make: impl Fn(usize) -> String) {
    for variant in [Variant::Full, Variant::Inline] {
        let (small, large) = (
            ratio(&make(10_000), variant),
            ratio(&make(100_000), variant),
        );
        assert!(
            small <= STEPS_A_BYTE,
            "{name:?}: {small} steps a byte at 10 kB"
        );
        assert!(
            large <= STEPS_A_BYTE,
            "{name:?}: {large} steps a byte at 100 kB"
        );
        assert!(
            large <= small * 1.15 + 0.5,
            "{name:?}: {small} steps a byte grow to {large}"
        );
    }
}

#[test]
fn repeated() {
    for unit in UNITS {
        check(unit, |n| unit.repeat(n / unit.len()));
    }
}

/// How much more twice as much of `unit` costs.
fn growth(unit: &str, times: usize, variant: Variant) -> f64 {
    let steps = |times: usize| parse_counted(&unit.repeat(times), variant).1 as f64;
    steps(2 * times) / steps(times)
}

#[test]
fn every_two_pieces_repeated() {
    let mut worst = (0.0, String::new());
    for a in UNITS {
        for b in UNITS {
            let unit = format!("{a}{b}");
            let growth = growth(&unit, 150, Variant::Full);
            if growth > worst.0 {
                worst = (growth, unit);
            }
        }
    }
    let (growth, unit) = worst;
    assert!(
        growth <= 2.2,
        "twice as many {unit:?} take {growth} times the steps"
    );
}

#[test]
fn every_two_pieces_apart() {
    // Many of the one before many of the other: what the first open, the others may close.
    let mut worst = (0.0, String::new());
    for a in UNITS {
        for b in UNITS {
            let steps =
                |n: usize| parse_counted(&(a.repeat(n) + &b.repeat(n)), Variant::Full).1 as f64;
            let growth = steps(240) / steps(120);
            if growth > worst.0 {
                worst = (growth, format!("{a}…{b}"));
            }
        }
    }
    let (growth, text) = worst;
    assert!(
        growth <= 2.2,
        "twice as much of {text:?} takes {growth} times the steps"
    );
}

#[test]
fn long_texts() {
    let of = |unit: &str, bytes: usize| unit.repeat(bytes / unit.len());
    // (what, text): no more steps a byte than anything else, at sizes that stopped the program once.
    let texts = [
        ("one word", of("a1", 2_000_000)),
        ("brackets", of("[", 100_000)),
        ("nested JSON", of("{\"a\":", 1_000_000)),
        ("emoji", of("😀👍🏽🇩🇪", 40_000)),
        ("custom emoji", of("<:blob:123>", 40_000)),
        (
            "marks on a letter",
            of("a\u{301}\u{302}\u{303}\u{304}", 200_000),
        ),
        (
            "code",
            format!("```rust\n{}```", of("let x = 1;\n", 1_000_000)),
        ),
        (
            "a line of code",
            format!("```\n{}\n```", of("x1", 1_000_000)),
        ),
        (
            "colours",
            format!("```ansi\n{}```", of("\u{1b}[31ma\u{1b}[0m\n", 1_000_000)),
        ),
        (
            "code that never ends",
            format!("```{}", of("a b\n", 1_000_000)),
        ),
        (
            "long addresses that never end",
            of("[a](http://b/cccccccccccccccccccccccccccccc", 400_000),
        ),
        (
            "one address",
            format!("https://a.b/{}", of("c/d?e=f&", 1_000_000)),
        ),
        ("quotes", of("> a *b* `c`\n", 400_000)),
        ("lists", of("- a\n  - b\n    - c\n", 400_000)),
        ("everything", UNITS.concat().repeat(1_000)),
    ];
    for (what, text) in texts {
        let steps = ratio(&text, Variant::Full);
        assert!(steps <= STEPS_A_BYTE, "{what}: {steps} steps a byte");
    }
}

#[test]
fn opened_and_closed() {
    let pairs = [
        ("*", "*"),
        ("**a ", " a**"),
        ("[", "](http://b)"),
        ("[a", "](http://b)"),
        ("__a *b ", "* __"),
        ("||", "||"),
    ];
    for (open, close) in pairs {
        check(&format!("{open}…{close}"), |n| {
            let k = n / (open.len() + close.len());
            open.repeat(k) + &close.repeat(k)
        });
    }
}

#[test]
fn deep_lists() {
    check("lists nested by indentation", |n| {
        (0..)
            .map(|i| format!("{}- a\n", "  ".repeat(i % 14)))
            .scan(0, |l, s| {
                *l += s.len();
                (*l < n).then_some(s)
            })
            .collect()
    });
    check("one list nested ever deeper", |n| {
        let lines = ((n * 2) as f64).sqrt() as usize / 2;
        (0..lines)
            .map(|i| format!("{}- a\n", "  ".repeat(i)))
            .collect()
    });
    check("quoted lists", |n| {
        "> - - - - - - - - - - - - - a\n".repeat(n / 30)
    });
}

#[test]
fn backtick_runs_of_every_length() {
    // The runs get longer by one, so none closes another.
    check("growing", |n| {
        (1..)
            .map(|k| "`".repeat(k) + "a")
            .scan(0, |l, s| {
                *l += s.len();
                (*l < n).then_some(s)
            })
            .collect()
    });
}
