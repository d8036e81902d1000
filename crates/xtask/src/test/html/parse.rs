//! Parses HTML like a browser, and collects errors and elements.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ExpandedName, LocalName, Namespace, ParseOpts, QualName};

/// A parsed document.
#[derive(Debug, Default)]
pub struct Document {
    /// The parse errors.
    pub errors: Vec<String>,
    /// Every element, in order.
    pub elements: Vec<Element>,
}

/// An element.
#[derive(Debug)]
pub struct Element {
    /// Its tag.
    pub tag: String,
    /// Its attributes, as names and values.
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        let mut attributes = self.attributes.iter();
        let (_, value) = attributes.find(|(known, _)| known == name)?;
        Some(value)
    }
}

/// Parses a document.
pub fn document(html: &str) -> Document {
    html5ever::parse_document(Sink::default(), ParseOpts::default()).one(html)
}

/// Collects elements during parsing, without building a tree.
#[derive(Default)]
struct Sink {
    document: RefCell<Document>,
}

/// A node of the tree, reduced to its name and identity.
#[derive(Clone)]
struct Node(Rc<QualName>);

impl Node {
    fn nameless() -> Self {
        let name = QualName::new(None, Namespace::from(""), LocalName::from(""));
        Self(Rc::new(name))
    }
}

impl TreeSink for Sink {
    type Handle = Node;
    type Output = Document;
    type ElemName<'a> = ExpandedName<'a>;

    fn finish(self) -> Document {
        self.document.into_inner()
    }

    fn parse_error(&self, message: Cow<'static, str>) {
        self.document.borrow_mut().errors.push(message.into_owned());
    }

    fn get_document(&self) -> Node {
        Node::nameless()
    }

    fn elem_name<'a>(&'a self, target: &'a Node) -> ExpandedName<'a> {
        target.0.expanded()
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _: ElementFlags) -> Node {
        self.document.borrow_mut().elements.push(Element {
            tag: name.local.to_string(),
            attributes: attributes
                .into_iter()
                .map(|one| (one.name.local.to_string(), one.value.to_string()))
                .collect(),
        });
        Node(Rc::new(name))
    }

    fn same_node(&self, one: &Node, other: &Node) -> bool {
        Rc::ptr_eq(&one.0, &other.0)
    }

    fn create_comment(&self, _: StrTendril) -> Node {
        Node::nameless()
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> Node {
        Node::nameless()
    }

    fn get_template_contents(&self, target: &Node) -> Node {
        target.clone()
    }

    fn append(&self, _: &Node, _: NodeOrText<Node>) {}
    fn append_based_on_parent_node(&self, _: &Node, _: &Node, _: NodeOrText<Node>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn append_before_sibling(&self, _: &Node, _: NodeOrText<Node>) {}
    fn add_attrs_if_missing(&self, _: &Node, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &Node) {}
    fn reparent_children(&self, _: &Node, _: &Node) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_found_with_their_attributes() {
        let html = "<!DOCTYPE html><html><head></head><body><p id=\"a&amp;b\">x</p></body></html>";
        let document = document(html);
        assert!(document.errors.is_empty(), "{:?}", document.errors);
        let paragraph = document.elements.last().unwrap();
        assert_eq!(paragraph.tag, "p");
        assert_eq!(paragraph.get("id"), Some("a&b"));
        assert_eq!(paragraph.get("class"), None);
    }

    #[test]
    fn a_block_in_a_paragraph_is_wrong() {
        let html = "<!DOCTYPE html><html><head></head><body><p><div></div></p></body></html>";
        assert!(!document(html).errors.is_empty());
    }
}
