//! The HTML elements of a run of messages.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ecow::EcoString;
use percent_encoding::percent_decode_str;
use regex::{Captures, Regex};
use serde::{Deserialize, Serialize};
use typst::foundations::StyleChain;
use typst::introspection::Tag;
use typst::model::HeadingElem;
use typst_html::{HtmlAttr, HtmlDocument, HtmlElement, HtmlNode, attr, tag};
use typst_utils::hash128;

use crate::engine::layout::marks::Mark;
use crate::engine::layout::marks::links::replied_to;
use crate::engine::{Error, write};

/// The start of the body.
pub const BODY: &str = "<body>";
/// The class of the section that holds a chat.
const SECTION: &str = "scrollback";
/// The prefix of the address of a chat's style sheet.
const SHEET: &str = "data:text/css;charset=utf-8,";
/// The prefix of the classes of shared pictures.
const PICTURE: &str = "sb-avatar-";
/// The prefix of the ids of the headings of days.
const DAY: &str = "day-";
/// The prefix of the ids of messages.
const MESSAGE: &str = "message-";

/// The messages of a run, drawn.
#[derive(Default, Serialize, Deserialize)]
pub struct Run {
    /// The HTML before and after its messages.
    pub around: (String, String),
    /// The style sheet without the rules for pictures, and these rules.
    pub sheet: String,
    pub pictures: Vec<String>,
    /// The elements.
    pub inner: String,
    /// The headings, with the ids of their elements.
    pub headings: Vec<(EcoString, String)>,
}

/// The body of a document.
pub fn body(root: &mut HtmlElement) -> &mut HtmlElement {
    let found = root
        .children
        .iter()
        .position(|node| matches!(node, HtmlNode::Element(element) if element.tag == tag::body));
    match found {
        None => root,
        Some(index) => match &mut root.children.make_mut()[index] {
            HtmlNode::Element(element) => element,
            _ => unreachable!("an element was found there"),
        },
    }
}

/// Whether an element is the section that holds a chat.
fn is_section(element: &HtmlElement) -> bool {
    element.tag == tag::section
        && element
            .attrs
            .get(attr::class)
            .is_some_and(|class| class.split(' ').next() == Some(SECTION))
}

fn holds_section(element: &HtmlElement) -> bool {
    is_section(element)
        || element
            .children
            .iter()
            .any(|node| matches!(node, HtmlNode::Element(element) if holds_section(element)))
}

/// The section that holds the chat.
///
/// # Errors
/// When there is none.
pub fn section(root: &mut HtmlElement) -> Result<&mut HtmlElement, Error> {
    if is_section(root) {
        return Ok(root);
    }
    let found = root
        .children
        .iter()
        .position(|node| matches!(node, HtmlNode::Element(element) if holds_section(element)));
    match found.map(|index| &mut root.children.make_mut()[index]) {
        Some(HtmlNode::Element(element)) => section(element),
        _ => Err(Error::document(
            "the HTML of a run of messages has no section",
            "please report this",
        )),
    }
}

/// The mark that a node is.
fn mark(node: &HtmlNode) -> Option<Mark> {
    match node {
        HtmlNode::Tag(Tag::Start(element, _)) => Mark::of(element),
        _ => None,
    }
}

/// The first mark of a message in a node.
fn first_mark(node: &HtmlNode) -> Option<Mark> {
    let own = mark(node).filter(|mark| mark.cut().or(mark.message()).is_some());
    match (own, node) {
        (None, HtmlNode::Element(element)) => element.children.iter().find_map(first_mark),
        (own, _) => own,
    }
}

/// The children of a section that begin with a message that may begin a run, with the
/// number of that message. The group after a date doesn't count; its date does.
pub fn starts(section: &HtmlElement) -> Vec<(usize, usize)> {
    let children = section.children.iter().enumerate();
    children
        .filter_map(|(place, node)| Some((place, first_mark(node)?.cut()?)))
        .collect()
}

/// Calls `on` for every element in another, in order.
pub fn each(element: &mut HtmlElement, on: &mut impl FnMut(&mut HtmlElement)) {
    for node in element.children.make_mut() {
        if let HtmlNode::Element(element) = node {
            on(element);
            each(element, on);
        }
    }
}

/// Turns a document into a run of the section `number`. `numbers` are its messages by id;
/// `firsts` are the messages whose id no earlier message has.
pub fn run(
    mut document: HtmlDocument,
    number: usize,
    (numbers, firsts): (&HashMap<&str, usize>, &HashSet<usize>),
) -> Result<Run, Error> {
    let mut run = Run::default();
    let prefix = match number {
        0 => String::new(),
        _ => format!("chat-{}-", number + 1),
    };
    let found = section(document.root_mut())?;
    let mut classes = HashMap::new();
    if let Some(sheet) = found.children.first().and_then(linked_sheet) {
        read_sheet(&sheet, &mut run, &mut classes);
        found.children.remove(0);
    }
    let mut walk = Walk {
        prefix: &prefix,
        numbers,
        firsts,
        classes: &classes,
        message: None,
        heading: None,
        headings: Vec::new(),
    };
    walk.element(found);
    walk.message = None;
    let children = std::mem::take(&mut found.children);
    let body = body(document.root_mut());
    let mut around = body.clone();
    body.children = children;
    run.inner = inner(&document)?;
    // The pinned messages have a heading before their section.
    walk.element(&mut around);
    run.headings = walk.headings;
    *self::body(document.root_mut()) = around;
    let whole = encoded(&document)?;
    run.around = match whole.rsplit_once("</section>") {
        Some((before, after)) => (before.into(), format!("</section>{after}")),
        None => (whole, String::new()),
    };
    Ok(run)
}

/// The rules of a style sheet that stands in the address of a link.
fn linked_sheet(node: &HtmlNode) -> Option<String> {
    let HtmlNode::Element(link) = node else {
        return None;
    };
    let address = link
        .attrs
        .get(attr::href)
        .filter(|_| link.tag == tag::link)?;
    let rules = address.strip_prefix(SHEET)?;
    Some(percent_decode_str(rules).decode_utf8_lossy().into_owned())
}

/// Splits a style sheet into the rules of pictures, which are renamed by their content, and
/// all others.
fn read_sheet(sheet: &str, run: &mut Run, classes: &mut HashMap<String, String>) {
    let mut others = Vec::new();
    for line in sheet.lines() {
        let picture = line
            .strip_prefix(".scrollback .")
            .filter(|rule| rule.starts_with(PICTURE))
            .and_then(|rule| rule.split_once('{'));
        match picture {
            Some((class, rule))
                if class[PICTURE.len()..].starts_with(|c: char| c.is_ascii_digit()) =>
            {
                let name = format!("{PICTURE}{:016x}", hash128(rule) as u64);
                run.pictures.push(format!(".scrollback .{name}{{{rule}"));
                classes.insert(class.to_owned(), name);
            }
            _ => others.push(line),
        }
    }
    // Unchanged if there are no pictures.
    run.sheet = if run.pictures.is_empty() {
        sheet.to_owned()
    } else {
        others.join("\n")
    };
}

/// Visits the elements of a run, in order.
struct Walk<'w> {
    /// The prefix of the section's ids.
    prefix: &'w str,
    /// The messages by id; of several with one id, the first.
    numbers: &'w HashMap<&'w str, usize>,
    firsts: &'w HashSet<usize>,
    /// The new names of classes.
    classes: &'w HashMap<String, String>,
    /// The message that the elements belong to.
    message: Option<usize>,
    /// The heading whose element comes next.
    heading: Option<EcoString>,
    headings: Vec<(EcoString, String)>,
}

impl Walk<'_> {
    fn element(&mut self, parent: &mut HtmlElement) {
        for node in parent.children.make_mut() {
            if let Some(message) = mark(node).and_then(|mark| mark.message().or(mark.cut())) {
                self.message = Some(message);
            }
            match node {
                HtmlNode::Tag(Tag::Start(element, _)) => {
                    if let Some(heading) = element.to_packed::<HeadingElem>()
                        && heading.resolve_level(StyleChain::default()).get() == 1
                    {
                        self.heading = Some(heading.body.plain_text());
                    }
                }
                HtmlNode::Element(element) => {
                    self.change(element);
                    self.element(element);
                }
                _ => {}
            }
        }
    }

    fn change(&mut self, element: &mut HtmlElement) {
        if let Some(words) = self.heading.take() {
            let id = match self.message {
                Some(message) => format!("{}{DAY}{message}", self.prefix),
                None => format!("{}heading", self.prefix),
            };
            // A thread's heading may stand before that of its first day.
            let others = self.headings.iter().rev();
            let id = match others
                .take_while(|(_, known)| known.starts_with(&id))
                .count()
            {
                0 => id,
                before => format!("{id}-{}", before + 1),
            };
            element.attrs.push(attr::id, id.as_str());
            self.headings.push((words, id));
        }
        if let Some(class) = element.attrs.get_mut(attr::class)
            && class.contains(PICTURE)
        {
            let names = class
                .split(' ')
                .map(|name| self.classes.get(name).map_or(name, String::as_str));
            *class = names.collect::<Vec<_>>().join(" ").into();
        }
        let id = element.attrs.get(attr::id).cloned();
        if let Some(id) = id.filter(|id| id.starts_with(MESSAGE)) {
            // Of several messages with one id, only the first keeps it.
            let is_first = self
                .message
                .is_none_or(|message| self.firsts.contains(&message));
            if !is_first {
                remove(element, attr::id);
            } else if let Some(value) = element.attrs.get_mut(attr::id) {
                *value = format!("{}{id}", self.prefix).into();
            }
        }
        resolve(element, self.prefix, self.numbers);
    }
}

/// Turns a link to one of these messages into one within the document, whose section has ids with
/// a prefix.
pub fn resolve(element: &mut HtmlElement, prefix: &str, numbers: &HashMap<&str, usize>) {
    let href = element.attrs.get(attr::href).cloned();
    let Some(target) = href.as_deref().and_then(replied_to) else {
        return;
    };
    if numbers.contains_key(target) {
        if let Some(value) = element.attrs.get_mut(attr::href) {
            *value = format!("#{prefix}{MESSAGE}{}", anchor(target)).into();
        }
    } else {
        // The message is missing, so only the words remain.
        element.tag = tag::span;
        remove(element, attr::href);
    }
}

/// The number of the first message of a day of the first section, by the id of its heading.
pub fn day(id: &str) -> Option<usize> {
    id.strip_prefix(DAY)?.split('-').next()?.parse().ok()
}

/// Escapes an export's id for HTML, as `src/html/chat.typ` does.
fn anchor(id: &str) -> String {
    static ODD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[^\p{L}\p{N}_.-]").expect("the pattern is right"));
    let replaced = ODD.replace_all(id, |found: &Captures| {
        let char = found[0].chars().next().map_or(0, u32::from);
        format!("~{char:x}~")
    });
    replaced.into_owned()
}

fn remove(element: &mut HtmlElement, key: HtmlAttr) {
    element.attrs.0.retain(|(name, _)| *name != key);
}

/// The body of a document, encoded.
pub fn inner(document: &HtmlDocument) -> Result<String, Error> {
    let whole = encoded(document)?;
    let inner = whole.split_once(BODY).map_or("", |(_, rest)| rest);
    let inner = inner
        .rsplit_once("</body>")
        .map_or(inner, |(inner, _)| inner);
    Ok(inner.to_owned())
}

fn encoded(document: &HtmlDocument) -> Result<String, Error> {
    let bytes = write::html(document).map_err(|errors| {
        let first = errors.first().map(|error| error.message.clone());
        Error::document(
            format!("cannot write the HTML: {}", first.unwrap_or_default()),
            "please report this",
        )
    })?;
    String::from_utf8(bytes)
        .map_err(|_| Error::document("the HTML is no text", "please report this"))
}
