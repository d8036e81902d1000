//! From the bytes of exports to what the Typst package draws: the transcript
//! as CBOR, with every Markdown text parsed.

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

/// A transcript ready for Typst, save its messages, which are [`Pieces`].
#[derive(Clone, Debug, PartialEq)]
pub struct Typeset {
    /// The [`Transcript`] as CBOR, as [`typeset`] writes it, without messages.
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

/// Reads exports as [`read`] does and writes what the options select for Typst: the
/// [`Transcript`] as CBOR (RFC 8949), and what could not be read as expected.
///
/// Where a text that Markdown applies to is more than plain text, the field beside it that
/// ends in `tree` holds its tree (see [`markdown::ast`](crate::markdown::ast)), and the text
/// itself is left out. Replies' `content` is plain text. `shape` tells of most messages that
/// their text needs nothing but to be set.
///
/// # Errors
/// When the inputs hold no messages, or an option makes no sense.
pub fn typeset(inputs: &[&[u8]], options: &Options) -> Result<(Vec<u8>, Vec<Warning>), Error> {
    // What is wrong with an option needs no reading to be told.
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

    /// Cuts names that are longer than any of Discord's, as they are drawn.
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
    /// When a value has no form in CBOR; none of the model's has.
    pub fn typeset(mut self) -> Result<(Vec<u8>, Vec<Warning>), Error> {
        self.prepare();
        Ok((write_model(&mut self.transcript)?, self.warnings))
    }

    /// Writes the selection for Typst in pieces: `cbor` holds the transcript
    /// without its messages.
    ///
    /// # Errors
    /// As [`Selection::typeset`].
    pub fn typeset_in_pieces(mut self) -> Result<(Typeset, Pieces), Error> {
        // As they are in the export: what is written for Typst may be changed.
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

    /// Writes everything into the transcript that its drawing needs.
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

/// Says of messages from several channels which each is from.
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

/// Parses one Markdown text for Typst: CBOR of a text where it is plain, of an
/// array of nodes otherwise.
///
/// # Errors
/// When the zone or "now" of the options can't be read.
pub fn markdown(text: &str, variant: Variant, options: &Options) -> Result<Vec<u8>, Error> {
    let formatter = formatter(options)?;
    match tree::parsed(text, variant, &formatter) {
        Some((tree, _)) => write(&tree),
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
