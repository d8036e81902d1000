//! Rules for `typst.toml`.

use super::exclude::Patterns;
use super::{Finding, Package};

/// The categories that Universe knows.
const CATEGORIES: [&str; 17] = [
    "components",
    "visualization",
    "model",
    "layout",
    "text",
    "languages",
    "scripting",
    "integration",
    "utility",
    "fun",
    "book",
    "report",
    "paper",
    "thesis",
    "poster",
    "flyer",
    "presentation",
];
const MORE_CATEGORIES: [&str; 2] = ["cv", "office"];
const MOST_CATEGORIES: usize = 3;
/// One line in Universe's list, in characters.
const LONGEST_DESCRIPTION: usize = 60;

/// Checks the manifest.
pub fn check(package: &Package) -> Vec<Finding> {
    let info = &package.manifest.package;
    let mut found = Findings::default();

    if !is_kebab_case(&info.name) {
        found.add(format!(
            "`name` must be in kebab-case, such as `two-words`, got `{}`",
            info.name
        ));
    }
    if info.name.contains("typst") {
        found.add(format!(
            "`name` must not contain \"typst\", got `{}`",
            info.name
        ));
    }
    let place = format!("{}/{}", info.name, info.version);
    if !package.folder.ends_with(&place) {
        found.add(format!(
            "the folder must end in `{place}`, got `{}`",
            package.folder.display()
        ));
    }
    if info.authors.is_empty() {
        found.add("`authors` must name at least one author".into());
    }
    match info.compiler {
        None => found.add("`compiler` must give the oldest compiler that works, as `x.y.z`".into()),
        Some(bound) if bound.minor.is_none() || bound.patch.is_none() => {
            found.add(format!(
                "`compiler` must have three parts, as `x.y.z`, got `{bound}`"
            ));
        }
        Some(_) => {}
    }
    description(info.description.as_deref(), &mut found);
    categories(&info.categories, &mut found);
    if info.homepage.is_some() && info.homepage == info.repository {
        found.add("`homepage` must differ from `repository`; leave it out".into());
    }
    for key in info.unknown_fields.keys() {
        found.add(format!("`{key}` is no key of `[package]`"));
    }
    exclude(package, &mut found);
    found.0
}

/// Rules for the description.
fn description(description: Option<&str>, found: &mut Findings) {
    let Some(text) = description else {
        found.add("`description` must say in a sentence what the package does".into());
        return;
    };
    let length = text.chars().count();
    if length > LONGEST_DESCRIPTION {
        found.add(format!(
            "`description` must have at most {LONGEST_DESCRIPTION} characters, has {length}"
        ));
    }
    if !text.ends_with('.') {
        found.add("`description` must end with a full stop".into());
    }
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    for word in ["typst", "package", "template"] {
        if words.iter().any(|found| found == word) {
            found.add(format!(
                "`description` must not say \"{word}\", which goes without saying"
            ));
        }
    }
    if words
        .first()
        .is_some_and(|word| ["a", "an", "the"].contains(&word.as_str()))
    {
        found.add("`description` must not begin with an article; begin with a verb".into());
    }
}

/// Rules for the categories.
fn categories(categories: &[impl AsRef<str>], found: &mut Findings) {
    if categories.len() > MOST_CATEGORIES {
        found.add(format!(
            "`categories` must have at most {MOST_CATEGORIES}, has {}",
            categories.len()
        ));
    }
    for category in categories.iter().map(AsRef::as_ref) {
        if !CATEGORIES.contains(&category) && !MORE_CATEGORIES.contains(&category) {
            found.add(format!(
                "`categories` must be among {}, {}; got `{category}`",
                CATEGORIES.join(", "),
                MORE_CATEGORIES.join(", ")
            ));
        }
    }
}

/// Rules for the patterns of excluded files.
fn exclude(package: &Package, found: &mut Findings) {
    for pattern in &package.manifest.package.exclude {
        if pattern.starts_with('!') {
            found.add(format!("`exclude` knows no exceptions, got `{pattern}`"));
        } else if !pattern.starts_with('/') {
            found.add(format!(
                "`exclude` must be anchored with a leading slash, lest it match anywhere: \
                 write `/{}` for `{pattern}`",
                pattern.trim_start_matches("./")
            ));
        }
    }
    let patterns = Patterns::of(package);
    let needed = package.files.iter().filter(|file| {
        ["LICENSE", "README.md", "typst.toml"].contains(&file.as_str())
            || [".typ", ".svg", ".wasm", ".lz4"]
                .iter()
                .any(|kind| file.ends_with(kind))
                && !file.starts_with("docs/")
    });
    for file in needed.filter(|file| patterns.covers(file)) {
        found.add(format!(
            "`exclude` must not cover `{file}`, which users need"
        ));
    }
}

/// Whether a name is made of lower-case words and digits with single hyphens.
pub fn is_kebab_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.split('-').all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// Findings about the manifest.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    /// Adds one.
    fn add(&mut self, message: String) {
        self.0.push(Finding {
            file: "typst.toml".into(),
            message,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{MANIFEST, findings};
    use super::*;

    /// The findings when `from` in the good manifest becomes `to`.
    fn with(from: &str, to: &str) -> Vec<String> {
        assert!(MANIFEST.contains(from), "the fixture has no `{from}`");
        findings(check, &[("typst.toml", Some(&MANIFEST.replace(from, to)))])
    }

    #[test]
    fn names() {
        let found = with("\"chatter\"", "\"Chatter_box\"");
        assert_eq!(
            found[0],
            "typst.toml: `name` must be in kebab-case, such as `two-words`, got `Chatter_box`"
        );
        assert!(
            found[1].starts_with("typst.toml: the folder must end in `Chatter_box/0.1.0`, got `")
        );
        let found = with("\"chatter\"", "\"typst-chatter\"");
        assert_eq!(
            found[0],
            "typst.toml: `name` must not contain \"typst\", got `typst-chatter`"
        );
        for (name, good) in [
            ("a1-b2", true),
            ("a--b", false),
            ("1a", false),
            ("a-", false),
        ] {
            assert_eq!(is_kebab_case(name), good, "{name}");
        }
    }

    #[test]
    fn versions() {
        let found = with("version = \"0.1.0\"", "version = \"0.2.0\"");
        assert!(found[0].starts_with("typst.toml: the folder must end in `chatter/0.2.0`, got `"));
        assert_eq!(
            with("compiler = \"0.14.0\"", "compiler = \"0.14\""),
            ["typst.toml: `compiler` must have three parts, as `x.y.z`, got `0.14`"]
        );
        assert_eq!(
            with("compiler = \"0.14.0\"", ""),
            ["typst.toml: `compiler` must give the oldest compiler that works, as `x.y.z`"]
        );
    }

    #[test]
    fn authors() {
        assert_eq!(
            with("[\"The contributors\"]", "[]"),
            ["typst.toml: `authors` must name at least one author"]
        );
    }

    #[test]
    fn descriptions() {
        let good = "Typeset conversations of all kinds.";
        assert_eq!(
            with(&format!("description = \"{good}\""), ""),
            ["typst.toml: `description` must say in a sentence what the package does"]
        );
        assert_eq!(
            with(good, "The Typst package for conversations"),
            [
                "typst.toml: `description` must end with a full stop",
                "typst.toml: `description` must not say \"typst\", which goes without saying",
                "typst.toml: `description` must not say \"package\", which goes without saying",
                "typst.toml: `description` must not begin with an article; begin with a verb",
            ]
        );
        assert_eq!(
            with(good, &format!("Typeset {}.", "very ".repeat(12).trim_end())),
            ["typst.toml: `description` must have at most 60 characters, has 68"]
        );
    }

    #[test]
    fn categories_are_few_and_known() {
        let found = with(
            "[\"components\", \"fun\"]",
            "[\"fun\", \"chat\", \"text\", \"model\"]",
        );
        assert_eq!(
            found[0],
            "typst.toml: `categories` must have at most 3, has 4"
        );
        assert!(
            found[1].starts_with("typst.toml: `categories` must be among components, ")
                && found[1].ends_with(", cv, office; got `chat`"),
            "{}",
            found[1]
        );
    }

    #[test]
    fn links() {
        let same = "license = \"MIT\"\nhomepage = \"https://a.b\"\nrepository = \"https://a.b\"";
        assert_eq!(
            with("license = \"MIT\"", same),
            ["typst.toml: `homepage` must differ from `repository`; leave it out"]
        );
    }

    #[test]
    fn unknown_keys() {
        assert_eq!(
            with("license = \"MIT\"", "license = \"MIT\"\nkeyword = []"),
            ["typst.toml: `keyword` is no key of `[package]`"]
        );
    }

    #[test]
    fn exclusions() {
        assert_eq!(
            with(
                "[\"/docs/\"]",
                "[\"./docs/\", \"!/docs/a\", \"/LICENSE\", \"/src/\"]"
            ),
            [
                "typst.toml: `exclude` must be anchored with a leading slash, lest it match \
                 anywhere: write `/docs/` for `./docs/`",
                "typst.toml: `exclude` knows no exceptions, got `!/docs/a`",
                "typst.toml: `exclude` must not cover `LICENSE`, which users need",
                "typst.toml: `exclude` must not cover `src/talk.typ`, which users need",
            ]
        );
    }
}
