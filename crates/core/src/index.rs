//! Where things are, by text. All lookups are of this one type, as the code of
//! each type of hash map costs the plugin about a kilobyte.

use std::collections::HashMap;

use crate::text::Text;

/// Numbers by text: mostly places in a list.
pub(crate) type Index<'a> = HashMap<Text<'a>, usize>;

/// Puts places in a list by the text of each item; the last of a text holds.
pub(crate) fn index<'a>(texts: impl Iterator<Item = &'a str>) -> Index<'a> {
    let mut index = Index::default();
    for (at, text) in texts.enumerate() {
        index.insert(text.into(), at);
    }
    index
}
