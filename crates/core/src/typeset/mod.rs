//! From the bytes of exports to what the Typst package draws: the transcript
//! as CBOR, with every Markdown text parsed.

mod media;
mod preview;
mod tree;

use ciborium::Value;

use crate::error::Error;
use crate::markdown::Variant;
use crate::options::Options;
use crate::time::Formatter;
use crate::transcript::{formatter, transcript};
use crate::warning::Warning;

pub use tree::Tree;

/// A transcript ready for Typst.
#[derive(Clone, Debug, PartialEq)]
pub struct Typeset {
    /// The [`Transcript`](crate::model::Transcript) as CBOR (RFC 8949). Where
    /// a text that Markdown applies to is more than plain text, the field
    /// beside it that ends in `tree` holds its tree (see
    /// [`markdown::ast`](crate::markdown::ast)), and the text itself is left
    /// out. Replies' `content` is plain text.
    pub cbor: Vec<u8>,
    /// What could not be read as expected.
    pub warnings: Vec<Warning>,
    /// URLs and paths of all pictures that a page can show, in order, each
    /// once.
    pub media: Vec<String>,
    /// Messages in the transcript.
    pub messages: usize,
    /// Name of the channel.
    pub channel: String,
    /// Name of the server; empty for direct messages.
    pub guild: String,
}

/// Reads exports as [`transcript`] does and writes them for Typst.
///
/// # Errors
/// When the inputs hold no messages, or an option makes no sense.
pub fn typeset(inputs: &[&[u8]], options: &Options) -> Result<Typeset, Error> {
    let formatter = formatter(options)?;
    let (mut transcript, warnings) = transcript(inputs, options)?;
    preview::write(&mut transcript);
    let media = media::list(&mut transcript);
    tree::plant(&mut transcript, &formatter);
    Ok(Typeset {
        messages: transcript.messages.len(),
        channel: name(transcript.channel.as_ref().map(|channel| &*channel.name)),
        guild: name(transcript.guild.as_ref().map(|guild| &*guild.name)),
        cbor: write(&transcript)?,
        warnings,
        media,
    })
}

/// Parses one Markdown text for Typst: CBOR of a text where it is plain, of an
/// array of nodes otherwise.
///
/// # Errors
/// When the zone or "now" of the options can't be read.
pub fn markdown(text: &str, variant: Variant, options: &Options) -> Result<Vec<u8>, Error> {
    let formatter = formatter(options)?;
    match tree::parsed(text, variant, &formatter) {
        Some(tree) => write(&tree),
        None => write(&Value::Text(tree::plain(text, variant))),
    }
}

fn name(name: Option<&str>) -> String {
    name.unwrap_or_default().to_owned()
}

fn write<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).map_err(|error| Error {
        place: None,
        message: format!("expected to write the transcript, got an error: {error}"),
    })?;
    Ok(bytes)
}

/// Writes the moments of a tree in words.
pub(crate) fn word(value: &mut Value, formatter: &Formatter) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| word(item, formatter)),
        Value::Map(members) => {
            if let Some(words) = tree::moment(members, formatter) {
                members.push((Value::Text("text".into()), Value::Text(words)));
            }
            members.iter_mut().for_each(|(_, value)| word(value, formatter));
        }
        _ => {}
    }
}
