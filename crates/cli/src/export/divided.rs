//! Volumes of an export that is too large for memory.

use std::sync::Mutex;

use scrollback_core::model::Message;
use scrollback_core::{Archive, Options};

use super::volumes::{Survey, Volume};
use super::written::Written;
use super::{Context, Job, all};
use crate::args::Split;
use crate::failure::Failure;
use crate::input::{Bytes, Pieces};
use crate::report::{Report, Warnings};

impl Job<'_> {
    /// Writes the volumes of a streamed export, reading each one separately.
    pub(super) fn divided(
        &self,
        pieces: &Pieces,
        split: Split,
        bytes: &Bytes,
        context: &Context,
        options: &Options,
        report: &mut Report,
    ) -> Result<(), Failure> {
        let failed = |error: scrollback_core::Error| self.export.failure(&error);
        let survey = Mutex::new(Survey::new(options, split).map_err(failed)?);
        let surveyed = || survey.lock().expect("no panic while held");
        let note = |message: &Message| {
            surveyed().note(message);
            false
        };
        let archive = pieces.read(options, &note).map_err(failed)?;
        self.check_archive(&archive, report)?;
        let names = surveyed().names();
        let left_out = all(&archive).saturating_sub(surveyed().kept());
        let Ok(survey) = survey.into_inner() else {
            return Ok(());
        };
        let read = |name: &str| -> Result<(Archive<'static>, Volume), Failure> {
            let of_volume = |message: &Message| survey.name(message) == name;
            let archive = pieces.read(options, &of_volume).map_err(failed)?;
            let messages = &archive.transcript().messages;
            let mut places = archive.kept(options).map_err(failed)?;
            places.retain(|&place| of_volume(&messages[place]));
            let name = name.to_owned();
            Ok((archive, Volume { name, places }))
        };
        if self.publisher.anonymizes() {
            self.publisher.learn_from(|pseudonyms| {
                for name in &names {
                    self.stage(Some(name), "looking for names");
                    read(name)?.0.teach(pseudonyms);
                }
                Ok::<_, Failure>(())
            })?;
        }
        if let Some(format) = self.plan.format().text() {
            if names.is_empty() {
                return self.texts(format, archive, &[], options, context, report);
            }
            for name in &names {
                let (archive, volume) = read(name)?;
                if !volume.places.is_empty() {
                    self.texts(format, archive, &[volume], options, context, report)?;
                }
            }
            return Ok(());
        }
        let with = self.selecting(options, context.media);
        if names.is_empty() {
            let mut written = Written::whole(archive, with, self.args).map_err(failed)?;
            context.add_to(&mut written);
            let output = self.write(written, bytes, context.media, &mut report.warnings)?;
            report.outputs.extend(output);
            return Ok(());
        }
        drop(archive);
        let told = self.publisher.quoted(&report.warnings);
        let results = self.jobs.each(&names, |name| {
            let mut warnings = Warnings::default();
            self.stage(Some(name), "reading");
            let result = read(name).and_then(|(archive, volume)| {
                // Messages that passed the first filter may still fail the full one.
                if volume.places.is_empty() {
                    return Ok(None);
                }
                self.stage(Some(name), "importing");
                let mut written = Written::volume(&archive, &volume, left_out, with, self.args)
                    .map_err(failed)?;
                context.add_to(&mut written);
                written.provenance.warnings.clone_from(&told);
                drop(archive);
                self.write(written, bytes, context.media, &mut warnings)
            });
            comemo::evict(0);
            (warnings, result)
        });
        self.take(results, report);
        Ok(())
    }
}
