//! Checks the options for exports before any export is read.

use std::path::Path;

use super::{Publisher, options};
use crate::args::{
    Chapters, Format, LEAST_PAPER as LEAST_ROOM, Length, RenderArgs, Style, Threads, name_of,
};
use crate::failure::Failure;
use crate::output;

/// Checks the options for exports.
///
/// # Errors
/// [`Failure::Usage`] for an unknown time zone, a wrong time, a missing folder, and sources
/// that can't be attached.
pub fn check(args: &RenderArgs) -> Result<(), Failure> {
    let options = options(args);
    scrollback_core::formatter(&options).map_err(|error| Failure::option(&error))?;
    if let Some(media) = &args.export.source.media
        && !media.is_dir()
    {
        return Err(Failure::usage(
            format!("the media folder `{}` is not a folder", media.display()),
            "pass the folder that holds the export's files to `--media`",
        ));
    }
    check_margin(args)?;
    check_incremental(args)?;
    check_chapters(args)?;
    check_threads(args)?;
    check_bleed(args)?;
    Publisher::check(args)?;
    check_archive(args)?;
    check_attached(args)
}

/// Whether `--archive` makes one PDF, rather than a site in a folder.
pub fn is_pdf_archive(out: &Path) -> bool {
    out.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("pdf"))
}

/// Checks that the output of `--archive` is possible with the other options.
fn check_archive(args: &RenderArgs) -> Result<(), Failure> {
    let Some(out) = &args.style.archive else {
        return Ok(());
    };
    let is_pdf = is_pdf_archive(out);
    // A folder may have a dot in its name, but the extension of a format means a file.
    let is_file = out.is_file() || (Format::of_path(out).is_ok() && !out.is_dir());
    if !is_pdf && (is_file || out.as_os_str() == output::STDOUT) {
        return Err(Failure::usage(
            format!(
                "`--archive` makes a PDF or a folder with a site, and `{}` is neither",
                out.display()
            ),
            "name a file that ends in .pdf, or a folder",
        ));
    }
    let made = if is_pdf { Format::Pdf } else { Format::Html };
    if let Some(format) = args.format.filter(|format| *format != made) {
        return Err(Failure::usage(
            format!(
                "`--archive {}` makes {}, and `--format {}` asks for another format",
                out.display(),
                if is_pdf { "one PDF" } else { "a site" },
                format.extension()
            ),
            "leave out `--format`; `-o FOLDER/` writes a file of any format for each channel",
        ));
    }
    if is_pdf {
        return check_pdf_archive(args);
    }
    if args.batch.manifest.is_some() {
        return Err(Failure::usage(
            "`--manifest` doesn't describe sites",
            "leave it out; `site.json` in the site's folder tells what each page was made of",
        ));
    }
    Ok(())
}

/// Checks that one PDF of all exports is possible with the other options.
fn check_pdf_archive(args: &RenderArgs) -> Result<(), Failure> {
    let refused = [
        (args.page.split.is_some(), "--split", "is one file"),
        (
            args.page.paper.is_continuous(),
            "--paper continuous",
            "has pages of one height",
        ),
        (
            args.export.attach_source,
            "--attach-source",
            "holds no other files",
        ),
        (
            args.style.attach_files,
            "--attach-files",
            "holds no other files",
        ),
    ];
    if let Some((_, option, why)) = refused.into_iter().find(|(is_set, ..)| *is_set) {
        return Err(Failure::usage(
            format!("the PDF of `--archive` {why}, so `{option}` can't be"),
            format!("leave out `{option}`, or write a PDF for each channel with `-o FOLDER/`"),
        ));
    }
    let old = args.typst.pdf_standards.iter().find(|one| one.is_old());
    if let Some(old) = old {
        return Err(Failure::usage(
            format!(
                "the PDF of `--archive` needs PDF 1.5 or later, and `--pdf-standard {}` doesn't allow it",
                name_of(*old)
            ),
            "use `--pdf-standard a-2b`, `a-3b` or `a-4`",
        ));
    }
    Ok(())
}

/// Checks that files can and may be attached to the document.
fn check_attached(args: &RenderArgs) -> Result<(), Failure> {
    let option = if args.export.attach_source {
        "--attach-source"
    } else if args.style.attach_files {
        "--attach-files"
    } else {
        return Ok(());
    };
    let taken_out = if args.publish.anonymize {
        Some("the names that `--anonymize` replaces")
    } else if !args.publish.redact.is_empty() {
        Some("the passages that `--redact` blacks out")
    } else {
        None
    };
    if let Some(what) = taken_out {
        return Err(Failure::usage(
            format!("`{option}` would put {what} into the file"),
            "leave one of them out",
        ));
    }
    match args
        .typst
        .pdf_standards
        .iter()
        .find(|standard| !standard.takes_attachments())
    {
        Some(_) => Err(Failure::usage(
            format!("the PDF standard doesn't allow attachments, which `{option}` needs"),
            "use `--pdf-standard a-3b`, `a-4f`, `1.7` or `2.0`",
        )),
        None => Ok(()),
    }
}

/// The largest bleed.
const MOST_BLEED: f64 = 72.0;

/// Checks that pages can have a bleed.
fn check_bleed(args: &RenderArgs) -> Result<(), Failure> {
    let bleed = args.page.bleed.0;
    if bleed > 0.0 && args.page.paper.is_continuous() {
        return Err(Failure::usage(
            "`--bleed` can't be combined with `--paper continuous`, which has no pages to cut",
            "leave one of them out",
        ));
    }
    if bleed > MOST_BLEED {
        return Err(Failure::usage(
            format!(
                "expected at most an inch (25.4mm) for `--bleed`, got {:.1}mm",
                args.page.bleed.millimetres()
            ),
            "printers ask for 3mm",
        ));
    }
    Ok(())
}

/// Checks that threads can be placed as `--threads` says.
fn check_threads(args: &RenderArgs) -> Result<(), Failure> {
    let threads = args.export.threads;
    let by_thread = args.style.chapters == Some(Chapters::Thread);
    if by_thread && threads != Threads::After {
        return Err(Failure::usage(
            format!(
                "`--chapters thread` puts threads after their channel, and `--threads {}` puts them elsewhere",
                name_of(threads)
            ),
            "leave one of them out",
        ));
    }
    let site = args
        .style
        .archive
        .as_deref()
        .filter(|out| !is_pdf_archive(out));
    let why = match threads {
        Threads::Apart => return Ok(()),
        _ if args.export.source.merge => ("--merge", "puts all messages in the order of time"),
        _ if args.page.split.is_some() => ("--split", "divides messages by time"),
        _ if site.is_some() => ("--archive", "gives each thread pages of its own in a site"),
        Threads::Under if args.export.newest_first => (
            "--newest-first",
            "would put threads above the message that they started from",
        ),
        _ => return Ok(()),
    };
    let (option, why) = why;
    let asked = if by_thread {
        "--chapters thread".to_owned()
    } else {
        format!("--threads {}", name_of(threads))
    };
    Err(Failure::usage(
        format!("`{asked}` can't be combined with `{option}`, which {why}"),
        "leave one of them out",
    ))
}

/// Checks that chapters come with a book.
fn check_chapters(args: &RenderArgs) -> Result<(), Failure> {
    if args.style.chapters.is_none() {
        return Ok(());
    }
    if args.style.archive.is_some() {
        return Err(Failure::usage(
            "`--archive` has a chapter for each channel, so `--chapters` has no effect",
            "leave `--chapters` out",
        ));
    }
    if args.style.style != Style::Book {
        return Err(Failure::usage(
            "`--chapters` needs `--style book`",
            "add `--style book`, or leave out `--chapters`",
        ));
    }
    Ok(())
}

/// Checks that `--incremental` has volumes to keep.
fn check_incremental(args: &RenderArgs) -> Result<(), Failure> {
    if !args.page.incremental || args.page.split.is_some() {
        return Ok(());
    }
    Err(Failure::usage(
        "`--incremental` needs `--split`: it keeps volumes that haven't changed",
        "add `--split month`, or leave out `--incremental`",
    ))
}

/// Checks that the margins leave room on the paper.
fn check_margin(args: &RenderArgs) -> Result<(), Failure> {
    let paper = args.page.paper;
    let margin = args.page.margin;
    let room = |length: f64| length - 2.0 * margin.0 >= LEAST_ROOM;
    let binding = args.page.binding.0;
    if room(paper.width - binding) && paper.height.is_none_or(room) {
        return Ok(());
    }
    let most = paper
        .height
        .map_or(paper.width, |height| height.min(paper.width))
        - binding
        - LEAST_ROOM;
    Err(Failure::usage(
        format!(
            "`--margin` leaves no room: two margins of {:.0}mm and an inch for the text don't fit on the paper",
            margin.millimetres()
        ),
        format!(
            "pass at most `--margin {:.0}mm`, or a larger `--paper`",
            (Length(most.max(0.0) / 2.0).millimetres() - 0.5)
                .floor()
                .max(0.0)
        ),
    ))
}
