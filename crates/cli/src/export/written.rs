//! The messages of a volume, written down for the documents that draw them.

use scrollback_core::filter::one;
use scrollback_core::{Archive, Error, Options, Pieces, Selection, Typeset, Warning};

use super::facts::Before;
use super::publish::Publisher;
use super::volumes::Volume;
use crate::args::RenderArgs;
use crate::engine::facts::Facts;
use crate::media::Folder;

/// The messages of a volume, written down for the documents that draw them.
pub struct Written {
    /// The volume's name, where there are several.
    pub name: Option<String>,
    /// The transcript without its messages.
    pub typeset: Typeset,
    /// The messages.
    pub messages: Pieces,
    /// The pinned ones, where they are to be shown once more and there are any.
    pub pinned: Option<(Typeset, Pieces)>,
    /// The id of the person whose messages are on the right.
    pub own: Option<String>,
    /// What is known of the volume besides its messages.
    pub facts: Facts,
}

/// The messages of a volume, as the options show them, and the facts about them.
pub struct Chosen<'a> {
    /// The volume's name, where there are several.
    pub name: Option<String>,
    /// The messages.
    pub selection: Selection<'a>,
    /// What is known of the volume besides its messages.
    pub facts: Facts,
    /// How many of the warnings were told of the archive already.
    told: usize,
}

impl<'a> Chosen<'a> {
    /// Selects the messages of a volume. `left_out` is how many the filter kept out of all
    /// volumes.
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn volume(
        archive: &Archive<'a>,
        (volume, left_out): (&Volume, usize),
        options: &Options,
        (publisher, media): (&Publisher, &Folder),
    ) -> Result<Self, Error> {
        let mut selection = archive.pick(&volume.places, options)?;
        let before = Before::of(archive, options, left_out).count(&selection.transcript, media);
        publisher.publish(&mut selection)?;
        Ok(Self {
            name: Some(volume.name.clone()),
            facts: before.facts(&selection, Some(&volume.name), publisher),
            selection,
            told: archive.warnings().len(),
        })
    }

    /// Selects all messages that the options keep, and lets go of the archive.
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn whole(
        archive: Archive<'a>,
        options: &Options,
        (publisher, media): (&Publisher, &Folder),
    ) -> Result<Self, Error> {
        let all = archive.transcript().messages.len();
        let told = archive.warnings().len();
        let mut before = Before::of(&archive, options, 0);
        let mut selection = archive.into_selection(options)?;
        before.left_out = all - selection.transcript.messages.len();
        let before = before.count(&selection.transcript, media);
        publisher.publish(&mut selection)?;
        Ok(Self {
            name: None,
            facts: before.facts(&selection, None, publisher),
            selection,
            told,
        })
    }

    /// What was odd in this volume alone.
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
        (volume, left_out): (&Volume, usize),
        options: &Options,
        args: &RenderArgs,
        (publisher, media): (&Publisher, &Folder),
    ) -> Result<Self, Error> {
        let beside = Beside::new(archive, &volume.places, options, args, publisher)?;
        let chosen = Chosen::volume(archive, (volume, left_out), options, (publisher, media))?;
        Self::of(chosen, beside)
    }

    /// Selects all messages that the options keep, and lets go of the archive.
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn whole(
        archive: Archive,
        options: &Options,
        args: &RenderArgs,
        (publisher, media): (&Publisher, &Folder),
    ) -> Result<Self, Error> {
        let places = if args.page.pinned {
            archive.kept(options)?
        } else {
            Vec::new()
        };
        let beside = Beside::new(&archive, &places, options, args, publisher)?;
        Self::of(Chosen::whole(archive, options, (publisher, media))?, beside)
    }

    fn of(chosen: Chosen, beside: Beside) -> Result<Self, Error> {
        let people = &chosen.selection.transcript.people;
        let own = beside
            .own
            .and_then(|index| people.get(index))
            .map(|person| person.id.to_string());
        let (mut typeset, messages) = chosen.selection.typeset_in_pieces()?;
        // Those of the archive are told once, whatever the number of volumes.
        typeset.warnings.drain(..chosen.told);
        Ok(Self {
            name: chosen.name,
            typeset,
            messages,
            pinned: beside.pinned,
            own,
            facts: chosen.facts,
        })
    }
}

/// What is taken from an archive beside the messages.
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

/// The index of the person whom `--own` names by an id or a name.
fn person(archive: &Archive, called: &str) -> Result<usize, Error> {
    let found = one("own", called, &archive.transcript().people)?;
    // There is no error but for somebody.
    Ok(found.first().copied().unwrap_or_default())
}
