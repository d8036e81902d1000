//! `messages.csv` of Discord's older data packages: `ID,Timestamp,Contents,Attachments`.

use crate::json::Json;
use crate::text::Text;

/// The columns of a data package's table, in the order that it has them in.
const COLUMNS: [&str; 4] = ["ID", "Timestamp", "Contents", "Attachments"];

/// Whether a text begins as the table of a data package does. None where it goes on, unless
/// it is the last of its input, and its first line doesn't end yet.
pub fn is_csv(text: &str, is_last: bool) -> Option<bool> {
    let line = text.lines().next().unwrap_or_default();
    let mut columns = line
        .split(',')
        .map(|column| column.trim().trim_matches('"'));
    let begins_so = line.trim_start_matches('"').starts_with('I') || line == "\"";
    if begins_so && line.len() == text.len() && !is_last {
        return None;
    }
    Some(COLUMNS.iter().all(|column| columns.next() == Some(column)))
}

/// A table that is read piece by piece (RFC 4180).
#[derive(Debug, Default)]
pub struct Table {
    /// The names of its columns, which the first row has.
    names: Vec<String>,
}

/// What comes next in a table.
#[derive(Debug, PartialEq)]
pub enum Row<'t> {
    /// A row that begins at this offset, as an object with the names of the columns.
    Whole(usize, Json<'t>),
    /// The input ends in a row that begins at this offset.
    Cut(usize),
    /// There is none; the next piece goes on at this offset.
    End(usize),
}

impl Table {
    /// The row of a piece of the input that begins at an offset, and where it ends.
    pub fn row<'t>(&mut self, text: &'t str, at: usize, is_last: bool) -> (Row<'t>, usize) {
        let mut cells = Cells {
            text,
            at,
            is_cut: false,
        };
        // Empty lines are no rows.
        while text[cells.at..].starts_with(['\r', '\n']) {
            cells.at += 1;
        }
        let start = cells.at;
        if start >= text.len() {
            return (Row::End(start), start);
        }
        let row = cells.row();
        let ends = cells.at < text.len();
        if !ends && !is_last {
            return (Row::End(start), start);
        }
        if cells.is_cut || (!ends && row.len() < self.names.len()) {
            return (Row::Cut(start), text.len());
        }
        if self.names.is_empty() {
            self.names = row.iter().map(ToString::to_string).collect();
            return self.row(text, cells.at, is_last);
        }
        let names = self.names.iter().map(|name| Text::from(name.clone()));
        let members = names.zip(row.into_iter().map(Json::Str)).collect();
        (Row::Whole(start, Json::Object(members)), cells.at)
    }
}

/// The cells of a table.
struct Cells<'a> {
    text: &'a str,
    at: usize,
    /// The text ended in a cell whose quote is open.
    is_cut: bool,
}

impl<'a> Cells<'a> {
    /// The cells of the row that begins here.
    fn row(&mut self) -> Vec<Text<'a>> {
        let mut row = Vec::new();
        loop {
            row.push(self.cell());
            if !self.text[self.at..].starts_with(',') {
                return row;
            }
            self.at += 1;
        }
    }

    /// One cell, in quotes (in which `""` is a quote) or not.
    fn cell(&mut self) -> Text<'a> {
        let rest = &self.text[self.at..];
        let Some(quoted) = rest.strip_prefix('"') else {
            let end = rest.find([',', '\r', '\n']).unwrap_or(rest.len());
            self.at += end;
            return Text::from(&rest[..end]);
        };
        let bytes = quoted.as_bytes();
        let mut end = 0;
        loop {
            match memchr::memchr(b'"', &bytes[end..]) {
                None => {
                    end = bytes.len();
                    self.at = self.text.len();
                    self.is_cut = true;
                    break;
                }
                Some(skip) if bytes.get(end + skip + 1) == Some(&b'"') => end += skip + 2,
                Some(skip) => {
                    end += skip;
                    self.at += 1 + end + 1;
                    break;
                }
            }
        }
        // What follows a closing quote up to the comma belongs to no cell.
        let rest = &self.text[self.at..];
        self.at += rest.find([',', '\r', '\n']).unwrap_or(rest.len());
        let cell = &quoted[..end];
        if cell.contains("\"\"") {
            Text::from(cell.replace("\"\"", "\""))
        } else {
            Text::from(cell)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a table without names, read in pieces of so many bytes.
    fn cells(text: &str, piece: usize) -> (Vec<Vec<String>>, bool) {
        let names = ["a", "b"].map(str::to_owned).to_vec();
        let mut table = Table { names };
        let (mut rows, mut from, mut to) = (Vec::new(), 0, 0);
        loop {
            to = text.len().min(to + piece);
            while !text.is_char_boundary(to) {
                to += 1;
            }
            let (text, is_last) = (&text[from..to], to == text.len());
            let mut at = 0;
            loop {
                let (row, end) = table.row(text, at, is_last);
                at = end;
                match row {
                    Row::Whole(_, Json::Object(members)) => rows.push(
                        members
                            .iter()
                            .filter_map(|(_, cell)| cell.as_str().map(str::to_owned))
                            .collect(),
                    ),
                    Row::Whole(_, other) => panic!("{other:?}"),
                    Row::Cut(_) => return (rows, true),
                    Row::End(_) if is_last => return (rows, false),
                    Row::End(end) => {
                        from += end;
                        break;
                    }
                }
            }
        }
    }

    #[test]
    fn quotes_commas_and_lines_within_cells() {
        for piece in [1, 2, 3, 7, 100] {
            let whole = |text| {
                let (rows, is_cut) = cells(text, piece);
                assert!(!is_cut, "{text}");
                rows
            };
            assert_eq!(
                whole("a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\n2,\nß,é\n"),
                [["a", "b"], ["1", "x, \"y\"\nz"], ["2", ""], ["ß", "é"]]
            );
            assert_eq!(whole("\"a\"b,c"), [["a", "c"]]);
            assert_eq!(whole(""), Vec::<Vec<String>>::new());
        }
    }

    #[test]
    fn a_row_in_which_the_table_ends_is_cut_off() {
        for piece in [1, 5, 100] {
            for text in ["1,2\n3,\"cut", "1,2\n3", "1,2\n\"3\"\"", "1,2\n\"3,"] {
                let (rows, is_cut) = cells(text, piece);
                assert_eq!(
                    (rows, is_cut),
                    (vec![vec!["1".into(), "2".into()]], true),
                    "{text}"
                );
            }
            assert!(!cells("1,2\n3\n", piece).1, "a short row is one");
        }
    }

    #[test]
    fn only_a_data_package_is_one() {
        let header = "ID,Timestamp,Contents,Attachments\r\n1,2,3,\r\n";
        assert_eq!(is_csv(header, true), Some(true));
        assert_eq!(is_csv(&header[..9], false), None);
        assert_eq!(is_csv(&header[..9], true), Some(false));
        assert_eq!(is_csv("{\"", false), Some(false));
        let others = "AuthorID,Author,Date,Content,Attachments,Reactions\r\n";
        assert_eq!(is_csv(others, true), Some(false));
    }
}
