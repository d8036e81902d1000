//! Filters: which messages are kept.

use scrollback_core::filter::{Filter, Has};
use scrollback_core::model::ReplyState;
use scrollback_core::{Options, transcript};

const SERVER: &str = include_str!("../../../examples/exports/server-channel.json");
const API: &str = include_str!("../../../examples/exports/api-messages.json");

/// Number of messages kept, and a check that each of them fits.
fn kept(input: &str, filter: Filter) -> usize {
    let options = Options {
        filter,
        ..Options::default()
    };
    let (transcript, _) = transcript(&[input.as_bytes()], &options).expect("readable");
    let total = transcript.total as usize;
    assert_eq!(
        transcript.messages.len() + transcript.filtered_out as usize,
        total
    );
    transcript.messages.len()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[test]
fn by_author() {
    let author = |names: &[&str]| {
        kept(
            SERVER,
            Filter {
                author: texts(names),
                ..Filter::default()
            },
        )
    };
    let quill = author(&["Quill"]);
    assert_eq!(quill, 9);
    assert_eq!(author(&["quill"]), quill);
    assert_eq!(author(&["@Quill"]), quill);
    assert_eq!(author(&["214900000012583017"]), quill);
    assert_eq!(author(&["雪 yuki"]), author(&["yukinko"]));
    let not = Filter {
        not_author: texts(&["Quill"]),
        ..Filter::default()
    };
    assert_eq!(kept(SERVER, not), 59 - quill);
}

/// A name and a word with accents, in one spelling each: composed, decomposed, and as
/// Vietnamese keyboards type them, with one accent composed and one not.
const SPELLINGS: [&str; 3] = ["Vi\u{1ec7}t", "Vie\u{323}\u{302}t", "Vi\u{ea}\u{323}t"];

#[test]
fn accents_match_however_they_are_encoded() {
    for written in SPELLINGS {
        let export = format!(
            r#"[{{"id": "1", "timestamp": "2024-03-01T12:00:00Z", "content": "in {written} today",
                "author": {{"id": "7", "username": "{written}"}}}}]"#
        );
        for asked in SPELLINGS {
            let by = |filter: Filter| kept(&export, filter);
            let text = || texts(&[&asked.to_uppercase()]);
            let note = format!("{written:?} {asked:?}");
            assert_eq!(
                by(Filter {
                    text: text(),
                    ..Filter::default()
                }),
                1,
                "{note}"
            );
            assert_eq!(
                by(Filter {
                    not_text: text(),
                    ..Filter::default()
                }),
                0,
                "{note}"
            );
            assert_eq!(
                by(Filter {
                    author: text(),
                    ..Filter::default()
                }),
                1,
                "{note}"
            );
        }
        // Another letter is another word.
        assert_eq!(
            kept(
                &export,
                Filter {
                    text: texts(&["viet"]),
                    ..Filter::default()
                }
            ),
            0
        );
    }
}

#[test]
fn nobody_of_that_name() {
    let filter = Filter {
        author: texts(&["Nobody"]),
        ..Filter::default()
    };
    let options = Options {
        filter,
        ..Options::default()
    };
    let error = transcript(&[SERVER.as_bytes()], &options).expect_err("there is no such person");
    assert_eq!(
        error.to_string(),
        "option `filter.author`: expected the id or a name of someone in the transcript, got \
         \"Nobody\"; there are \"سلمى\", \"Mira\", \"Tomasz\", \"雪 Yuki\", \"Quill\", \
         \"KilnBot\", \"AutoMod\""
    );
}

const SAMS: &str = r#"[
    {"id":"1","content":"a","author":{"id":"11","username":"sam_w","global_name":"Sam"}},
    {"id":"2","content":"b","author":{"id":"22","username":"sam","discriminator":"0042","global_name":"Sam"}},
    {"id":"3","content":"c","author":{"id":"33","username":"ann"}}
]"#;

#[test]
fn one_of_several_people_of_a_name() {
    let author = |name: &str| {
        let options = Options {
            filter: Filter {
                author: texts(&[name]),
                ..Filter::default()
            },
            ..Options::default()
        };
        transcript(&[SAMS.as_bytes()], &options)
            .map(|(transcript, _)| transcript.messages.len())
            .map_err(|error| error.to_string())
    };
    let two = "option `filter.author`: expected one person, but 2 go by the name \"Sam\": \
               \"Sam\" (@sam_w, id 11), \"Sam\" (@sam, id 22); pass the id of one, or of each";
    assert_eq!(author("Sam"), Err(two.to_owned()));
    assert_eq!(
        author("sam"),
        Err(two.replace("name \"Sam\"", "name \"sam\""))
    );
    // People without a nickname don't share a name.
    for none in ["", " ", "@"] {
        let told = author(none).unwrap_err();
        assert!(
            told.contains("expected the id or a name of someone"),
            "{told}"
        );
    }
    // With its sign, a user name goes before other names.
    for one in ["@sam", "sam#0042", "sam_w", "22", "ann"] {
        assert_eq!(author(one), Ok(1), "{one}");
    }
}

#[test]
fn by_time_and_id() {
    let range = |after: &str, before: &str| {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        kept(
            SERVER,
            Filter {
                after: some(after),
                before: some(before),
                ..Filter::default()
            },
        )
    };
    assert_eq!(range("2024-03-08", ""), 59);
    let first_day = range("2024-03-08", "2024-03-09");
    assert_eq!(first_day + range("2024-03-09", ""), 59);
    assert!(first_day > 30);
    assert_eq!(
        range("2024-03-08T00:00:00Z", "2024-03-09T01:00+01:00"),
        first_day
    );
    assert_eq!(range("1709856000", "1709942400"), first_day);
    assert_eq!(range("March 8, 2024", "2024-03-08T24:00:00"), first_day);
    assert_eq!(
        range("2024-W10-5", "Mar 9, 2024 12:00\u{202f}AM"),
        first_day
    );
    assert_eq!(range("", "2020-01-01"), 0);
    let (whole, _) = transcript(&[SERVER.as_bytes()], &Options::default()).expect("readable");
    let id = |at: usize| Some(whole.messages[at].id.to_string());
    let filter = Filter {
        from_id: id(10),
        to_id: id(19),
        ..Filter::default()
    };
    assert_eq!(kept(SERVER, filter), 10);
}

#[test]
fn times_and_ids_that_make_no_sense() {
    let error = |filter| {
        let options = Options {
            filter,
            ..Options::default()
        };
        transcript(&[SERVER.as_bytes()], &options)
            .expect_err("it is wrong")
            .to_string()
    };
    assert_eq!(
        error(Filter {
            after: Some("March".into()),
            ..Filter::default()
        }),
        "option `filter.after`: expected a date (\"2024-03-01\"), a time (\"2024-03-01T12:00\") \
         or Unix time in seconds, got \"March\""
    );
    // A year, a date without hyphens, milliseconds and microseconds aren't Unix time in seconds.
    // In a date with slashes, either number may be the month.
    for number in [
        "2024",
        "20240301",
        "1709287200000",
        "1709287200000000",
        "0",
        "3/8/2024",
    ] {
        let said = error(Filter {
            before: Some(number.into()),
            ..Filter::default()
        });
        assert!(
            said.ends_with(&format!("seconds, got {number:?}")),
            "{said}"
        );
    }
    assert_eq!(
        error(Filter {
            from_id: Some("x".into()),
            ..Filter::default()
        }),
        "option `filter.from-id`: expected the id of a message, got \"x\""
    );
}

#[test]
fn messages_are_kept_by_the_parts_that_they_have() {
    let has = |input, what| {
        let with = kept(
            input,
            Filter {
                has: vec![what],
                ..Filter::default()
            },
        );
        let without = kept(
            input,
            Filter {
                has_not: vec![what],
                ..Filter::default()
            },
        );
        assert_eq!(with + without, kept(input, Filter::default()));
        with
    };
    let server = [
        (Has::Attachment, 7),
        (Has::Image, 6),
        (Has::Video, 3),
        (Has::Sound, 1),
        (Has::Embed, 5),
        (Has::Link, 5),
        (Has::Reaction, 8),
        (Has::Sticker, 1),
        (Has::Poll, 1),
        (Has::Forward, 1),
        (Has::Reply, 5),
        (Has::Voice, 1),
        (Has::Component, 0),
    ];
    for (what, count) in server {
        assert_eq!(has(SERVER, what), count, "{what:?}");
    }
    let api = [
        (Has::Poll, 3),
        (Has::Forward, 1),
        (Has::Voice, 1),
        (Has::Thread, 1),
        (Has::Component, 2),
        (Has::Reply, 2),
        (Has::Sticker, 1),
        (Has::Image, 1),
        (Has::Mention, 1),
    ];
    for (what, count) in api {
        assert_eq!(has(API, what), count, "{what:?}");
    }
}

#[test]
fn by_emoji_with_and_without_their_style() {
    let reacted = |written: &str, asked: &str| {
        let export = format!(
            r#"[{{"id":"1","content":"a","author":{{"id":"11","username":"sam"}},
                "reactions":[{{"count":1,"emoji":{{"id":null,"name":"{written}"}}}}]}}]"#
        );
        let filter = Filter {
            reaction: texts(&[asked]),
            ..Filter::default()
        };
        kept(&export, filter)
    };
    for (one, other) in [("❤", "❤\u{fe0f}"), ("1\u{20e3}", "1\u{fe0f}\u{20e3}")] {
        assert_eq!(reacted(one, other), 1);
        assert_eq!(reacted(other, one), 1);
    }
    assert_eq!(reacted("👍🏽", "👍"), 0);
}

#[test]
fn by_text_reaction_pin_and_mention() {
    let text = |text: &[&str]| {
        kept(
            SERVER,
            Filter {
                text: texts(text),
                ..Filter::default()
            },
        )
    };
    assert_eq!(text(&["SLIP BUCKET"]), 1);
    assert_eq!(text(&["slip bucket", "peek"]), 2);
    assert_eq!(text(&["celadon: a short"]), 1, "texts of embeds count");
    assert_eq!(text(&["firing-log-2024"]), 1, "names of files count");
    let reaction = |emoji: &[&str]| {
        kept(
            SERVER,
            Filter {
                reaction: texts(emoji),
                ..Filter::default()
            },
        )
    };
    assert_eq!(reaction(&["😂"]), 3);
    assert_eq!(reaction(&[":glaze:"]), 1);
    assert_eq!(
        kept(
            SERVER,
            Filter {
                pinned: Some(true),
                ..Filter::default()
            }
        ),
        1
    );
    assert_eq!(
        kept(
            SERVER,
            Filter {
                pinned: Some(false),
                ..Filter::default()
            }
        ),
        58
    );
    assert_eq!(
        kept(
            SERVER,
            Filter {
                mentions: texts(&["Tomasz"]),
                ..Filter::default()
            }
        ),
        2
    );
    assert_eq!(
        kept(
            API,
            Filter {
                text: texts(&["thrown by"]),
                ..Filter::default()
            }
        ),
        1
    );
}

#[test]
fn replies_follow_the_messages() {
    for newest_first in [false, true] {
        let filter = Filter {
            author: texts(&["Tomasz"]),
            ..Filter::default()
        };
        for filter in [Filter::default(), filter] {
            let options = Options {
                filter,
                newest_first,
                ..Options::default()
            };
            let (transcript, _) = transcript(&[SERVER.as_bytes()], &options).expect("readable");
            let mut left_out = 0;
            for message in &transcript.messages {
                let Some(reply) = &message.reply else {
                    continue;
                };
                match (reply.state, reply.message) {
                    (ReplyState::Here, Some(at)) => {
                        assert_eq!(transcript.messages[at].id, reply.id);
                    }
                    (ReplyState::LeftOut, None) => left_out += 1,
                    (ReplyState::Unknown, None) => {}
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(left_out > 0, transcript.filtered_out > 0);
        }
    }
}

#[test]
fn a_filter_that_leaves_nothing_warns() {
    let filter = Filter {
        text: texts(&["no such words"]),
        ..Filter::default()
    };
    let options = Options {
        filter,
        ..Options::default()
    };
    let (_, warnings) = transcript(&[SERVER.as_bytes()], &options).expect("readable");
    assert_eq!(
        warnings[0].message,
        "expected messages that match the filter, got none of 59"
    );
}

#[test]
fn options_come_from_json() {
    let options: Options = serde_json::from_str(
        r#"{"timezone": "Europe/Berlin", "clock": "24h", "newest-first": true,
            "filter": {"has": ["attachment"], "not-author": ["Mira"]}}"#,
    )
    .expect("they are options");
    assert!(options.newest_first);
    assert_eq!(options.filter.has, [Has::Attachment]);
    let wrong = serde_json::from_str::<Options>(r#"{"timezon": "UTC"}"#);
    let message = wrong.expect_err("there is no such option").to_string();
    assert!(message.starts_with("unknown field `timezon`, expected one of `timezone`"));
}
