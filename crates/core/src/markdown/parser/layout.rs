//! Puts inline nodes into paragraphs, beside the blocks.

use super::super::Direction;
use super::super::ast::{Node, NodeKind};
use super::super::direction::of_node;

/// Groups the inline nodes between blocks. A line break beside a block only ends a line, so it isn't shown; one
/// between lines of different directions ends the paragraph.
pub(super) fn paragraphs(nodes: Vec<Node<'_>>) -> Vec<Node<'_>> {
    let mut out = Vec::with_capacity(nodes.len().min(8));
    let mut inline = Vec::new();
    let mut after_code = false;
    for node in nodes {
        let is_code = matches!(node.kind, NodeKind::CodeBlock { .. });
        if node.kind.is_block() {
            close(&mut out, &mut inline, true);
            out.push(node);
        } else if after_code
            && matches!(node.kind, NodeKind::Break)
            && let Some(last) = out.last_mut()
        {
            // Other blocks include their line feed; a code block may have text after it.
            last.span.end = node.span.end;
        } else {
            inline.push(node);
        }
        after_code = is_code;
    }
    close(&mut out, &mut inline, false);
    out
}

/// Makes paragraphs from `inline`.
fn close<'a>(out: &mut Vec<Node<'a>>, inline: &mut Vec<Node<'a>>, before_block: bool) {
    let (Some(first), Some(last)) = (inline.first(), inline.last()) else {
        return;
    };
    let (mut start, end) = (first.span.start, last.span.end);
    if before_block && matches!(last.kind, NodeKind::Break) {
        inline.pop();
    }
    let mut children = Vec::with_capacity(inline.len());
    // Nodes before the last line break, and the direction of the line after it.
    let mut direction = None;
    let mut line_direction: Option<Direction> = None;
    let mut line_at = 0;
    for node in inline.drain(..) {
        if matches!(node.kind, NodeKind::Break) {
            line_direction = None;
            line_at = children.len() + 1;
        } else if line_direction.is_none() {
            line_direction = of_node(&node);
            if let (Some(this), Some(before)) = (line_direction, direction)
                && this != before
                && line_at > 0
            {
                let rest = children.split_off(line_at);
                children.pop();
                let split = rest
                    .first()
                    .map_or(node.span.start, |n: &Node| n.span.start);
                let paragraph = NodeKind::Paragraph {
                    direction,
                    children: std::mem::replace(&mut children, rest),
                };
                out.push(Node {
                    span: start..split,
                    kind: paragraph,
                });
                (start, direction, line_at) = (split, Some(this), 0);
            }
            direction = direction.or(line_direction);
        }
        children.push(node);
    }
    out.push(Node {
        span: start..end,
        kind: NodeKind::Paragraph {
            direction,
            children,
        },
    });
}
