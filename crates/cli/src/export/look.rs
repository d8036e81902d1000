//! The look of an export, from the options and its content.

use super::exhibits::Numbering;
use super::pictures::Pictures;
use super::texts::filtered;
use super::written::Written;
use crate::args::{Format, Hours, RenderArgs, Style, Usernames, name_of};
use crate::engine::Look;
use crate::engine::sanitize::{file_name, title};
use crate::input::{Export, Part};

/// The height of a header or footer, in text sizes: its line, and the distances to the
/// messages and to the edge of the paper.
const EDGE: f64 = 2.0;

/// The look of a volume of an export.
pub fn look(
    args: &RenderArgs,
    format: Format,
    (export, name): (&Export, &str),
    written: &Written,
    pictures: &Pictures,
) -> Look {
    let title = titled(written, name);
    let sources = if args.export.attach_source {
        export.parts.iter().enumerate().map(source_name).collect()
    } else {
        Vec::new()
    };
    let is_booked = args.style.style == Style::Book;
    Look {
        numbers: written.numbering.as_ref().map(Numbering::first),
        numbered: written
            .numbering
            .as_ref()
            .zip(written.numbers)
            .map(|(all, (first, last))| (all.written(first), all.written(last))),
        note: filtered(&written.provenance, &args.export.lang.words()),
        own: written.own.clone(),
        annex: has_back(args, format) && !is_booked && !written.sent.is_empty(),
        range: written.messages.days().map(range),
        title,
        volume: written.name.clone(),
        media: pictures.paths(),
        undrawn: pictures.undrawn(),
        sources,
        ..bare(args, format)
    }
}

/// Whether there is front and back matter on pages. Continuous pages, which are for screens, have
/// none.
fn has_matter(args: &RenderArgs, format: Format) -> bool {
    let has_pages = format != Format::Html && !args.page.paper.is_continuous();
    has_pages && args.style.style != Style::Chat
}

/// Whether exhibits or an index of people follow the messages, on pages or in HTML.
fn has_back(args: &RenderArgs, format: Format) -> bool {
    let is_html = format == Format::Html && args.style.style != Style::Chat;
    is_html || has_matter(args, format)
}

/// The part of the look that depends only on the options.
pub fn bare(args: &RenderArgs, format: Format) -> Look {
    let margin = args.page.margin.0;
    let room_for = |edge: bool| {
        let least = if edge { EDGE * args.export.size.0 } else { 0.0 };
        margin.max(least)
    };
    let (left, right) = sides(args);
    let has_matter = has_matter(args, format);
    let has_front = has_matter || format == Format::Html;
    let booked = has_matter && args.style.style == Style::Book;
    Look {
        theme: name_of(args.export.theme),
        display: name_of(args.export.display),
        style: name_of(args.style.style),
        size: args.export.size.0,
        times: name_of(args.export.times),
        spoilers: name_of(args.export.spoilers),
        usernames: args.export.source.usernames == Usernames::Both,
        ids: args.export.ids,
        reactors: args.export.reactors,
        lang: args.export.lang.code().to_owned(),
        clock: args.export.clock.map(Hours::count),
        paged: format != Format::Html,
        width: args.page.paper.width,
        height: args.page.paper.height,
        left,
        right,
        bleed: args.page.bleed.0,
        two_sided: args.page.two_sided,
        bare: if booked { 4 } else { 1 },
        front: match args.style.style {
            Style::Record if has_front => Some("/cover.typ"),
            Style::Book if has_front => Some("/title.typ"),
            _ => None,
        },
        index: has_back(args, format) && args.style.style == Style::Book,
        top: room_for(args.page.has_header()),
        bottom: room_for(args.page.has_footer()),
        header: args.page.has_header(),
        footer: args.page.has_footer(),
        toc: args.page.toc,
        page_link: args.export.lang.text("page-link").to_owned(),
        plain_note: args.export.lang.text("undrawn-message").to_owned(),
        ..Look::default()
    }
}

/// The title of a volume: its channel and server, or the name of its outputs.
fn titled(written: &Written, name: &str) -> String {
    let names = [
        title(&written.typeset.channel),
        title(&written.typeset.guild),
    ];
    let names: Vec<&str> = names
        .iter()
        .map(String::as_str)
        .filter(|name| !name.is_empty())
        .collect();
    if names.is_empty() {
        title(name)
    } else {
        names.join(" – ")
    }
}

/// The left and right margins, with extra room for binding.
fn sides(args: &RenderArgs) -> (f64, f64) {
    let margin = args.page.margin.0;
    let bound = margin + args.page.binding.0;
    if args.export.lang.goes_leftwards() {
        (margin, bound)
    } else {
        (bound, margin)
    }
}

/// The look of a site before any of its messages is known.
pub fn plain(args: &RenderArgs) -> Look {
    Look {
        theme: name_of(args.export.theme),
        display: name_of(args.export.display),
        style: name_of(args.style.style),
        size: args.export.size.0,
        lang: args.export.lang.code().to_owned(),
        site: true,
        ..Look::default()
    }
}

/// The days of the earliest and latest message, in words.
pub fn range((first, last): (&str, &str)) -> String {
    if first == last {
        first.to_owned()
    } else {
        format!("{first} – {last}")
    }
}

/// The name of an attached export in the PDF: sanitised and unique.
fn source_name((index, part): (usize, &Part)) -> String {
    let name = match part {
        Part::Stdin => "export.json".into(),
        Part::Channel { name, .. } => format!("{name}.json"),
        Part::File(path) => file_name(
            &path.file_name().unwrap_or_default().to_string_lossy(),
            "export.json",
        ),
        Part::Packed { entry, .. } => {
            file_name(entry.rsplit('/').next().unwrap_or_default(), "export.json")
        }
    };
    match index {
        0 => name,
        index => format!("{}-{name}", index + 1),
    }
}
