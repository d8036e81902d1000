//! Text outputs for other programs, which don't involve Typst.

use std::path::{Component, Path, PathBuf};

use scrollback_core::formats::{Format, Setting, write};
use scrollback_core::words::Words;
use scrollback_core::{Archive, Options};

use super::volumes::Volume;
use super::written::Chosen;
use super::{Context, Job};
use crate::args::Usernames;
use crate::engine::provenance::Provenance;
use crate::failure::Failure;
use crate::media::{Folder, Found};
use crate::output::{self, STDOUT, hash};
use crate::progress::Tally;
use crate::report::{Output, Report, Warnings};

impl Job<'_> {
    /// Writes the selected messages, in volumes if there are any.
    pub(super) fn texts(
        &self,
        format: Format,
        archive: Archive,
        volumes: &[Volume],
        options: &Options,
        context: &Context,
        report: &mut Report,
    ) -> Result<(), Failure> {
        let failed = |error: scrollback_core::Error| self.export.failure(&error);
        let words = self.args.export.lang.words();
        let with = self.selecting(options, context.media);
        if volumes.is_empty() {
            let mut chosen = Chosen::whole(archive, with, false).map_err(failed)?;
            chosen.provenance.sources = context.sources.to_vec();
            let output = self.text(format, chosen, &words, context.media, &mut report.warnings)?;
            report.outputs.extend(output);
            return Ok(());
        }
        let kept: usize = volumes.iter().map(|volume| volume.places.len()).sum();
        let left_out = super::all(&archive).saturating_sub(kept);
        let told = self.publisher.quoted(&report.warnings);
        let results = self.jobs.each(volumes, |volume| {
            let mut warnings = Warnings::default();
            let result = Chosen::volume(&archive, volume, left_out, with, false)
                .map_err(failed)
                .and_then(|mut chosen| {
                    chosen.provenance.sources = context.sources.to_vec();
                    chosen.provenance.warnings.clone_from(&told);
                    self.text(format, chosen, &words, context.media, &mut warnings)
                });
            (warnings, result)
        });
        self.take(results, report);
        Ok(())
    }

    /// Writes a volume to its final path.
    fn text(
        &self,
        format: Format,
        chosen: Chosen,
        words: &Words,
        media: &Folder,
        warnings: &mut Warnings,
    ) -> Result<Option<Output>, Failure> {
        self.miss(&chosen.provenance, warnings);
        for warning in chosen.warnings() {
            warnings.import(self.export.place(&warning.place), warning);
        }
        let channel = chosen.selection.transcript.channel.as_ref();
        let channel = channel.map_or_else(String::new, |channel| channel.name.to_string());
        let output = self.output(&channel, chosen.name.as_deref())?;
        self.stage(chosen.name.as_deref(), "writing");
        let folder = folder_of(&output);
        let link = |url: &str| link(url, media, folder.as_deref());
        let notes: Vec<String> = filtered(&chosen.provenance, words).into_iter().collect();
        let setting = Setting {
            words,
            link: &link,
            notes: &notes,
            reactors: self.args.export.reactors,
            ids: self.args.export.ids,
            usernames: self.args.export.source.usernames == Usernames::Both,
        };
        let text = write(chosen.selection, format, &setting);
        if let Some(memory) = self.memory {
            let is_same = std::fs::read(&output).is_ok_and(|known| known == text.as_bytes());
            memory.compared(is_same);
            if is_same {
                let (bytes, sha256) = hash::bytes(text.as_bytes());
                let path = output.display().to_string();
                let file = output::Written {
                    path,
                    bytes,
                    sha256,
                };
                return Ok(self.listed(vec![file], &chosen.provenance, warnings));
            }
        }
        let staged = vec![output::stage(&output, text.into_bytes())?];
        let tally = Tally {
            first: staged[0].target().map(Path::to_owned),
            messages: chosen.provenance.counts.messages,
            outputs: vec![output],
            ..Tally::default()
        };
        let listed = self.commit(staged, chosen.provenance, warnings)?;
        self.task.wrote(tally);
        Ok(listed)
    }
}

/// The notice that names the filters of an output; `None` if there are none.
pub fn filtered(provenance: &Provenance, words: &Words) -> Option<String> {
    if provenance.filters.is_empty() {
        return None;
    }
    let mut options = Vec::new();
    for filter in &provenance.filters {
        match &filter.values {
            Some(values) => {
                let values = values
                    .iter()
                    .map(|value| format!("--{} {value}", filter.option));
                options.extend(values);
            }
            None => options.push(format!("--{} …", filter.option)),
        }
    }
    let skipped = words.count("skipped", provenance.left_out as u64);
    let places = [("filters", options.join(" ")), ("skipped", skipped)];
    let places = places
        .each_ref()
        .map(|(name, value)| (*name, value.as_str()));
    Some(words.say("filtered", &places))
}

/// The canonical folder of an output, if it has one.
fn folder_of(output: &Path) -> Option<PathBuf> {
    if output == Path::new(STDOUT) {
        return None;
    }
    let folder = output
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).canonicalize().ok()
}

/// A link from a folder to a file of an export: its relative path if it is in the media
/// folder, otherwise the export's address.
fn link(url: &str, media: &Folder, from: Option<&Path>) -> String {
    let Some(from) = from else {
        return url.to_owned();
    };
    match media.find(url).as_ref().map(Found::path) {
        Ok(Some(file)) => relative(file, from),
        _ => url.to_owned(),
    }
}

/// A path relative to a folder, with `/` as separator; both are canonical.
fn relative(path: &Path, from: &Path) -> String {
    let (mut path_parts, mut from_parts) = (path.components(), from.components());
    let (mut path_rest, mut from_rest) = (path_parts.clone(), from_parts.clone());
    while let (Some(one), Some(other)) = (path_parts.next(), from_parts.next()) {
        if one != other {
            break;
        }
        path_rest = path_parts.clone();
        from_rest = from_parts.clone();
    }
    let up = from_rest.map(|_| "..".to_owned());
    let down = path_rest.map(|part| match part {
        Component::Normal(name) => name.to_string_lossy().into_owned(),
        other => other.as_os_str().to_string_lossy().into_owned(),
    });
    up.chain(down).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_from_folders() {
        let seen = |path: &str, from: &str| relative(Path::new(path), Path::new(from));
        assert_eq!(seen("/a/b/c.png", "/a/b"), "c.png");
        assert_eq!(
            seen("/a/b_Files/c.png", "/a/out/deep"),
            "../../b_Files/c.png"
        );
        assert_eq!(seen("/x/c.png", "/a"), "../x/c.png");
    }
}
