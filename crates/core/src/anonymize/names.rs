//! Finds names in texts.

use crate::index::Index;
use crate::order::sort_by;

/// Names and what stands for them.
#[derive(Debug, Default)]
pub struct Names {
    /// By the lower-case first word of the name.
    words: Index<'static>,
    /// Where `words` points to.
    by_word: Vec<Vec<Name>>,
    /// Names without a letter or digit, which have no words.
    symbols: Vec<Name>,
}

#[derive(Debug)]
struct Name {
    /// In lower case.
    name: String,
    pseudonym: String,
}

impl Names {
    /// Adds a name. The first pseudonym of a name holds.
    pub fn add(&mut self, name: &str, pseudonym: &str) {
        let core = name
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        let entry = |name: String| Name {
            name,
            pseudonym: pseudonym.to_owned(),
        };
        if core.is_empty() {
            let symbols = name.trim();
            if !symbols.is_empty() {
                self.symbols.push(entry(symbols.to_owned()));
            }
            return;
        }
        let first: String = core.chars().take_while(|c| c.is_alphanumeric()).collect();
        let at = *self.words.entry(first.into()).or_insert(self.by_word.len());
        if at == self.by_word.len() {
            self.by_word.push(Vec::new());
        }
        let names = &mut self.by_word[at];
        if names.iter().all(|known| known.name != core) {
            names.push(entry(core));
        }
    }

    /// Puts the longest names first; to be called after the last name.
    pub fn finish(&mut self) {
        for names in self.by_word.iter_mut().chain([&mut self.symbols]) {
            sort_by(names, |a, b| b.name.len().cmp(&a.name.len()));
        }
    }

    /// Replaces all names that stand as whole words, in any case.
    pub fn replace(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        let mut in_word = false;
        while let Some(c) = text[at..].chars().next() {
            let rest = &text[at..];
            if !in_word && let Some((length, pseudonym)) = self.find(rest, c) {
                out.push_str(pseudonym);
                at += length;
                // A name that ends in a letter is followed by none.
                in_word = false;
                continue;
            }
            in_word = c.is_alphanumeric();
            out.push(c);
            at += c.len_utf8();
        }
        out
    }

    /// The name that `rest` begins with: its length there, and what stands
    /// for it.
    fn find(&self, rest: &str, first: char) -> Option<(usize, &str)> {
        if !first.is_alphanumeric() {
            let found = self
                .symbols
                .iter()
                .find(|name| rest.starts_with(&name.name))?;
            return Some((found.name.len(), &found.pseudonym));
        }
        let word: String = rest
            .chars()
            .take_while(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .take_while(|c| c.is_alphanumeric())
            .collect();
        let names = &self.by_word[*self.words.get(&*word)?];
        names.iter().find_map(|name| {
            let length = prefix_length(rest, &name.name)?;
            let ends = !rest[length..]
                .chars()
                .next()
                .is_some_and(char::is_alphanumeric);
            ends.then_some((length, &*name.pseudonym))
        })
    }
}

/// How many bytes of `text` spell the lower-case `name`.
fn prefix_length(text: &str, name: &str) -> Option<usize> {
    let mut wanted = name.chars().peekable();
    for (at, c) in text.char_indices() {
        if wanted.peek().is_none() {
            return Some(at);
        }
        for lower in c.to_lowercase() {
            if wanted.next()? != lower {
                return None;
            }
        }
    }
    wanted.peek().is_none().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn finds_whole_names_longest_first() {
        let mut names = Names::default();
        names.add("Ada", "Otter");
        names.add("Ada Lovelace", "Heron");
        names.add("✨Zoë✨", "Lynx");
        names.add("❤", "Newt");
        names.finish();
        assert_eq!(
            names.replace("ADA, ada lovelace, Adam, x_ada_1 zoë's ❤ ada"),
            "Otter, Heron, Adam, x_Otter_1 Lynx's Newt Otter"
        );
    }
}
