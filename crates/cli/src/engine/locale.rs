//! The languages of the package, from the bundled files.

use scrollback_core::time::TimeWords;
use scrollback_core::words::{Tables, Words};
use toml::{Table, Value};

use super::package;

/// A language: its fixed texts, and its patterns for times.
#[derive(Debug, Clone)]
pub struct Locale {
    code: String,
    data: Table,
}

impl Locale {
    /// The language with this code, if the package has it.
    pub fn find(code: &str) -> Option<Self> {
        Some(Self {
            code: code.to_owned(),
            data: read(code)?,
        })
    }

    /// Its code, such as `pt-BR`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The words that core formats times with.
    pub fn times(&self) -> TimeWords {
        let table = |name| self.data.get(name).cloned();
        let Some(Value::Table(mut times)) = table("time") else {
            return TimeWords::default();
        };
        times.extend(table("plurals").map(|rules| ("plurals".to_owned(), rules)));
        // A test reads all of them.
        times.try_into().unwrap_or_default()
    }

    /// The words that core uses for everything else, in outputs without Typst.
    pub fn words(&self) -> Words {
        let tables = self.data.clone().try_into::<Tables>().ok();
        // A test reads all of them.
        let words = tables.and_then(|tables| Words::new(tables).ok());
        words.unwrap_or_default()
    }

    /// Whether it is written from right to left.
    pub fn goes_leftwards(&self) -> bool {
        self.data.get("direction").and_then(Value::as_str) == Some("rtl")
    }

    /// A month such as `2024-03` in words; anything else is returned unchanged.
    pub fn month(&self, month: &str) -> String {
        let names = self.data.get("time").and_then(|times| times.get("months"));
        let found = month.split_once('-').and_then(|(year, number)| {
            let number: usize = number.parse().ok()?;
            let name = names?.get(number.checked_sub(1)?)?.as_str()?;
            Some((year, name))
        });
        match found {
            Some((year, name)) => self
                .text("month-of")
                .replace("{month}", name)
                .replace("{year}", year),
            None => month.to_owned(),
        }
    }

    /// One of its texts, by its key in `words`.
    pub fn text(&self, name: &str) -> &str {
        self.data
            .get("words")
            .and_then(|words| words.get(name))
            .and_then(Value::as_str)
            .unwrap_or_default()
    }
}

/// The codes of all languages, sorted.
pub fn codes() -> impl Iterator<Item = &'static str> {
    package::files().filter_map(|path| path.strip_prefix("locales/")?.strip_suffix(".toml"))
}

/// A language's file, merged over the one that it inherits from.
fn read(code: &str) -> Option<Table> {
    let bytes = package::file(&format!("locales/{code}.toml"))?;
    let mut data: Table = str::from_utf8(bytes).ok()?.parse().ok()?;
    match data.remove("inherits") {
        Some(base) => {
            let mut all = read(base.as_str()?)?;
            put_over(&mut all, data);
            Some(all)
        }
        None => Some(data),
    }
}

/// Merges changes into a table, table by table.
fn put_over(base: &mut Table, changes: Table) {
    for (key, value) in changes {
        match (base.get_mut(&key), value) {
            (Some(Value::Table(base)), Value::Table(changes)) => put_over(base, changes),
            (_, value) => {
                base.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_words_times() {
        assert!(codes().count() > 15);
        for code in codes() {
            let locale = Locale::find(code).unwrap();
            assert_ne!(locale.times(), TimeWords::default(), "{code}");
            assert_eq!(
                locale.words().text("poll-closed"),
                locale.text("poll-closed")
            );
            for text in ["pinned-messages", "undrawn-message", "page-link"] {
                assert!(!locale.text(text).is_empty(), "{code}: {text}");
            }
        }
        assert!(Locale::find("tlh").is_none());
    }

    #[test]
    fn a_variant_has_what_it_inherits() {
        let british = Locale::find("en-GB").unwrap();
        assert_eq!(british.times().clock, 24);
        assert_eq!(british.times().months[0], "January");
        assert_eq!(british.text("edited"), "(edited)");
    }
}
