//! Tables of text that `build.rs` compresses, to keep the plugin small.

use std::sync::OnceLock;

use miniz_oxide::inflate::decompress_to_vec;

/// A text that is decompressed when it is first read.
pub(crate) struct Packed {
    deflated: &'static [u8],
    text: OnceLock<String>,
}

impl Packed {
    /// The text of a file that `build.rs` wrote.
    pub const fn new(deflated: &'static [u8]) -> Self {
        Self {
            deflated,
            text: OnceLock::new(),
        }
    }

    /// The text.
    ///
    /// # Panics
    /// When the bytes aren't what `build.rs` wrote.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| {
            let bytes = decompress_to_vec(self.deflated).ok();
            bytes
                .and_then(|bytes| String::from_utf8(bytes).ok())
                .expect("a table that was deflated by build.rs")
        })
    }
}
