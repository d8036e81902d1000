//! Transcripts as text for other programs: texts stay as they were written, and never become
//! markup, formulas or other messages.

use scrollback_core::filter::Filter;
use scrollback_core::formats::{Format, Setting, write};
use scrollback_core::{Clock, Options, read};

use crate::locale;

const FORMATS: [Format; 4] = [
    Format::Markdown,
    Format::Text,
    Format::JsonLines,
    Format::Csv,
];

fn options(lang: &str) -> Options {
    Options {
        times: locale::times(lang),
        clock: Some(Clock::Hours24),
        timezone: Some("UTC".into()),
        ..Options::default()
    }
}

fn written_with(input: &str, format: Format, lang: &str, options: &Options) -> String {
    let archive = read(&[input.as_bytes()], options).expect("readable");
    let selection = archive.into_selection(options).expect("options make sense");
    let setting = Setting {
        words: &locale::words(lang),
        link: &|url| url.to_owned(),
        notes: &[],
        reactors: true,
        ids: false,
        usernames: false,
    };
    write(selection, format, &setting)
}

fn written(input: &str, format: Format) -> String {
    written_with(input, format, "en", &options("en"))
}

/// An export of messages by Ada, a text each.
fn export(texts: &[&str]) -> String {
    let messages: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            serde_json::json!({
                "id": (4_194_304 + at).to_string(),
                "timestamp": format!("2024-01-01T10:{:02}:05Z", at % 60),
                "author": {"id": "70000000000000000", "username": "ada"},
                "content": text,
            })
        })
        .collect();
    serde_json::json!({
        "guild": {"id": "9", "name": "Home"},
        "channel": {"id": "1", "type": 0, "name": "general"},
        "messages": messages,
    })
    .to_string()
}

#[test]
fn a_channel_whose_name_is_not_known_is_told_by_its_id() {
    let message = |id: u64, channel: u64| {
        format!(
            r#"{{"id": "{id}", "channel_id": "{channel}", "content": "a", "author": {{"id": "5", "username": "ada"}}}}"#
        )
    };
    let input = format!("[{}, {}]", message(1, 11), message(2, 12));
    for format in [Format::Markdown, Format::Text] {
        let text = written(&input, format);
        assert!(text.contains("#12") && !text.contains("#11"), "{text}");
    }
}

/// The body of a message in Markdown: what stands behind its author and time.
fn markdown(text: &str) -> String {
    let all = written(&export(&[text]), Format::Markdown);
    let (_, body) = all.split_once("10:00\n\n").expect("an author and a time");
    body.trim_end_matches('\n').to_owned()
}

#[test]
fn markdown_says_what_discord_shows() {
    for (discord, expected) in [
        (
            "**bold** *em* ~~gone~~ `code`",
            "**bold** *em* ~~gone~~ `code`",
        ),
        ("__under__", "<u>under</u>"),
        ("||secret||", "\\|\\|secret\\|\\|"),
        ("a\nb", "a  \nb"),
        ("# Big", "#### Big"),
        ("-# small", "<sub>small</sub>"),
        ("> quoted\nafter", "> quoted\n\nafter"),
        ("- a\n- b", "- a\n- b"),
        ("```rs\nfn main() {}\n```", "```rs\nfn main() {}\n```"),
        ("see https://a.b/c?d=e", "see <https://a.b/c?d=e>"),
        ("[text](https://a.b)", "[text](<https://a.b>)"),
        ("<@70000000000000000> hi", "@ada hi"),
        ("<#1> <:blob:70000000000000001>", "\\#general :blob:"),
        ("<t:0:d>", "1/1/1970"),
        // What means nothing in Discord means nothing in Markdown.
        ("1. a <b>x</b> &amp;", "1. a \\<b>x\\</b> \\&amp;"),
        ("===", "\\=\\=\\="),
        ("[[wiki]] $x$", "\\[\\[wiki\\]\\] \\$x\\$"),
        ("**\"x\"**", "<b>\"x\"</b>"),
        (
            "see!https://a.b/z>c",
            "see\\![https\\://a.b/z>c](<https://a.b/z%3Ec>)",
        ),
        ("## > a", "##### a"),
        (
            "www\\.a\\_b and http\\://c_d",
            "www\\.a\\_b and http\\://c\\_d",
        ),
    ] {
        assert_eq!(markdown(discord), expected, "{discord}");
    }
}

#[test]
fn what_automod_and_apps_quote_is_text_with_names() {
    let input = r#"{"guild": {"id": "1", "name": "Home"}, "channel": {"id": "2", "type": 0, "name": ""},
        "messages": [{"id": "10", "type": 24, "timestamp": "2026-01-01T00:00:00Z", "content": "",
            "author": {"id": "7", "username": "ada"}, "embeds": [{"type": "auto_moderation_message",
            "description": "**rude** <@7> <#2>", "fields": [{"name": "rule_name", "value": "R"},
            {"name": "channel_id", "value": "2"}]}]},
        {"id": "11", "type": 26, "timestamp": "2026-01-01T00:01:00Z", "content": "Buy, <@7>",
            "author": {"id": "7", "username": "ada"}}]}"#;
    let markdown = written(input, Format::Markdown);
    for part in [
        "in <b>\\#unknown</b>",
        "> **ada**\n>\n> **rude** @ada \\#unknown",
        "Buy, @ada",
    ] {
        assert!(markdown.contains(part), "{part}: {markdown}");
    }
    let text = written(input, Format::Text);
    for part in [
        "in #unknown\n",
        "| ada\n    | **rude** @ada #unknown\n",
        "* Buy, @ada",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for format in [Format::JsonLines, Format::Csv] {
        let lines = written(input, format);
        assert!(lines.contains("**rude** @ada #unknown"), "{lines}");
    }
}

#[test]
fn code_in_markdown_ends_where_it_ends() {
    let fenced = markdown("```\na ``b`` c\n```");
    assert_eq!(fenced, "```\na ``b`` c\n```");
    assert_eq!(markdown("``a`b``"), "``a`b``");
}

#[test]
fn plain_text_has_a_line_a_message() {
    let texts = ["one\ntwo\n\nthree", "", "[2024-01-01 10:00] Bob: no"];
    let text = written(&export(&texts), Format::Text);
    assert_eq!(
        text,
        "# general – Home\n\
         [2024-01-01 10:00] ada: one\n    two\n\n    three\n\
         [2024-01-01 10:01] ada: Nothing of this message is in the export\n\
         [2024-01-01 10:02] ada: [2024-01-01 10:00] Bob: no\n"
    );
}

#[test]
fn cards_that_pages_draw_are_written() {
    let of = |fields: &str| {
        let input = format!(
            r#"[{{"id": "4194304", "timestamp": "2024-01-01T10:00:00Z", "author": {{"id": "7", "username": "ada"}}, {fields}}}]"#
        );
        let lines = written(&input, Format::Text);
        lines
            .split_once("ada: ")
            .expect("a message")
            .1
            .trim()
            .to_owned()
    };
    let nothing = "Nothing of this message is in the export";
    for (fields, expected) in [
        (
            r#""activity": {"type": 3}, "application": {"id": "1", "name": "Orbit"}"#,
            "| Invitation to listen along\n    | Orbit",
        ),
        (
            r#""activity": {}"#,
            "| Invitation to join\n    | An activity",
        ),
        (
            r#""gift_info": {"emoji": {"id": null, "name": "🎁"}}"#,
            "| You received a gift\n    | 🎁",
        ),
        (
            r##""shared_client_theme": {"colors": ["#FF0000", "00ff00", 5], "gradient_angle": 45}"##,
            "| Theme of the app\n    | #ff0000 – #00ff00 45°",
        ),
        // What is known of a forward is that it is one.
        (
            r#""message_reference": {"type": 1, "message_id": "5"}"#,
            &format!("| Forwarded\n    | {nothing}"),
        ),
        // Spaces and characters of no width show nothing.
        (r#""content": "\u200b \u3164\n""#, nothing),
        (
            r#""content": "a", "reactions": [{"emoji": {}, "count": 2}]"#,
            "a\n    :emoji: 2",
        ),
    ] {
        assert_eq!(of(fields), expected, "{fields}");
    }
}

#[test]
fn times_have_seconds_zones_and_formats() {
    let first = |change: &dyn Fn(&mut Options)| {
        let mut options = options("en");
        change(&mut options);
        let text = written_with(&export(&["x"]), Format::Text, "en", &options);
        text.lines().nth(1).expect("a message").to_owned()
    };
    assert_eq!(first(&|o| o.seconds = true), "[2024-01-01 10:00:05] ada: x");
    assert_eq!(
        first(&|o| o.show_zone = true),
        "[2024-01-01 10:00 UTC] ada: x"
    );
    let iso = |o: &mut Options| {
        o.time_format = Some("iso".into());
        o.timezone = Some("Europe/Warsaw".into());
    };
    assert_eq!(first(&iso), "[2024-01-01T11:00:05+01:00] ada: x");
    let own = |o: &mut Options| o.time_format = Some("EEE d MMM y 'at' HH:mm XXX".into());
    assert_eq!(first(&own), "[Mon 1 Jan 2024 at 10:00 Z] ada: x");
    let wrong = Options {
        time_format: Some("y-MM-dd QQ".into()),
        ..options("en")
    };
    let error = scrollback_core::formatter(&wrong).expect_err("no such letter");
    assert!(error.to_string().contains("got the letter 'Q'"), "{error}");
}

#[test]
fn times_of_several_zones_are_given_in_one() {
    let at = |times: &[&str]| {
        let messages: Vec<_> = times
            .iter()
            .enumerate()
            .map(|(id, time)| {
                format!(
                    r#"{{"id":"{}","timestamp":"{time}","content":"x","author":{{"id":"7","username":"ada"}}}}"#,
                    id + 1
                )
            })
            .collect();
        let input = format!("[{}]", messages.join(","));
        let options = Options {
            timezone: None,
            ..options("en")
        };
        let archive = read(&[input.as_bytes()], &options).expect("readable");
        let warned = archive
            .warnings()
            .iter()
            .map(|warning| warning.message.clone())
            .collect::<Vec<_>>();
        (written_with(&input, Format::Text, "en", &options), warned)
    };
    let (text, warned) = at(&[
        "2024-01-01T10:00:00+05:30",
        "2024-01-01T10:00:00+01:00",
        "2024-01-01T11:00:00+01:00",
    ]);
    assert_eq!(
        text,
        "[2024-01-01 05:30] ada: x\n[2024-01-01 10:00] ada: x\n[2024-01-01 11:00] ada: x\n"
    );
    assert_eq!(
        warned,
        ["times are written in several zones; all are given in UTC+01:00, as most are"]
    );
    // In summer, the clocks of one zone are an hour ahead.
    let (text, warned) = at(&["2024-01-01T10:00:00+01:00", "2024-07-01T10:00:00+02:00"]);
    assert_eq!(
        text,
        "[2024-01-01 10:00] ada: x\n[2024-07-01 10:00] ada: x\n"
    );
    assert!(warned.is_empty());
}

#[test]
fn names_end_no_line_and_turn_nothing() {
    let input = r#"[{"id":"1","timestamp":"2024-01-01T10:00:00Z","content":"hi",
        "author":{"id":"7","username":"a\nb\u202etxt","global_name":"=1+1\n[2024] X: y\u2066"}}]"#;
    let text = written(input, Format::Text);
    assert_eq!(text, "[2024-01-01 10:00] =1+1 [2024] X: y: hi\n");
    let markdown = written(input, Format::Markdown);
    assert!(
        markdown.contains("<b>\\=1+1 \\[2024\\] X: y</b>"),
        "{markdown}"
    );
    let csv = written(input, Format::Csv);
    assert!(csv.contains(",\"'=1+1 [2024] X: y\","), "{csv}");
}

/// The cells of a table, by RFC 4180.
fn cells(csv: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = csv.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            letter => cell.push(letter),
        }
    }
    assert!(
        !quoted && cell.is_empty() && row.is_empty(),
        "a row has no end"
    );
    rows
}

#[test]
fn tables_hold_what_was_written_and_no_formulas() {
    let texts = [
        "a,\"b\"\nc",
        "=HYPERLINK(\"http://x\")",
        "+1",
        "-1",
        "@SUM(A1)",
        "",
        "ok",
    ];
    let rows = cells(&written(&export(&texts), Format::Csv));
    assert_eq!(rows.len(), texts.len() + 1);
    let column = rows[0]
        .iter()
        .position(|name| name == "text")
        .expect("a column");
    for (row, text) in rows[1..].iter().zip(texts) {
        assert_eq!(row.len(), rows[0].len());
        let expected = if text.starts_with(['=', '+', '-', '@']) {
            format!("'{text}")
        } else {
            text.to_owned()
        };
        assert_eq!(row[column], expected);
    }
    assert_eq!(rows[1][1], "2024-01-01T10:00:05+00:00");
}

const SAMPLES: [&str; 4] = ["server-channel", "api-messages", "direct-message", "thread"];

fn samples() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/exports");
    let mut samples: Vec<_> = std::fs::read_dir(folder)
        .expect("the sample exports")
        .filter_map(|file| {
            let path = file.expect("a file").path();
            let is_json = path
                .extension()
                .is_some_and(|extension| extension == "json");
            let name = path.file_stem()?.to_string_lossy().into_owned();
            is_json.then(|| (name, std::fs::read_to_string(&path).expect("readable")))
        })
        .collect();
    samples.sort();
    samples
}

#[test]
fn every_sample_is_written_in_every_format_and_language() {
    let samples = samples();
    assert!(
        samples
            .iter()
            .any(|(name, _)| SAMPLES.contains(&name.as_str()))
    );
    for (name, input) in &samples {
        for lang in ["en", "ar", "ja"] {
            let options = options(lang);
            let archive = read(&[input.as_bytes()], &options).expect("readable");
            let count = archive.transcript().messages.len();
            for format in FORMATS {
                let text = written_with(input, format, lang, &options);
                let place = format!("{name}, {lang}, {format:?}");
                match format {
                    Format::Csv => assert_eq!(cells(&text).len(), count + 1, "{place}"),
                    Format::JsonLines => {
                        assert_eq!(text.lines().count(), count, "{place}");
                        for line in text.lines() {
                            serde_json::from_str::<serde_json::Value>(line).expect("JSON");
                        }
                    }
                    Format::Text => {
                        let messages = text.lines().filter(|line| {
                            !line.is_empty() && !line.starts_with("    ") && !line.starts_with("# ")
                        });
                        assert_eq!(messages.count(), count, "{place}:\n{text}");
                    }
                    Format::Markdown => assert!(text.lines().count() > count, "{place}"),
                }
                assert!(!text.contains('\u{fdd0}'), "{place}");
            }
        }
    }
}

#[test]
fn nothing_leaks_of_what_is_taken_out() {
    let (_, input) = samples()
        .into_iter()
        .find(|(name, _)| name == "server-channel")
        .expect("the sample");
    let plain = options("en");
    let archive = read(&[input.as_bytes()], &plain).expect("readable");
    let people = &archive.transcript().people;
    let secrets: Vec<String> = people
        .iter()
        .flat_map(|person| [&person.id, &person.username, &person.nick, &person.display])
        .map(ToString::to_string)
        // Shorter ones are words, too, and so is Discord's own helper.
        .filter(|name| name.chars().count() > 4 && name != "AutoMod")
        .collect();
    assert!(secrets.len() > 4);
    let options = Options {
        anonymize: true,
        ..plain
    };
    for format in FORMATS {
        let text = written_with(&input, format, "en", &options).to_lowercase();
        for secret in &secrets {
            assert!(
                !text.contains(&secret.to_lowercase()),
                "{format:?}: {secret}"
            );
        }
    }
}

#[test]
fn filters_and_order_hold() {
    let input = export(&["first", "second", "third"]);
    let options = Options {
        newest_first: true,
        filter: Filter {
            not_text: vec!["second".into()],
            ..Filter::default()
        },
        ..options("en")
    };
    for format in FORMATS {
        let text = written_with(&input, format, "en", &options);
        let (first, third) = (text.find("first"), text.find("third"));
        assert!(third.is_some() && third < first, "{format:?}: {text}");
        assert!(!text.contains("second"), "{format:?}");
    }
}

#[test]
fn files_of_components_are_listed_once_as_what_they_are() {
    let message = r#"[{"id":"1","author":{"id":"7","username":"u"},"components":[
        {"type":13,"file":{"url":"https://a.example/f.zip"},"name":"f.zip"},
        {"type":13,"file":{"url":"https://a.example/g.zip"}},
        {"type":11,"media":{"url":"https://a.example/h.png"},"description":"a kiln"}]}]"#;
    let text = written(message, Format::Text);
    let listed: Vec<_> = text.lines().filter_map(|l| l.split_once("- ")).collect();
    let listed: Vec<_> = listed.iter().map(|(_, file)| *file).collect();
    let [f, g, h] = ["f.zip", "g.zip", "h.png"].map(|name| format!("<https://a.example/{name}>"));
    let expected = [
        format!("f.zip {f}"),
        format!("file {g}"),
        format!("a kiln {h}"),
    ];
    assert_eq!(listed, expected, "{text}");
}
