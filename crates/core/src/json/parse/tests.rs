use super::{Fault, parse, parse_next};
use crate::json::Json;

/// What the crate `serde_json` reads is read here too, and nothing else.
#[test]
fn the_same_as_another_parser() {
    let mut texts: Vec<String> = [
        "null",
        " true ",
        "false",
        "nul",
        "tru",
        "truth",
        "",
        " ",
        "0",
        "-0",
        "00",
        "01",
        "-",
        "1.",
        ".5",
        "1.5",
        "-2.25e2",
        "1e5",
        "1E+5",
        "1e-5",
        "1e",
        "1e+",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "18446744073709551616",
        "-9223372036854775808",
        "-9223372036854775809",
        "1e308",
        "1e309",
        "-1e999",
        "1e-400",
        "123456789012345678901234567890",
        "0.1",
        "0.30000000000000004",
        "3.14159",
        "12.5e-3",
        r#""""#,
        r#""a""#,
        r#""a\nb\t\"\\\/\b\f\r""#,
        r#""\u00e9\u20ac""#,
        r#""\ud83d\ude00""#,
        r#""\ud83d""#,
        r#""\ude00""#,
        r#""\ud83dx""#,
        r#""\ud83d\u0041""#,
        r#""\x""#,
        r#""\u12""#,
        "\"open",
        "\"a\u{1}b\"",
        "\"\u{7f}é€😀\"",
        "\"eight letters and more, é, all plain\"",
        "[]",
        "[ ]",
        "[1,2,3]",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1",
        "[",
        "]",
        "{}",
        "{ }",
        r#"{"a":1}"#,
        r#"{"a":1,"a":2}"#,
        r#"{"a" : [ { } , null ] , "b":"c"}"#,
        r#"{"a"}"#,
        r#"{"a":}"#,
        r#"{"a":1,}"#,
        r#"{a:1}"#,
        r#"{"a":1"#,
        r#"{"a":1 "b":2}"#,
        r#"{"#,
        "1 2",
        "null,",
        "nan",
        "Infinity",
        "{\n        \"indented\": \"deep\",\r\n\t\"more\": [\n          1\n        ]\n}",
    ]
    .map(str::to_owned)
    .into();
    for depth in [100, 127, 128, 129] {
        texts.push(format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
    }
    // Every way to cut a text off, and every byte of it replaced.
    let whole = r#"{"id":"1","n":[-1.5e3,true],"t":"a\u00e9\n \\"}"#;
    texts.extend((0..whole.len()).map(|end| whole[..end].to_owned()));
    for at in 0..whole.len() {
        for other in ['"', '\\', '{', ']', ',', ':', '0', 'e', ' ', '\n', '\u{2}'] {
            texts.push(format!("{}{other}{}", &whole[..at], &whole[at + 1..]));
        }
    }
    for text in texts {
        let other: Result<Json, _> = serde_json::from_str(&text);
        match (parse(&text), other) {
            // Neither is exact beyond 10^22.
            (Ok(Json::Float(value)), Ok(Json::Float(other))) => {
                let apart = (value - other).abs();
                assert!(apart <= other.abs() * 1e-15, "{text}: {value}, {other}");
                assert_eq!(value.is_sign_negative(), other.is_sign_negative());
            }
            (Ok(value), Ok(other)) => assert_eq!(value, other, "{text}"),
            (Err(_), Err(_)) => {}
            (value, other) => panic!("{text}: {value:?}, {other:?}"),
        }
    }
}

#[test]
fn numbers_have_the_value_that_is_nearest() {
    for text in [
        "0.1",
        "2.5",
        "1e22",
        "123.456",
        "86399.999",
        "1234567.875",
        "4503599627370497.5",
    ] {
        assert_eq!(
            parse(text),
            Ok(Json::Float(text.parse().unwrap())),
            "{text}"
        );
    }
}

#[test]
fn faults_say_where() {
    let cases = [
        (r#"{"a": tru}"#, "expected ident", 9),
        (r#"{"a": 1"#, "EOF while parsing an object", 7),
        (r#"["a" 1]"#, "expected `,` or `]`", 5),
        (r#""a\x""#, "invalid escape", 3),
        ("1 2", "trailing characters", 2),
    ];
    for (text, what, at) in cases {
        assert_eq!(parse(text), Err(Fault { what, at }), "{text}");
    }
}

#[test]
fn values_follow_each_other() {
    let text = r#"{"a":1}{"b":2} [3"#;
    let (first, end) = parse_next(text, 0).unwrap();
    let (second, after) = parse_next(text, end).unwrap();
    assert!(first.get("a").is_some() && second.get("b").is_some());
    assert_eq!(after, 14);
    assert!(parse_next(text, after).is_err());
}
