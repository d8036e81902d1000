//! Reading values leniently from JSON.

use crate::json::Json;

/// What values ask of whoever reads an input: to note what is odd, and to know
/// people again.
pub(crate) trait ReadContext<'a> {
    /// The values read next stand in this field.
    fn enter(&mut self, field: &'static str);
    /// The field that was entered last is over.
    fn leave(&mut self);
    /// Notes a field that the record doesn't know.
    fn unknown(&mut self, record: &'static str, key: &str);
    /// Notes a value of another kind than expected.
    fn mismatch(
        &mut self,
        expected: &'static str,
        record: &'static str,
        key: &'static str,
        value: &Json<'a>,
    );
    /// Notes a text with characters that can't be shown.
    fn unshowable(&mut self);
    /// Notes an element of a list of another kind than expected, and keeps it.
    fn lose_item(&mut self, expected: &'static str, index: usize, value: Json<'a>);
    /// The number of the person that a user object or an id stands for. Hands
    /// back anything else.
    fn person(&mut self, json: Json<'a>) -> Result<u32, Json<'a>>;
}

/// A value that can be made from JSON.
pub(crate) trait Read<'a>: Sized {
    /// What is expected, for messages: "text", "a list"…
    const EXPECTED: &'static str;

    /// Makes the value, or hands the JSON back.
    fn read(json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>>;

    /// Reads into a value that is there, which spares moving large ones.
    fn fill(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>> {
        *self = Self::read(json, reader)?;
        Ok(())
    }
}
