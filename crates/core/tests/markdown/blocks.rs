//! Headings, subtext, quotes.

use super::check;

#[test]
fn headings() {
    check(&[
        ("# a", r#"h1("a")"#),
        ("## a", r#"h2("a")"#),
        ("### a", r#"h3("a")"#),
        ("#### a", "\"#### a\""),
        ("#a", r###""#a""###),
        ("# a ##", r#"h1("a")"#),
        ("# # a", r###""# # a""###),
        ("#  # a", r#"h1(" # a")"#),
        ("# \n# a", r##"p("#") h1("a")"##),
        ("#\na", r#"h1("a")"#),
        (" # a", r###"" # a""###),
        ("# a\n\n\nb", r#"h1("a") p("b")"#),
        ("a\n# b\nc", r#"p("a") h1("b") p("c")"#),
        ("a # b", r###""a # b""###),
        ("*# a*", r#"em(h1("a"))"#),
        ("a *# b*", r##""a " em("# b")"##),
        ("# *a*", r#"h1(em("a"))"#),
        ("# -# a", r#"h1(sub("a"))"#),
        ("- # a", r##"list[("# a")]"##),
        ("> # a", r#"quote(h1("a"))"#),
    ]);
}

#[test]
fn subtext() {
    check(&[
        ("-# a", r#"sub("a")"#),
        (" -# a", r#"" -# a""#),
        ("-#a", r###""-#a""###),
        ("-# -# a", r###""-# -# a""###),
        ("-#  -# a", r#"sub(" -# a")"#),
        ("-# # a", r#"sub(h1("a"))"#),
        ("- -# a", r#"list[(sub("a"))]"#),
        ("-# a\nb", r#"sub("a") p("b")"#),
    ]);
}

#[test]
fn quotes() {
    check(&[
        ("> a", r#"quote("a")"#),
        ("> a\n> b", r#"quote("a" br "b")"#),
        (">a", r#"">a""#),
        (">  a", r#"quote(" a")"#),
        (" > a", r#"quote("a")"#),
        ("a > b", r#""a > b""#),
        ("> > a\n> > b", r#"quote("> a" br "> b")"#),
        ("> a\nb", r#"quote("a") p("b")"#),
        ("> a\n> \n> b", r#"quote("a" br br "b")"#),
        ("> ", "quote()"),
        ("a *> b*", r#""a " em("> b")"#),
        ("> *a\n> b*", r#"quote(em("a" br "b"))"#),
    ]);
}

#[test]
fn block_quotes() {
    check(&[
        (">>> a\nb", r#"quote("a" br "b")"#),
        ("__>>> a\nb__c", r#"u(quote("a" br "b")) "c""#),
        (">>> > a", r#"quote("> a")"#),
        (">>>a", r#"">>>a""#),
    ]);
}

#[test]
fn code_in_quotes() {
    check(&[
        ("> ```a```", r#"quote(pre:("a"))"#),
        ("> ```\n> a\n> ```", r#"quote(pre:("a"))"#),
        ("> ```\na\n```", r#"quote("```") p("a" br "```")"#),
        ("*> ```\nfoo```*", r#"em(quote("```") "foo```")"#),
    ]);
}
