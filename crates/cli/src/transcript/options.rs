//! How a transcript is to be drawn, as its document reads it.

use std::collections::BTreeMap;

use scrollback_core::{Pieces, Typeset};
use serde::Serialize;

use super::pictures::Pictures;
use super::volumes::Volume;
use crate::args::RenderArgs;
use crate::format::Format;
use crate::input::{Export, Part};
use crate::output::safe_name;
use crate::printable::title;

/// What the documents read from `/options.json`. Lengths are in points.
#[derive(Debug, Serialize)]
pub struct Drawing {
    theme: String,
    display: String,
    size: f64,
    clock: u8,
    /// Whose messages are on the right, by name or id.
    own: Option<String>,
    /// Whether there are pages at all.
    paged: bool,
    width: f64,
    /// `None` for one page as long as its content.
    height: Option<f64>,
    /// The empty border of pages.
    pub margin: f64,
    /// Whether the channel stands before the messages and on pages.
    pub header: bool,
    /// Whether pages are numbered.
    pub footer: bool,
    /// Whether a table of the days comes first.
    pub toc: bool,
    pinned: bool,
    /// The dates of the first and last message, in words.
    range: Option<String>,
    /// The title of the document, for its metadata and pages.
    title: String,
    /// The volume, where there are several.
    pub volume: Option<String>,
    /// Paths of pictures, by their URLs in the transcript.
    media: BTreeMap<String, String>,
    /// Names of the exports in `/sources/` to attach.
    pub sources: Vec<String>,
}

impl Drawing {
    /// How a volume of an export is to be drawn.
    pub fn new(
        args: &RenderArgs,
        format: Format,
        export: &Export,
        volume: &Volume,
        (typeset, messages): (&Typeset, &Pieces),
        pictures: &Pictures,
    ) -> Self {
        let names = [title(&typeset.channel), title(&typeset.guild)];
        let names: Vec<&str> = names
            .iter()
            .map(String::as_str)
            .filter(|name| !name.is_empty())
            .collect();
        let title = if names.is_empty() {
            title(&export.name)
        } else {
            names.join(" – ")
        };
        let sources = if args.export.attach_source {
            export.parts.iter().enumerate().map(source_name).collect()
        } else {
            Vec::new()
        };
        Self {
            theme: args.export.theme.clone(),
            display: args.export.display.clone(),
            size: args.export.size.0,
            own: args.export.own.clone(),
            clock: if args.export.clock == "24" { 24 } else { 12 },
            paged: format != Format::Html,
            width: args.page.paper.width,
            height: args.page.paper.height,
            margin: args.page.margin.0,
            header: args.page.has_header(),
            footer: args.page.has_footer(),
            toc: args.page.toc,
            pinned: args.page.pinned,
            range: messages
                .days()
                .map(|days| range(days, args.export.newest_first)),
            title,
            volume: volume.name.clone(),
            media: pictures.paths(),
            sources,
        }
    }
}

/// The dates of the first and last message, in words.
fn range((first, last): (&str, &str), newest_first: bool) -> String {
    let (from, to) = if newest_first {
        (last, first)
    } else {
        (first, last)
    };
    if from == to {
        from.to_owned()
    } else {
        format!("{from} – {to}")
    }
}

/// The name that an attached export has in the PDF: harmless, and told from others.
fn source_name((index, part): (usize, &Part)) -> String {
    let name = match part {
        Part::Stdin => "export.json".into(),
        Part::File(path) => safe_name(
            &path.file_name().unwrap_or_default().to_string_lossy(),
            "export.json",
        ),
    };
    match index {
        0 => name,
        index => format!("{}-{name}", index + 1),
    }
}
