//! Inline code, code blocks and ANSI.

use scrollback_core::markdown::ansi::{Background, Foreground, runs};

use super::check;

#[test]
fn inline_code() {
    check(&[
        ("`a`", r#"code("a")"#),
        ("``a`b``", r#"code("a`b")"#),
        ("`` `a` ``", r#"code("`a`")"#),
        ("` a `", r#"code(" a ")"#),
        ("`a\nb`", r#"code("a\nb")"#),
        ("``", r#""``""#),
        ("`` ` `", r#"code("`") " `""#),
        ("`a``", r#""`a``""#),
        ("```a`", r#"code("``a")"#),
        (r"`\*a\*`", r#"code("\\*a\\*")"#),
        (r"\`a`", r#""`a`""#),
        ("*a `b* c`", r#"em("a `b") " c`""#),
    ]);
}

#[test]
fn code_blocks() {
    check(&[
        ("```a```", r#"pre:("a")"#),
        ("```py\na```", r#"pre:py("a")"#),
        ("```py\na\n```", r#"pre:py("a")"#),
        ("```py code```", r#"pre:("py code")"#),
        ("```c#\na```", r#"pre:c#("a")"#),
        ("```c++\na```", r#"pre:c++("a")"#),
        ("```py\n```", r#"pre:("py")"#),
        ("```\n\na\n\n```", r#"pre:("a")"#),
        ("```\n  a```", r#"pre:("  a")"#),
        ("``````", r#""``````""#),
        ("```\n```", r#"code("\n")"#),
        ("```a", r#""```a""#),
        ("```*a*```", r#"pre:("*a*")"#),
    ]);
}

#[test]
fn code_blocks_start_anywhere() {
    check(&[
        ("a ```b``` c", r#"p("a ") pre:("b") p(" c")"#),
        ("a\n```b```\nc", r#"p("a") pre:("b") p("c")"#),
        ("```b```\n\nc", r#"pre:("b") p(br "c")"#),
    ]);
}

#[test]
fn ansi_colours() {
    let got = runs("a\u{1b}[1;31mb\u{1b}[0m c\u{1b}[4;47md\u{1b}[me");
    let texts: Vec<_> = got.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(texts, ["a", "b", " c", "d", "e"]);
    assert!(got[1].bold && got[1].foreground == Some(Foreground::Red) && !got[1].underline);
    assert!(got[3].underline && got[3].background == Some(Background::White) && !got[3].bold);
    assert_eq!(
        got[4],
        scrollback_core::markdown::ansi::Run {
            text: "e".into(),
            ..Default::default()
        }
    );
}

#[test]
fn ansi_that_is_not_sgr() {
    let text = |code: &str| {
        runs(code)
            .iter()
            .map(|r| r.text.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(text("a\u{1b}[2Jb"), ["ab"]);
    assert_eq!(text("a\u{1b}[99mb"), ["ab"]);
    assert_eq!(text("a\u{1b}b"), ["ab"]);
    assert_eq!(text("a\u{1b}[31"), ["a[31"]);
    assert_eq!(text("a\u{1b}[3é"), ["a[3é"]);
    assert!(text("\u{1b}[31m").is_empty());
}

#[test]
fn every_ansi_colour_has_its_name() {
    let names = |from: usize, bg: bool| -> Vec<&str> {
        (from..from + 8)
            .map(|n| {
                let run = runs(&format!("\u{1b}[{n}mx")).remove(0);
                if bg {
                    run.background.unwrap().name()
                } else {
                    run.foreground.unwrap().name()
                }
            })
            .collect()
    };
    assert_eq!(
        names(30, false),
        [
            "gray", "red", "green", "yellow", "blue", "pink", "cyan", "white"
        ]
    );
    assert_eq!(
        names(40, true),
        [
            "firefly-dark-blue",
            "orange",
            "marble-blue",
            "greyish-turquoise",
            "gray",
            "indigo",
            "light-gray",
            "white"
        ]
    );
}
