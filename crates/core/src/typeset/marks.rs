//! Limits stacked combining marks in names and all other texts.

use std::borrow::Cow;

use super::names::Clipped;
use crate::json::Json;
use crate::markdown::bounded_marks;
use crate::model::{Extra, Spot, Visit};
use crate::text::Text;

/// Cuts long names, and limits marks as [`bounded_marks`] does. A single pass does both,
/// because each has to visit every field of every message.
#[derive(Default)]
pub struct Bounded {
    pub names: Clipped,
}

impl<'a> Visit<'a> for Bounded {
    fn text(&mut self, spot: Spot, text: &mut Text<'a>) {
        self.names.text(spot, text);
        // Only characters from U+0300 on are marks, and these begin with a byte from 0xCC on.
        if text.is_ascii() || text.bytes().all(|byte| byte < 0xCC) {
            return;
        }
        let bounded = match bounded_marks(text) {
            Cow::Owned(bounded) => bounded,
            Cow::Borrowed(_) => return,
        };
        *text = bounded.into();
    }

    // Of raw JSON, only texts of embeds are drawn.
    fn extra(&mut self, _: &mut Extra<'a>) {}

    fn json(&mut self, json: &mut Json<'a>) {
        self.names.json(json);
    }
}
