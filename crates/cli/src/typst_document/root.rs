//! Finds the root of a document's project.

use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// The folder that the document's absolute paths start from: `explicit`, or the nearest
/// folder at or above the document with a `typst.toml`, or the document's own. `document`
/// must be canonical.
///
/// # Errors
/// [`Failure::Usage`] when `explicit` isn't a folder.
pub fn find(document: &Path, explicit: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(root) = explicit {
        return match root.canonicalize() {
            Ok(root) if root.is_dir() => Ok(root),
            _ => Err(Failure::usage(
                format!("the root `{}` is not a folder", root.display()),
                "pass the folder of your project to `--root`, or leave the option out",
            )),
        };
    }
    let folder = document.parent().unwrap_or(document);
    let project = folder
        .ancestors()
        .find(|folder| folder.join("typst.toml").is_file());
    Ok(project.unwrap_or(folder).to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_manifest_above_the_document_marks_the_root() {
        let temp = tempfile::tempdir().unwrap();
        let base = temp.path().canonicalize().unwrap();
        fs::create_dir_all(base.join("project/examples/deep")).unwrap();
        let document = base.join("project/examples/deep/doc.typ");
        assert_eq!(
            find(&document, None).unwrap(),
            base.join("project/examples/deep")
        );

        fs::write(base.join("project/typst.toml"), "").unwrap();
        assert_eq!(find(&document, None).unwrap(), base.join("project"));
        let explicit = base.join("project/examples");
        assert_eq!(find(&document, Some(&explicit)).unwrap(), explicit);
        assert!(matches!(
            find(&document, Some(&base.join("nowhere"))),
            Err(Failure::Usage(_))
        ));
    }
}
