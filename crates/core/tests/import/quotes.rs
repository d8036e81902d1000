//! Tables of a data package with wrong quotes: no row is lost, and none includes others.

use scrollback_core::warning::{Warning, codes};
use scrollback_core::{Options, read_in_pieces, transcript};

use crate::pieces::Pieces;

fn id(number: usize) -> String {
    (1_180_000_000_000_000_000 + number).to_string()
}

/// A table with these texts as they stand in the file.
fn table(texts: &[&str]) -> String {
    let rows = texts.iter().enumerate().map(|(number, text)| {
        let id = id(number + 1);
        format!("{id},2024-03-01 12:00:00.000000+00:00,{text},\r\n")
    });
    format!(
        "ID,Timestamp,Contents,Attachments\r\n{}",
        rows.collect::<String>()
    )
}

/// The texts that are read, as a whole or in pieces of so many bytes, and the warnings.
fn read(table: &str, piece: Option<usize>) -> (Vec<String>, Vec<Warning>) {
    let texts = |messages: &[scrollback_core::model::Message]| {
        let texts = messages.iter().map(|message| message.content.to_string());
        texts.collect::<Vec<_>>()
    };
    match piece {
        None => {
            let (read, told) = transcript(&[table.as_bytes()], &Options::default()).unwrap();
            (texts(&read.messages), told)
        }
        Some(piece) => {
            let input = Pieces(table.as_bytes(), piece);
            let options = Options::default();
            let archive = read_in_pieces(&[&input], &options, &|_| true).unwrap();
            let told = archive.warnings().to_vec();
            let read = archive.into_selection(&options).unwrap();
            (texts(&read.transcript.messages), told)
        }
    }
}

#[test]
fn a_stray_quote_costs_no_row_after_it() {
    let cases: [(&[&str], &[&str], usize); 6] = [
        (&["\"open", "plain", "more"], &["open", "plain", "more"], 1),
        (
            &["\"open, with a comma", "\"a, b\"", "\"c\nd\""],
            &["open, with a comma", "a, b", "c\nd"],
            1,
        ),
        (
            &["\"two lines,\nand \"words\" within\"", "plain"],
            &["two lines,\nand \"words\" within", "plain"],
            1,
        ),
        (&["\"a", "\"b", "\"c", "d"], &["a", "b", "c", "d"], 3),
        // What is right is read as it was: also what looks like rows in a text.
        (
            &["\"look:\n1180000000000000009,2024-03-01 00:00,x,\"", "b"],
            &["look:\n1180000000000000009,2024-03-01 00:00,x,", "b"],
            0,
        ),
        (&["5\" and 6\"", "\"b\""], &["5\" and 6\"", "b"], 0),
    ];
    for (texts, expected, strays) in cases {
        for piece in [None, Some(16), Some(100), Some(4096)] {
            let (read, told) = read(&table(texts), piece);
            assert_eq!(read, expected, "{piece:?}");
            let told: Vec<_> = told.iter().map(|one| one.code).collect();
            assert_eq!(told, vec![codes::STRAY_TEXT; strays], "{texts:?}");
        }
    }
}

#[test]
fn a_table_that_ends_within_a_quote_is_cut_off() {
    let table = table(&["a", "\"b\nand no en"]);
    let table = table.trim_end_matches(",\r\n");
    for piece in [None, Some(16)] {
        let (read, told) = read(table, piece);
        assert_eq!(read, ["a"]);
        assert_eq!(told[0].code, codes::TRUNCATED);
    }
}

#[test]
fn stray_quotes_take_time_that_grows_with_the_table() {
    // Each of them would otherwise be read up to the end of the table.
    let table = table(&vec!["x\",\""; 40_000]);
    let start = std::time::Instant::now();
    let (read, _) = read(&table, None);
    // The last one is open to the end, as if it were cut off.
    assert_eq!(read.len(), 39_999);
    assert!(start.elapsed().as_secs() < 20);
}
