//! Turns exports into the data that the Typst package draws: the transcript as CBOR, with
//! every Markdown text parsed.

pub(crate) mod bars;
mod divide;
mod marks;
mod media;
mod names;
mod pieces;
mod shape;
mod tree;

use crate::anonymize::NOWHERE;
use crate::archive::{Selection, formatter, read};
use crate::cbor;
use crate::error::Error;
use crate::index::index;
use crate::markdown::Variant;
use crate::model::{Blank, Transcript, Walk};
use crate::options::Options;
use crate::record::Write;
use crate::text::Text;
use crate::warning::{InputPlace, Warning, codes};

pub use pieces::Pieces;

/// A transcript for Typst, without its messages, which are [`Pieces`].
#[derive(Clone, Debug, PartialEq)]
pub struct Typeset {
    /// The [`Transcript`] as CBOR, as [`typeset`] writes it, without messages.
    pub cbor: Vec<u8>,
    /// The warnings.
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

/// Reads exports as [`read`] does, and writes the selection for Typst: the [`Transcript`] as
/// CBOR (RFC 8949), with the warnings.
///
/// A Markdown text that is more than plain text is replaced by its tree (see
/// [`markdown::ast`](crate::markdown::ast)), in a field whose name ends in `tree`. Replies'
/// `content` is plain text. Most messages have a `shape`, which says that Typst can set their
/// text without analysing it.
///
/// # Errors
/// When the inputs have no messages, or an option is invalid.
pub fn typeset(inputs: &[&[u8]], options: &Options) -> Result<(Vec<u8>, Vec<Warning>), Error> {
    // Wrong options are reported before anything is read.
    formatter(options)?;
    let mut archive = read(inputs, options)?;
    archive.number(options)?;
    archive.into_selection(options)?.typeset()
}

impl Selection<'_> {
    /// URLs and paths of all pictures that a page can show, in order, each once.
    #[must_use]
    pub fn media(&mut self) -> Vec<String> {
        media::list(&mut self.transcript)
    }

    /// Cuts names that are longer than any of Discord's, for drawing.
    pub fn clip_names(&mut self) {
        let mut clipped = names::Clipped::default();
        self.transcript.walk(NOWHERE, &mut clipped);
        self.warn_of_clipped(clipped.0);
    }

    fn warn_of_clipped(&mut self, count: usize) {
        if count > 0 {
            self.warnings.push(Warning {
                code: codes::LONG_NAME,
                place: InputPlace::default(),
                message: format!(
                    "expected names of at most {} characters (titles and names of files have some \
                     more), got longer ones; their beginning is drawn, with an ellipsis \
                     (`-f jsonl` writes them whole)",
                    names::MOST
                ),
                count,
            });
        }
    }

    /// Writes the selection as [`typeset`] does.
    ///
    /// # Errors
    /// When a value can't be represented in CBOR, which no value of the model does.
    pub fn typeset(mut self) -> Result<(Vec<u8>, Vec<Warning>), Error> {
        self.prepare();
        Ok((write_model(&mut self.transcript)?, self.warnings))
    }

    /// Writes the selection for Typst in pieces: `cbor` is the transcript without its messages.
    ///
    /// # Errors
    /// As [`Selection::typeset`].
    pub fn typeset_in_pieces(mut self) -> Result<(Typeset, Pieces), Error> {
        // As in the export; the data for Typst may differ.
        let media = self.media();
        self.prepare();
        let messages = std::mem::take(&mut self.transcript.messages);
        let pieces = Pieces::write(messages).map_err(unwritable)?;
        let cbor = write_model(&mut self.transcript)?;
        let transcript = self.transcript;
        let typeset = Typeset {
            messages: pieces.len(),
            channel: name(transcript.channel.as_ref().map(|channel| &*channel.name)),
            guild: name(transcript.guild.as_ref().map(|guild| &*guild.name)),
            cbor,
            warnings: self.warnings,
            media,
        };
        Ok((typeset, pieces))
    }

    /// Adds everything to the transcript that drawing needs.
    fn prepare(&mut self) {
        let mut bounded = marks::Bounded::default();
        self.transcript.walk(NOWHERE, &mut bounded);
        self.warn_of_clipped(bounded.names.0);
        name_origins(&mut self.transcript);
        tree::plant(&mut self.transcript, &self.formatter, self.open_spoilers);
        if self.redacted {
            self.transcript.walk(NOWHERE, &mut bars::Plain);
        }
    }
}

/// Adds the channel's name to messages from several channels.
fn name_origins(transcript: &mut Transcript) {
    let channels = transcript.channel.iter().chain(&transcript.channels);
    let named: Vec<_> = channels
        .filter(|channel| !channel.name.is_blank())
        .collect();
    let places = index(named.iter().map(|channel| &*channel.id));
    if transcript.messages.iter().any(|message| message.nested > 0) {
        let mut last = Text::default();
        for message in &mut transcript.messages {
            if message.nested > 0 && message.channel_id != last {
                let place = places.get(&*message.channel_id);
                message.begun = place.map_or_else(Text::default, |&at| named[at].name.clone());
            }
            last = message.channel_id.clone();
        }
        return;
    }
    for message in &mut transcript.messages {
        if !message.channel_id.is_blank() {
            let place = places.get(&*message.channel_id);
            let name = place.map_or(&message.channel_id, |&at| &named[at].name);
            message.origin = format!("#{name}").into();
        }
    }
}

fn write_model(model: &mut Transcript) -> Result<Vec<u8>, Error> {
    let mut writer = cbor::Writer::new(Vec::new());
    model.write(&mut writer).map_err(unwritable)?;
    Ok(writer.finish())
}

/// Parses a Markdown text for Typst: CBOR of a string if it is plain, or of an array of nodes.
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
