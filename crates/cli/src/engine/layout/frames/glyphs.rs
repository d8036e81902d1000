//! Replaces the glyphs of characters that no font has by boxes; their text stays.
//!
//! PDF/A and PDF/UA forbid a font's `.notdef` glyph, so a single such character would fail a
//! whole document.

use ecow::EcoString;
use typst::layout::{Em, Frame, FrameItem, GroupItem, Point, Size};
use typst::text::{FontInstance, FontVariant, FontVariations, Glyph, TextItem};
use typst_layout::{Page, PagedDocument};

use crate::engine::layout::Layout;
use crate::engine::layout::messages::plain::is_private;
use crate::engine::layout::messages::warnings::LayoutWarning;

/// The bundled font that has the box.
const BOX_FONT: &str = "source code pro";
/// The character whose glyph is the box.
const BOX: char = '□';
/// The `.notdef` glyph of every font.
const MISSING: u16 = 0;
/// The replacement in text for private-use characters.
const REPLACEMENT: &str = "\u{fffd}";

/// The pages of a document, with boxes in place of missing glyphs. Records their characters.
pub fn pages(layout: &Layout, document: PagedDocument) -> Vec<Page> {
    let mut pages = document.pages().to_vec();
    // Pages that nobody shares are changed in place.
    drop(document);
    if pages.iter().any(|page| lacks(&page.frame))
        && let Some(stand_in) = StandIn::find(layout)
    {
        for page in &mut pages {
            mend_frame(layout, &stand_in, &mut page.frame);
        }
    }
    pages
}

/// The box.
struct StandIn {
    font: FontInstance,
    glyph: u16,
}

impl StandIn {
    fn find(layout: &Layout) -> Option<Self> {
        let fonts = &layout.fonts;
        let variant = FontVariant::default();
        let font = fonts.font(fonts.book().select(BOX_FONT, variant)?)?;
        let font = font.instantiate(variant, Default::default(), &FontVariations::default());
        let glyph = font.ttf().glyph_index(BOX)?.0;
        Some(Self { font, glyph })
    }
}

/// Whether a frame lacks glyphs. Other frames aren't changed, so that they stay shared with
/// Typst's caches.
fn lacks(frame: &Frame) -> bool {
    frame.items().any(|(_, item)| match item {
        FrameItem::Group(group) => lacks(&group.frame),
        FrameItem::Text(text) => text.glyphs.iter().any(|glyph| glyph.id == MISSING),
        _ => false,
    })
}

fn mend_frame(layout: &Layout, stand_in: &StandIn, frame: &mut Frame) {
    if !lacks(frame) {
        return;
    }
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => mend_frame(layout, stand_in, &mut group.frame),
            FrameItem::Text(text) if text.glyphs.iter().any(|glyph| glyph.id == MISSING) => {
                note(layout, text);
                *item = boxed(text, stand_in);
            }
            _ => {}
        }
        true
    });
}

/// Records the characters that have no glyph.
fn note(layout: &Layout, text: &TextItem) {
    let missing = text
        .glyphs
        .chunk_by(|a, b| (a.id == MISSING) == (b.id == MISSING));
    let missing = missing.filter(|glyphs| glyphs.iter().all(|glyph| glyph.id == MISSING));
    for glyphs in missing {
        let start = glyphs.iter().map(|glyph| glyph.range.start).min();
        let end = glyphs.iter().map(|glyph| glyph.range.end).max();
        let (Some(start), Some(end)) = (start, end) else {
            continue;
        };
        for missing in lacking(layout, &text.text[usize::from(start)..usize::from(end)]) {
            layout.warn(LayoutWarning::Missing(missing));
        }
    }
}

/// The characters without a glyph, of a letter and its marks that are drawn as a box: those that
/// no font has or, if each is in some font, all of them together. A letter is also drawn as a box
/// if no font has its mark.
fn lacking(layout: &Layout, text: &str) -> Vec<EcoString> {
    let lacking = text
        .chars()
        .filter(|char| shows(*char) && !layout.has_glyph(*char));
    let lacking: Vec<EcoString> = lacking.map(EcoString::from).collect();
    if lacking.is_empty() && text.chars().any(shows) {
        return vec![text.into()];
    }
    lacking
}

/// Whether a character is visible.
fn shows(char: char) -> bool {
    !char.is_whitespace()
        && !char.is_control()
        && !matches!(
            char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}' | '\u{e0000}'..='\u{e0fff}'
        )
}

/// A text with boxes for missing glyphs, in pieces of one font each.
fn boxed(text: &TextItem, stand_in: &StandIn) -> FrameItem {
    let mut frame = Frame::soft(Size::new(text.width(), text.height()));
    let mut x = Em::zero();
    for glyphs in text
        .glyphs
        .chunk_by(|a, b| (a.id == MISSING) == (b.id == MISSING))
    {
        let piece = piece(text, glyphs, stand_in);
        frame.push(Point::with_x(x.at(text.size)), FrameItem::Text(piece));
        x += glyphs.iter().map(|glyph| glyph.x_advance).sum();
    }
    FrameItem::Group(GroupItem::new(frame))
}

/// The part of a text that some of its glyphs belong to.
fn piece(text: &TextItem, glyphs: &[Glyph], stand_in: &StandIn) -> TextItem {
    let missing = glyphs.first().is_some_and(|glyph| glyph.id == MISSING);
    let start = glyphs.iter().map(|glyph| glyph.range.start).min();
    let end = glyphs.iter().map(|glyph| glyph.range.end).max();
    let (start, end) = (start.unwrap_or_default(), end.unwrap_or_default());
    let words = &text.text[usize::from(start)..usize::from(end)];
    let private = missing && words.chars().any(is_private);
    let glyphs = glyphs.iter().map(|glyph| {
        let mut glyph = glyph.clone();
        glyph.range = if private {
            0..REPLACEMENT.len() as u16
        } else {
            glyph.range.start - start..glyph.range.end - start
        };
        if missing {
            glyph.id = stand_in.glyph;
        }
        glyph
    });
    TextItem {
        font: if missing {
            stand_in.font.clone()
        } else {
            text.font.clone()
        },
        // The standards forbid private-use characters in text.
        text: if private {
            REPLACEMENT.into()
        } else {
            EcoString::from(words)
        },
        glyphs: glyphs.collect(),
        ..text.clone()
    }
}
