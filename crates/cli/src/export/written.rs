//! The messages of a volume, written down for the documents that draw them.

use scrollback_core::{Archive, Error, Options, Pieces, Selection, Typeset};

use super::publish::Publisher;
use super::volumes::Volume;
use crate::args::RenderArgs;

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
}

impl Written {
    /// Selects the messages of a volume.
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn volume(
        archive: &Archive,
        volume: &Volume,
        options: &Options,
        args: &RenderArgs,
        publisher: &Publisher,
    ) -> Result<Self, Error> {
        let beside = Beside::new(archive, &volume.places, options, args, publisher)?;
        let mut selection = archive.pick(&volume.places, options)?;
        publisher.publish(&mut selection)?;
        Ok(Self {
            name: Some(volume.name.clone()),
            ..Self::of(selection, beside)?
        })
    }

    /// Selects all messages that the options keep, and lets go of the archive.
    ///
    /// # Errors
    /// When an option makes no sense.
    pub fn whole(
        archive: Archive,
        options: &Options,
        args: &RenderArgs,
        publisher: &Publisher,
    ) -> Result<Self, Error> {
        let places = if args.page.pinned {
            archive.kept(options)?
        } else {
            Vec::new()
        };
        let beside = Beside::new(&archive, &places, options, args, publisher)?;
        let mut selection = archive.into_selection(options)?;
        publisher.publish(&mut selection)?;
        Self::of(selection, beside)
    }

    fn of(selection: Selection, beside: Beside) -> Result<Self, Error> {
        let own = beside
            .own
            .and_then(|index| selection.transcript.people.get(index))
            .map(|person| person.id.to_string());
        let (mut typeset, messages) = selection.typeset_in_pieces()?;
        // Those of the archive are told once, whatever the number of volumes.
        typeset.warnings.drain(..beside.warnings);
        Ok(Self {
            name: None,
            typeset,
            messages,
            pinned: beside.pinned,
            own,
        })
    }
}

/// What is taken from an archive beside the messages.
struct Beside {
    /// The index of the person whose messages are on the right.
    own: Option<usize>,
    /// The pinned messages.
    pinned: Option<(Typeset, Pieces)>,
    /// How many warnings the archive has.
    warnings: usize,
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
        Ok(Self {
            own,
            pinned,
            warnings: archive.warnings().len(),
        })
    }
}

/// The index of the person whom `--own` names by an id or a name.
fn person(archive: &Archive, called: &str) -> Result<usize, Error> {
    let people = &archive.transcript().people;
    let wanted = called.trim_start_matches('@').to_lowercase();
    let found = people.iter().position(|person| {
        let names = [
            &person.display,
            &person.username,
            &person.global_name,
            &person.nick,
        ];
        *person.id == *wanted || names.iter().any(|name| name.to_lowercase() == wanted)
    });
    found.ok_or_else(|| {
        let known: Vec<String> = people
            .iter()
            .take(10)
            .map(|person| format!("{:?}", &*person.display))
            .collect();
        let more = if people.len() > known.len() {
            ", …"
        } else {
            ""
        };
        Error {
            place: None,
            message: format!(
                "option `own`: expected the id or a name of someone in the transcript, got \
                 {called:?}; there are {}{more}",
                known.join(", ")
            ),
        }
    })
}
