//! The plugin of the Typst package: a shim over `scrollback-core`.
//!
//! Typst calls with bytes and gets CBOR (RFC 8949) or the text of an error. A
//! call is pure: the same bytes give the same bytes. The functions here also run
//! natively, as a Rust library; `src/scrollback.wasm.lz4` in the package is this crate
//! for `wasm32-unknown-unknown`, built and packed by `cargo xtask plugin`, and exports
//! [`markdown`] and [`transcript`] by these names.
//!
//! Requests are CBOR maps. Keys are in kebab-case and may be left out where there
//! is a default; unknown ones are errors.

#[cfg(target_arch = "wasm32")]
mod protocol;

use scrollback_core::json::Json;
use scrollback_core::markdown::Variant;
use scrollback_core::settings::set_members;
use scrollback_core::{Options, cbor, settings, typeset};

/// A request for [`markdown`].
#[derive(Default)]
struct Parse {
    /// The place that the text is from.
    variant: String,
    /// How times are written.
    options: Options,
}

settings!(Parse { "variant": variant, "options": options, });

/// A request for [`transcript`], without its options.
#[derive(Default)]
struct Import {
    /// Lengths of the concatenated inputs.
    lengths: Vec<usize>,
}

settings!(Import { "lengths": lengths, });

fn readable(bytes: &[u8]) -> Result<Json<'_>, String> {
    cbor::read(bytes).map_err(|error| format!("the request can't be read: {error}"))
}

/// Why an export can't be read, as the reason of an error in Typst.
fn refusal(why: &str) -> Result<Vec<u8>, String> {
    let mut packed = Vec::new();
    cbor::write(&why, &mut packed).map_err(|error| error.to_string())?;
    Ok(packed)
}

/// Parses a Markdown text (UTF-8): CBOR of a string if it is plain, or of an array of nodes,
/// as described in [`scrollback_core::markdown::ast`].
///
/// `asked` is a map of `variant` (required: `"full"`, `"inline"`, `"emoji"` or
/// `"plain"`, see [`Variant`]) and `options` ([`Options`]; of these, `timezone`,
/// `clock` and `now` matter for timestamps).
///
/// # Errors
/// When the text isn't UTF-8, the request can't be read, or its options are invalid. The
/// error says what was expected and what came.
pub fn markdown(text: &[u8], asked: &[u8]) -> Result<Vec<u8>, String> {
    let value = readable(asked)?;
    let mut asked = Parse::default();
    set_members(&mut asked, "", value).map_err(|error| error.to_string())?;
    let text =
        std::str::from_utf8(text).map_err(|error| format!("the text is not UTF-8: {error}"))?;
    let variant = match asked.variant.as_str() {
        "full" => Variant::Full,
        "embed" => Variant::Embed,
        "inline" => Variant::Inline,
        "emoji" => Variant::Emoji,
        "plain" => Variant::Plain,
        other => {
            return Err(format!(
                "expected a variant of Markdown (\"full\", \"embed\", \"inline\", \"emoji\" or \"plain\"), \
                 got {other:?}"
            ));
        }
    };
    typeset::markdown(text, variant, &asked.options).map_err(|error| error.to_string())
}

/// Reads exports: CBOR of an array with the transcript, as described in
/// [`scrollback_core::typeset()`], and the list of [warnings](scrollback_core::Warning). If
/// the inputs have no messages or the options are invalid, it is CBOR of a string instead,
/// with the position, what was expected and what came. Typst makes an error of it that names
/// the called function.
///
/// `data` is the concatenated inputs; `asked` is a map of `lengths` (required: the inputs'
/// lengths in bytes) and `options` ([`Options`]).
///
/// # Errors
/// When the request can't be read, or its lengths aren't those of the inputs.
pub fn transcript(data: &[u8], asked: &[u8]) -> Result<Vec<u8>, String> {
    let mut request = readable(asked)?;
    let options = match &mut request {
        Json::Object(members) => {
            let at = members.iter().position(|(key, _)| **key == *"options");
            at.map(|at| members.remove(at).1)
        }
        _ => None,
    };
    let mut asked = Import::default();
    set_members(&mut asked, "", request).map_err(|error| error.to_string())?;
    let mut rest = data;
    let mut inputs = Vec::with_capacity(asked.lengths.len());
    for length in asked.lengths {
        let Some((input, after)) = rest.split_at_checked(length) else {
            return Err(format!(
                "expected an input of {length} bytes, got {} bytes",
                rest.len()
            ));
        };
        inputs.push(scrollback_core::utf8(input));
        rest = after;
    }
    if !rest.is_empty() {
        return Err(format!(
            "expected inputs of the lengths asked for, got {} bytes more",
            rest.len()
        ));
    }
    // Authors write the options, so errors in them are reported as reasons.
    let mut given = Options::default();
    let checked = options.map_or(Ok(()), |options| set_members(&mut given, "", options));
    let inputs: Vec<&[u8]> = inputs.iter().map(AsRef::as_ref).collect();
    let (transcript, warnings) =
        match checked.and_then(|()| scrollback_core::typeset(&inputs, &given)) {
            Ok(written) => written,
            Err(refused) => return refusal(&refused.to_string()),
        };
    // The head of an array of two (RFC 8949, section 3), then the two.
    let mut packed = Vec::with_capacity(transcript.len() + 64);
    packed.push(0x82);
    packed.extend_from_slice(&transcript);
    cbor::write(&warnings, &mut packed).map_err(|error| error.to_string())?;
    Ok(packed)
}
