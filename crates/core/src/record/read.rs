//! Reads values leniently from JSON.

use crate::json::Json;

/// The context that values need while an input is read: it records warnings, and identifies
/// people.
pub(crate) trait ReadContext<'a> {
    /// The next values are within this field.
    fn enter(&mut self, field: &'static str);
    /// The field that was entered last ends.
    fn leave(&mut self);
    /// Records an unknown field.
    fn unknown(&mut self, record: &'static str, key: &str);
    /// Records a field that an object has twice, by its key in the input.
    #[cfg(feature = "all-formats")]
    fn repeated(&mut self, record: &'static str, key: &str);
    /// Records a value of an unexpected type, by its key in the input.
    fn mismatch(
        &mut self,
        expected: &'static str,
        record: &'static str,
        key: &str,
        value: &Json<'a>,
    );
    /// Records a text with characters that can't be shown.
    fn unshowable(&mut self);
    /// Records a list element of an unexpected type, and keeps it.
    fn lose_item(&mut self, expected: &'static str, index: usize, value: Json<'a>);
    /// The index of the person that a user object or an id refers to. Returns anything else.
    fn person(&mut self, json: Json<'a>) -> Result<u32, Json<'a>>;
}

/// A value that can be made from JSON.
pub(crate) trait Read<'a>: Sized {
    /// What is expected, for warnings: "text", "a list"…
    const EXPECTED: &'static str;

    /// Makes the value, or returns the JSON.
    fn read(json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>>;

    /// Reads into an existing value, which avoids moving large ones.
    fn fill(&mut self, json: Json<'a>, reader: &mut dyn ReadContext<'a>) -> Result<(), Json<'a>> {
        *self = Self::read(json, reader)?;
        Ok(())
    }
}
