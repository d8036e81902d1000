//! Texts as filters compare them.

/// A text in small letters with composed accents: keyboards and systems write `é` as one
/// character or as two. In the plugin, the package asks for both spellings instead.
pub(super) fn caseless(text: &str) -> String {
    let lower = text.to_lowercase();
    #[cfg(feature = "all-formats")]
    if !unicode_normalization::is_nfc(&lower) {
        return unicode_normalization::UnicodeNormalization::nfc(&*lower).collect();
    }
    lower
}
