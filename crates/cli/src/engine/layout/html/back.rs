//! What follows the messages in HTML: the exhibits of a record, the index of people of a book.

use std::collections::BTreeMap;

use ecow::EcoString;
use typst_html::HtmlDocument;

use super::dom;
use crate::engine::layout::marks::links;
use crate::engine::layout::{Layout, Section};
use crate::engine::order::rank;
use crate::engine::{Error, TranscriptFiles};

/// The days on which people wrote, each with the id of their first message on it.
type Days<'d> = Vec<(&'d str, &'d str)>;

impl Layout<'_> {
    /// What follows the messages of the first section, whose days have these headings.
    ///
    /// # Errors
    /// When Typst can't compile it.
    pub(super) fn html_back(
        &self,
        first: &Section,
        headings: &[(EcoString, String)],
    ) -> Result<String, Error> {
        let mut back = String::new();
        let ids = first.messages.ids();
        if self.look.annex {
            back += &self.html_matter("/annex.typ", self.files.clone(), ids)?;
        }
        let people = people(first.authors, ids, headings);
        if self.look.index && !people.is_empty() {
            let mut files = self.files.clone();
            files.json("/people.json", &people)?;
            back += &self.html_matter("/people.typ", files, ids)?;
        }
        Ok(back)
    }

    /// The elements of a document that links to messages.
    fn html_matter(
        &self,
        main: &str,
        files: TranscriptFiles,
        ids: &[String],
    ) -> Result<String, Error> {
        let mut world = self.world()?;
        let mut document: HtmlDocument = self.compile_any(&mut world, main, files)?;
        let numbers = links::numbers(ids);
        dom::each(document.root_mut(), &mut |element| {
            dom::resolve(element, "", &numbers);
        });
        dom::inner(&document)
    }
}

/// People in order, with the days on which they wrote.
fn people<'d>(
    authors: &'d [(String, String)],
    ids: &'d [String],
    headings: &'d [(EcoString, String)],
) -> Vec<(&'d str, Days<'d>)> {
    let mut days: Vec<(usize, &str)> = headings
        .iter()
        .filter_map(|(words, id)| Some((dom::day(id)?, words.as_str())))
        .collect();
    days.sort_by_key(|(first, _)| *first);
    let mut people: BTreeMap<&str, Days> = BTreeMap::new();
    for (number, ((author, _), id)) in authors.iter().zip(ids).enumerate() {
        if author.is_empty() {
            continue;
        }
        let known = people.entry(author).or_default();
        let next = days.partition_point(|(first, _)| *first <= number);
        // A message without a time may stand before all days.
        if let Some((_, day)) = next.checked_sub(1).map(|at| days[at])
            && known.last().is_none_or(|(last, _)| *last != day)
        {
            known.push((day, id));
        }
    }
    let mut people: Vec<_> = people.into_iter().collect();
    people.sort_by_key(|(name, _)| rank(name));
    people
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_have_the_days_on_which_they_wrote() {
        let line = |name: &str| (name.to_owned(), String::new());
        let authors = ["Zoe", "Ada", "Ada", "", "Zoe", "Zoe"].map(line);
        let ids = ["1", "2", "3", "4", "5", "6"].map(str::to_owned);
        let heading = |(words, id): (&str, &str)| (words.into(), id.to_owned());
        let headings = [("Friday", "day-1"), ("Saturday", "day-4")].map(heading);
        assert_eq!(
            people(&authors, &ids, &headings),
            [
                ("Ada", vec![("Friday", "2")]),
                ("Zoe", vec![("Saturday", "5")]),
            ]
        );
    }
}
