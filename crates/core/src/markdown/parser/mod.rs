//! The parser: one pass over a text, with one function per construct.

mod angle;
mod block;
mod brackets;
mod code;
mod inline;
mod layout;
mod link;
mod list;
mod output;
mod runs;
mod source;
mod style;
mod target;

use super::Variant;
use super::ast::Node;
use brackets::Brackets;
use output::Output;
use runs::{Next, Table};
use source::Source;

/// Constructs nested deeper than this are text. Real messages stay below 10, but runs of hundreds of asterisks don't.
pub const MAX_DEPTH: usize = 32;
/// Lists nested deeper than this are text, as in the desktop client.
pub const MAX_LIST_DEPTH: usize = 11;

/// Parses a whole text; also counts steps.
pub(super) fn parse(text: &str, variant: Variant) -> (Vec<Node<'_>>, u64) {
    let context = Context {
        variant,
        in_quote: false,
        list_depth: 0,
        depth: 0,
    };
    Parser::new(Source::new(text, text, &[]), context).run()
}

/// What a text may contain because of where it is.
#[derive(Clone, Copy)]
struct Context {
    variant: Variant,
    in_quote: bool,
    list_depth: usize,
    depth: usize,
}

/// What precedes a position on its line, which decides whether a block may begin there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    /// Nothing: the line starts here.
    Start,
    /// Only spaces.
    Indented,
    /// Text or markup.
    Middle,
}

/// The part of a text that is parsed on its own: a construct's content.
#[derive(Clone, Copy)]
struct Segment {
    start: usize,
    end: usize,
    line: Line,
    /// The delimiter and the index of the run that `end` is within.
    cut: Option<(u8, usize)>,
}

struct Parser<'s, 'a> {
    source: Source<'s, 'a>,
    context: Context,
    /// Runs of `*`, `_`, `~`, `|` and backtick, made when first needed.
    tables: [Option<Table>; 5],
    /// Backtick runs by length.
    code_runs: Option<code::Lengths>,
    /// Square brackets, for masked links.
    brackets: Option<Brackets>,
    /// The next `:`, `>` or space, and the next `>` or space, for links in angle brackets.
    scheme_end: Next,
    address_end: Next,
    /// How many bytes may still be read for link targets that turn out not to be any: keeps this linear.
    link_budget: usize,
    /// Whether this is the text of a masked link, in which forbidden constructs set `rejected`.
    in_link: bool,
    /// Whether emoji are allowed there.
    emoji_in_link: bool,
    rejected: bool,
    steps: u64,
}

impl<'s, 'a> Parser<'s, 'a> {
    fn new(source: Source<'s, 'a>, context: Context) -> Self {
        let link_budget = 4 * source.text.len() + 4096;
        Self {
            source,
            context,
            tables: [const { None }; 5],
            code_runs: None,
            brackets: None,
            scheme_end: Next::default(),
            address_end: Next::default(),
            link_budget,
            in_link: false,
            emoji_in_link: context.variant.emoji_in_links(),
            rejected: false,
            steps: 0,
        }
    }

    fn run(mut self) -> (Vec<Node<'a>>, u64) {
        let segment = Segment {
            start: 0,
            end: self.source.text.len(),
            line: Line::Start,
            cut: None,
        };
        let nodes = self.segment(segment);
        (layout::paragraphs(nodes), self.steps)
    }

    fn bytes(&self) -> &'s [u8] {
        self.source.text.as_bytes()
    }

    /// The character at `at`, if that is before `end`.
    fn char_at(&self, at: usize, end: usize) -> Option<char> {
        self.source.text.get(at..end)?.chars().next()
    }

    /// Parses the content of a construct, one level deeper.
    fn nested(&mut self, segment: Segment) -> Vec<Node<'a>> {
        self.context.depth += 1;
        let nodes = self.segment(segment);
        self.context.depth -= 1;
        nodes
    }

    /// Parses lines of this text as a text of their own: paragraphs and blocks.
    fn lines(&mut self, lines: &[(usize, usize)], in_quote: bool, in_list: bool) -> Vec<Node<'a>> {
        let mut context = self.context;
        context.depth += 1;
        context.in_quote |= in_quote;
        context.list_depth += usize::from(in_list);
        if let [(start, end)] = *lines {
            // One line needs no text of its own.
            let outer = std::mem::replace(&mut self.context, context);
            let nodes = self.segment(Segment {
                start,
                end,
                line: Line::Start,
                cut: None,
            });
            self.context = outer;
            return layout::paragraphs(nodes);
        }
        let mut text = String::with_capacity(lines.iter().map(|(s, e)| e - s + 1).sum());
        let mut parts = Vec::with_capacity(lines.len() + 1);
        for (i, &(start, end)) in lines.iter().enumerate() {
            if i > 0 {
                // The line feed is the one before this line, so that it isn't taken for part of its own line.
                let feed = lines[i - 1].1;
                parts.push((text.len(), self.source.origin_of(feed)));
                text.push('\n');
            }
            if start < end {
                parts.push((text.len(), self.source.origin_of(start)));
                text.push_str(&self.source.text[start..end]);
            }
        }
        self.steps += text.len() as u64;
        let source = Source::new(&text, self.source.origin(), &parts);
        let (nodes, steps) = Parser::new(source, context).run();
        self.steps += steps;
        nodes
    }

    fn table(&mut self, delimiter: u8) -> &mut Table {
        let i = match delimiter {
            b'*' => 0,
            b'_' => 1,
            b'~' => 2,
            b'|' => 3,
            _ => 4,
        };
        if self.tables[i].is_none() {
            self.steps += self.source.text.len() as u64;
        }
        // A backslash doesn't prevent the end of strikethrough, spoilers and code.
        let text = self.source.text;
        self.tables[i].get_or_insert_with(|| Table::new(text, delimiter, i < 2))
    }
}
