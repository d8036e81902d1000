//! Attachments.

use super::Waveform;
use crate::record::record;
use crate::text::Text;

record! {
    /// A file attached to a message.
    Attachment {
        /// Id.
        id: Text<'a> = "id",
        /// File name. A leading `SPOILER_` hides the picture.
        filename: Text<'a> = "filename" | "fileName",
        /// Title shown instead of the file name.
        title: Text<'a> = "title",
        /// Alternative text.
        description: Text<'a> = "description",
        /// MIME type.
        content_type: Text<'a> = "content_type",
        /// Size in bytes.
        size: u64 = "size" | "fileSizeBytes",
        /// Where the file is: a URL, or a path as the exporter wrote it with
        /// `/` for every separator.
        url: Text<'a> = "url",
        /// The same through Discord's media proxy.
        proxy_url: Text<'a> = "proxy_url" | "canonicalUrl",
        /// Width in pixels.
        width: u32 = "width",
        /// Height in pixels.
        height: u32 = "height",
        /// Exists only as long as the ephemeral message.
        ephemeral: bool = "ephemeral",
        /// Length in seconds of a voice message.
        duration_secs: f64 = "duration_secs",
        /// Loudness over time of a voice message.
        waveform: Option<Waveform> = "waveform",
        /// Bits: 0 clip, 1 thumbnail, 2 remix, 3 spoiler, 5 animated.
        flags: u64 = "flags",
        /// A ThumbHash of the picture, in base64.
        placeholder: Text<'a> = "placeholder",
        /// Version of `placeholder`.
        placeholder_version: u64 = "placeholder_version",
    }
    computed {
        /// Its number among the files of a numbered transcript.
        exhibit: u64 = "exhibit",
    }
}

impl Attachment<'_> {
    /// Whether the file is of a kind, by its MIME type or else by its extension (lower case,
    /// without the dot).
    #[must_use]
    pub fn is_kind(&self, mime: &str, endings: &[&str]) -> bool {
        if !self.content_type.is_empty() {
            return self.content_type.starts_with(mime);
        }
        let ending = self
            .filename
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_lowercase());
        ending.is_some_and(|ending| endings.contains(&&*ending))
    }
}
