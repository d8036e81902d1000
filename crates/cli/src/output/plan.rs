//! Plans the paths of outputs.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::apart::place;
use super::{PAGE_PLACEHOLDERS, STDOUT, folder_of, unwritable};
use crate::args::Format;
use crate::engine::sanitize;
use crate::failure::Failure;

/// Placeholders for inputs.
const INPUT_PLACEHOLDERS: [&str; 2] = ["{name}", "{channel}"];
/// The placeholder for volumes.
const VOLUME: &str = "{volume}";
/// The placeholder for the number of pages.
const TOTAL: &str = "{t}";

/// The names that outputs are made from.
#[derive(Debug, Clone, Copy)]
pub struct Names<'n> {
    /// The input's name, without extension.
    pub name: &'n str,
    /// The folder of the input; `None` for standard input.
    pub folder: Option<&'n Path>,
    /// The channel's name.
    pub channel: &'n str,
    /// The volume, if there are several.
    pub volume: Option<&'n str>,
}

/// The paths of a run's outputs.
#[derive(Debug)]
pub struct Plan {
    destination: Destination,
    format: Format,
    /// The paths that are taken, with the input or option that took each.
    taken: Mutex<HashMap<PathBuf, String>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Destination {
    /// Beside each input.
    Beside,
    /// Into a folder, named after the inputs.
    Folder(PathBuf),
    /// By this pattern.
    Pattern(PathBuf),
}

impl Plan {
    /// Plans outputs according to `-o` and `--format`.
    ///
    /// # Errors
    /// [`Failure::Usage`] when the format can't be determined, or when several inputs would be
    /// written to one file; [`Failure::Output`] when there is no such folder.
    pub fn new(
        output: Option<&Path>,
        format: Option<Format>,
        inputs: usize,
    ) -> Result<Self, Failure> {
        let destination = match output {
            None => Destination::Beside,
            Some(path) if is_folder(path) && path != Path::new(STDOUT) => {
                Destination::Folder(path.to_owned())
            }
            Some(path) => Destination::Pattern(path.to_owned()),
        };
        let format = match (&destination, format) {
            (Destination::Pattern(path), Some(format)) => agreed(path, format)?,
            (_, Some(format)) => format,
            (Destination::Pattern(path), None) if path == Path::new(STDOUT) => Format::Pdf,
            (Destination::Pattern(path), None) => Format::of_path(path)?,
            _ => Format::Pdf,
        };
        if let Destination::Pattern(path) = &destination {
            check_placeholders(path, format)?;
            check_folder(path)?;
        }
        if let Destination::Pattern(path) = &destination
            && inputs > 1
            && !has(path, &INPUT_PLACEHOLDERS)
        {
            return Err(Failure::usage(
                format!(
                    "{inputs} inputs would all be written to `{}`",
                    path.display()
                ),
                "name a folder with `-o`, put `{name}` into the output's name, or join exports with `--merge`",
            ));
        }
        Ok(Self {
            destination,
            format,
            taken: Mutex::default(),
        })
    }

    /// The format of the outputs.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Keeps the file of an option from being taken for an output.
    pub fn reserve(&self, option: &str, path: &Path) {
        let mut taken = self.taken.lock().expect("no panic while held");
        taken.insert(place(path), option.to_owned());
    }

    /// Takes the output path for an input, and creates the folder that `-o` names. Pictures of
    /// several pages get `{0p}` in their name. `input` is the input's display name.
    ///
    /// # Errors
    /// [`Failure::Usage`] when standard input has no output path, standard output doesn't fit,
    /// or another input has taken the path; [`Failure::Output`] when the folder can't be
    /// created.
    pub fn take(&self, names: &Names, paged: bool, input: &str) -> Result<PathBuf, Failure> {
        let path = self.of(names, paged)?;
        if let Destination::Folder(folder) = &self.destination {
            std::fs::create_dir_all(folder).map_err(|error| {
                Failure::output(
                    format!("cannot create the folder `{}`: {error}", folder.display()),
                    "name another folder with `-o`",
                )
            })?;
        }
        let mut taken = self.taken.lock().expect("no panic while held");
        match taken.entry(place(&path)) {
            Entry::Vacant(entry) => {
                entry.insert(input.to_owned());
                Ok(path)
            }
            Entry::Occupied(entry) => Err(Failure::usage(
                format!(
                    "`{input}` and `{}` would both be written to `{}`",
                    entry.get(),
                    path.display()
                ),
                "rename one of them, or write each with an `-o` of its own",
            )),
        }
    }

    fn of(&self, names: &Names, paged: bool) -> Result<PathBuf, Failure> {
        let pictures = paged && self.format.has_file_per_page();
        // Names of files may have braces, too; those aren't placeholders.
        let mut stem = match pictures {
            true => names.name.replace('{', "(").replace('}', ")"),
            false => names.name.to_owned(),
        };
        if let Some(volume) = names.volume {
            stem = format!("{stem} {}", sanitize::file_name(volume, "volume"));
        }
        if pictures {
            stem.push_str("-{0p}");
        }
        let file = format!("{stem}.{}", self.format.extension());
        match &self.destination {
            Destination::Beside => match names.folder {
                Some(folder) => Ok(folder.join(file)),
                None => Err(Failure::usage(
                    "with standard input, there is no folder to put the output in",
                    "name the output with `-o`; `-o -` is standard output",
                )),
            },
            Destination::Folder(folder) => Ok(folder.join(file)),
            Destination::Pattern(pattern) if pattern == Path::new(STDOUT) => match names.volume {
                None => Ok(pattern.clone()),
                Some(_) => Err(Failure::usage(
                    "several volumes cannot be written to standard output",
                    "name the output with `-o`, or leave out `--split`",
                )),
            },
            Destination::Pattern(pattern) => Ok(filled(pattern, names)),
        }
    }
}

/// Whether a path is a folder, or ends like one.
pub fn is_folder(path: &Path) -> bool {
    path.to_string_lossy()
        .ends_with(['/', std::path::MAIN_SEPARATOR])
        || (path.is_dir() && path.extension().is_none())
}

/// The format of `--format`, unless it contradicts the output's extension.
fn agreed(path: &Path, format: Format) -> Result<Format, Failure> {
    match Format::of_path(path) {
        Ok(other) if other != format => Err(Failure::usage(
            format!(
                "`--format {}` contradicts the output `{}`",
                format.extension(),
                path.display()
            ),
            format!(
                "leave out `--format`, or name the output `{}`",
                path.with_extension(format.extension()).display()
            ),
        )),
        // An unknown extension is ignored.
        _ => Ok(format),
    }
}

/// Checks that the folder of a pattern exists, before anything is read: reading may take long.
fn check_folder(pattern: &Path) -> Result<(), Failure> {
    let folder = folder_of(pattern);
    let is_known = placeholders(&folder.to_string_lossy()).next().is_none();
    if is_known && !folder.exists() {
        return Err(unwritable(pattern, &io::ErrorKind::NotFound.into()));
    }
    Ok(())
}

/// Checks a pattern for unknown placeholders.
fn check_placeholders(pattern: &Path, format: Format) -> Result<(), Failure> {
    let known: Vec<&str> = INPUT_PLACEHOLDERS
        .into_iter()
        .chain([VOLUME])
        .chain(PAGE_PLACEHOLDERS)
        .chain([TOTAL])
        .collect();
    let text = pattern.to_string_lossy();
    for placeholder in placeholders(&text) {
        if !known.contains(&placeholder) {
            return Err(Failure::usage(
                format!("unknown placeholder `{placeholder}` in the output `{text}`"),
                "the placeholders are {name}, {channel} and {volume}, and for pictures {p}, {0p} and {t}",
            ));
        }
        if !format.has_file_per_page()
            && (PAGE_PLACEHOLDERS.contains(&placeholder) || placeholder == TOTAL)
        {
            return Err(Failure::usage(
                format!(
                    "`{placeholder}` in the output `{text}` is for pages, but all pages are in one file"
                ),
                "leave it out, or write `png` or `svg`",
            ));
        }
    }
    Ok(())
}

/// The placeholders of a pattern, with their braces.
fn placeholders(pattern: &str) -> impl Iterator<Item = &str> {
    pattern.match_indices('{').filter_map(|(start, _)| {
        let end = start + pattern[start..].find('}')?;
        let inner = &pattern[start + 1..end];
        let is_word = !inner.is_empty()
            && inner
                .chars()
                .all(|char| char.is_alphanumeric() || matches!(char, '-' | '_'));
        is_word.then(|| &pattern[start..=end])
    })
}

fn has(path: &Path, placeholders: &[&str]) -> bool {
    let text = path.to_string_lossy();
    placeholders
        .iter()
        .any(|placeholder| text.contains(placeholder))
}

/// Fills in a pattern; a volume without a placeholder goes to the end.
fn filled(pattern: &Path, names: &Names) -> PathBuf {
    let mut pattern = pattern.to_owned();
    if names.volume.is_some() && !has(&pattern, &[VOLUME]) {
        let stem = pattern.file_stem().unwrap_or_default().to_string_lossy();
        let extension = pattern.extension().unwrap_or_default().to_string_lossy();
        pattern = pattern.with_file_name(format!("{stem} {VOLUME}.{extension}"));
    }
    if !has(&pattern, &["{name}", "{channel}", VOLUME]) {
        return pattern;
    }
    pattern
        .to_string_lossy()
        .replace("{name}", &sanitize::file_name(names.name, "transcript"))
        .replace("{channel}", &sanitize::file_name(names.channel, "channel"))
        .replace(
            VOLUME,
            &names.volume.map_or_else(
                || "all".into(),
                |volume| sanitize::file_name(volume, "volume"),
            ),
        )
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(volume: Option<&str>) -> Names<'_> {
        Names {
            name: "chat",
            folder: Some(Path::new("in")),
            channel: "../general",
            volume,
        }
    }

    fn of(output: Option<&str>, volume: Option<&str>) -> String {
        let plan = Plan::new(output.map(Path::new), None, 1).unwrap();
        let path = plan.of(&names(volume), true).unwrap();
        path.to_string_lossy().replace('\\', "/")
    }

    #[test]
    fn outputs_have_places() {
        assert_eq!(of(None, None), "in/chat.pdf");
        assert_eq!(of(Some("out/"), None), "out/chat.pdf");
        assert_eq!(of(Some("x.pdf"), None), "x.pdf");
        assert_eq!(
            of(Some("{name}/{channel}.pdf"), None),
            "chat/_.._general.pdf"
        );
        assert_eq!(of(Some("-"), None), "-");
    }

    #[test]
    fn volumes_are_told_apart() {
        assert_eq!(of(None, Some("2024-03")), "in/chat 2024-03.pdf");
        assert_eq!(of(Some("x.pdf"), Some("2")), "x 2.pdf");
        assert_eq!(of(Some("{volume}/x.pdf"), Some("2")), "2/x.pdf");
    }

    #[test]
    fn pages_of_pictures_are_told_apart() {
        let plan = Plan::new(None, Some(Format::Png), 1).unwrap();
        assert_eq!(
            plan.of(&names(None), true).unwrap(),
            Path::new("in/chat-{0p}.png")
        );
        assert_eq!(
            plan.of(&names(None), false).unwrap(),
            Path::new("in/chat.png")
        );
    }

    #[test]
    fn placeholders_are_known_and_fit_the_format() {
        let plan = |output: &str| Plan::new(Some(Path::new(output)), None, 1);
        assert!(plan("{nope}.pdf").is_err());
        assert!(plan("{p}.pdf").is_err());
        assert!(plan("{volume}-{0p}-of-{t}.png").is_ok());
        for literal in ["{}.pdf", "{a b}.pdf", "{.pdf", "a}{.pdf"] {
            assert!(plan(literal).is_ok(), "{literal}");
        }
    }

    #[test]
    fn formats_and_extensions_agree() {
        let plan = |output: &str| Plan::new(Some(Path::new(output)), Some(Format::Html), 1);
        assert!(plan("x.pdf").is_err());
        for other in ["x.html", "x.data", "x", "-"] {
            assert!(plan(other).is_ok(), "{other}");
        }
    }

    #[test]
    fn several_inputs_need_several_names() {
        assert!(Plan::new(Some(Path::new("x.pdf")), None, 2).is_err());
        assert!(Plan::new(Some(Path::new("{name}.pdf")), None, 2).is_ok());
        assert!(Plan::new(Some(Path::new("out/")), None, 2).is_ok());
        assert!(Plan::new(None, None, 2).is_ok());
    }
}
