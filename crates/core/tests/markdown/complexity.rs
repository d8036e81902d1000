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
    check_sizes(name, make, 10_000, &[Variant::Full, Variant::Inline]);
}

fn check_sizes(name: &str, make: impl Fn(usize) -> String, size: usize, variants: &[Variant]) {
    for &variant in variants {
        let (small, large) = (
            ratio(&make(size), variant),
            ratio(&make(10 * size), variant),
        );
        assert!(
            small <= STEPS_A_BYTE,
            "{name:?}: {small} steps a byte at {size}"
        );
        assert!(
            large <= STEPS_A_BYTE,
            "{name:?}: {large} steps a byte at ten times {size}"
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

#[test]
fn repeated_pairs() {
    for a in UNITS {
        for b in ["*", "`", "_ ", "[", "](http://b)", "\n", "> ", "||", "a"] {
            let unit = format!("{a}{b}");
            check_sizes(
                &unit,
                |n| unit.repeat(n / unit.len()),
                2_000,
                &[Variant::Full],
            );
        }
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
