//! Serialises the messages of a volume for the documents that draw them.

use scrollback_core::anonymize::barred;
use scrollback_core::filter::{named, one};
use scrollback_core::model::{Message, Transcript};
use scrollback_core::{Archive, Error, Options, Pieces, Selection, Typeset, Warning};
use serde::Serialize;

use super::exhibits::{self, Numbering, Sent};
use super::provenance::Before;
use super::publish::Publisher;
use super::volumes::Volume;
use crate::args::{RenderArgs, Style};
use crate::engine::provenance::Provenance;
use crate::media::Folder;

/// The messages of a volume, serialised for the documents that draw them.
pub struct Written {
    /// The volume's name, if there are several.
    pub name: Option<String>,
    /// The transcript without its messages.
    pub typeset: Typeset,
    /// The messages.
    pub messages: Pieces,
    /// The pinned messages, if they are to be repeated and there are any.
    pub pinned: Option<(Typeset, Pieces)>,
    /// The id of the person whose messages are on the right.
    pub own: Option<String>,
    /// The provenance of the volume.
    pub provenance: Provenance,
    /// How messages are numbered, if they are.
    pub numbering: Option<Numbering>,
    /// The numbers of the first and last message.
    pub numbers: Option<(u64, u64)>,
    /// The files of the messages, if these are numbered.
    pub sent: Vec<Sent>,
    /// The author and time of each message, for a site's search.
    pub lines: Vec<(String, String)>,
    /// All people, so that a site notices changed names.
    pub people: Vec<Vec<u8>>,
    /// The other inputs of a site's pages.
    pub around: Vec<u8>,
    /// The chapters of a book.
    pub chapters: Vec<Chapter>,
    /// The id of the channel that a thread belongs to, or of the category.
    pub parent_id: String,
    /// The channel's position in the list of channels.
    pub position: i64,
    /// When its earliest message was sent, in milliseconds.
    pub first: Option<i64>,
}

/// A chapter of a book.
pub struct Chapter {
    /// Its title.
    pub heading: String,
    /// Whether its days have dividers.
    pub days: bool,
    /// Its messages.
    pub written: Written,
}

/// How messages are selected, and what is taken out of them.
#[derive(Clone, Copy)]
pub struct Selecting<'s> {
    /// Core's options.
    pub options: &'s Options,
    /// Takes out what must not be published.
    pub publisher: &'s Publisher,
    /// Where the files of the messages are, of which the missing ones are counted.
    pub media: &'s Folder,
}

/// The selected messages of a volume, and where they come from.
pub struct Chosen<'a> {
    /// The volume's name, if there are several.
    pub name: Option<String>,
    /// The messages.
    pub selection: Selection<'a>,
    /// The provenance of the volume.
    pub provenance: Provenance,
    /// How many of the warnings were already reported for the archive.
    told: usize,
}

impl<'a> Chosen<'a> {
    /// Selects the messages of a volume. `left_out` is the number that the filter removed from
    /// all volumes; if it will be `drawn`, long names are cut.
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn volume(
        archive: &Archive<'a>,
        volume: &Volume,
        left_out: usize,
        with: Selecting,
        drawn: bool,
    ) -> Result<Self, Error> {
        let Selecting {
            options,
            publisher,
            media,
        } = with;
        let mut selection = archive.pick(&volume.places, options)?;
        be_of_thread(&mut selection.transcript);
        let before = Before::of(archive, options, left_out).count(&selection.transcript, media);
        publisher.publish(&mut selection)?;
        if drawn {
            selection.clip_names();
        }
        Ok(Self {
            name: Some(volume.name.clone()),
            provenance: before.provenance(&selection, Some(&volume.name), publisher),
            selection,
            told: archive.warnings().len(),
        })
    }

    /// Selects all messages that pass the filters, and drops the archive; see
    /// [`Chosen::volume`].
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn whole(archive: Archive<'a>, with: Selecting, drawn: bool) -> Result<Self, Error> {
        let Selecting {
            options,
            publisher,
            media,
        } = with;
        let all = super::all(&archive);
        let told = archive.warnings().len();
        let mut before = Before::of(&archive, options, 0);
        let mut selection = archive.into_selection(options)?;
        before.left_out = all - selection.transcript.messages.len();
        let before = before.count(&selection.transcript, media);
        publisher.publish(&mut selection)?;
        if drawn {
            selection.clip_names();
        }
        Ok(Self {
            name: None,
            provenance: before.provenance(&selection, None, publisher),
            selection,
            told,
        })
    }

    /// The warnings of this volume only.
    pub fn warnings(&self) -> &[Warning] {
        self.selection.warnings.get(self.told..).unwrap_or_default()
    }
}

impl Written {
    /// Selects the messages of a volume; see [`Chosen::volume`].
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn volume(
        archive: &Archive,
        volume: &Volume,
        left_out: usize,
        with: Selecting,
        args: &RenderArgs,
    ) -> Result<Self, Error> {
        let beside = Beside::new(archive, &volume.places, with.options, args, with.publisher)?;
        let chosen = Chosen::volume(archive, volume, left_out, with, true)?;
        let is_noted = args.style.archive.is_some() || args.page.incremental;
        let keeps_lines = is_noted || args.style.style == Style::Book;
        Self::of(chosen, beside, keeps_lines)
    }

    /// Selects all messages that pass the filters, and drops the archive.
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn whole(archive: Archive, with: Selecting, args: &RenderArgs) -> Result<Self, Error> {
        let places = if args.page.pinned {
            archive.kept(with.options)?
        } else {
            Vec::new()
        };
        let beside = Beside::new(&archive, &places, with.options, args, with.publisher)?;
        let chosen = Chosen::whole(archive, with, true)?;
        let keeps_lines = args.style.style == Style::Book;
        Self::of(chosen, beside, keeps_lines)
    }

    fn of(chosen: Chosen, beside: Beside, is_site: bool) -> Result<Self, Error> {
        let people = &chosen.selection.transcript.people;
        let own = beside
            .own
            .and_then(|index| people.get(index))
            .map(|person| person.id.to_string());
        let transcript = &chosen.selection.transcript;
        let ends = (transcript.messages.first(), transcript.messages.last());
        let numbers = match ends {
            (Some(first), Some(last)) => Some((first.number, last.number)),
            _ => None,
        };
        let sent = exhibits::sent(transcript);
        let channel = transcript.channel.as_ref();
        let parent_id = channel.map_or_else(String::new, |channel| channel.parent_id.to_string());
        let position = channel.map_or(0, |channel| channel.position);
        let times = transcript
            .messages
            .iter()
            .filter_map(|message| message.timestamp);
        let first = times.map(|time| time.ms).min();
        let (mut lines, mut names, mut around) = (Vec::new(), Vec::new(), Vec::new());
        if is_site {
            lines = transcript
                .messages
                .iter()
                .map(|message| line(message, transcript))
                .collect();
            names = transcript.people.iter().map(json).collect();
            around = json(&(&transcript.guild, &transcript.channel, &transcript.channels));
        }
        let (mut typeset, messages) = chosen.selection.typeset_in_pieces()?;
        // Warnings of the archive are reported once, whatever the number of volumes.
        typeset.warnings.drain(..chosen.told);
        Ok(Self {
            name: chosen.name,
            typeset,
            messages,
            pinned: beside.pinned,
            own,
            provenance: chosen.provenance,
            numbering: None,
            numbers,
            sent,
            lines,
            people: names,
            around,
            chapters: Vec::new(),
            parent_id,
            position,
            first,
        })
    }
}

/// Turns messages of a single thread into a transcript of that thread, so that they don't
/// need a heading with its name.
fn be_of_thread(transcript: &mut Transcript) {
    let Some(first) = transcript.messages.first() else {
        return;
    };
    let id = first.channel_id.clone();
    let is_of_it = |message: &Message| message.nested > 0 && message.channel_id == id;
    if !transcript.messages.iter().all(is_of_it) {
        return;
    }
    let thread = transcript.channels.iter().find(|one| one.id == id);
    let Some(thread) = thread.cloned() else {
        return;
    };
    let channel = transcript.channel.replace(thread);
    transcript.channels.extend(channel);
    for message in &mut transcript.messages {
        message.nested = 0;
        message.channel_id = Default::default();
    }
}

/// The author and time of a message, in words.
fn line(message: &Message, transcript: &Transcript) -> (String, String) {
    let author = message
        .author
        .and_then(|author| transcript.people.get(author.index()));
    let author = author.map_or_else(String::new, |person| barred(&person.display));
    let time = message.time.as_ref();
    (
        author,
        time.map_or_else(String::new, |time| time.header.to_string()),
    )
}

/// A value as JSON; every value of the model has one.
fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}

/// What a volume takes from an archive besides the messages.
struct Beside {
    /// The index of the person whose messages are on the right.
    own: Option<usize>,
    /// The pinned messages.
    pinned: Option<(Typeset, Pieces)>,
}

impl Beside {
    fn new(
        archive: &Archive,
        places: &[usize],
        options: &Options,
        args: &RenderArgs,
        publisher: &Publisher,
    ) -> Result<Self, Error> {
        let own = args.export.own.as_deref();
        // The person needn't have written in every channel of an archive.
        let is_here = |called: &&str| {
            let people = &archive.transcript().people;
            args.style.archive.is_none() || !named(called, people).is_empty()
        };
        let own = own.filter(is_here);
        let own = own.map(|called| person(archive, called)).transpose()?;
        let messages = &archive.transcript().messages;
        let pinned: Vec<usize> = places
            .iter()
            .copied()
            .filter(|&place| args.page.pinned && messages[place].pinned)
            .collect();
        let pinned = (!pinned.is_empty())
            .then(|| {
                let mut selection = archive.pick(&pinned, options)?;
                publisher.publish(&mut selection)?;
                selection.typeset_in_pieces()
            })
            .transpose()?;
        Ok(Self { own, pinned })
    }
}

/// The index of the person that `--own` names by id or name.
fn person(archive: &Archive, called: &str) -> Result<usize, Error> {
    let found = one("own", called, &archive.transcript().people)?;
    // An error only if a person was named.
    Ok(found.first().copied().unwrap_or_default())
}
