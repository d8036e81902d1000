//! Divides extremely long paragraphs: the cost of each line grows with the paragraph.

use crate::markdown::ast::{Node, NodeKind};

/// The most nodes of a paragraph. Messages within Discord's limits have fewer.
const MOST: usize = 2000;

/// Divides paragraphs with very many nodes at spaces.
pub fn divide(nodes: &mut Vec<Node>) {
    for node in nodes.iter_mut() {
        match &mut node.kind {
            NodeKind::Quote(children) => divide(children),
            NodeKind::List { items, .. } => {
                items.iter_mut().for_each(|item| divide(&mut item.children));
            }
            _ => {}
        }
    }
    let is_endless = |node: &Node| matches!(&node.kind, NodeKind::Paragraph { children, .. } if children.len() > MOST);
    if !nodes.iter().any(is_endless) {
        return;
    }
    let mut divided = Vec::with_capacity(nodes.len());
    for mut node in nodes.drain(..) {
        if let NodeKind::Paragraph {
            direction,
            children,
        } = &mut node.kind
            && children.len() > MOST
        {
            let (direction, children) = (*direction, std::mem::take(children));
            divided.extend(parts(children).map(|children| Node {
                span: node.span.clone(),
                kind: NodeKind::Paragraph {
                    direction,
                    children,
                },
            }));
        } else {
            divided.push(node);
        }
    }
    *nodes = divided;
}

/// The nodes in portions, which are separated at spaces.
fn parts(nodes: Vec<Node>) -> impl Iterator<Item = Vec<Node>> {
    let mut nodes = nodes.into_iter().peekable();
    std::iter::from_fn(move || {
        nodes.peek()?;
        let mut part = Vec::new();
        while let Some(node) = nodes.next() {
            part.push(node);
            let ends = nodes.peek().is_some_and(|next| match &next.kind {
                NodeKind::Text(text) => text.starts_with(' '),
                NodeKind::Break => true,
                _ => false,
            });
            if part.len() >= MOST && ends {
                break;
            }
        }
        if let Some(Node {
            kind: NodeKind::Break,
            ..
        }) = nodes.peek()
        {
            nodes.next();
        }
        Some(part)
    })
}

#[cfg(test)]
mod tests {
    use super::{MOST, divide};
    use crate::markdown::ast::NodeKind;
    use crate::markdown::{Variant, parse};

    /// The number of nodes of each paragraph, and all words.
    fn divided(text: &str) -> (Vec<usize>, String) {
        let mut nodes = parse(text, Variant::Full).children;
        divide(&mut nodes);
        let mut words = String::new();
        let sizes = nodes.iter().map(|node| match &node.kind {
            NodeKind::Paragraph { children, .. } => {
                for child in children {
                    match &child.kind {
                        NodeKind::Text(text) | NodeKind::Code(text) => words.push_str(text),
                        _ => {}
                    }
                }
                children.len()
            }
            other => panic!("{other:?}"),
        });
        (sizes.collect(), words)
    }

    #[test]
    fn only_endless_paragraphs_are_divided_and_nothing_is_lost() {
        let text = "`a` b ".repeat(MOST / 2 - 1);
        assert_eq!(divided(&text).0.len(), 1);
        let text = "`a` b ".repeat(MOST * 2);
        let (sizes, words) = divided(&text);
        assert_eq!(sizes.len(), 4, "{sizes:?}");
        assert!(sizes.iter().all(|size| *size <= MOST + 1), "{sizes:?}");
        assert_eq!(words.trim_end(), "a b ".repeat(MOST * 2).trim_end());
    }
}
