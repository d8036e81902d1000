//! `messages.csv` of Discord's older data packages: `ID,Timestamp,Contents,Attachments`.

use crate::json::Json;
use crate::text::Text;

/// The columns of a data package's table, in the order that it has them in.
const COLUMNS: [&str; 4] = ["ID", "Timestamp", "Contents", "Attachments"];

/// Whether a text begins as the table of a data package does.
pub fn is_csv(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let mut columns = line
        .split(',')
        .map(|column| column.trim().trim_matches('"'));
    COLUMNS.iter().all(|column| columns.next() == Some(column))
}

/// The rows of a table as objects with the names of its columns, each with the
/// offset that it begins at. The first row has the names (RFC 4180).
pub fn read_csv(text: &str) -> Vec<(usize, Json<'_>)> {
    let mut rows = Rows { text, at: 0 };
    let Some((_, names)) = rows.next() else {
        return Vec::new();
    };
    rows.map(|(start, row)| {
        let members = names.iter().cloned().zip(row.into_iter().map(Json::Str));
        (start, Json::Object(members.collect()))
    })
    .collect()
}

/// The rows of a table, each with the offset that it begins at.
struct Rows<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Rows<'a> {
    type Item = (usize, Vec<Text<'a>>);

    fn next(&mut self) -> Option<Self::Item> {
        // Empty lines are no rows.
        while self.text[self.at..].starts_with(['\r', '\n']) {
            self.at += 1;
        }
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            row.push(self.cell());
            let rest = &self.text[self.at..];
            if rest.starts_with(',') {
                self.at += 1;
            } else {
                return Some((start, row));
            }
        }
    }
}

impl<'a> Rows<'a> {
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

    /// The cells of a table.
    fn cells(text: &str) -> Vec<Vec<String>> {
        Rows { text, at: 0 }
            .map(|(_, row)| row.iter().map(ToString::to_string).collect())
            .collect()
    }

    #[test]
    fn quotes_commas_and_lines_within_cells() {
        assert_eq!(
            cells("a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n\n2,\n"),
            [vec!["a", "b"], vec!["1", "x, \"y\"\nz"], vec!["2", ""]]
        );
        assert_eq!(cells("1,\"cut"), [["1", "cut"]]);
        assert_eq!(cells("\"a\"b,c"), [["a", "c"]]);
        assert_eq!(cells(""), Vec::<Vec<String>>::new());
    }

    #[test]
    fn only_a_data_package_is_one() {
        assert!(is_csv("ID,Timestamp,Contents,Attachments\r\n1,2,3,\r\n"));
        assert!(!is_csv(
            "AuthorID,Author,Date,Content,Attachments,Reactions\r\n"
        ));
    }
}
