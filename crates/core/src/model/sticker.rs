//! Stickers.

use serde::{Serialize, Serializer};

use crate::json::Json;
use crate::record::{Read, ReadContext, plain, record};
use crate::text::Text;

record! {
    /// A sticker.
    Sticker {
        /// Id.
        id: Text<'a> = "id",
        /// Name.
        name: Text<'a> = "name",
        /// Kind of file.
        format: Option<StickerFormat> = "format" | "format_type",
        /// Where the file is: URL or path.
        url: Text<'a> = "url" | "sourceUrl",
        /// Alternative text.
        description: Text<'a> = "description",
    }
}

/// Kind of file of a sticker. Written as `png`, `apng`, `lottie` or `gif`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StickerFormat {
    /// A PNG picture.
    #[default]
    Png,
    /// An animated PNG.
    Apng,
    /// A Lottie animation (JSON).
    Lottie,
    /// A GIF.
    Gif,
}

impl StickerFormat {
    /// The name it is written as.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            StickerFormat::Png => "png",
            StickerFormat::Apng => "apng",
            StickerFormat::Lottie => "lottie",
            StickerFormat::Gif => "gif",
        }
    }
}

impl Serialize for StickerFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

plain! { StickerFormat: |_| false; }

impl<'a> Read<'a> for StickerFormat {
    const EXPECTED: &'static str = "one of 1 or Png, 2 or Apng, 3 or Lottie, 4 or Gif";
    fn read(json: Json<'a>, _: &mut dyn ReadContext<'a>) -> Result<Self, Json<'a>> {
        let format = match &json {
            Json::Int(1) => Some(StickerFormat::Png),
            Json::Int(2) => Some(StickerFormat::Apng),
            Json::Int(3) => Some(StickerFormat::Lottie),
            Json::Int(4) => Some(StickerFormat::Gif),
            Json::Str(s) => [
                StickerFormat::Png,
                StickerFormat::Apng,
                StickerFormat::Lottie,
                StickerFormat::Gif,
            ]
            .into_iter()
            .find(|format| s.eq_ignore_ascii_case(format.name())),
            _ => None,
        };
        format.ok_or(json)
    }
}
