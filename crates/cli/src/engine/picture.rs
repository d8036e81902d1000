//! Checks which pictures can be drawn before Typst gets them: one picture that fails to
//! decode would fail the whole document.

use std::io::Cursor;

use image::ImageFormat;
use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use super::guard;

/// The largest file that is drawn: 64 MiB.
pub const MOST_BYTES: u64 = 64 << 20;
/// The most pixels; more indicate a decompression bomb.
const MOST_PIXELS: usize = 50_000_000;
/// The largest SVG that is drawn; larger ones take too long to parse.
const MOST_SVG_BYTES: usize = 2 << 20;

/// Reasons why a picture can't be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unfit {
    /// Its file is too large.
    TooLarge,
    /// It has too many pixels.
    TooManyPixels,
    /// Its format can't be drawn.
    Unsupported,
    /// It is damaged.
    Damaged,
}

/// A format of pictures that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF, of which the first picture is drawn.
    Gif,
    /// WebP, of which the first picture is drawn.
    Webp,
    /// SVG.
    Svg,
}

impl PictureFormat {
    /// The usual extension, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Gif => "gif",
            Self::Webp => "webp",
            Self::Svg => "svg",
        }
    }
}

/// A picture that can be drawn.
#[derive(Debug, Clone)]
pub struct Picture {
    /// Its format.
    pub format: PictureFormat,
    /// Its file.
    pub data: Bytes,
    /// The approximate size of the decoded picture, in bytes.
    pub memory: u64,
}

impl Picture {
    /// Checks a picture.
    ///
    /// # Errors
    /// Why it can't be drawn.
    pub fn new(data: Bytes) -> Result<Self, Unfit> {
        let (mut format, pixels) = format_of(&data)?;
        if !decodes(format, &data) {
            return Err(Unfit::Damaged);
        }
        let mut data = data;
        if format == PictureFormat::Jpeg && is_in_inks(&data) {
            // PDF/A doesn't allow CMYK beside RGB.
            data = guard::caught(|| on_screen(&data))
                .ok()
                .flatten()
                .ok_or(Unfit::Damaged)?;
            format = PictureFormat::Png;
        }
        Ok(Self {
            format,
            data,
            memory: pixels as u64 * 4,
        })
    }
}

/// The format and number of pixels of a picture, detected from its content, not its name.
///
/// # Errors
/// When it can't be drawn, or has too many pixels.
fn format_of(data: &[u8]) -> Result<(PictureFormat, usize), Unfit> {
    // A download that broke off before its first byte tells no format.
    if data.is_empty() {
        return Err(Unfit::Damaged);
    }
    let format = match imagesize::image_type(data) {
        Ok(imagesize::ImageType::Png) => PictureFormat::Png,
        Ok(imagesize::ImageType::Jpeg) => PictureFormat::Jpeg,
        Ok(imagesize::ImageType::Gif) => PictureFormat::Gif,
        Ok(imagesize::ImageType::Webp) => PictureFormat::Webp,
        _ => return drawing(data).map(|format| (format, 0)),
    };
    let size = imagesize::blob_size(data).map_err(|_| Unfit::Damaged)?;
    match size.width.checked_mul(size.height) {
        Some(0) => Err(Unfit::Damaged),
        Some(pixels @ 1..=MOST_PIXELS) => Ok((format, pixels)),
        _ => Err(Unfit::TooManyPixels),
    }
}

/// Accepts self-contained SVG: no embedded pictures, which have their own sizes or refer to
/// other files, and no entities, which can expand without limit.
fn drawing(data: &[u8]) -> Result<PictureFormat, Unfit> {
    let text = std::str::from_utf8(data).map_err(|_| Unfit::Unsupported)?;
    if !text.contains("<svg") {
        return Err(Unfit::Unsupported);
    }
    if data.len() > MOST_SVG_BYTES {
        return Err(Unfit::TooLarge);
    }
    let inner = [
        "<image",
        "<feImage",
        "<!ENTITY",
        "<foreignObject",
        ":image",
        ":feImage",
    ];
    if inner.iter().any(|inner| text.contains(inner)) || has_costly_filters(text) {
        return Err(Unfit::Unsupported);
    }
    Ok(PictureFormat::Svg)
}

/// Whether a drawing has filters that take as long as their numbers say, or very many: a
/// few letters can keep a computer busy for hours. Shadows and the like are fine.
fn has_costly_filters(text: &str) -> bool {
    const MOST: usize = 24;
    let costly = [
        "feTurbulence",
        "feMorphology",
        "feConvolveMatrix",
        "feDisplacementMap",
        "Lighting",
    ];
    let filters = text.matches("filter").count() + text.matches("<fe").count();
    filters > MOST || (filters > 0 && costly.iter().any(|name| text.contains(name)))
}

/// Whether Typst can decode the picture without panicking. Typst caches decoded pictures, so
/// drawing the picture later doesn't decode it again.
fn decodes(format: PictureFormat, data: &Bytes) -> bool {
    let format = match format {
        PictureFormat::Png => ExchangeFormat::Png,
        PictureFormat::Jpeg => ExchangeFormat::Jpg,
        PictureFormat::Gif => ExchangeFormat::Gif,
        PictureFormat::Webp => ExchangeFormat::Webp,
        PictureFormat::Svg => {
            return guard::caught(|| SvgImage::new(data.clone()).is_ok()).unwrap_or(false);
        }
    };
    guard::caught(|| RasterImage::plain(data.clone(), format).is_ok()).unwrap_or(false)
}

/// Whether a JPEG is CMYK.
fn is_in_inks(data: &[u8]) -> bool {
    let mut rest = data.get(2..).unwrap_or_default();
    while let [0xff, marker, tail @ ..] = rest {
        match (marker, tail) {
            // Markers may be padded.
            (0xff, _) => rest = &rest[1..],
            // The frame header: the number of components comes after the size.
            (0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf, _) => {
                return tail.get(7) == Some(&4);
            }
            (_, [high, low, ..]) => {
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                rest = tail.get(length..).unwrap_or_default();
            }
            _ => return false,
        }
    }
    false
}

/// Converts a picture to RGB, and applies its orientation.
fn on_screen(data: &Bytes) -> Option<Bytes> {
    let picture = RasterImage::plain(data.clone(), ExchangeFormat::Jpg).ok()?;
    let mut png = Cursor::new(Vec::new());
    picture
        .dynamic()
        .write_to(&mut png, ImageFormat::Png)
        .ok()?;
    Some(Bytes::new(png.into_inner()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The start of a PNG of this size.
    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut data = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        data.extend(width.to_be_bytes());
        data.extend(height.to_be_bytes());
        data.extend(b"\x08\x06\0\0\0\0\0\0\0");
        data
    }

    #[test]
    fn bombs_are_told_by_their_header() {
        assert_eq!(format_of(&png(100, 100)), Ok((PictureFormat::Png, 10_000)));
        assert_eq!(format_of(&png(60_000, 60_000)), Err(Unfit::TooManyPixels));
        assert_eq!(
            format_of(&png(u32::MAX, u32::MAX)),
            Err(Unfit::TooManyPixels)
        );
        assert_eq!(format_of(&png(0, 9)), Err(Unfit::Damaged));
    }

    #[test]
    fn kinds_are_told_by_content() {
        assert_eq!(
            format_of(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            Ok((PictureFormat::Svg, 0))
        );
        assert_eq!(
            format_of(b"<svg><image href='../x.png'/></svg>"),
            Err(Unfit::Unsupported)
        );
        assert_eq!(
            format_of(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>"),
            Err(Unfit::Unsupported)
        );
        assert_eq!(format_of(b"%PDF-1.7"), Err(Unfit::Unsupported));
        assert_eq!(format_of(b"\0\0\0\x1cftypavif"), Err(Unfit::Unsupported));
        assert_eq!(format_of(b""), Err(Unfit::Damaged));
    }

    #[test]
    fn filters_that_take_long_are_left() {
        let svg = |filter: &str, uses: usize| {
            let used = "<g filter='url(#f)'/>".repeat(uses);
            format!("<svg><filter id='f'>{filter}</filter>{used}</svg>")
        };
        let shadow = svg("<feDropShadow dx='2' dy='2' stdDeviation='2'/>", 3);
        assert!(format_of(shadow.as_bytes()).is_ok());
        for drawing in [
            svg("<feTurbulence numOctaves='2000000000'/>", 1),
            svg("<s:feMorphology radius='400'/>", 1),
            svg(&"<feGaussianBlur stdDeviation='9'/>".repeat(30), 1),
            svg("<feGaussianBlur stdDeviation='9'/>", 30),
        ] {
            assert_eq!(format_of(drawing.as_bytes()), Err(Unfit::Unsupported));
        }
        let words = b"<svg><text>Lighting</text></svg>";
        assert!(format_of(words).is_ok());
    }

    #[test]
    fn damage_is_found_by_decoding() {
        assert!(!decodes(PictureFormat::Png, &Bytes::new(png(100, 100))));
        assert!(decodes(
            PictureFormat::Svg,
            &Bytes::new(
                b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>".as_slice()
            )
        ));
    }
}
