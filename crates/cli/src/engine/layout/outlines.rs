//! Converts decorative letters, such as the initials of people without a picture, to
//! outlines: as text, they would end up among the words that are copied from a PDF.

use std::collections::HashMap;

use ttf_parser::{GlyphId, OutlineBuilder};
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Ratio, Size, Transform};
use typst::pdf::ArtifactElem;
use typst::syntax::Span;
use typst::text::TextItem;
use typst::text::color::{glyph_frame, should_outline};
use typst::visualize::{Curve, CurveItem, FillRule, Geometry, Shape};
use typst_layout::Page;
use typst_utils::hash128;

/// Converts letters within decoration to outlines.
pub fn outline(pages: &mut [Page]) {
    // Outlines are shared between equal letters.
    let mut known = HashMap::new();
    for page in pages {
        let mut within = Vec::new();
        outline_frame(&mut page.frame, &mut within, &mut known);
    }
}

/// Decoration lies between two tags, which may be in other frames. `within` are those that
/// are open.
fn outline_frame(frame: &mut Frame, within: &mut Vec<Location>, known: &mut HashMap<u128, Frame>) {
    frame.retain(|item| {
        match item {
            FrameItem::Group(group) => outline_frame(&mut group.frame, within, known),
            FrameItem::Tag(Tag::Start(element, _)) if element.is::<ArtifactElem>() => {
                within.extend(element.location());
            }
            FrameItem::Tag(Tag::End(location, ..)) if within.last() == Some(location) => {
                within.pop();
            }
            FrameItem::Text(text) if !within.is_empty() => {
                let outlines = known.entry(hash128(text)).or_insert_with(|| outlined(text));
                *item = FrameItem::Group(GroupItem::new(outlines.clone()));
            }
            _ => {}
        }
        true
    });
}

/// Letters as outlines, or as pictures if their font has pictures.
fn outlined(text: &TextItem) -> Frame {
    let scale = text.size / text.font.units_per_em();
    let mut pen = Pen {
        scale,
        ..Pen::default()
    };
    let mut frame = Frame::soft(Size::new(text.width(), text.height()));
    let (mut x, mut y) = (Abs::zero(), Abs::zero());
    for glyph in &text.glyphs {
        let id = GlyphId(glyph.id);
        pen.origin = Point::new(
            x + glyph.x_offset.at(text.size),
            -(y + glyph.y_offset.at(text.size)),
        );
        if should_outline(&text.font, id) {
            // A space has no outline.
            text.font.ttf().outline_glyph(id, &mut pen);
        } else if let Some(picture) = glyph_frame(&text.font, glyph.id) {
            let mut group = GroupItem::new(picture.into());
            let ratio = Ratio::new(scale.to_pt());
            group.transform = Transform::scale(ratio, ratio);
            frame.push(pen.origin, FrameItem::Group(group));
        }
        x += glyph.x_advance.at(text.size);
        y += glyph.y_advance.at(text.size);
    }
    if !pen.items.is_empty() {
        let shape = Shape {
            geometry: Geometry::Curve(Curve(pen.items)),
            fill: Some(text.fill.clone()),
            fill_rule: FillRule::NonZero,
            stroke: text.stroke.clone(),
        };
        frame.push(Point::zero(), FrameItem::Shape(shape, Span::detached()));
    }
    frame
}

/// Draws glyphs; in fonts, the vertical axis points upwards.
#[derive(Default)]
struct Pen {
    items: Vec<CurveItem>,
    origin: Point,
    scale: Abs,
    at: Point,
}

impl Pen {
    fn point(&self, x: f32, y: f32) -> Point {
        let (x, y) = (self.scale * f64::from(x), self.scale * f64::from(y));
        self.origin + Point::new(x, -y)
    }

    fn cubic(&mut self, from: Point, to: Point, end: Point) {
        let item = CurveItem::Cubic(rounded(from), rounded(to), rounded(end));
        self.items.push(item);
        self.at = end;
    }
}

/// A point rounded to two decimals, which is finer than anybody sees and takes a third of
/// the space in a PDF.
fn rounded(point: Point) -> Point {
    let rounded = |length: Abs| Abs::pt((length.to_pt() * 100.0).round() / 100.0);
    Point::new(rounded(point.x), rounded(point.y))
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = self.point(x, y);
        self.items.push(CurveItem::Move(rounded(self.at)));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.at = self.point(x, y);
        self.items.push(CurveItem::Line(rounded(self.at)));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let (control, end) = (self.point(x1, y1), self.point(x, y));
        let third = |from: Point| from + (control - from) * (2.0 / 3.0);
        self.cubic(third(self.at), third(end), end);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.cubic(self.point(x1, y1), self.point(x2, y2), self.point(x, y));
    }

    fn close(&mut self) {
        self.items.push(CurveItem::Close);
    }
}
