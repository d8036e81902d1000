//! The context in which the records of the model are read.

use super::People;
use crate::json::Json;
use crate::json::scan::line_column;
use crate::model::{Extra, Person};
use crate::record::{Read, ReadContext};
use crate::warning::{InputPlace, Warnings, codes};

/// The state of reading: the position, the people, the warnings. Only `text` borrows from the
/// input, so the state can continue with the next piece of a streamed input.
#[derive(Debug, Default)]
pub struct Reader<'t> {
    pub(crate) people: People,
    pub(crate) warnings: Warnings,
    /// List elements that could not be read, with their paths.
    pub(crate) lost: Extra<'static>,
    pub(crate) input: usize,
    /// The input, or its current piece.
    pub(crate) text: &'t str,
    /// Lines before `text`, and characters before it in its first line.
    pub(crate) before: (usize, usize),
    /// Offset in `text` of the current value.
    pub(crate) offset: usize,
    /// Id of the current message.
    pub(crate) message: Option<String>,
    path: Vec<&'static str>,
}

impl Reader<'_> {
    /// The same with another text.
    pub(crate) fn with_text(self, text: &str) -> Reader<'_> {
        Reader {
            people: self.people,
            warnings: self.warnings,
            lost: self.lost,
            input: self.input,
            text,
            before: self.before,
            offset: self.offset,
            message: self.message,
            path: self.path,
        }
    }

    /// Begins with an input.
    pub(crate) fn begin(&mut self, input: usize) {
        self.input = input;
        self.before = (0, 0);
        self.offset = 0;
        self.message = None;
    }

    /// The position of the current value.
    pub(crate) fn place(&self) -> InputPlace {
        self.place_at(self.offset)
    }

    /// The position of an offset in this input.
    pub(crate) fn place_at(&self, offset: usize) -> InputPlace {
        let (line, column) = line_column(self.text, offset);
        let (lines, characters) = self.before;
        InputPlace {
            input: self.input,
            line: line + lines,
            column: if line == 1 {
                column + characters
            } else {
                column
            },
            message: self.message.clone(),
        }
    }

    /// Adds a warning about the value at `offset`.
    pub(crate) fn warn(
        &mut self,
        code: &'static str,
        offset: usize,
        text: impl FnOnce() -> String,
    ) {
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.some(code, || self.place_at(offset), text);
        self.warnings = warnings;
    }

    /// Counts a warning about the value that is being read, by the field `key` of the record
    /// `group`.
    fn count(
        &mut self,
        code: &'static str,
        group: &'static str,
        key: &str,
        text: impl FnOnce() -> String,
    ) {
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.count(code, group, key, || self.place(), text);
        self.warnings = warnings;
    }
}

impl<'a> ReadContext<'a> for Reader<'_> {
    fn enter(&mut self, field: &'static str) {
        self.path.push(field);
    }

    fn leave(&mut self) {
        self.path.pop();
    }

    fn unknown(&mut self, record: &'static str, key: &str) {
        self.count(codes::UNKNOWN_FIELD, record, key, || {
            format!(
                "the field `{key}` of {} is unknown and not drawn",
                of(record)
            )
        });
    }

    #[cfg(feature = "all-formats")]
    fn repeated(&mut self, record: &'static str, key: &str) {
        self.count(codes::DUPLICATE_FIELD, record, key, || {
            format!(
                "field `{key}` of {}: expected it once, got it again in the same object; only \
                     the last is drawn",
                of(record)
            )
        });
    }

    fn mismatch(
        &mut self,
        expected: &'static str,
        record: &'static str,
        key: &str,
        value: &Json<'a>,
    ) {
        self.count(codes::UNEXPECTED_VALUE, record, key, || {
            format!(
                "field `{key}` of {}: expected {}, got {}; it is not drawn",
                of(record),
                expected,
                value.describe()
            )
        });
    }

    fn unshowable(&mut self) {
        self.count(codes::UNSHOWABLE, "", "", || {
            "expected text, got control characters in it, which can't be shown; \
             \u{fffd} stands for each"
                .into()
        });
    }

    fn lose_item(&mut self, expected: &'static str, index: usize, value: Json<'a>) {
        if matches!(value, Json::Null) {
            return;
        }
        let list = self.path.join(".");
        self.count(codes::UNEXPECTED_VALUE, "", &list, || {
            format!(
                "element {} of the list `{list}`: expected {}, got {}; it is not drawn",
                index + 1,
                expected,
                value.describe()
            )
        });
        let path = format!("{list}[{index}]").into();
        self.lost.push((path, value.into_owned()));
    }

    fn person(&mut self, json: Json<'a>) -> Result<u32, Json<'a>> {
        match json {
            Json::Object(_) => match self.people.find(&json) {
                Some(known) => Ok(known.0),
                None => {
                    let reading = self.people.reading;
                    // An object can always be read.
                    let person = Person::read(json.into_owned(), self).unwrap_or_default();
                    self.people.reading = reading;
                    Ok(self.people.add(person).0)
                }
            },
            // Lists such as the participants of a call hold ids only.
            Json::Str(id) if !id.is_empty() => Ok(self.people.called(&id).0),
            other => Err(other),
        }
    }
}

/// The name of a record in a sentence: `EmbedMedia` becomes "embed media".
fn of(record: &str) -> String {
    let mut name = String::new();
    for char in record.chars() {
        if char.is_uppercase() && !name.is_empty() {
            name.push(' ');
        }
        name.extend(char.to_lowercase());
    }
    let article = if name.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}
