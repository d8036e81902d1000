//! The plugin of the Typst package: a shim over `scrollback-core`.
//!
//! Typst calls with bytes and gets CBOR or an error's text. The same functions
//! run natively in the tests.

use scrollback_core::Options;
use scrollback_core::markdown::Variant;
use serde::Deserialize;
#[cfg(target_arch = "wasm32")]
use wasm_minimal_protocol::{initiate_protocol, wasm_func};

#[cfg(target_arch = "wasm32")]
initiate_protocol!();

/// What Typst asks of [`markdown`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Parse {
    variant: String,
    #[serde(default)]
    options: Options,
}

/// What Typst asks of [`transcript`].
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Import {
    /// Lengths of the inputs, which stand one after another.
    lengths: Vec<usize>,
    #[serde(default)]
    options: Options,
}

fn request<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, String> {
    ciborium::from_reader(bytes).map_err(|error| format!("the request can't be read: {error}"))
}

/// Parses a Markdown text: CBOR of a text where it is plain, else of nodes.
///
/// # Errors
/// When the request can't be read or its options make no sense.
#[cfg_attr(target_arch = "wasm32", wasm_func)]
pub fn markdown(text: &[u8], asked: &[u8]) -> Result<Vec<u8>, String> {
    let asked: Parse = request(asked)?;
    let text = std::str::from_utf8(text).map_err(|error| format!("the text is not UTF-8: {error}"))?;
    let variant = match asked.variant.as_str() {
        "full" => Variant::Full,
        "inline" => Variant::Inline,
        "emoji" => Variant::Emoji,
        "plain" => Variant::Plain,
        other => return Err(format!("expected a variant of Markdown, got {other:?}")),
    };
    scrollback_core::typeset::markdown(text, variant, &asked.options).map_err(|error| error.to_string())
}

/// Reads exports: CBOR of an array of the transcript and the warnings.
///
/// # Errors
/// When the inputs hold no messages, or the request makes no sense.
#[cfg_attr(target_arch = "wasm32", wasm_func)]
pub fn transcript(data: &[u8], asked: &[u8]) -> Result<Vec<u8>, String> {
    let asked: Import = request(asked)?;
    let mut rest = data;
    let mut inputs = Vec::with_capacity(asked.lengths.len());
    for length in asked.lengths {
        let (input, after) = rest.split_at_checked(length).ok_or("the inputs are shorter than their lengths")?;
        inputs.push(input);
        rest = after;
    }
    let typeset = scrollback_core::typeset(&inputs, &asked.options).map_err(|error| error.to_string())?;
    // The head of an array of two (RFC 8949, section 3), then the two.
    let mut packed = Vec::with_capacity(typeset.cbor.len() + 64);
    packed.push(0x82);
    packed.extend_from_slice(&typeset.cbor);
    ciborium::into_writer(&typeset.warnings, &mut packed).map_err(|error| error.to_string())?;
    Ok(packed)
}
