//! Rules for the licence.

use super::{Finding, Package};

/// Checks the licence in the manifest and its text in `LICENSE`.
pub fn check(package: &Package) -> Vec<Finding> {
    let manifest = |message| {
        vec![Finding {
            file: "typst.toml".into(),
            message,
        }]
    };
    let Some(name) = package.manifest.package.license.as_deref() else {
        return manifest("`license` must be an SPDX expression, such as \"MIT\"".into());
    };
    let expression = match spdx::Expression::parse(name) {
        Ok(expression) => expression,
        Err(error) => {
            return manifest(format!(
                "`license` must be an SPDX expression, such as \"MIT\", got \"{name}\" ({})",
                error.reason
            ));
        }
    };

    let text = words(&package.text("LICENSE"));
    let mut found = Vec::new();
    for requirement in expression.requirements() {
        let Some(id) = requirement.req.license.id() else {
            continue;
        };
        if !id.is_osi_approved() {
            found.extend(manifest(format!(
                "`license` must be approved by the Open Source Initiative, got \"{}\"",
                id.name
            )));
        }
        // Paragraphs with placeholders, such as the copyright line, are one's own.
        let missing = id
            .text()
            .split("\n\n")
            .filter(|part| part.len() > 80)
            .any(|part| !part.contains('<') && !text.contains(&words(part)));
        if missing {
            found.push(Finding {
                file: "LICENSE".into(),
                message: format!(
                    "must hold the whole text of {}, as typst.toml says",
                    id.name
                ),
            });
        }
    }
    found
}

/// The words of a text, without its line breaks.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{LICENCE, MANIFEST, findings};
    use super::*;

    #[test]
    fn expressions() {
        let manifest = |licence: &str| MANIFEST.replace("license = \"MIT\"", licence);
        let with = |licence: &str| findings(check, &[("typst.toml", Some(&manifest(licence)))]);
        assert_eq!(
            with(""),
            ["typst.toml: `license` must be an SPDX expression, such as \"MIT\""]
        );
        let found = with("license = \"Mine\"");
        assert!(
            found[0].starts_with(
                "typst.toml: `license` must be an SPDX expression, such as \"MIT\", got \"Mine\" ("
            ),
            "{}",
            found[0]
        );
        assert_eq!(
            with("license = \"CC-BY-NC-4.0\"")[0],
            "typst.toml: `license` must be approved by the Open Source Initiative, \
             got \"CC-BY-NC-4.0\""
        );
    }

    #[test]
    fn the_text_is_the_licences() {
        assert_eq!(
            findings(
                check,
                &[(
                    "LICENSE",
                    Some(&LICENCE.replace("free of charge", "for a fee"))
                )]
            ),
            ["LICENSE: must hold the whole text of MIT, as typst.toml says"]
        );
        assert!(findings(check, &[]).is_empty());
    }
}
