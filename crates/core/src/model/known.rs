//! Lists the records of the model, and the fields that they are read from.

use crate::record::Fields;

/// A record, and the fields that it is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownRecord {
    /// Its name, such as `Attachment`.
    pub name: &'static str,
    /// Its fields, as they are written, without computed ones.
    pub fields: &'static [&'static str],
}

/// All records of the model that are read from exports.
#[must_use]
pub fn known_records() -> Vec<KnownRecord> {
    macro_rules! all {
        ($($record:ident)*) => {
            vec![$({
                let shape = super::$record::default().shape();
                KnownRecord { name: shape.name, fields: &shape.keys[..shape.readable] }
            },)*]
        };
    }
    all!(
        AnswerCount Attachment Call Channel ChannelMention Component CountDetails DateRange Embed
        EmbedAuthor EmbedField EmbedFooter EmbedMedia EmbedProvider Emoji GalleryItem Guild
        Interaction Media Member Message Person Poll PollAnswer PollMedia PollResults Reaction
        Reference Role RoleColors SelectOption ServerTag Snapshot Sticker Thread
    )
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::known_records;

    #[test]
    fn every_record_that_is_read_is_listed() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/model");
        let mut written = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            for record in text.split("\nrecord! {").skip(1) {
                let lines = record.lines().map(str::trim);
                let name = lines.filter(|line| !line.starts_with("//")).nth(1).unwrap();
                let name = name.trim_end_matches(" {");
                // Nothing is read into what is empty.
                if !name.ends_with("{}") {
                    written.insert(name.to_owned());
                }
            }
        }
        let listed: BTreeSet<String> = known_records()
            .iter()
            .map(|record| record.name.to_owned())
            .collect();
        assert!(written.len() > 30, "{written:?}");
        assert_eq!(listed, written);
    }
}
