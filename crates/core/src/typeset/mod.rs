//! From the bytes of exports to what the Typst package draws: the transcript
//! as CBOR, with every Markdown text parsed.

mod media;
mod pieces;
mod preview;
mod tree;

use crate::cbor;
use crate::error::Error;
use crate::markdown::Variant;
use crate::model::Transcript;
use crate::options::Options;
use crate::record::Write;
use crate::transcript::{formatter, transcript};
use crate::warning::Warning;

pub use pieces::Pieces;

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
    let mut prepared = prepare(inputs, options)?;
    let messages = prepared.transcript.messages.len();
    let cbor = write_model(&mut prepared.transcript)?;
    Ok(prepared.typeset(cbor, messages))
}

/// Reads exports as [`typeset()`] does and writes them in pieces: `cbor` holds the
/// transcript without its messages.
///
/// # Errors
/// When the inputs hold no messages, or an option makes no sense.
pub fn typeset_in_pieces(inputs: &[&[u8]], options: &Options) -> Result<(Typeset, Pieces), Error> {
    let mut prepared = prepare(inputs, options)?;
    let messages = std::mem::take(&mut prepared.transcript.messages);
    let pieces = Pieces::write(messages).map_err(unwritable)?;
    let cbor = write_model(&mut prepared.transcript)?;
    Ok((prepared.typeset(cbor, pieces.len()), pieces))
}

/// A transcript with everything written into it that its drawing needs.
struct Prepared<'a> {
    transcript: Transcript<'a>,
    warnings: Vec<Warning>,
    media: Vec<String>,
}

impl Prepared<'_> {
    fn typeset(self, cbor: Vec<u8>, messages: usize) -> Typeset {
        let Self {
            transcript,
            warnings,
            media,
        } = self;
        Typeset {
            messages,
            channel: name(transcript.channel.as_ref().map(|channel| &*channel.name)),
            guild: name(transcript.guild.as_ref().map(|guild| &*guild.name)),
            cbor,
            warnings,
            media,
        }
    }
}

fn prepare<'a>(inputs: &[&'a [u8]], options: &Options) -> Result<Prepared<'a>, Error> {
    let formatter = formatter(options)?;
    let (mut transcript, warnings) = transcript(inputs, options)?;
    preview::write(&mut transcript);
    let media = media::list(&mut transcript);
    tree::plant(&mut transcript, &formatter);
    Ok(Prepared {
        transcript,
        warnings,
        media,
    })
}

fn write_model(model: &mut Transcript) -> Result<Vec<u8>, Error> {
    let mut writer = cbor::Writer::new(Vec::new());
    model.write(&mut writer).map_err(unwritable)?;
    Ok(writer.finish())
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
        None => write(&tree::plain(text, variant)),
    }
}

fn name(name: Option<&str>) -> String {
    name.unwrap_or_default().to_owned()
}

fn write<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    cbor::write(value, &mut bytes).map_err(unwritable)?;
    Ok(bytes)
}

fn unwritable(error: cbor::Unwritable) -> Error {
    Error {
        place: None,
        message: error.to_string(),
    }
}
