//! The messages of a volume, written down for the documents that draw them.

use scrollback_core::{Archive, Error, Options, Pieces, Typeset};

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
    pub fn new(
        archive: &Archive,
        volume: &Volume,
        options: &Options,
        args: &RenderArgs,
    ) -> Result<Self, Error> {
        let pinned = if args.page.pinned {
            let messages = &archive.transcript().messages;
            let places: Vec<usize> = volume
                .places
                .iter()
                .copied()
                .filter(|&place| messages[place].pinned)
                .collect();
            (!places.is_empty())
                .then(|| archive.pick(&places, options)?.typeset_in_pieces())
                .transpose()?
        } else {
            None
        };
        let own = args
            .export
            .own
            .as_deref()
            .map(|called| person(archive, called));
        let selection = archive.pick(&volume.places, options)?;
        let own = own
            .transpose()?
            .and_then(|index| selection.transcript.people.get(index))
            .map(|person| person.id.to_string());
        let (mut typeset, messages) = selection.typeset_in_pieces()?;
        // Those of the archive are told once, whatever the number of volumes.
        typeset.warnings.drain(..archive.warnings().len());
        Ok(Self {
            name: volume.name.clone(),
            typeset,
            messages,
            pinned,
            own,
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
