//! Visits every text of a value.

use crate::json::Json;
use crate::text::Text;
use crate::time::Timestamp;

/// Members of an input object that the model doesn't know, and values that could not be read
/// as expected, in the order of the input.
pub type Extra<'a> = Vec<(Text<'a>, Json<'a>)>;

/// The record and field of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Name of the record, such as `Attachment`.
    pub record: &'static str,
    /// Name of the field as it is written.
    pub field: &'static str,
}

/// A visitor of every text of a transcript.
pub trait Visit<'a> {
    /// Called for each text.
    fn text(&mut self, spot: Spot, text: &mut Text<'a>);
    /// Called for each list of unknown fields.
    fn extra(&mut self, extra: &mut Extra<'a>);
    /// Called for each value kept as plain JSON.
    fn json(&mut self, json: &mut Json<'a>);
    /// Called for each time; does nothing by default.
    fn moment(&mut self, moment: &mut Timestamp) {
        let _ = moment;
    }
}

/// A value whose texts can be visited.
pub trait Walk<'a> {
    /// Calls `visit` for every text within.
    fn walk(&mut self, spot: Spot, visit: &mut dyn Visit<'a>);
}
