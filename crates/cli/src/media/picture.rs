//! Which pictures can be drawn, found out before Typst gets them: one picture that
//! fails to decode would fail the whole document.

use typst::foundations::Bytes;
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

use super::Refusal;

/// More than this is no photo, but a bomb.
const MOST_PIXELS: usize = 50_000_000;
/// Larger drawings take longer to parse than they are worth.
const MOST_SVG_BYTES: usize = 2 << 20;

/// A kind of picture that can be drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
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

impl Kind {
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
    /// Its kind.
    pub kind: Kind,
    /// Its file.
    pub data: Bytes,
    /// How many bytes it takes when decoded, about.
    pub memory: u64,
}

impl Picture {
    /// Checks a picture.
    ///
    /// # Errors
    /// Why it can't be drawn.
    pub fn new(data: Bytes) -> Result<Self, Refusal> {
        let (kind, pixels) = kind(&data)?;
        if !decodes(kind, &data) {
            return Err(Refusal::Damaged);
        }
        Ok(Self {
            kind,
            data,
            memory: pixels as u64 * 4,
        })
    }
}

/// The kind and number of pixels of a picture, by its content and not by its name.
///
/// # Errors
/// When it is none that can be drawn, or has too many pixels.
fn kind(data: &[u8]) -> Result<(Kind, usize), Refusal> {
    let kind = match imagesize::image_type(data) {
        Ok(imagesize::ImageType::Png) => Kind::Png,
        Ok(imagesize::ImageType::Jpeg) => Kind::Jpeg,
        Ok(imagesize::ImageType::Gif) => Kind::Gif,
        Ok(imagesize::ImageType::Webp) => Kind::Webp,
        _ => return drawing(data).map(|kind| (kind, 0)),
    };
    let size = imagesize::blob_size(data).map_err(|_| Refusal::Damaged)?;
    match size.width.checked_mul(size.height) {
        Some(0) => Err(Refusal::Damaged),
        Some(pixels @ 1..=MOST_PIXELS) => Ok((kind, pixels)),
        _ => Err(Refusal::TooManyPixels),
    }
}

/// SVG that stands alone: no pictures inside (which have sizes of their own, or
/// lead to other files), and no entities (which multiply).
fn drawing(data: &[u8]) -> Result<Kind, Refusal> {
    let text = std::str::from_utf8(data).map_err(|_| Refusal::Unsupported)?;
    if !text.contains("<svg") {
        return Err(Refusal::Unsupported);
    }
    if data.len() > MOST_SVG_BYTES {
        return Err(Refusal::TooLarge);
    }
    let inner = [
        "<image",
        "<feImage",
        "<!ENTITY",
        "<foreignObject",
        ":image",
        ":feImage",
    ];
    if inner.iter().any(|inner| text.contains(inner)) {
        return Err(Refusal::Unsupported);
    }
    Ok(Kind::Svg)
}

/// Whether Typst can decode the picture. Typst remembers what it decoded, so that
/// this costs nothing when the picture is drawn.
fn decodes(kind: Kind, data: &Bytes) -> bool {
    let format = match kind {
        Kind::Png => ExchangeFormat::Png,
        Kind::Jpeg => ExchangeFormat::Jpg,
        Kind::Gif => ExchangeFormat::Gif,
        Kind::Webp => ExchangeFormat::Webp,
        Kind::Svg => return SvgImage::new(data.clone()).is_ok(),
    };
    RasterImage::plain(data.clone(), format).is_ok()
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
        assert_eq!(kind(&png(100, 100)), Ok((Kind::Png, 10_000)));
        assert_eq!(kind(&png(60_000, 60_000)), Err(Refusal::TooManyPixels));
        assert_eq!(kind(&png(u32::MAX, u32::MAX)), Err(Refusal::TooManyPixels));
        assert_eq!(kind(&png(0, 9)), Err(Refusal::Damaged));
    }

    #[test]
    fn kinds_are_told_by_content() {
        assert_eq!(
            kind(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            Ok((Kind::Svg, 0))
        );
        assert_eq!(
            kind(b"<svg><image href='../x.png'/></svg>"),
            Err(Refusal::Unsupported)
        );
        assert_eq!(
            kind(b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>"),
            Err(Refusal::Unsupported)
        );
        assert_eq!(kind(b"%PDF-1.7"), Err(Refusal::Unsupported));
        assert_eq!(kind(b"\0\0\0\x1cftypavif"), Err(Refusal::Unsupported));
        assert_eq!(kind(b""), Err(Refusal::Unsupported));
    }

    #[test]
    fn damage_is_found_by_decoding() {
        assert!(!decodes(Kind::Png, &Bytes::new(png(100, 100))));
        assert!(decodes(
            Kind::Svg,
            &Bytes::new(
                b"<svg xmlns='http://www.w3.org/2000/svg' width='1' height='1'/>".as_slice()
            )
        ));
    }
}
