//! Exports in, files out: the importer runs here, the package draws what it made.

mod files;
mod options;
mod pages;
mod pictures;
mod volumes;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use scrollback_core::{Options, Pieces, Typeset};
use typst_kit::fonts::FontStore;

use crate::args::RenderArgs;
use crate::compile::Target;
use crate::failure::Failure;
use crate::format::Format;
use crate::input::{Bytes, Export, Part};
use crate::jobs::Jobs;
use crate::media::Folder;
use crate::output::{self, Names, Place};
use crate::progress::{Progress, Task};
use crate::render::Rendered;
use crate::warnings::Warnings;
use crate::world::DocumentWorld;

use files::Files;
use options::Drawing;
use pages::{Layout, Section};
use volumes::Volume;

/// Finds out what is wrong with the options for exports.
///
/// # Errors
/// [`Failure::Usage`] for a time zone, time or folder that isn't there, and for
/// sources to attach where they can't or mustn't be.
pub fn check(args: &RenderArgs) -> Result<(), Failure> {
    let options = args.export.options(&args.filter);
    scrollback_core::formatter(&options).map_err(|error| Failure::option(&error))?;
    if let Some(media) = &args.export.source.media
        && !media.is_dir()
    {
        return Err(Failure::usage(
            format!("the media folder `{}` is not a folder", media.display()),
            "pass the folder that holds the export's files to `--media`",
        ));
    }
    if !args.export.attach_source {
        return Ok(());
    }
    if args.export.anonymize {
        return Err(Failure::usage(
            "`--attach-source` would put the names that `--anonymize` takes out into the file",
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
            "the PDF standard doesn't allow for `--attach-source`",
            "use `--pdf-standard a-3b`, `a-4f`, `1.7` or `2.0`",
        )),
        None => Ok(()),
    }
}

/// Renders an export, in volumes where that is asked for.
pub fn render(
    export: &Export,
    args: &RenderArgs,
    place: &Place,
    fonts: &Arc<FontStore>,
    progress: &Progress,
    jobs: Jobs,
) -> Rendered {
    let task = progress.task(&export.shown());
    let job = Job {
        export,
        args,
        place,
        fonts,
        progress,
        task: &task,
        jobs,
    };
    let mut rendered = Rendered {
        sources: export.files().map(Path::to_owned).collect(),
        ..Rendered::default()
    };
    if let Err(failure) = job.run(&mut rendered) {
        rendered.failures.push(failure);
    }
    rendered
}

/// An export to render.
struct Job<'j> {
    export: &'j Export,
    args: &'j RenderArgs,
    place: &'j Place,
    fonts: &'j Arc<FontStore>,
    progress: &'j Progress,
    task: &'j Task,
    /// How many volumes are made at a time.
    jobs: Jobs,
}

impl Job<'_> {
    fn run(&self, rendered: &mut Rendered) -> Result<(), Failure> {
        if self.args.export.attach_source && self.place.format() != Format::Pdf {
            return Err(Failure::usage(
                "`--attach-source` needs a PDF to attach the export to",
                "leave it out, or write a PDF",
            ));
        }
        self.task.stage("reading");
        let bytes = Bytes::read(self.export)?;
        let media = self.media()?;
        rendered.sources.extend(media.roots().iter().cloned());
        let parts = bytes.parts();
        let options = self.args.export.options(&self.args.filter);
        let volumes = match self.args.page.split {
            None => vec![Volume::whole(&options)],
            Some(split) => {
                self.task.stage("dividing");
                volumes::divide(&parts, &options, split)
                    .map_err(|error| Failure::import(&error, self.export))?
            }
        };
        let results = self
            .jobs
            .each(&volumes, |volume| self.volume(volume, &parts, &media));
        for (warnings, result) in results {
            rendered.warnings.append(warnings);
            rendered.failures.extend(result.err());
        }
        Ok(())
    }

    /// The folder that the export's files are in.
    fn media(&self) -> Result<Folder, Failure> {
        let Some(named) = &self.args.export.source.media else {
            return Ok(Folder::beside(self.export.files()));
        };
        let base = self.folder().map_or(Path::new("."), |folder| {
            if folder.as_os_str().is_empty() {
                Path::new(".")
            } else {
                folder
            }
        });
        Folder::named(named, base).map_err(|error| {
            Failure::usage(
                format!(
                    "cannot open the media folder `{}`: {error}",
                    named.display()
                ),
                "check that you may read it",
            )
        })
    }

    /// The folder of the export's first file.
    fn folder(&self) -> Option<&Path> {
        match self.export.parts.first() {
            Some(Part::File(path)) => Some(path.parent().unwrap_or(Path::new(""))),
            _ => None,
        }
    }

    /// Renders a volume; tells what was odd, whether or not it went well.
    fn volume(
        &self,
        volume: &Volume,
        parts: &[&[u8]],
        media: &Folder,
    ) -> (Warnings, Result<(), Failure>) {
        let mut warnings = Warnings::default();
        let result = self.write(volume, parts, media, &mut warnings);
        if volume.name.is_some() {
            comemo::evict(0);
        }
        (warnings, result)
    }

    fn write(
        &self,
        volume: &Volume,
        parts: &[&[u8]],
        media: &Folder,
        warnings: &mut Warnings,
    ) -> Result<(), Failure> {
        self.stage(volume, "importing");
        let (mut typeset, messages) = self.typeset(parts, &volume.options)?;
        warnings.import(self.export, &typeset.warnings);
        let output = self.output(volume, &typeset)?;
        let pinned = if self.args.page.pinned {
            let mut options = volume.options.clone();
            options.filter.pinned = Some(true);
            let (pinned, messages) = self.typeset(parts, &options)?;
            Some((pinned.cbor, messages))
        } else {
            None
        };
        self.stage(volume, "reading pictures");
        let pictures = if self.args.export.anonymize {
            // Pictures show who is meant.
            Default::default()
        } else {
            pictures::read(&typeset.media, media)
        };
        pictures.warn(&self.export.shown(), warnings);
        let attached = if self.args.export.attach_source {
            parts
        } else {
            &[]
        };
        let format = self.place.format();
        let drawing = Drawing::new(
            self.args,
            format,
            self.export,
            volume,
            (&typeset, &messages),
            &pictures,
        );
        let files = Files::new(&drawing, attached, pictures)?;
        let target = Target {
            format,
            output: &output,
            args: &self.args.typst,
            untrusted: true,
            progress: self.progress,
            task: self.task,
        };
        let transcript = std::mem::take(&mut typeset.cbor);
        if format == Format::Html || self.args.page.paper.is_continuous() {
            self.stage(volume, &format!("laying out {} messages", messages.len()));
            let mut files = files.with_transcript(transcript);
            files.add("/messages.cbor", messages.all());
            if let Some((cbor, messages)) = pinned {
                files.add("/pinned.cbor", cbor);
                files.add("/pinned-messages.cbor", messages.all());
            }
            let world = DocumentWorld::of_files(
                "/whole.typ",
                Box::new(files),
                &self.args.typst,
                self.fonts.clone(),
                format,
            )?;
            return output::commit(target.stage(&world)?);
        }
        let mut sections = vec![Section {
            transcript,
            messages: &messages,
            heading: None,
        }];
        if let Some((transcript, messages)) = &pinned
            && !messages.is_empty()
        {
            sections.push(Section {
                transcript: transcript.clone(),
                messages,
                heading: Some("Pinned messages"),
            });
        }
        let jobs = if volume.name.is_some() {
            // Volumes have workers of their own.
            self.jobs.shared(self.jobs.count())
        } else {
            self.jobs
        };
        let layout = Layout::new(&drawing, &target, &files, self.fonts.clone(), jobs);
        let (document, world) = layout.document(sections)?;
        output::commit(target.stage_paged(&world, &document)?)
    }

    fn typeset(&self, parts: &[&[u8]], options: &Options) -> Result<(Typeset, Pieces), Failure> {
        scrollback_core::read(parts, options)
            .and_then(|archive| archive.into_selection(options)?.typeset_in_pieces())
            .map_err(|error| Failure::import(&error, self.export))
    }

    /// Where the output goes.
    fn output(&self, volume: &Volume, typeset: &Typeset) -> Result<PathBuf, Failure> {
        let names = Names {
            name: &self.export.name,
            folder: self.folder(),
            channel: &typeset.channel,
            volume: volume.name.as_deref(),
        };
        let paged = !self.args.page.paper.is_continuous();
        let output = self.place.take(&names, paged, &self.export.shown())?;
        output::check(&output, self.export.files())?;
        Ok(output)
    }

    fn stage(&self, volume: &Volume, stage: &str) {
        match &volume.name {
            Some(name) => self.task.stage(format!("{name}: {stage}")),
            None => self.task.stage(stage),
        }
    }
}
