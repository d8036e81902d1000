//! What the records of the model need while they are read.

use super::People;
use crate::json::Json;
use crate::json::scan::line_column;
use crate::model::Person;
use crate::record::{Read, ReadContext};
use crate::text::Text;
use crate::warning::{InputPlace, Warnings, codes};

/// State of reading: where we are, who was met, what was odd.
#[derive(Debug, Default)]
pub struct Reader<'a> {
    pub(crate) people: People<'a>,
    pub(crate) warnings: Warnings,
    /// Values of lists that could not be read, with their paths.
    pub(crate) lost: Vec<(Text<'a>, Json<'a>)>,
    pub(crate) input: usize,
    pub(crate) text: &'a str,
    /// Offset in `text` of the value being read.
    pub(crate) offset: usize,
    /// Id of the message being read.
    pub(crate) message: Option<String>,
    path: Vec<&'static str>,
}

impl<'a> Reader<'a> {
    /// Where the value being read begins.
    pub(crate) fn place(&self) -> InputPlace {
        self.place_at(self.offset)
    }

    /// Where an offset of this input is.
    pub(crate) fn place_at(&self, offset: usize) -> InputPlace {
        let (line, column) = line_column(self.text, offset);
        InputPlace {
            input: self.input,
            line,
            column,
            message: self.message.clone(),
        }
    }

    /// Adds a warning about what stands at `offset`.
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
}

impl<'a> ReadContext<'a> for Reader<'a> {
    fn enter(&mut self, field: &'static str) {
        self.path.push(field);
    }

    fn leave(&mut self) {
        self.path.pop();
    }

    fn unknown(&mut self, record: &'static str, key: &str) {
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.count(
            codes::UNKNOWN_FIELD,
            record,
            key,
            || self.place(),
            || {
                format!(
                    "the field `{key}` of {} is unknown, and what it says is not drawn",
                    of(record)
                )
            },
        );
        self.warnings = warnings;
    }

    fn mismatch(
        &mut self,
        expected: &'static str,
        record: &'static str,
        key: &'static str,
        value: &Json<'a>,
    ) {
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.count(
            codes::UNEXPECTED_VALUE,
            record,
            key,
            || self.place(),
            || {
                format!(
                    "field `{key}` of {}: expected {}, got {}; what it says is not drawn",
                    of(record),
                    expected,
                    value.describe()
                )
            },
        );
        self.warnings = warnings;
    }

    fn unshowable(&mut self) {
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.count(
            codes::UNSHOWABLE,
            "",
            "",
            || self.place(),
            || {
                "expected text, got control characters in it, which can't be shown; \
             \u{fffd} stands for each"
                    .into()
            },
        );
        self.warnings = warnings;
    }

    fn lose_item(&mut self, expected: &'static str, index: usize, value: Json<'a>) {
        if matches!(value, Json::Null) {
            return;
        }
        let list = self.path.join(".");
        let mut warnings = std::mem::take(&mut self.warnings);
        warnings.count(codes::UNEXPECTED_VALUE, "", &list, || self.place(), || {
            format!(
                "element {} of the list `{list}`: expected {}, got {}; what it says is not drawn",
                index + 1,
                expected,
                value.describe()
            )
        });
        self.warnings = warnings;
        self.lost.push((format!("{list}[{index}]").into(), value));
    }

    fn person(&mut self, json: Json<'a>) -> Result<u32, Json<'a>> {
        match json {
            Json::Object(_) => match self.people.find(&json) {
                Some(known) => Ok(known.0),
                None => {
                    let person = Person::read(json, self)?;
                    Ok(self.people.add(person).0)
                }
            },
            // Lists such as the participants of a call hold ids only.
            Json::Str(id) if !id.is_empty() => Ok(self.people.by_id(&id).0),
            other => Err(other),
        }
    }
}

/// The name of a record in a sentence.
fn of(record: &str) -> String {
    let name = record.to_lowercase();
    let article = if name.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}
