//! Maps texts to indices. All lookups use this one type, because each type of hash map adds
//! about a kilobyte to the plugin.

use std::collections::HashMap;

use crate::text::Text;

/// Numbers by text, mostly indices into a list.
pub(crate) type Index<'a> = HashMap<Text<'a>, usize>;

/// Indexes a list by the text of each item; the last one wins.
pub(crate) fn index<'a>(texts: impl Iterator<Item = &'a str>) -> Index<'a> {
    let mut index = Index::default();
    for (at, text) in texts.enumerate() {
        index.insert(text.into(), at);
    }
    index
}
