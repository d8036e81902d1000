//! Analyses the text of a message beforehand. Typst would otherwise have to search the
//! resulting content, letter by letter and element by element.

use crate::index::Index;
use crate::markdown::ast::{Direction, Mention, Node, NodeKind};
use crate::model::Transcript;

/// The shape of a text that can be set directly: it has words, runs from left to right, needs
/// no special line breaks, and is short enough not to be divided. Typst analyses all other texts
/// itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text in lines, possibly with emphasis, links, code, mentions and spoilers.
    Line,
    /// The same with emoji among letters.
    Emoji,
    /// Quotes, lists, headings, small lines or code blocks.
    Blocks,
}

impl Shape {
    /// Its name in Typst.
    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Emoji => "emoji",
            Self::Blocks => "blocks",
        }
    }
}

/// The most bytes of a text that certainly needs no dividing, like `short` in `portions.typ`.
const SHORT: usize = 1500;
/// The most nodes; each makes at most two of the 200 elements that `portion` allows.
const FEW: usize = 80;
/// The fewest bytes of a word of several styles that may have to be broken between them, like
/// `joined-letters` in `styled-words.typ`.
const JOINED: usize = 24;

/// The ids of people, roles and channels whose names have neither emoji nor right-to-left
/// letters.
#[derive(Default)]
pub struct PlainNames(Index<'static>);

impl PlainNames {
    /// Those of a transcript.
    pub fn of(transcript: &Transcript) -> Self {
        let people = transcript.people.iter();
        let roles = transcript.guild.iter().flat_map(|guild| &guild.roles);
        let channels = transcript.channel.iter().chain(&transcript.channels);
        let mut plain = Index::default();
        let mut add = |id: &str, name: &str| {
            if !name.is_empty() && !name.contains(is_special) {
                plain.insert(id.to_owned().into(), 0);
            }
        };
        people.for_each(|person| add(&person.id, &person.display));
        roles.for_each(|role| add(&role.id, &role.name));
        channels.for_each(|channel| add(&channel.id, &channel.name));
        Self(plain)
    }

    fn has(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }
}

/// The shape of a tree.
pub fn of_tree(nodes: &[Node], names: &PlainNames) -> Option<Shape> {
    let mut found = Found {
        names,
        bytes: 0,
        nodes: 0,
        word: 0,
        has_words: false,
        has_letters: false,
        has_emoji: false,
        has_blocks: false,
    };
    found.document(nodes)?;
    found.shape()
}

/// The shape of a text without a tree. `None` for a single line of ASCII, too, which Typst
/// recognises fast enough.
pub fn of_plain(text: &str) -> Option<Shape> {
    if text.is_ascii() && !text.contains('\n') || text.split('\n').count() > FEW {
        return None;
    }
    let is_plain = text.len() <= SHORT && !text.contains(is_special);
    (is_plain && !text.trim().is_empty()).then_some(Shape::Line)
}

/// The findings so far in a tree.
struct Found<'f> {
    names: &'f PlainNames,
    bytes: usize,
    nodes: usize,
    /// The bytes of the word at the end so far.
    word: usize,
    /// Whether something is as high as a line.
    has_words: bool,
    has_letters: bool,
    has_emoji: bool,
    has_blocks: bool,
}

impl Found<'_> {
    fn shape(self) -> Option<Shape> {
        if self.bytes > SHORT || self.nodes > FEW || !self.has_words {
            return None;
        }
        match (self.has_blocks, self.has_emoji) {
            (false, false) => Some(Shape::Line),
            (true, false) => Some(Shape::Blocks),
            // Emoji alone are drawn large.
            (false, true) => self.has_letters.then_some(Shape::Emoji),
            (true, true) => None,
        }
    }

    /// Visits the nodes of a document, a quote or an item. `None` if one needs Typst's analysis.
    fn document(&mut self, nodes: &[Node]) -> Option<()> {
        for node in nodes {
            self.nodes += 1;
            self.word = 0;
            match &node.kind {
                NodeKind::Paragraph {
                    direction,
                    children,
                } if *direction != Some(Direction::RightToLeft) => self.inline(children)?,
                NodeKind::Heading { children, .. } => {
                    self.has_blocks = true;
                    self.inline(children)?;
                }
                NodeKind::Subtext(children) => {
                    self.has_blocks = true;
                    // Its words are lower than a line.
                    let has_words = self.has_words;
                    self.inline(children)?;
                    self.has_words = has_words;
                }
                NodeKind::Quote(children) => {
                    self.has_blocks = true;
                    self.document(children)?;
                }
                NodeKind::List { items, .. } => {
                    self.has_blocks = true;
                    for item in items {
                        self.nodes += 1;
                        self.document(&item.children)?;
                    }
                }
                NodeKind::CodeBlock {
                    text, runs: None, ..
                } => {
                    self.has_blocks = true;
                    self.words(text)?;
                }
                _ => return None,
            }
        }
        Some(())
    }

    fn inline(&mut self, nodes: &[Node]) -> Option<()> {
        for node in nodes {
            self.nodes += 1;
            match &node.kind {
                NodeKind::Text(text) | NodeKind::Code(text) => self.words(text)?,
                NodeKind::Break => self.word = 0,
                NodeKind::Strong(children)
                | NodeKind::Emphasis(children)
                | NodeKind::Underline(children)
                | NodeKind::Strikethrough(children)
                | NodeKind::Spoiler(children)
                | NodeKind::Link {
                    text: Some(children),
                    ..
                } => self.inline(children)?,
                NodeKind::Link {
                    url, text: None, ..
                } => self.words(url)?,
                NodeKind::Mention(Mention::User(id) | Mention::Role(id) | Mention::Channel(id))
                    if self.names.has(id) =>
                {
                    self.words(id)?;
                    self.has_letters = true;
                }
                NodeKind::Mention(Mention::Everyone | Mention::Here) => self.words("everyone")?,
                NodeKind::Command { name: words, .. } => self.words(words)?,
                NodeKind::Timestamp {
                    words: Some(words), ..
                } => self.words(words)?,
                NodeKind::Emoji { .. } | NodeKind::CustomEmoji { .. } => self.has_emoji = true,
                _ => return None,
            }
        }
        Some(())
    }

    fn words(&mut self, text: &str) -> Option<()> {
        self.bytes += text.len();
        let ends = |character: char| character.is_whitespace();
        let head = text.find(ends).unwrap_or(text.len());
        if self.word > 0 && self.word + head >= JOINED {
            return None;
        }
        self.word = match text.rfind(ends) {
            Some(space) => text.len() - space - 1,
            None => self.word + text.len(),
        };
        self.has_words |= !text.trim().is_empty();
        self.has_letters |= text.contains(char::is_alphabetic);
        (!text.contains(is_special)).then_some(())
    }
}

/// Whether the character may belong to an emoji or to right-to-left text: the `special` of
/// `running.typ`.
fn is_special(character: char) -> bool {
    matches!(
        character,
        '\u{203c}'
            | '\u{2049}'
            | '\u{20e3}'
            | '\u{2139}'
            | '\u{2194}'..='\u{2199}'
            | '\u{21a9}'
            | '\u{21aa}'
            | '\u{231a}'..='\u{27bf}'
            | '\u{2934}'..='\u{2b55}'
            | '\u{3030}'
            | '\u{303d}'
            | '\u{3297}'
            | '\u{3299}'
            | '\u{fe0f}'
            | '\u{1f000}'..='\u{1faff}'
            | '\u{590}'..='\u{8ff}'
            | '\u{fb1d}'..='\u{fdff}'
            | '\u{fe70}'..='\u{feff}'
            | '\u{10800}'..='\u{10fff}'
            | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::{Variant, parse};
    use crate::model::Person;

    /// Ada, whose name is plain, and Bee, whose name isn't.
    fn names() -> PlainNames {
        let person = |id: &'static str, display: &'static str| Person {
            id: id.into(),
            display: display.into(),
            ..Person::default()
        };
        let transcript = Transcript {
            people: vec![person("1", "Ada"), person("2", "Bee 🐝")],
            ..Transcript::default()
        };
        PlainNames::of(&transcript)
    }

    fn shape(text: &str) -> Option<Shape> {
        of_tree(&parse(text, Variant::Full).children, &names())
    }

    #[test]
    fn words_and_blocks_are_told_apart() {
        for words in [
            "a **b** *c* ~~d~~ __e__ `f`",
            "a\nb **c**",
            "<https://example.org> and [a **link**](https://example.org)",
            "Ünïcode, 日本語 **b**",
            "<@1>, @everyone",
            "||a|| and ||**b** `c`||",
            "</help:1>",
        ] {
            assert_eq!(shape(words), Some(Shape::Line), "{words}");
        }
        for blocks in [
            "> a\nb",
            "- a\n- b",
            "1. a",
            "# a\nb",
            "```py\na\n```",
            "a\n> b",
            "a\n-# b",
        ] {
            assert_eq!(shape(blocks), Some(Shape::Blocks), "{blocks}");
        }
        for emoji in ["**a** 🎉", "<@1> <:a:1>", ":tada: a"] {
            assert_eq!(shape(emoji), Some(Shape::Emoji), "{emoji}");
        }
    }

    #[test]
    fn other_texts_have_no_shape() {
        for other in [
            "<@2> **a**",
            "<@3> **a**",
            "**🎉** <:a:1>",
            "- a 🎉",
            "-# a",
            "||שלום||",
            "<t:0:R> **a**",
            "`☂`",
            "**# a**",
            "```ansi\n\u{1b}[31ma\n```",
            "https://example.org/❤️",
            "```\n \n```",
        ] {
            assert_eq!(shape(other), None, "{other}");
        }
        let long = "word ".repeat(301);
        assert_eq!(shape(&format!("**a** {long}")), None);
        assert_eq!(shape(&"*a* b ".repeat(60)), None);
        assert_eq!(shape("somebody**somewhere**somehow*s*"), None);
        assert_eq!(
            shape("somebody **somewhere** somehow*s*"),
            Some(Shape::Line)
        );
    }

    #[test]
    fn plain_texts_have_a_shape_where_typst_would_have_to_look() {
        assert_eq!(of_plain("a\nb"), Some(Shape::Line));
        assert_eq!(of_plain("ä"), Some(Shape::Line));
        let lines = "a\n".repeat(FEW);
        for none in ["a", "ä 🎉", "א", "\n", &"ä".repeat(SHORT), &lines] {
            assert_eq!(of_plain(none), None, "{none}");
        }
    }

    #[test]
    fn what_is_special_is_what_typst_takes_for_it() {
        let between = |source: &'static str, start, end| {
            source
                .split_once(start)
                .and_then(|(_, rest)| rest.split_once(end))
                .unwrap_or_else(|| panic!("nothing between {start} and {end}"))
                .0
        };
        let emoji = between(
            include_str!("../../../../src/items/letters.typ"),
            "#let in-emoji = \"",
            "\"",
        );
        let others = between(
            include_str!("../../../../src/logic/text/running.typ"),
            "\"[\" + in-emoji + \"",
            "]\"",
        );
        let set = format!("{emoji}{others}");
        // `\u{1}` or `\u{1}-\u{2}`, one after the other.
        let ranges: Vec<_> = set
            .replace("}-\\u{", "-")
            .split("\\u{")
            .skip(1)
            .map(|range| {
                let range = range.trim_end_matches('}');
                let (first, last) = range.split_once('-').unwrap_or((range, range));
                let code = |digits| u32::from_str_radix(digits, 16).expect("a code point");
                code(first)..=code(last)
            })
            .collect();
        let taken = |character: char| {
            ranges
                .iter()
                .any(|range| range.contains(&u32::from(character)))
        };
        for character in '\0'..=char::MAX {
            assert_eq!(is_special(character), taken(character), "{character:?}");
        }
    }
}
