//! Rules for the template that `typst init` copies.

use std::fs;

use super::exclude::Patterns;
use super::{Finding, Package};

/// The longer side of a thumbnail must have this many pixels.
const LEAST_PIXELS: u32 = 1080;
/// A thumbnail may have this many bytes.
const MOST_BYTES: u64 = 3 * 1024 * 1024;
/// Extensions of compiled documents, which don't belong beside the source.
const COMPILED: [&str; 4] = ["html", "pdf", "png", "svg"];
/// The magic bytes of PNG; width and height follow the header of the first chunk.
const PNG: [u8; 8] = *b"\x89PNG\r\n\x1a\n";

/// Checks the `[template]` section of the manifest and the files that it names.
pub fn check(package: &Package) -> Vec<Finding> {
    let mut found = Vec::new();
    let Some(template) = &package.manifest.template else {
        return found;
    };
    let mut add = |file: &str, message: String| {
        found.push(Finding {
            file: file.to_owned(),
            message,
        });
    };
    for key in template.unknown_fields.keys() {
        add("typst.toml", format!("`{key}` is no key of `[template]`"));
    }
    if package.manifest.package.categories.is_empty() {
        add(
            "typst.toml",
            "a package with a template needs a category".into(),
        );
    }
    let folder = template.path.trim_end_matches('/');
    let entry = format!("{folder}/{}", template.entrypoint);
    if !package.has(&entry) {
        add(&entry, "must be in the package, is missing".into());
    }

    let excluded = Patterns::of(package);
    for file in files(package) {
        if excluded.covers(file) {
            add(
                file,
                "is copied by `typst init`: `exclude` must not cover it".into(),
            );
        }
        let is_compiled = file.rsplit_once('.').is_some_and(|(stem, kind)| {
            COMPILED.contains(&kind) && package.has(&format!("{stem}.typ"))
        });
        if is_compiled {
            add(
                file,
                "is made from the document beside it; leave it out".into(),
            );
        }
    }

    let Some(thumbnail) = template.thumbnail.as_deref() else {
        add("typst.toml", "`[template]` needs a `thumbnail`".into());
        return found;
    };
    if let Some(message) = thumbnail_fault(package, folder, thumbnail, &excluded) {
        add(thumbnail, message);
    }
    found
}

/// The files of the package's template.
pub fn files(package: &Package) -> impl Iterator<Item = &String> {
    let folder = package
        .manifest
        .template
        .as_ref()
        .map(|template| format!("{}/", template.path.trim_end_matches('/')));
    package.files.iter().filter(move |file| {
        folder
            .as_ref()
            .is_some_and(|folder| file.starts_with(folder))
    })
}

/// What is wrong with the thumbnail.
fn thumbnail_fault(
    package: &Package,
    folder: &str,
    thumbnail: &str,
    excluded: &Patterns,
) -> Option<String> {
    if thumbnail.starts_with(&format!("{folder}/")) {
        return Some("must be outside of the template's folder, which users get".into());
    }
    if excluded.covers(thumbnail) {
        return Some("is left out for users anyway: `exclude` must not cover it".into());
    }
    let Ok(bytes) = fs::read(package.folder.join(thumbnail)) else {
        return Some("must be in the package, is missing".into());
    };
    let size = bytes.len() as u64;
    if size > MOST_BYTES {
        return Some(format!("must have at most {MOST_BYTES} bytes, has {size}"));
    }
    let number = |at: usize| {
        let digits = bytes.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_be_bytes(digits))
    };
    let sides = bytes
        .starts_with(&PNG)
        .then(|| number(16).zip(number(20)))
        .flatten();
    match sides {
        None => Some("must be a PNG picture".into()),
        Some((width, height)) if width.max(height) < LEAST_PIXELS => Some(format!(
            "must have {LEAST_PIXELS} pixels on its longer side, has {width} × {height}"
        )),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{MANIFEST, findings};
    use super::*;

    const SECTION: &str = "[template]\npath = \"template\"\nentrypoint = \"main.typ\"\nthumbnail = \"thumbnail.png\"\n";
    const MAIN: (&str, Option<&str>) = ("template/main.typ", Some("Hello"));

    /// The findings for a manifest with a changed section, and for further files.
    fn with(from: &str, to: &str, files: &[(&str, Option<&str>)]) -> Vec<String> {
        assert!(SECTION.contains(from), "the fixture has no `{from}`");
        let manifest = format!("{MANIFEST}{}", SECTION.replace(from, to));
        let mut changes = vec![("typst.toml", Some(manifest.as_str()))];
        changes.extend(files);
        findings(check, &changes)
    }

    #[test]
    fn a_package_without_a_template_is_fine() {
        assert!(findings(check, &[]).is_empty());
    }

    #[test]
    fn the_document_and_the_thumbnail_are_there() {
        assert_eq!(
            with("path", "path", &[]),
            [
                "template/main.typ: must be in the package, is missing",
                "thumbnail.png: must be in the package, is missing",
            ]
        );
        assert_eq!(
            with("thumbnail = \"thumbnail.png\"", "icon = \"a.png\"", &[MAIN]),
            [
                "typst.toml: `icon` is no key of `[template]`",
                "typst.toml: `[template]` needs a `thumbnail`",
            ]
        );
    }

    #[test]
    fn users_get_all_of_the_template_and_no_more() {
        assert_eq!(
            with(
                "\"thumbnail.png\"",
                "\"docs/chat.png\"",
                &[MAIN, ("template/main.pdf", Some(""))]
            ),
            [
                "template/main.pdf: is made from the document beside it; leave it out",
                "docs/chat.png: is left out for users anyway: `exclude` must not cover it",
            ]
        );
        assert_eq!(
            with("\"thumbnail.png\"", "\"template/a.png\"", &[MAIN]),
            ["template/a.png: must be outside of the template's folder, which users get"]
        );
        assert_eq!(
            with(
                "path = \"template\"",
                "path = \"docs\"",
                &[("docs/main.typ", Some(""))]
            )[0],
            "docs/chat.png: is copied by `typst init`: `exclude` must not cover it"
        );
    }

    #[test]
    fn thumbnails_are_large_pictures() {
        let thumbnail = |text: &str| with("path", "path", &[MAIN, ("thumbnail.png", Some(text))]);
        assert_eq!(
            thumbnail("pixels"),
            ["thumbnail.png: must be a PNG picture"]
        );
        assert_eq!(
            thumbnail(&"x".repeat(3 * 1024 * 1024 + 1)),
            ["thumbnail.png: must have at most 3145728 bytes, has 3145729"]
        );
    }

    #[test]
    fn sides_are_read_from_the_picture() {
        let picture = |width: u32, height: u32| {
            let temp = tempfile::tempdir().unwrap();
            let folder = temp.path();
            fs::write(folder.join("typst.toml"), format!("{MANIFEST}{SECTION}")).unwrap();
            let mut bytes = PNG.to_vec();
            bytes.extend(b"\0\0\0\rIHDR");
            bytes.extend(width.to_be_bytes());
            bytes.extend(height.to_be_bytes());
            fs::write(folder.join("thumbnail.png"), bytes).unwrap();
            let package = Package::open(folder).unwrap();
            let excluded = Patterns::of(&package);
            thumbnail_fault(&package, "template", "thumbnail.png", &excluded)
        };
        assert_eq!(picture(600, 1080), None);
        assert_eq!(
            picture(900, 1079).unwrap(),
            "must have 1080 pixels on its longer side, has 900 × 1079"
        );
    }
}
