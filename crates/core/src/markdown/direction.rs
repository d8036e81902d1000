//! The direction of a paragraph: that of its first strong character (Unicode bidirectional algorithm, P2 and P3).

use unicode_bidi::{BidiClass, bidi_class};

use super::ast::{Kind, Mention, Node};

/// Which way a paragraph runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Left to right.
    LeftToRight,
    /// Right to left.
    RightToLeft,
}

impl Direction {
    /// Typst's name: `ltr` or `rtl`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// The direction of the first strong character outside isolates, or `None` where there is none.
#[must_use]
pub fn first_strong(text: &str) -> Option<Direction> {
    let mut isolates = 0usize;
    for c in text.chars() {
        if c.is_ascii_alphabetic() && isolates == 0 {
            return Some(Direction::LeftToRight);
        }
        match bidi_class(c) {
            BidiClass::L if isolates == 0 => return Some(Direction::LeftToRight),
            BidiClass::R | BidiClass::AL if isolates == 0 => return Some(Direction::RightToLeft),
            BidiClass::LRI | BidiClass::RLI | BidiClass::FSI => isolates += 1,
            BidiClass::PDI => isolates = isolates.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// The direction of an inline node, by what is certainly shown for it.
///
/// A mention's name isn't known here, and Discord isolates it; emoji and timestamps are neutral or depend on the
/// reader.
pub(super) fn of_node(node: &Node) -> Option<Direction> {
    match &node.kind {
        Kind::Text(text) => first_strong(text),
        Kind::Code(text) => first_strong(text),
        Kind::Mention(Mention::Everyone | Mention::Here) | Kind::Command { .. } => {
            Some(Direction::LeftToRight)
        }
        Kind::Link { text: None, .. } | Kind::Email { .. } => Some(Direction::LeftToRight),
        other => other.children().iter().find_map(of_node),
    }
}
