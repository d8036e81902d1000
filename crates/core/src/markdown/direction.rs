//! The direction of a paragraph or block: that of its first strong character (Unicode bidirectional algorithm, P2
//! and P3).

use std::sync::OnceLock;

use super::ast::{Direction, Item, Mention, Node, NodeKind};

/// Runs of characters of one class, as `build.rs` packs them.
const RUNS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/directions.bin"));
const LEFT: u8 = 1;
const RIGHT: u8 = 2;
const ISOLATE: u8 = 3;
const POP: u8 = 4;
const MARK: u8 = 5;

/// The class of a character as a number; 0 for classes that don't matter here.
fn class(c: char) -> u8 {
    static STARTS: OnceLock<Vec<(u32, u8)>> = OnceLock::new();
    let starts = STARTS.get_or_init(|| {
        let (mut starts, mut start, mut length, mut shift) = (Vec::new(), 0, 0, 0);
        let mut bytes = RUNS.iter();
        while let Some(&byte) = bytes.next() {
            length |= u32::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                starts.push((start, bytes.next().copied().unwrap_or_default()));
                start += length;
                (length, shift) = (0, 0);
            }
        }
        starts
    });
    let after = starts.partition_point(|(start, _)| *start <= u32::from(c));
    starts
        .get(after.wrapping_sub(1))
        .map_or(0, |(_, class)| *class)
}

/// Whether `c` is a mark on the character before it (Unicode's nonspacing and enclosing marks).
pub(crate) fn is_mark(c: char) -> bool {
    c >= '\u{300}' && class(c) == MARK
}

/// The direction of the first strong character outside of isolates; `None` if there is none.
#[must_use]
pub fn first_strong(text: &str) -> Option<Direction> {
    let mut isolates = 0usize;
    for c in text.chars() {
        if c.is_ascii_alphabetic() && isolates == 0 {
            return Some(Direction::LeftToRight);
        }
        match class(c) {
            LEFT if isolates == 0 => return Some(Direction::LeftToRight),
            RIGHT if isolates == 0 => return Some(Direction::RightToLeft),
            ISOLATE => isolates += 1,
            POP => isolates = isolates.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The direction of a block's content; `None` if nothing in it has one.
pub(super) fn of_nodes(nodes: &[Node]) -> Option<Direction> {
    nodes.iter().find_map(of_node)
}

/// The direction of a list, which decides the side of its bullets.
pub(super) fn of_items(items: &[Item]) -> Option<Direction> {
    items.iter().find_map(|item| of_nodes(&item.children))
}

/// The direction of a node, by the text that it certainly shows.
///
/// A mention's name isn't known here, and Discord isolates it; emoji and timestamps are neutral or depend on the
/// reader.
pub(super) fn of_node(node: &Node) -> Option<Direction> {
    match &node.kind {
        NodeKind::Text(text) => first_strong(text),
        NodeKind::Code(text) => first_strong(text),
        NodeKind::Mention(Mention::Everyone | Mention::Here) | NodeKind::Command { .. } => {
            Some(Direction::LeftToRight)
        }
        NodeKind::Link { text: None, .. } | NodeKind::Email { .. } => Some(Direction::LeftToRight),
        NodeKind::List { items, .. } => of_items(items),
        other => of_nodes(other.children()),
    }
}

#[cfg(test)]
mod tests {
    use unicode_bidi::{BidiClass, bidi_class};

    use super::class;

    #[test]
    fn every_character_has_its_class() {
        for c in '\0'..=char::MAX {
            let expected = match bidi_class(c) {
                BidiClass::L => super::LEFT,
                BidiClass::R | BidiClass::AL => super::RIGHT,
                BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => super::ISOLATE,
                BidiClass::PDI => super::POP,
                BidiClass::NSM => super::MARK,
                _ => 0,
            };
            // These aren't characters, and have no direction.
            let expected = match c {
                '\u{FDD0}'..='\u{FDEF}' => 0,
                _ => expected,
            };
            assert_eq!(class(c), expected, "{:04X}", u32::from(c));
        }
    }
}
