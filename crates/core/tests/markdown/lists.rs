//! Lists.

use super::{check, show};

#[test]
fn bullets() {
    check(&[
        ("- a", r#"list[("a")]"#),
        ("* a\n- b", r#"list[("a") ("b")]"#),
        ("+ a", r#""+ a""#),
        ("1) a", r#""1) a""#),
        ("-a", r#""-a""#),
        ("a - b", r#""a - b""#),
        ("a\n- b\nc", r#"p("a") list[("b")] p("c")"#),
    ]);
}

#[test]
fn numbers() {
    check(&[
        ("1. a", r#"list1[("a")]"#),
        ("7. a\n3. b", r#"list7[("a") ("b")]"#),
        ("0. a", r#"list1[("a")]"#),
        ("1000000001. a", r#"list1000000000[("a")]"#),
        ("99999999999999999999. a", r#"list1000000000[("a")]"#),
        ("1. a\n- b", r#"list1[("a") ("b")]"#),
    ]);
}

#[test]
fn continuation_lines() {
    check(&[
        ("- a\n b", r#"list[("a")] p("b")"#),
        ("- a\n > b", r#"list[("a")] quote("b")"#),
        ("* \n  * b", r#"list[(p() list[("b")])]"#),
        ("-   a\n  b\n      c", r#"list[("a" br "b" br "  c")]"#),
        ("- a\n  b", r#"list[("a" br "b")]"#),
        ("- a\n   b", r#"list[("a" br " b")]"#),
        ("1. a\n   b", r#"list1[("a" br "b")]"#),
        ("1. a\n    b", r#"list1[("a" br " b")]"#),
        ("1.  a\n    b", r#"list1[("a" br "b")]"#),
        ("* \na", r#"list[(br "a")]"#),
        ("* \n* b", r#"list[() ("b")]"#),
        ("- ```\n  a\n    b\n  ```", r#"list[(pre:("a\n  b"))]"#),
    ]);
}

#[test]
fn nesting() {
    check(&[
        (
            "- a\n  - b\n    - c\n- d",
            r#"list[(p("a") list[(p("b") list[("c")])]) ("d")]"#,
        ),
        ("- a\n - b", r#"list[("a") ("b")]"#),
        ("- - a", r#"list[(list[("a")])]"#),
        // What an item holds doesn't depend on where its bullet stands.
        ("  - a\n  - b", r#"list[(p("a") list[("b")])]"#),
        (
            "   1. a\n  2. b\n 3. c\n4. d",
            r#"list1[(p("a") list2[("b")]) ("c") ("d")]"#,
        ),
        (
            "* a\n    b\n    1. c\n    2. d\n    c",
            r#"list[(p("a" br "  b") list1[(p("c") list2[("d")] p("c"))])]"#,
        ),
        ("- a\n\n- b", r#"list[("a")] p() list[("b")]"#),
    ]);
}

#[test]
fn depth_is_at_most_eleven() {
    let tree = show(&format!("{}a", "1. ".repeat(12)));
    assert_eq!(tree.matches("list1").count(), 11);
    assert!(tree.contains(r#"("1. a")"#), "{tree}");
}

#[test]
fn with_quotes() {
    check(&[
        ("> - a\n> - b", r#"quote(list[("a") ("b")])"#),
        ("- > a\n- b", r#"list[(quote("a")) ("b")]"#),
    ]);
}
