//! Rules for the package's Typst code.

use std::collections::BTreeSet;

use typst_syntax::{SyntaxNode, VirtualPath, ast, parse};

use super::manifest::is_kebab_case;
use super::{Finding, Package, template};
use crate::sources;

/// Functions that read the file which their first argument names.
const READERS: [&str; 9] = [
    "cbor", "csv", "image", "json", "plugin", "read", "toml", "xml", "yaml",
];

/// Checks every Typst file.
pub fn check(package: &Package) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in package.files.iter().filter(|file| file.ends_with(".typ")) {
        let text = package.text(file);
        let mut add = |message| {
            found.push(Finding {
                file: file.clone(),
                message,
            })
        };
        let (errors, _) = parse(&text).errors_and_warnings();
        for error in errors {
            add(format!("has an error: {}", error.message));
        }
        let in_template = template::files(package).any(|own| own == file);
        for target in targets(&text) {
            let fault = if in_template {
                check_template_target(package, &target)
            } else {
                check_target(package, file, &target)
            };
            if let Some(message) = fault {
                add(message);
            }
        }
        for name in not_in_kebab_case(&text) {
            add(format!("should name `{name}` in kebab-case"));
        }
    }
    found
}

/// What the file imports, includes or reads, as written.
fn targets(text: &str) -> Vec<String> {
    let mut targets = sources::imports(text);
    sources::visit(&parse(text), &mut |node| {
        let Some(call) = node.cast::<ast::FuncCall>() else {
            return;
        };
        let ast::Expr::Ident(name) = call.callee() else {
            return;
        };
        if !READERS.contains(&name.as_str()) {
            return;
        }
        if let Some(ast::Arg::Pos(ast::Expr::Str(path))) = call.args().items().next() {
            targets.push(path.get().to_string());
        }
    });
    targets
}

/// What is wrong with an import of a file.
fn check_target(package: &Package, file: &str, target: &str) -> Option<String> {
    if target.starts_with('@') {
        let own = format!("/{}:", package.manifest.package.name);
        return target
            .contains(&own)
            .then(|| format!("must import its own files by path, not `{target}`"));
    }
    let path = VirtualPath::new(file).ok()?;
    let resolved = match target.strip_prefix('/') {
        Some(absolute) => VirtualPath::new(absolute),
        None => path.parent().unwrap_or(path).join(target),
    };
    match resolved {
        Err(_) => Some(format!("`{target}` leads out of the package")),
        Ok(path) if !package.has(path.get_without_slash()) => {
            Some(format!("`{target}` is not in the package"))
        }
        Ok(_) => None,
    }
}

/// What is wrong with an import in the template, which is copied out of the package.
fn check_template_target(package: &Package, target: &str) -> Option<String> {
    let info = &package.manifest.package;
    let own = format!("@preview/{}:{}", info.name, info.version);
    let other_version = target.starts_with(&format!("@preview/{}:", info.name)) && target != own;
    let outside = target.starts_with(['/', '.']);
    (other_version || outside)
        .then(|| format!("must import the package as `{own}`, not `{target}`"))
}

/// The names that code defines, and the named arguments it passes or takes, that
/// aren't in kebab-case; names with a leading underscore are private, and those in
/// capitals are constants.
pub fn not_in_kebab_case(text: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    sources::visit(&parse(text), &mut |node| collect_names(node, &mut names));
    names.retain(|name| {
        let private = name.starts_with('_');
        let constant = !name.chars().any(char::is_lowercase);
        !private && !constant && !is_kebab_case(name)
    });
    names
}

/// Adds the names that a node defines.
fn collect_names(node: &SyntaxNode, names: &mut BTreeSet<String>) {
    if let Some(binding) = node.cast::<ast::LetBinding>() {
        names.extend(
            binding
                .kind()
                .bindings()
                .iter()
                .map(|name| name.as_str().to_owned()),
        );
    }
    if let Some(parameters) = node.cast::<ast::Params>() {
        for parameter in parameters.children() {
            if let ast::Param::Named(named) = parameter {
                names.insert(named.name().as_str().to_owned());
            }
        }
    }
    if let Some(call) = node.cast::<ast::FuncCall>() {
        for argument in call.args().items() {
            if let ast::Arg::Named(named) = argument {
                names.insert(named.name().as_str().to_owned());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{MANIFEST, findings};
    use super::*;

    /// The findings when the package's only source is replaced.
    fn with(source: &str) -> Vec<String> {
        findings(check, &[("src/talk.typ", Some(source))])
    }

    #[test]
    fn syntax() {
        assert_eq!(
            with("#talk(\n"),
            ["src/talk.typ: has an error: unclosed delimiter"]
        );
    }

    #[test]
    fn imports_lead_to_files_of_the_package() {
        assert_eq!(
            with("#import \"../lib.typ\": x\n#import \"gone.typ\"\n#include \"/src/gone.typ\""),
            [
                "src/talk.typ: `gone.typ` is not in the package",
                "src/talk.typ: `/src/gone.typ` is not in the package",
            ]
        );
        assert_eq!(
            with("#import \"../../other.typ\": x"),
            ["src/talk.typ: `../../other.typ` leads out of the package"]
        );
        assert_eq!(
            with("#import \"@preview/chatter:0.1.0\""),
            ["src/talk.typ: must import its own files by path, not `@preview/chatter:0.1.0`"]
        );
        assert!(with("#import \"@preview/cetz:0.4.0\"").is_empty());
    }

    #[test]
    fn templates_import_the_package_by_name() {
        let manifest =
            format!("{MANIFEST}[template]\npath = \"template\"\nentrypoint = \"main.typ\"\n");
        let main = |text: &str| {
            let files = [
                ("typst.toml", Some(manifest.as_str())),
                ("template/main.typ", Some(text)),
            ];
            findings(check, &files)
        };
        assert!(main("#import \"@preview/chatter:0.1.0\": talk\n#import \"own.typ\"").is_empty());
        for target in ["../lib.typ", "/lib.typ", "@preview/chatter:0.0.9"] {
            let text = format!("#import \"{target}\": talk");
            assert_eq!(
                main(&text),
                [format!(
                    "template/main.typ: must import the package as `@preview/chatter:0.1.0`, not \
                     `{target}`"
                )]
            );
        }
    }

    #[test]
    fn files_that_code_reads_are_there() {
        assert_eq!(
            with("#let a = image(\"icons/a.svg\")\n#let b = read(path)"),
            ["src/talk.typ: `icons/a.svg` is not in the package"]
        );
    }

    #[test]
    fn names() {
        assert_eq!(
            with(
                "#let talkAbout(some_thing: 1, _x, two-words: 2) = none\n#let MAX_SIZE = 1\n#let (a_b, _c) = (1, 2)"
            ),
            [
                "src/talk.typ: should name `a_b` in kebab-case",
                "src/talk.typ: should name `some_thing` in kebab-case",
                "src/talk.typ: should name `talkAbout` in kebab-case",
            ]
        );
    }
}
