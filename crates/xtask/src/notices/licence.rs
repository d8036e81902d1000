//! The licence under which a crate is used, and its text.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use spdx::expression::ExprNode;
use spdx::{Expression, LicenseReq};

use super::crates::Krate;

/// The accepted licences. If a crate offers several, the first of these is used. `deny.toml`
/// has the same list.
const ACCEPTED: [&str; 13] = [
    "MIT",
    "MIT-0",
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "BSL-1.0",
    "Unicode-3.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "MPL-2.0",
];
/// Prefixes of licence and notice files.
const FILES: [&str; 6] = ["licen", "copying", "notice", "unlicen", "copyright", "ofl"];

/// The licence that a crate is used under, as an expression, with the texts that have to be
/// included.
///
/// # Errors
/// When none of its licences is among those that we accept.
pub fn of(krate: &Krate) -> Result<(String, Vec<String>)> {
    let who = || format!("{} {}", krate.name, krate.version);
    let files = files(krate)?;
    let Some(expression) = &krate.licence else {
        if files.is_empty() {
            bail!("{} names no licence and has no file of one", who());
        }
        return Ok((
            "see its text".into(),
            files.into_iter().map(|file| file.text).collect(),
        ));
    };
    let parsed = Expression::parse_mode(expression, spdx::ParseMode::LAX).with_context(who)?;
    let chosen = chosen(&parsed).with_context(|| {
        format!(
            "{} is under {expression}, which is not among the licences that we accept",
            who()
        )
    })?;
    let mut texts = Vec::new();
    for requirement in &chosen {
        texts.extend(text_of(
            krate,
            requirement,
            chosen.len() == 1 && !is_choice(&parsed),
            &files,
        ));
    }
    texts.extend(
        files
            .into_iter()
            .filter(|file| file.is_notice())
            .map(|file| file.text),
    );
    let names: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    Ok((names.join(" AND "), texts))
}

/// The licence of Rust's standard library.
pub fn standard_library() -> String {
    let text = spdx::license_id("MIT").map_or("", |id| id.text());
    signed(text, "The Rust Project Contributors")
}

/// SPDX's text of a licence with a copyright line of ours.
fn signed(canonical: &str, who: &str) -> String {
    let copyright = format!("Copyright (c) {who}");
    let is_placeholder = |line: &str| line.contains('<') && line.contains("Copyright");
    if !canonical.lines().any(is_placeholder) {
        return format!("{copyright}\n\n{canonical}");
    }
    let line = |line| {
        if is_placeholder(line) {
            copyright.as_str()
        } else {
            line
        }
    };
    canonical.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// A text without its line breaks, by which equal ones are found.
pub fn normalized(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an expression leaves a choice.
fn is_choice(expression: &Expression) -> bool {
    let operator = |node: &ExprNode| matches!(node, ExprNode::Op(spdx::expression::Operator::Or));
    expression.iter().any(operator)
}

/// The fewest of the accepted licences that satisfy an expression.
fn chosen(expression: &Expression) -> Option<Vec<LicenseReq>> {
    let rank = |requirement: &LicenseReq| {
        let id = requirement.license.id()?;
        ACCEPTED.iter().position(|accepted| *accepted == id.name)
    };
    // Adds accepted licences until the expression is satisfied.
    (1..=ACCEPTED.len()).find_map(|count| {
        let allowed = |requirement: &LicenseReq| rank(requirement).is_some_and(|at| at < count);
        if !expression.evaluate(allowed) {
            return None;
        }
        let mut requirements: Vec<LicenseReq> = expression
            .requirements()
            .map(|requirement| requirement.req.clone())
            .filter(allowed)
            .collect();
        requirements.sort_by_key(rank);
        // Then removes unnecessary ones, from the end of the list.
        for at in (0..requirements.len()).rev() {
            let without = |requirement: &LicenseReq| {
                let mut others = requirements.iter().enumerate();
                others.any(|(index, other)| index != at && other == requirement)
            };
            if expression.evaluate(without) {
                requirements.remove(at);
            }
        }
        Some(requirements)
    })
}

/// A file of a crate.
struct File {
    /// Its name in lower case.
    name: String,
    text: String,
}

impl File {
    /// Whether it has to be handed on beside the licence.
    fn is_notice(&self) -> bool {
        self.name.starts_with("notice")
    }
}

/// The files of a crate that hold licences.
fn files(krate: &Krate) -> Result<Vec<File>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(&krate.folder).with_context(|| krate.folder.display().to_string())? {
        let path = entry?.path();
        let name = lower_name(&path);
        if path.is_file() && FILES.iter().any(|start| name.starts_with(start)) {
            paths.push(path);
        }
    }
    paths.extend(krate.licence_file.clone().filter(|path| path.is_file()));
    paths.sort();
    paths.dedup();
    Ok(paths
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?.replace("\r\n", "\n");
            Some(File {
                name: lower_name(&path),
                text,
            })
        })
        .collect())
}

fn lower_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default();
    name.to_string_lossy().to_lowercase()
}

/// The text of one licence of a crate: from the crate, or else SPDX's with the crate's
/// authors.
fn text_of(krate: &Krate, requirement: &LicenseReq, only: bool, files: &[File]) -> Option<String> {
    let id = requirement.license.id()?;
    let canonical = id.text();
    let is_text = |file: &&File| {
        let short = id.name.split('-').next().unwrap_or(id.name).to_lowercase();
        let named = file.name.contains(&short);
        // By its content: files are often just called LICENSE.
        named || only && !file.is_notice() || resembles(&file.text, canonical)
    };
    if let Some(file) = files.iter().filter(|file| !file.is_notice()).find(is_text) {
        return Some(file.text.clone());
    }
    let who = if krate.authors.is_empty() {
        format!("the authors of {}", krate.name)
    } else {
        krate.authors.join(", ")
    };
    Some(signed(canonical, &who))
}

/// Whether a text is a licence's, but for the copyright line and spacing.
fn resembles(text: &str, canonical: &str) -> bool {
    let text = normalized(text);
    let mut paragraphs = canonical.split("\n\n").map(normalized);
    paragraphs
        .by_ref()
        .filter(|part| part.len() > 80 && !part.contains('<'))
        .all(|part| text.contains(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen_of(expression: &str) -> Option<Vec<String>> {
        let parsed = Expression::parse_mode(expression, spdx::ParseMode::LAX).unwrap();
        chosen(&parsed).map(|all| all.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn of_several_licences_the_simplest_is_taken() {
        let only = |name: &str| Some(vec![name.to_owned()]);
        assert_eq!(chosen_of("Apache-2.0 OR MIT"), only("MIT"));
        assert_eq!(chosen_of("MIT/Apache-2.0"), only("MIT"));
        assert_eq!(chosen_of("GPL-3.0-only OR Zlib"), only("Zlib"));
        assert_eq!(
            chosen_of("(MIT OR Apache-2.0) AND Unicode-3.0"),
            Some(vec!["MIT".into(), "Unicode-3.0".into()])
        );
        assert_eq!(chosen_of("GPL-3.0-only"), None);
        assert_eq!(chosen_of("MIT AND GPL-3.0-only"), None);
    }

    /// A crate with these files.
    fn of_crate(licence: Option<&str>, files: &[(&str, &str)]) -> Result<(String, Vec<String>)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        of(&Krate {
            name: "a".into(),
            version: "1.0.0".into(),
            licence: licence.map(Into::into),
            licence_file: None,
            authors: vec!["Ada".into()],
            folder: folder.path().to_owned(),
        })
    }

    #[test]
    fn texts_come_from_the_crate() {
        let both = [
            ("LICENSE-APACHE", "apache"),
            ("LICENSE-MIT", "mit"),
            ("NOTICE", "note"),
        ];
        let (name, texts) = of_crate(Some("MIT OR Apache-2.0"), &both).unwrap();
        assert_eq!(
            (name.as_str(), texts),
            ("MIT", vec!["mit".into(), "note".into()])
        );
        let (_, texts) = of_crate(Some("Zlib"), &[("COPYING.txt", "free")]).unwrap();
        assert_eq!(texts, ["free"]);
        let (name, texts) = of_crate(None, &[("LICENSE", "mine")]).unwrap();
        assert_eq!(
            (name.as_str(), texts),
            ("see its text", vec!["mine".into()])
        );
    }

    #[test]
    fn a_crate_without_a_text_gets_the_standard_one() {
        let (_, texts) = of_crate(Some("MIT"), &[]).unwrap();
        assert!(
            texts[0].starts_with("MIT License\n\nCopyright (c) Ada\n\n") && !texts[0].contains('<')
        );
        assert!(normalized(&texts[0]).contains("Permission is hereby granted, free of charge"));
    }

    #[test]
    fn a_licence_that_we_do_not_accept_is_an_error() {
        assert_eq!(
            of_crate(Some("GPL-3.0-only"), &[]).unwrap_err().to_string(),
            "a 1.0.0 is under GPL-3.0-only, which is not among the licences that we accept"
        );
        assert_eq!(
            of_crate(None, &[]).unwrap_err().to_string(),
            "a 1.0.0 names no licence and has no file of one"
        );
    }
}
