//! Analyses the text of a message beforehand. Typst would otherwise have to search the
//! resulting content, letter by letter and element by element.

use crate::markdown::ast::{Direction, Node, NodeKind};

/// The shape of a text that can be set directly: it has words, runs from left to right, needs
/// no special line breaks, has no emoji, and is short enough not to be divided. Typst analyses
/// all other texts itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Text in lines, possibly with emphasis, links and code.
    Line,
    /// Quotes, lists, headings or code blocks.
    Blocks,
}

impl Shape {
    /// Its name in Typst.
    pub fn name(self) -> &'static str {
        match self {
            Self::Line => "line",
            Self::Blocks => "blocks",
        }
    }
}

/// The most bytes of a text that certainly needs no dividing, like `short` in `portions.typ`.
const SHORT: usize = 1500;
/// The most nodes; each makes at most two of the 200 elements that `portion` allows.
const FEW: usize = 80;

/// The shape of a tree.
pub fn of_tree(nodes: &[Node]) -> Option<Shape> {
    let mut found = Found {
        bytes: 0,
        nodes: 0,
        has_words: false,
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
struct Found {
    bytes: usize,
    nodes: usize,
    has_words: bool,
    has_blocks: bool,
}

impl Found {
    fn shape(self) -> Option<Shape> {
        let is_short = self.bytes <= SHORT && self.nodes <= FEW;
        (is_short && self.has_words).then_some(if self.has_blocks {
            Shape::Blocks
        } else {
            Shape::Line
        })
    }

    /// Visits the nodes of a document, a quote or an item. `None` if one needs Typst's analysis.
    fn document(&mut self, nodes: &[Node]) -> Option<()> {
        for node in nodes {
            self.nodes += 1;
            match &node.kind {
                NodeKind::Paragraph {
                    direction,
                    children,
                } if *direction != Some(Direction::RightToLeft) => self.inline(children)?,
                NodeKind::Heading { children, .. } => {
                    self.has_blocks = true;
                    self.inline(children)?;
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
                NodeKind::Break => {}
                NodeKind::Strong(children)
                | NodeKind::Emphasis(children)
                | NodeKind::Underline(children)
                | NodeKind::Strikethrough(children)
                | NodeKind::Link {
                    text: Some(children),
                    ..
                } => self.inline(children)?,
                NodeKind::Link {
                    url, text: None, ..
                } => self.words(url)?,
                _ => return None,
            }
        }
        Some(())
    }

    fn words(&mut self, text: &str) -> Option<()> {
        self.bytes += text.len();
        self.has_words |= !text.trim().is_empty();
        (!text.contains(is_special)).then_some(())
    }
}

/// Whether the character may belong to an emoji or to right-to-left text: the `special` of
/// `running.typ`.
fn is_special(character: char) -> bool {
    matches!(
        character,
        '\u{20e3}'
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

    fn shape(text: &str) -> Option<Shape> {
        of_tree(&parse(text, Variant::Full).children)
    }

    #[test]
    fn words_and_blocks_are_told_apart() {
        for words in [
            "a **b** *c* ~~d~~ __e__ `f`",
            "a\nb **c**",
            "<https://example.org> and [a **link**](https://example.org)",
            "Ünïcode, 日本語 **b**",
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
        ] {
            assert_eq!(shape(blocks), Some(Shape::Blocks), "{blocks}");
        }
    }

    #[test]
    fn typst_looks_into_all_else() {
        for other in [
            "<@1> **a**",
            "**a** 🎉",
            "<:a:1> **a**",
            "||a||",
            "-# a",
            "**שלום**",
            "<t:0:R> **a**",
            "`☂`",
            "**# a**",
            "```ansi\n\u{1b}[31ma\n```",
            "https://example.org/❤️",
            "@everyone **a**",
            "```\n \n```",
        ] {
            assert_eq!(shape(other), None, "{other}");
        }
        let long = "word ".repeat(301);
        assert_eq!(shape(&format!("**a** {long}")), None);
        assert_eq!(shape(&"*a* b ".repeat(60)), None);
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
