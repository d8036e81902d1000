//! Joins exports of threads with that of their channel.

use std::collections::HashMap;

use scrollback_core::Options;

use super::{is_pdf_archive, options};
use crate::args::{RenderArgs, Threads};
use crate::input::{Bytes, Export, Input};

/// Which channel an export belongs to.
#[derive(Default)]
struct Place {
    /// The id of its channel.
    id: String,
    /// The id of its parent channel; empty if it isn't a thread.
    parent: String,
}

/// Joins exports of threads with those of their channels if `--threads` says so. Threads
/// without an export of their channel stay separate.
pub fn gather(inputs: Vec<Input>, args: &RenderArgs) -> Vec<Input> {
    let archive = args.style.archive.as_deref();
    // In an archive, threads come after their channel anyway.
    let is_ordered = args.export.threads == Threads::After && archive.is_some_and(is_pdf_archive);
    if args.export.threads == Threads::Apart || is_ordered {
        return inputs;
    }
    let options = Options {
        filter: Default::default(),
        ..options(args)
    };
    let places: Vec<Place> = inputs
        .iter()
        .map(|input| match input {
            Input::Export(export) => place(export, &options).unwrap_or_default(),
            Input::Document(_) => Place::default(),
        })
        .collect();
    let mut channels: HashMap<&str, usize> = HashMap::new();
    for (at, place) in places.iter().enumerate() {
        if place.parent.is_empty() && !place.id.is_empty() {
            channels.entry(&place.id).or_insert(at);
        }
    }
    let of: Vec<Option<usize>> = places
        .iter()
        .map(|place| channels.get(&*place.parent).copied())
        .collect();
    let mut gathered: Vec<Option<Input>> = inputs.into_iter().map(Some).collect();
    for (at, channel) in of.into_iter().enumerate() {
        let Some(channel) = channel else { continue };
        let thread = gathered[at].take();
        if let (Some(Input::Export(thread)), Some(Input::Export(channel))) =
            (thread, &mut gathered[channel])
        {
            channel.parts.extend(thread.parts);
        }
    }
    gathered.into_iter().flatten().collect()
}

/// Which channel an export belongs to; `None` if it can't be read, which is reported later.
fn place(export: &Export, options: &Options) -> Option<Place> {
    let bytes = Bytes::read(export).ok()?;
    let archive = bytes.archive(options).ok()?;
    let channel = archive.transcript().channel.as_ref()?;
    let name = channel.kind.and_then(|kind| kind.name());
    let is_thread = name.is_some_and(|name| name.contains("thread"));
    Some(Place {
        id: channel.id.to_string(),
        parent: if is_thread {
            channel.parent_id.to_string()
        } else {
            String::new()
        },
    })
}
