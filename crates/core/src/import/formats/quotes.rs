//! Rows of a table with a quote too few or too many, after which nothing is in its place: each
//! is read up to the next line that begins like a row.

use memchr::{memchr, memchr2};

/// How the quotes of a row stand.
#[derive(Debug, PartialEq, Eq)]
pub enum Quotes {
    /// As a program writes them.
    Sound,
    /// One is missing or stray, and the cells are wrong from there on.
    Stray,
    /// The text ends within a quote.
    Open,
}

/// Reads the quotes of the row at the beginning of a text, for a table of so many columns.
/// Only rows of several lines may be stray: within a line, no other row is concerned.
pub fn quotes(text: &str, columns: usize) -> Quotes {
    let bytes = text.as_bytes();
    let (mut at, mut cells, mut has_lines) = (0, 1, false);
    loop {
        if bytes.get(at) == Some(&b'"') {
            at += 1;
            // Two quotes stand for one.
            loop {
                let Some(length) = bytes.get(at..).and_then(|rest| memchr(b'"', rest)) else {
                    return Quotes::Open;
                };
                has_lines |= memchr(b'\n', &bytes[at..at + length]).is_some();
                at += length + 1;
                if bytes.get(at) != Some(&b'"') {
                    break;
                }
                at += 1;
            }
            let ends = matches!(bytes.get(at), None | Some(b',' | b'\r' | b'\n'));
            if has_lines && !ends {
                return Quotes::Stray;
            }
        }
        let rest = bytes.get(at..).unwrap_or_default();
        let Some(end) = memchr2(b',', b'\n', rest) else {
            return Quotes::Sound;
        };
        if rest[end] == b'\n' {
            return Quotes::Sound;
        }
        cells += 1;
        if has_lines && cells > columns {
            return Quotes::Stray;
        }
        at += end + 1;
    }
}

/// The next line of a text that begins like a row: with an id and a date.
pub fn next_row(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr(b'\n', text.as_bytes().get(at..)?)? + 1;
        if begins_row(&text[at..]) {
            return Some(at);
        }
    }
}

fn begins_row(line: &str) -> bool {
    let line = line.strip_prefix('"').unwrap_or(line);
    let after = line.trim_start_matches(|digit: char| digit.is_ascii_digit());
    let date = after.strip_prefix('"').unwrap_or(after);
    let Some(date) = date.strip_prefix(',') else {
        return false;
    };
    let date = date.strip_prefix('"').unwrap_or(date).as_bytes();
    // Ids have 17 digits since some months after the first.
    (15..=20).contains(&(line.len() - after.len()))
        && matches!(date, [y, _, _, _, b'-', _, _, b'-', ..] if y.is_ascii_digit())
}

/// The cells of such a row: the text goes from the second comma to the last one.
pub fn apart(row: &str) -> Vec<String> {
    let row = row.trim_end_matches(['\r', '\n']);
    let mut cells: Vec<&str> = row.splitn(3, ',').collect();
    // Files are addresses; a text may end with anything else.
    if let [_, _, rest] = cells[..]
        && let Some((text, files)) = rest.rsplit_once(',')
        && (files.is_empty() || bare(files).starts_with("http"))
    {
        cells.pop();
        cells.extend([text, files]);
    }
    cells.into_iter().map(bare).collect()
}

/// A cell without the quotes around it.
fn bare(cell: &str) -> String {
    let inner = cell.strip_prefix('"').unwrap_or(cell);
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    inner.replace("\"\"", "\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_quote_that_joins_rows_is_stray() {
        for (row, expected) in [
            ("1,2,\"a\nb\",c\n3", Quotes::Sound),
            ("1,2,\"a \"\"b\"\"\n,c\",\r\n3", Quotes::Sound),
            ("1,2,a \"b\" c,\n", Quotes::Sound),
            ("1,2,\"a\"b,c\n", Quotes::Sound),
            ("1,2,\"a\n3,4,\"b\",\n", Quotes::Stray),
            ("1,2,\"a\n3,4,b\",c,d\n", Quotes::Stray),
            ("1,2,\"a,\n3,4,b,\n", Quotes::Open),
        ] {
            assert_eq!(quotes(row, 4), expected, "{row}");
        }
    }

    #[test]
    fn rows_begin_with_an_id_and_a_date() {
        let next = "1180000000000000002,2024-03-01 12:00:00,x,\n";
        let text = format!("a,\n2024,3\n12,2024-03-01 00:00:00,c\n{next}");
        assert_eq!(next_row(&text), Some(text.len() - next.len()));
        assert_eq!(next_row(next), None);
        assert_eq!(
            next_row("a\n\"1180000000000000002\",\"2024-03-01 12:00\""),
            Some(2)
        );
    }

    #[test]
    fn a_row_with_stray_quotes_keeps_its_text() {
        for (row, expected) in [
            ("1,2,\"a, b,\n", &["1", "2", "a, b", ""][..]),
            ("1,2,\"a \"b\"\nc\",\r\n", &["1", "2", "a \"b\"\nc", ""]),
            ("1,2,\"a, b", &["1", "2", "a, b"]),
            (
                "1,2,\"a,https://x.example/y z",
                &["1", "2", "a", "https://x.example/y z"],
            ),
        ] {
            assert_eq!(apart(row), expected, "{row}");
        }
    }
}
