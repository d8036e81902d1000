//! Snapshots of whole trees, as they are serialised.

use scrollback_core::markdown::{Variant, parse};

macro_rules! snapshot {
    ($name:ident, $text:expr) => {
        #[test]
        fn $name() {
            insta::assert_yaml_snapshot!(parse($text, Variant::Full));
        }
    };
}

snapshot!(
    announcement,
    "# Release 2.0\n-# <t:1618953630:D>\n@everyone **Finally**:\n1. faster\n2. *smaller*\n   - by half\n\nSee [the notes](<https://example.com/notes>) :tada:"
);
snapshot!(
    quoted_code,
    "> look:\n> ```rs\n> fn main() {}\n> ```\n> - one\n>   two\nwell ||`no`|| 👩🏽‍🚀"
);
snapshot!(
    both_directions,
    "hello\nשלום **עולם**\n- مرحبا\nhttps://example.com/a_(b)"
);
snapshot!(
    ansi,
    "```ansi\n\u{1b}[1;31merror\u{1b}[0m: \u{1b}[4mhere\u{1b}[0;44m!\n```"
);
snapshot!(everything_in_a_spoiler, "||# a\n> b\n- c <@1> ~~__d__~~||");
