//! `messages.csv` of Discord's older data packages: `ID,Timestamp,Contents,Attachments`.

use csv_core::{ReadRecordResult, Reader};

#[cfg(feature = "all-formats")]
use super::quotes::{Quotes, apart, next_row, quotes};
use crate::json::Json;
use crate::text::Text;

/// The columns of a data package's table, in order.
const COLUMNS: [&str; 4] = ["ID", "Timestamp", "Contents", "Attachments"];

/// The name for cells beyond the last column.
const BEYOND: &str = "(no column)";

/// Whether a text starts like the table of a data package. `None` if its first line is
/// incomplete and more text follows.
pub fn is_csv(text: &str, is_last: bool) -> Option<bool> {
    // JSON may be a single line of many megabytes.
    if text.starts_with(['{', '[']) {
        return Some(false);
    }
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

/// A table that is read in pieces.
#[derive(Debug)]
pub struct Table {
    /// The names of its columns, from the first row.
    names: Vec<String>,
    reader: Reader,
    // Buffers that are reused for the next row.
    cells: Vec<u8>,
    ends: Vec<usize>,
}

impl Default for Table {
    fn default() -> Self {
        Self {
            names: Vec::new(),
            // Its default isn't initialised.
            reader: Reader::new(),
            cells: Vec::new(),
            ends: Vec::new(),
        }
    }
}

/// How a row ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// The end of its line.
    Line,
    /// The end of the text.
    Text,
    /// The end of the text, within a quote.
    Quote,
}

/// The next item of a table.
#[derive(Debug, PartialEq)]
pub enum Row<'t> {
    /// A row that begins at this offset, as an object with the names of the columns.
    Whole(usize, Json<'t>),
    /// The same, with a quote too few or too many.
    #[cfg(feature = "all-formats")]
    Stray(usize, Json<'t>),
    /// The input ends within the row at this offset.
    Cut(usize),
    /// There is none; the next piece continues at this offset.
    End(usize),
}

impl Table {
    /// The row at an offset of a piece of the input, with its end.
    pub fn row<'t>(&mut self, text: &'t str, at: usize, is_last: bool) -> (Row<'t>, usize) {
        // Empty lines are skipped.
        let rest = text[at..].trim_start_matches(['\r', '\n']);
        let start = text.len() - rest.len();
        if rest.is_empty() {
            return (Row::End(start), start);
        }
        #[cfg(feature = "all-formats")]
        if let Some((cells, length)) = self.stray(rest, is_last) {
            let end = start + length;
            // The text up to the next row may continue.
            return if end == text.len() && !is_last {
                (Row::End(start), start)
            } else {
                (Row::Stray(start, self.named(cells.into_iter())), end)
            };
        }
        let (count, read, ending) = self.cells(rest);
        let end = start + read;
        let ends = ending == Ending::Line;
        if !ends && !is_last {
            return (Row::End(start), start);
        }
        if ending == Ending::Quote || (!ends && count < self.names.len()) {
            return (Row::Cut(start), text.len());
        }
        let mut from = 0;
        let cells = self.ends[..count].iter().map(|&to| {
            let cell = self.cells.get(from..to).unwrap_or_default();
            from = to;
            String::from_utf8_lossy(cell).into_owned()
        });
        if self.names.is_empty() {
            self.names = cells.collect();
            return self.row(text, end, is_last);
        }
        (Row::Whole(start, self.named(cells)), end)
    }

    /// The cells and the length of a row whose quotes are wrong, if that concerns other rows.
    #[cfg(feature = "all-formats")]
    fn stray(&self, text: &str, is_last: bool) -> Option<(Vec<String>, usize)> {
        if self.names.is_empty() {
            return None;
        }
        let next = match quotes(text, self.names.len()) {
            Quotes::Sound => return None,
            Quotes::Stray => next_row(text).unwrap_or(text.len()),
            // Without another row, the file is cut off.
            Quotes::Open if is_last => next_row(text)?,
            Quotes::Open => return None,
        };
        Some((apart(&text[..next]), next))
    }

    /// A row as an object.
    fn named<'t>(&self, cells: impl Iterator<Item = String>) -> Json<'t> {
        // Cells beyond the last column stay together: they may be a text with an unquoted comma.
        let mut names = self.names.iter().map(|name| Text::from(name.clone()));
        let mut members: Vec<(Text, Json)> = Vec::with_capacity(self.names.len());
        let mut more: Vec<String> = Vec::new();
        for cell in cells {
            match names.next() {
                Some(name) => members.push((name, Json::Str(cell.into()))),
                None => more.push(cell),
            }
        }
        if more.iter().any(|cell| !cell.is_empty()) {
            members.push((BEYOND.into(), Json::Str(more.join(",").into())));
        }
        Json::Object(members)
    }

    /// Reads the cells of a row; returns their number, the row's length, and how it ends.
    fn cells(&mut self, text: &str) -> (usize, usize, Ending) {
        self.reader.reset();
        let (mut input, mut filled, mut count) = (text.as_bytes(), 0, 0);
        let mut ending = Ending::Line;
        loop {
            let (result, read, wrote, cells) =
                self.reader
                    .read_record(input, &mut self.cells[filled..], &mut self.ends[count..]);
            input = &input[read..];
            (filled, count) = (filled + wrote, count + cells);
            match result {
                // An extra line break shows whether a quote is open: the cell would contain it.
                ReadRecordResult::InputEmpty if ending == Ending::Line => {
                    ending = Ending::Text;
                    input = b"\n";
                }
                ReadRecordResult::InputEmpty => return (count, text.len(), Ending::Quote),
                ReadRecordResult::OutputFull => self.cells.resize(filled * 2 + 256, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(count * 2 + 8, 0),
                ReadRecordResult::Record | ReadRecordResult::End => {
                    return (count, text.len() - input.len(), ending);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The cells of a table without names, read in pieces of this many bytes.
    fn cells(text: &str, piece: usize) -> (Vec<Vec<String>>, bool) {
        let names = ["a", "b"].map(str::to_owned).to_vec();
        let mut table = Table {
            names,
            ..Table::default()
        };
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
                    Row::Whole(_, other) | Row::Stray(_, other) => panic!("{other:?}"),
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
            assert_eq!(whole("\"a\"b,c"), [["ab", "c"]]);
            // Within an unquoted cell, a quote is an ordinary character.
            assert_eq!(
                whole("5\" screen,b\n1,2"),
                [["5\" screen", "b"], ["1", "2"]]
            );
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
    fn only_the_header_of_a_data_package_is_recognized() {
        let header = "ID,Timestamp,Contents,Attachments\r\n1,2,3,\r\n";
        assert_eq!(is_csv(header, true), Some(true));
        assert_eq!(is_csv(&header[..9], false), None);
        assert_eq!(is_csv(&header[..9], true), Some(false));
        assert_eq!(is_csv("{\"", false), Some(false));
        let others = "AuthorID,Author,Date,Content,Attachments,Reactions\r\n";
        assert_eq!(is_csv(others, true), Some(false));
    }
}
