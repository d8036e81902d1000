//! Converts decorative letters, such as the initials of people without a picture, to
//! outlines: as text, they would end up among the words that are copied from a PDF.
//!
//! Each page of a PDF repeats the curves of its letters: a sixth of a long one. So where a PDF
//! allows transparency, a letter is a picture, which all pages share: Typst's PDF writer shares
//! only groups that are composited by themselves, even if they are opaque.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use ttf_parser::{GlyphId, OutlineBuilder};
use typst::foundations::Bytes;
use typst::introspection::{Location, Tag};
use typst::layout::{Abs, Frame, FrameItem, GroupItem, Point, Ratio, Size, Transform};
use typst::pdf::ArtifactElem;
use typst::syntax::Span;
use typst::text::TextItem;
use typst::text::color::{glyph_frame, should_outline};
use typst::visualize::{Curve, CurveItem, FillRule, Geometry, Image, Paint, Shape, SvgImage};
use typst_layout::Page;
use typst_utils::hash128;

/// What becomes of decorative letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Letters {
    /// Curves on each page.
    Outlines,
    /// Pictures of these curves, which all pages of a PDF share.
    Pictures,
}

/// Converts letters within decoration to outlines, or to pictures of these.
pub fn outline(letters: Letters, pages: &mut [Page]) {
    let mut outliner = Outliner {
        letters,
        known: HashMap::new(),
    };
    for page in pages {
        let mut within = Vec::new();
        outliner.outline_frame(&mut page.frame, &mut within);
    }
}

struct Outliner {
    letters: Letters,
    /// Outlines are shared between equal letters.
    known: HashMap<u128, Frame>,
}

impl Outliner {
    /// Decoration lies between two tags, which may be in other frames. `within` are those
    /// that are open.
    fn outline_frame(&mut self, frame: &mut Frame, within: &mut Vec<Location>) {
        frame.retain(|item| {
            match item {
                FrameItem::Group(group) => self.outline_frame(&mut group.frame, within),
                FrameItem::Tag(Tag::Start(element, _)) if element.is::<ArtifactElem>() => {
                    within.extend(element.location());
                }
                FrameItem::Tag(Tag::End(location, ..)) if within.last() == Some(location) => {
                    within.pop();
                }
                FrameItem::Text(text) if !within.is_empty() => {
                    let letters = self.letters;
                    let known = self.known.entry(hash128(text));
                    let outlines = known.or_insert_with(|| outlined(text, letters));
                    *item = FrameItem::Group(GroupItem::new(outlines.clone()));
                }
                _ => {}
            }
            true
        });
    }
}

/// Letters as outlines, or as pictures if their font has pictures.
fn outlined(text: &TextItem, letters: Letters) -> Frame {
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
        let picture = (letters == Letters::Pictures).then(|| picture(&shape));
        let (at, item) = picture.flatten().unwrap_or_else(|| {
            let item = FrameItem::Shape(shape, Span::detached());
            (Point::zero(), item)
        });
        frame.push(at, item);
    }
    frame
}

/// A curve as a picture, with its position; `None` if it doesn't have one solid colour.
fn picture(shape: &Shape) -> Option<(Point, FrameItem)> {
    let (Geometry::Curve(curve), Some(Paint::Solid(color)), None) =
        (&shape.geometry, &shape.fill, &shape.stroke)
    else {
        return None;
    };
    let mut path = String::new();
    // A point more on all sides, since viewers smooth edges.
    let (mut from, mut to) = (Point::splat(Abs::inf()), Point::splat(-Abs::inf()));
    let mut add = |command: char, points: &[Point]| {
        path.push(command);
        for point in points {
            let (x, y) = (point.x.to_pt(), point.y.to_pt());
            path.push_str(&format!("{x} {y} "));
            from = from.min(Point::new(
                Abs::pt(x.floor() - 1.0),
                Abs::pt(y.floor() - 1.0),
            ));
            to = to.max(Point::new(Abs::pt(x.ceil() + 1.0), Abs::pt(y.ceil() + 1.0)));
        }
    };
    for item in &curve.0 {
        match item {
            CurveItem::Move(to) => add('M', &[*to]),
            CurveItem::Line(to) => add('L', &[*to]),
            CurveItem::Cubic(from, to, end) => add('C', &[*from, *to, *end]),
            CurveItem::Close => add('Z', &[]),
        }
    }
    let size = (to - from).to_size();
    let (x, y) = (from.x.to_pt(), from.y.to_pt());
    let (width, height) = (size.x.to_pt(), size.y.to_pt());
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="{x} {y} {width} {height}"><g style="isolation:isolate"><path fill="{}" d="{path}"/></g></svg>"#,
        color.to_hex(),
    );
    let svg = SvgImage::new(Bytes::from_string(svg)).ok()?;
    Some((
        from,
        FrameItem::Image(Image::plain(svg), size, Span::detached()),
    ))
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
